//! Experiments as documents: a scenario, what varies, and what is read off every run (docs/lab.md).

use super::fields::{expect_fields, flag, items, number, text, unknown};
use super::opening::{line_of, recording};
use super::patch;
use super::problem::{Part, Problem, Problems};
use super::show::show;
use super::values::span;
use crate::lab::experiment::{Case, Experiment, MOST_CASES, MOST_TRIALS, Plan, Point, Series, Since, Until};
use crate::lab::metric::Metric;
use crate::scenarios::scenario::Scenario;
use crate::scenarios::who::plain;
use crate::share::json::reader::{self, Json, Value};
use crate::sim::time::Micros;

const FIELDS: &[&str] = &[
    "title",
    "about",
    "base",
    "series",
    "points",
    "vary",
    "since",
    "until",
    "settle",
    "limit",
    "messages",
    "metrics",
    "trials",
    "first_seed",
    "show",
];

/// What a way in `set` and `vary` may lead to besides the scenario.
const OWN: &[&str] = &["since", "until", "settle", "limit", "messages"];

const UNTILS: [(&str, Until); 4] =
    [("elected", Until::Elected), ("followed", Until::Followed), ("written", Until::Written), ("end", Until::End)];

/// Reads an experiment. Every case of what it answers can be opened.
///
/// # Errors
/// What is wrong with it, in its order; never empty.
pub fn read_experiment(source: &str) -> Result<Experiment, Vec<Problem>> {
    let json = reader::read(source)
        .map_err(|error| vec![Problem { line: error.line, path: String::new(), message: error.message }])?;
    read_experiment_json(&json)
}

/// The same from a document that was read, and perhaps changed.
///
/// # Errors
/// As [`read_experiment`].
pub fn read_experiment_json(json: &Json) -> Result<Experiment, Vec<Problem>> {
    let mut problems = Problems::default();
    match experiment(json, &mut problems) {
        Some(experiment) if problems.is_empty() => Ok(experiment),
        _ => Err(problems.finish()),
    }
}

/// A name, a place on the axis, and the changes to the document.
struct Variant<'a> {
    name: String,
    x: Option<u64>,
    set: Vec<(String, &'a Json)>,
}

fn experiment(json: &Json, problems: &mut Problems) -> Option<Experiment> {
    let document = Part { json, path: String::new() };
    if !expect_fields(&document, FIELDS, problems) {
        return None;
    }
    let words = |name: &str, problems: &mut Problems| match document.child(name) {
        Some(part) => text(&part, problems).unwrap_or_default().to_owned(),
        None => String::new(),
    };
    let (title, about) = (words("title", problems), words("about", problems));
    let amount = |name: &str, low, high, absent, problems: &mut Problems| match document.child(name) {
        Some(part) => number(&part, low, high, problems).unwrap_or(absent),
        None => absent,
    };
    let trials = amount("trials", 1, MOST_TRIALS, 1_000, problems);
    let first_seed = amount("first_seed", 0, u64::MAX / 2, 1, problems);
    let metrics = metrics(&document, problems);
    let show = document.child("show").map(|part| show(&part, problems)).unwrap_or_default();
    if document.child("base").is_none() {
        return problems.at(&document, "needs \"base\", the scenario to run");
    }
    let series = variants(&document, "series", problems);
    let points = points(&document, problems);
    if series.len() * points.len() > MOST_CASES {
        return problems.at(&document, format!("has more than {MOST_CASES} cases"));
    }
    let mut cases = Vec::new();
    for (series_index, one) in series.iter().enumerate() {
        for (point_index, point) in points.iter().enumerate() {
            // What is wrong with one case is mostly wrong with all: the first says enough.
            if !problems.is_empty() {
                return None;
            }
            // The series have the last word.
            let changed = changed(json, point.set.iter().chain(&one.set), problems)?;
            let (scenario, plan) = case(&changed, problems)?;
            cases.push(Case { series: series_index, point: point_index, scenario, plan });
        }
    }
    Some(Experiment {
        title,
        about,
        metrics,
        trials,
        first_seed,
        series: series.into_iter().map(|one| Series { name: one.name }).collect(),
        points: points.into_iter().map(|point| Point { name: point.name, x: point.x }).collect(),
        cases,
        show,
    })
}

