//! What a worker calls. It keeps the experiment and its worlds between portions.

use crate::lab::batch::run_on;
use crate::lab::experiment::Experiment;
use crate::lab::metric::{CENSORED, NEVER_BEGAN};
use crate::lab::trial::Bench;
use crate::share::document::read_experiment;
use crate::ui::parts;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

struct Desk {
    document: String,
    experiment: Experiment,
    benches: Vec<Option<Bench>>,
}

thread_local! {
    static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
}

/// Readings are numbers of JavaScript; these stand for none.
pub const CENSORED_NUMBER: f64 = -1.0;
pub const NEVER_NUMBER: f64 = -2.0;

/// False in a worker.
pub fn is_page() -> bool {
    js_sys::global().dyn_into::<web_sys::Window>().is_ok()
}

/// Runs `count` seeds of one case from `first` on; the readings seed by seed, metric by metric.
///
/// # Errors
/// What is wrong with the document, in a sentence.
#[wasm_bindgen]
pub async fn lab_work(document: String, case: usize, first: f64, count: u32) -> Result<Vec<f64>, JsError> {
    // The worker's own instance of the module starts without the engines of most families.
    parts::all_families().await.map_err(|_| JsError::new(parts::SORRY))?;
    work(&document, case, first, count)
}

fn work(document: &str, case: usize, first: f64, count: u32) -> Result<Vec<f64>, JsError> {
    DESK.with_borrow_mut(|desk| {
        if desk.as_ref().is_none_or(|desk| desk.document != document) {
            *desk = Some(Desk::new(document)?);
        }
        let Some(desk) = desk else { return Ok(Vec::new()) };
        let Some(bench) = desk.benches.get_mut(case) else { return Err(JsError::new("there is no such case")) };
        let bench = match bench {
            Some(bench) => bench,
            None => {
                let opened = Bench::new(&desk.experiment.cases[case]);
                bench.insert(opened.map_err(|error| JsError::new(&error.to_string()))?)
            }
        };
        let readings = run_on(bench, &desk.experiment, first as u64, u64::from(count));
        Ok(readings.into_iter().map(to_number).collect())
    })
}

impl Desk {
    fn new(document: &str) -> Result<Desk, JsError> {
        let experiment = read_experiment(document).map_err(|problems| {
            let first = problems.first().map(ToString::to_string).unwrap_or_default();
            JsError::new(&first)
        })?;
        let mut benches = Vec::new();
        benches.resize_with(experiment.cases.len(), || None);
        Ok(Desk { document: document.into(), experiment, benches })
    }
}

fn to_number(reading: u64) -> f64 {
    match reading {
        CENSORED => CENSORED_NUMBER,
        NEVER_BEGAN => NEVER_NUMBER,
        reading => reading as f64,
    }
}

/// Back from a number of JavaScript.
pub fn from_number(number: f64) -> u64 {
    if number == CENSORED_NUMBER {
        CENSORED
    } else if number == NEVER_NUMBER {
        NEVER_BEGAN
    } else {
        number as u64
    }
}
