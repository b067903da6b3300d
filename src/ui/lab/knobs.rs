//! Settings of an experiment that the page offers to change: their present values, and what is typed in their place.

use crate::lab::experiment::Experiment;
use crate::share::document::patch;
use crate::share::json::reader::{Json, Value};
use crate::share::json::writer::Writer;
use crate::sim::settings::{Settings, Value as Setting};
use crate::words::numbers::{percent, span};

/// What a knob shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    Switch(bool),
    Text(String),
}

/// The present value: as the document has it, or as its first case runs.
pub fn shown(json: &Json, experiment: &Experiment, path: &str) -> Shown {
    match patch::find(json, &format!("base.{path}")) {
        Some(found) => match &found.value {
            Value::Flag(flag) => Shown::Switch(*flag),
            value => Shown::Text(in_words(value)),
        },
        None => usual(experiment, path),
    }
}

fn in_words(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Number(text) => text.clone(),
        Value::List(items) => items.iter().map(|item| in_words(&item.value)).collect::<Vec<_>>().join(" to "),
        _ => String::new(),
    }
}

/// What it is where the document does not say.
fn usual(experiment: &Experiment, path: &str) -> Shown {
    let Some(case) = experiment.cases.first() else { return Shown::Text(String::new()) };
    let (prefix, id) = path.split_once('.').unwrap_or(("", path));
    let id = id.replace("tail.", "tail_");
    let value = match prefix {
        "settings" => {
            let field = case.scenario.algorithm.fields().iter().find(|field| field.id == id);
            field.and_then(|field| case.scenario.setting(field.key))
        }
        "wires" => bundled(&case.scenario.wires, &id),
        "pauses" => bundled(&case.scenario.pauses, &id),
        _ => None,
    };
    match value {
        Some(Setting::Switch(on)) => Shown::Switch(on),
        Some(Setting::Span(time)) => Shown::Text(span(time)),
        Some(Setting::Range(low, high)) if low == high => Shown::Text(span(low)),
        Some(Setting::Range(low, high)) => Shown::Text(format!("{} to {}", span(low), span(high))),
        Some(Setting::Chance(chance)) => Shown::Text(percent(chance)),
        Some(Setting::Count(count)) => Shown::Text(count.to_string()),
        _ => Shown::Text(String::new()),
    }
}

fn bundled<S: Settings>(settings: &S, id: &str) -> Option<Setting> {
    S::FIELDS.iter().find(|field| field.id == id).map(|field| settings.value(field.key))
}

/// What was typed, as JSON: `1ms to 3ms` is a pair, digits are a number.
pub fn typed(text: &str) -> String {
    let mut w = Writer::new();
    let parts: Vec<&str> = text.split(" to ").flat_map(|part| part.split('–')).map(str::trim).collect();
    match parts.as_slice() {
        [one] if !one.is_empty() && one.bytes().all(|byte| byte.is_ascii_digit()) => w.digits(one),
        [one] => w.text(one),
        several => {
            w.open_list();
            several.iter().for_each(|part| w.text(part));
            w.close_list();
        }
    }
    w.finish()
}
