//! The workers: a few threads, each with its own instance of the page's module, that run portions of work.

use crate::words::en::lab_page as say;
use js_sys::{Float64Array, Object, Reflect};
use leptos::prelude::{document, window};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// One portion: seeds of one case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Job {
    pub case: usize,
    pub first: u64,
    pub count: u32,
}

/// What came of one.
pub enum Answer {
    /// The worker is ready for work.
    Ready,
    Done {
        job: Job,
        readings: Vec<f64>,
        took: f64,
    },
    Failed(String),
}

type Listener = Rc<dyn Fn(usize, Answer)>;

struct Hand {
    worker: Worker,
    at_work: Rc<RefCell<Option<Job>>>,
}

/// They stop when this is dropped.
pub struct Crew {
    hands: Vec<Hand>,
}

/// At most so many, however many cores there are.
const MOST: usize = 8;

impl Crew {
    /// Starts the workers; each is announced by [`Answer::Ready`].
    ///
    /// # Errors
    /// A sentence: the browser has no workers, or the page does not say where its module is.
    pub fn start(listener: impl Fn(usize, Answer) + 'static) -> Result<Crew, String> {
        let refused = |_| say::NO_WORKERS.to_owned();
        let script = script_address().ok_or(say::NO_MODULE)?;
        let listener: Listener = Rc::new(listener);
        let cores = window().navigator().hardware_concurrency() as usize;
        let mut hands = Vec::new();
        for number in 0..cores.clamp(1, MOST) {
            let options = WorkerOptions::new();
            options.set_type(WorkerType::Module);
            let worker = Worker::new_with_options("lab-worker.js", &options).map_err(refused)?;
            let at_work = Rc::new(RefCell::new(None));
            listen(&worker, number, Rc::clone(&at_work), Rc::clone(&listener));
            let opening = object(&[("script", script.as_str().into()), ("module", wasm_bindgen::module())]);
            worker.post_message(&opening).map_err(refused)?;
            hands.push(Hand { worker, at_work });
        }
        Ok(Crew { hands })
    }

    pub fn size(&self) -> usize {
        self.hands.len()
    }

    pub fn is_idle(&self, hand: usize) -> bool {
        self.hands.get(hand).is_some_and(|hand| hand.at_work.borrow().is_none())
    }

    /// Gives a portion to a worker.
    pub fn give(&self, hand: usize, document: &str, job: Job) {
        let Some(hand) = self.hands.get(hand) else { return };
        *hand.at_work.borrow_mut() = Some(job);
        let message = object(&[
            ("job", 0.into()),
            ("document", document.into()),
            ("case", (job.case as u32).into()),
            ("first", (job.first as f64).into()),
            ("count", job.count.into()),
        ]);
        let _ = hand.worker.post_message(&message);
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        for hand in &self.hands {
            hand.worker.set_onmessage(None);
            hand.worker.set_onerror(None);
            hand.worker.terminate();
        }
    }
}

/// The module's script, as the start script was told by the build.
fn script_address() -> Option<String> {
    let tag = document().query_selector("script[data-module]").ok()??;
    let name = tag.get_attribute("data-module")?;
    let base = document().base_uri().ok()??;
    Some(web_sys::Url::new_with_base(&name, &base).ok()?.href())
}

fn listen(worker: &Worker, number: usize, at_work: Rc<RefCell<Option<Job>>>, listener: Listener) {
    let heard = Rc::clone(&listener);
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        // It may be given work before it is ready for any: that message is not the answer.
        let is_ready = Reflect::has(&data, &"ready".into()).unwrap_or(false);
        let job = if is_ready { None } else { at_work.borrow_mut().take() };
        listener(number, answer(&data, job));
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    let on_error = Closure::<dyn Fn()>::new(move || {
        heard(number, Answer::Failed(say::NO_START.into()));
    });
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    on_error.forget();
}

fn answer(data: &JsValue, job: Option<Job>) -> Answer {
    let field = |name: &str| Reflect::get(data, &name.into()).unwrap_or(JsValue::UNDEFINED);
    if let Some(error) = field("error").as_string() {
        return Answer::Failed(say::run_failed(&error));
    }
    match (job, field("readings").dyn_into::<Float64Array>()) {
        (Some(job), Ok(readings)) => {
            Answer::Done { job, readings: readings.to_vec(), took: field("took").as_f64().unwrap_or(0.0) }
        }
        _ => Answer::Ready,
    }
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}
