//! The address of the lab: which experiment, with which changes, which seeds. The same address gives the same numbers.

use crate::ui::lab::own::Own;
use crate::words::en::lab_page as say;
use leptos::prelude::window;

/// The experiment that one makes oneself.
pub const OWN: &str = "own";
/// The first one shown.
pub const FIRST: &str = "figure-16";
/// More would make a page wait for hours.
pub const MOST_TRIALS: u64 = 200_000;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LabAddress {
    pub experiment: String,
    /// First and last, if the address names them: then the experiment runs at once.
    pub seeds: Option<(u64, u64)>,
    /// Changes to the document: the way, and the value as JSON.
    pub changes: Vec<(String, String)>,
    pub own: Own,
    /// Show the numbers in place of the plot.
    pub table: bool,
    pub complaint: Option<String>,
}

/// One run of an experiment, to be opened in Play.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RunName {
    pub case: usize,
    pub seed: u64,
}

/// What the address of this page asks for.
pub fn read() -> LabAddress {
    let hash = window().location().hash().unwrap_or_default();
    let path = hash.trim_start_matches('#').trim_start_matches("/lab").trim_start_matches('/');
    let (name, query) = path.split_once('?').unwrap_or((path, ""));
    parse(name.trim_matches('/'), query)
}

/// What follows `#/lab/`, or the query of a run opened in Play.
pub fn parse(experiment: &str, query: &str) -> LabAddress {
    let named = if experiment.is_empty() { FIRST } else { experiment };
    let mut address = LabAddress {
        experiment: named.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect(),
        seeds: None,
        changes: Vec::new(),
        own: Own::default(),
        table: false,
        complaint: None,
    };
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let (key, value) = (decoded(key), decoded(value));
        if let Some(way) = key.strip_prefix("set.") {
            address.changes.push((way.into(), value));
        } else if key == "seeds" {
            address.seeds = read_seeds(&value);
            if address.seeds.is_none() {
                let shown: String = value.chars().take(24).collect();
                address.complaint = Some(say::no_range_of_seeds(&shown));
            }
        } else if key == "table" {
            address.table = value == "1";
        } else {
            address.own.take(&key, &value);
        }
    }
    address
}

fn read_seeds(text: &str) -> Option<(u64, u64)> {
    let (first, last) = text.split_once("..")?;
    let (first, last) = (first.parse::<u64>().ok()?, last.parse::<u64>().ok()?);
    // Seeds travel to the workers as numbers of JavaScript.
    (first <= last && last - first < MOST_TRIALS && last < 1 << 53).then_some((first, last))
}

impl LabAddress {
    /// `#/lab/figure-16?seeds=1..1000&set.wires.latency=…`
    pub fn fragment(&self) -> String {
        let mut pairs = Vec::new();
        if let Some((first, last)) = self.seeds {
            pairs.push(format!("seeds={first}..{last}"));
        }
        if self.table {
            pairs.push("table=1".into());
        }
        pairs.extend(self.what());
        let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
        format!("#/lab/{}{query}", self.experiment)
    }

    /// What makes the experiment what it is.
    fn what(&self) -> Vec<String> {
        let mut pairs = if self.experiment == OWN { self.own.pairs() } else { Vec::new() };
        pairs.extend(self.changes.iter().map(|(way, value)| format!("set.{}={}", encoded(way), encoded(value))));
        pairs
    }

    /// The address of one run in Play: the experiment's, and which run of it.
    pub fn run_fragment(&self, algorithm: &str, run: RunName) -> String {
        let mut pairs =
            vec![format!("lab={}", self.experiment), format!("case={}", run.case), format!("run={}", run.seed)];
        pairs.extend(self.what());
        format!("#/play/{algorithm}?{}", pairs.join("&"))
    }

    /// Brings the address up to date without adding to the browser's history.
    pub fn write(&self) {
        if let Ok(history) = window().history() {
            let null = wasm_bindgen::JsValue::NULL;
            let _ = history.replace_state_with_url(&null, "", Some(&self.fragment()));
        }
    }

    pub fn change(&mut self, way: &str, value: Option<String>) {
        self.changes.retain(|(known, _)| known != way);
        if let Some(value) = value {
            self.changes.push((way.into(), value));
        }
    }
}

pub fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

pub fn decoded(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), Into::into)
}
