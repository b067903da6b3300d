//! What a worker calls. It keeps the experiment and its worlds between portions.

use crate::lab::batch::run_on;
use crate::lab::experiment::Experiment;
use crate::lab::metric::{CENSORED, NEVER_BEGAN};
use crate::lab::trial::Bench;
use crate::share::document::read_experiment;
use crate::ui::parts::{Missing, SORRY, all_families, part};
use crate::words::en::lab_page as say;
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

part! { lab:
    fn work(document: String, case: usize, first: f64, count: u32) -> Result<Vec<f64>, String> {
        DESK.with_borrow_mut(|desk| {
            if desk.as_ref().is_none_or(|desk| desk.document != document) {
                *desk = Some(Desk::new(document)?);
            }
            let Some(desk) = desk else { return Ok(Vec::new()) };
            let bench = desk.benches.get_mut(case).ok_or(say::NO_SUCH_CASE)?;
            let bench = match bench {
                Some(bench) => bench,
                None => bench.insert(Bench::new(&desk.experiment.cases[case]).map_err(|error| error.to_string())?),
            };
            let readings = run_on(bench, &desk.experiment, first as u64, u64::from(count));
            Ok(readings.into_iter().map(to_number).collect())
        })
    }
}

/// Runs `count` seeds of one case from `first` on; the readings seed by seed, metric by metric.
///
/// # Errors
/// What is wrong with the document, in a sentence.
#[wasm_bindgen]
pub async fn lab_work(document: String, case: usize, first: f64, count: u32) -> Result<Vec<f64>, JsError> {
    let missing = |_: Missing| JsError::new(SORRY);
    all_families().await.map_err(missing)?;
    let readings = work(document, case, first, count).await.map_err(missing)?;
    readings.map_err(|problem| JsError::new(&problem))
}

impl Desk {
    fn new(document: String) -> Result<Desk, String> {
        let experiment = read_experiment(&document)
            .map_err(|problems| problems.first().map(ToString::to_string).unwrap_or_default())?;
        let mut benches = Vec::new();
        benches.resize_with(experiment.cases.len(), || None);
        Ok(Desk { document, experiment, benches })
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