fn metrics(document: &Part<'_>, problems: &mut Problems) -> Vec<Metric> {
    let Some(part) = document.child("metrics") else { return vec![Metric::NewLeader] };
    let mut found = Vec::new();
    let named = items(&part, problems).unwrap_or_default();
    for part in &named {
        let Some(name) = text(part, problems) else { continue };
        match Metric::by_id(&plain(name).replace(' ', "_")) {
            Some(metric) if found.contains(&metric) => {
                problems.at::<()>(part, "is named twice");
            }
            Some(metric) => found.push(metric),
            None => {
                let known = Metric::ALL.iter().map(|metric| metric.id());
                problems.at::<()>(part, unknown("metric", name, known));
            }
        }
    }
    if named.is_empty() {
        problems.at::<()>(&part, "names no metric");
    }
    found
}

// ---- what varies ---------------------------------------------------------------------------------------------

/// A list of {`name`, `x`, `set`}; one that changes nothing, if there is none.
fn variants<'a>(document: &Part<'a>, field: &str, problems: &mut Problems) -> Vec<Variant<'a>> {
    let Some(part) = document.child(field) else {
        return vec![Variant { name: String::new(), x: None, set: Vec::new() }];
    };
    let listed = items(&part, problems).unwrap_or_default();
    if listed.is_empty() {
        problems.at::<()>(&part, "is empty");
    }
    listed.iter().filter_map(|part| variant(part, problems)).collect()
}

fn variant<'a>(part: &Part<'a>, problems: &mut Problems) -> Option<Variant<'a>> {
    if !expect_fields(part, &["name", "x", "set"], problems) {
        return None;
    }
    let name = match part.child("name") {
        Some(name) => text(&name, problems)?.to_owned(),
        None => return problems.at(part, "needs \"name\""),
    };
    let x = match part.child("x") {
        Some(x) => Some(place_on_axis(x.json).or_else(|| problems.at(&x, NO_PLACE))?),
        None => None,
    };
    let mut set = Vec::new();
    if let Some(changes) = part.child("set") {
        let Value::Map(members) = &changes.json.value else {
            return problems.at(&changes, "must be an object such as { \"settings.heartbeat\": \"75ms\" }");
        };
        set.extend(members.iter().map(|member| (member.name.clone(), &member.json)));
    }
    Some(Variant { name, x, set })
}

/// `"points"` as they are, or `"vary": { "nodes": [3, 5, 7] }`.
fn points<'a>(document: &Part<'a>, problems: &mut Problems) -> Vec<Variant<'a>> {
    let Some(vary) = document.child("vary") else { return variants(document, "points", problems) };
    if let Some(points) = document.child("points") {
        problems.at::<()>(&points, "give \"points\" or \"vary\", not both");
        return Vec::new();
    }
    let Value::Map(members) = &vary.json.value else {
        problems.at::<()>(&vary, "must be an object such as { \"nodes\": [3, 5, 7] }");
        return Vec::new();
    };
    let [member] = members.as_slice() else {
        problems.at::<()>(&vary, "varies one thing; several at once are written as \"points\"");
        return Vec::new();
    };
    let values = Part { json: &member.json, path: vary.path_to(&member.name) };
    let listed = items(&values, problems).unwrap_or_default();
    if listed.is_empty() {
        problems.at::<()>(&values, "is empty");
    }
    let point = |part: &Part<'a>| {
        let set = vec![(member.name.clone(), part.json)];
        Variant { name: value_name(part.json), x: place_on_axis(part.json), set }
    };
    listed.iter().map(point).collect()
}

const NO_PLACE: &str = "must be a whole number, a time such as \"150ms\", or a chance such as \"1%\"";

/// Where a value stands on the axis: microseconds, parts per million, or itself. A range stands at its lower end.
fn place_on_axis(json: &Json) -> Option<u64> {
    match &json.value {
        Value::Number(digits) => digits.parse().ok(),
        Value::Text(text) => match super::parse_span(text) {
            Ok(span) => Some(span),
            Err(_) => super::parse_chance(text).ok().map(u64::from),
        },
        Value::List(items) => items.first().and_then(place_on_axis),
        Value::Flag(flag) => Some(u64::from(*flag)),
        _ => None,
    }
}

/// As in a legend: `150ms to 300ms`.
fn value_name(json: &Json) -> String {
    match &json.value {
        Value::Number(text) | Value::Text(text) => text.clone(),
        Value::Flag(flag) => (if *flag { "on" } else { "off" }).into(),
        Value::List(items) => items.iter().map(value_name).collect::<Vec<_>>().join(" to "),
        Value::Null => "none".into(),
        Value::Map(_) => String::new(),
    }
}

/// The document with these changes.
fn changed<'a>(
    json: &Json,
    set: impl Iterator<Item = &'a (String, &'a Json)>,
    problems: &mut Problems,
) -> Option<Json> {
    let mut changed = json.clone();
    for (path, value) in set {
        let first = path.split(['.', '[']).next().unwrap_or("");
        let full = if OWN.contains(&first) { path.clone() } else { format!("base.{path}") };
        if let Err(message) = patch::set(&mut changed, &full, value) {
            return problems.note(value.line, path.clone(), message);
        }
    }
    Some(changed)
}

// ---- one case ------------------------------------------------------------------------------------------------

fn case(json: &Json, problems: &mut Problems) -> Option<(Scenario, Plan)> {
    let document = Part { json, path: String::new() };
    let base = document.child("base")?;
    let recording = recording(&base, problems)?;
    if !recording.interventions.is_empty() {
        return problems.at(&base, "has interventions; what befalls every run belongs into its script");
    }
    let scenario = recording.scenario;
    if problems.is_empty()
        && let Err(error) = scenario.open()
    {
        return problems.note(line_of(base.json, &error.path), base.path_to(&error.path), error.message);
    }
    let plan = plan(&document, &scenario, problems)?;
    Some((scenario, plan))
}

fn plan(document: &Part<'_>, scenario: &Scenario, problems: &mut Problems) -> Option<Plan> {
    let mut plan = Plan { since: default_since(scenario), ..Plan::default() };
    if let Some(part) = document.child("since") {
        plan.since = match &part.json.value {
            Value::Text(text) if plain(text) == "start" => Since::Start,
            _ if scenario.script.is_empty() => {
                return problems.at(&part, "must be \"start\": there is no script");
            }
            _ => Since::Entry(number(&part, 0, scenario.script.len() as u64 - 1, problems)? as usize),
        };
    }
    if let Some(part) = document.child("until") {
        let name = plain(text(&part, problems)?);
        plan.until = match UNTILS.iter().find(|&&(known, _)| known == name) {
            Some(&(_, until)) => until,
            None => return problems.at(&part, unknown("moment", &name, UNTILS.iter().map(|&(known, _)| known))),
        };
    }
    let time = |name: &str, absent: Micros, problems: &mut Problems| match document.child(name) {
        Some(part) => span(&part, problems),
        None => Some(absent),
    };
    plan.settle = time("settle", plan.settle, problems)?;
    plan.limit = time("limit", plan.limit, problems)?;
    if let Some(part) = document.child("messages") {
        plan.kinds = kinds(&part, scenario, problems)?;
    }
    Some(plan)
}

/// The last entry of the script; the start, if there is none.
fn default_since(scenario: &Scenario) -> Since {
    scenario.script.len().checked_sub(1).map_or(Since::Start, Since::Entry)
}

/// Which kinds of messages count, as bits.
fn kinds(part: &Part<'_>, scenario: &Scenario, problems: &mut Problems) -> Option<u64> {
    let known = scenario.algorithm.kinds();
    let mut mask = 0;
    for part in items(part, problems)? {
        let name = text(&part, problems)?;
        match known.iter().position(|kind| kind.id == name) {
            Some(kind) => mask |= 1 << kind.min(63),
            None => {
                return problems.at(&part, unknown("kind of message", name, known.iter().map(|kind| kind.id)));
            }
        }
    }
    Some(mask)
}

/// A switch that is off when absent.
pub(super) fn switch(part: &Part<'_>, name: &str, problems: &mut Problems) -> bool {
    part.child(name).and_then(|part| flag(&part, problems)).unwrap_or(false)
}
