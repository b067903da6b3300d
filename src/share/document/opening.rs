//! The document as a whole: what a run starts from.

use super::acts::Cast;
use super::fields::{expect_fields, flag, items, number, text, unknown};
use super::problem::{MOST, Part, Problem, Problems};
use super::values::{self, value};
use super::{links, places, script};
use crate::playback::recording::Recording;
use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::scenario::{Initial, MOST_NODES, OpenError, Scenario};
use crate::scenarios::who::place_name;
use crate::share::json::reader::{self, Json, Value};
use crate::sim::datum::Datum;
use crate::sim::fault::Who;
use crate::sim::network::Wires;
use crate::sim::settings::Settings;

const FIELDS: &[&str] = &[
    "title",
    "about",
    "algorithm",
    "nodes",
    "seed",
    "settings",
    "wires",
    "pauses",
    "work",
    "store",
    "links",
    "initial",
    "script",
    "interventions",
];

/// Longer ones are refused.
const MOST_SCRIPT: usize = 10_000;

/// Reads a document. What it answers can be opened.
///
/// # Errors
/// Everything that is wrong with it, in its order; never empty.
pub fn read_document(text: &str) -> Result<Recording, Vec<Problem>> {
    let json = reader::read(text)
        .map_err(|error| vec![Problem { line: error.line, path: String::new(), message: error.message }])?;
    read_document_json(&json)
}

/// Reads a document that is part of another text.
///
/// # Errors
/// As [`read_document`].
pub fn read_document_json(json: &Json) -> Result<Recording, Vec<Problem>> {
    let mut problems = Problems::default();
    let document = Part { json, path: String::new() };
    let recording = recording(&document, &mut problems);
    if let Some(recording) = &recording
        && let Err(error) = recording.scenario.open()
    {
        note_all_that_does_not_open(recording.scenario.clone(), error, json, &mut problems);
    }
    recording.filter(|_| problems.is_empty()).ok_or_else(|| problems.finish())
}

/// What the family does not take: what one field hides, the next attempt without it shows.
fn note_all_that_does_not_open(mut scenario: Scenario, first: OpenError, json: &Json, problems: &mut Problems) {
    let mut next = Some(first);
    for _ in 0..MOST {
        let Some(error) = next else { break };
        next = if without(&mut scenario, &error.path) { scenario.open().err() } else { None };
        problems.note::<()>(line_of(json, &error.path), error.path, error.message);
    }
}

/// Takes the field of a disk at the end of this path out of the scenario; false if there is none.
fn without(scenario: &mut Scenario, path: &str) -> bool {
    let Some((node, field)) = path.strip_prefix("initial.").and_then(|path| path.split_once('.')) else { return false };
    let of_node = |initial: &&mut Initial| place_name(initial.place) == node;
    let Some(initial) = scenario.initial.iter_mut().find(of_node) else { return false };
    let before = initial.disk.len();
    initial.disk.retain(|(name, _)| name != field);
    initial.disk.len() < before
}

pub(super) fn recording(document: &Part<'_>, problems: &mut Problems) -> Option<Recording> {
    if !expect_fields(document, FIELDS, problems) {
        return None;
    }
    let Some(named) = document.child("algorithm") else {
        let known: Vec<&str> = Algorithm::all().map(Algorithm::id).collect();
        return problems.at(document, format!("needs \"algorithm\": {}", known.join(", ")));
    };
    let name = text(&named, problems)?;
    let Some(algorithm) = Algorithm::by_id(&name.trim().to_ascii_lowercase()) else {
        return problems.at(&named, unknown("algorithm", name, Algorithm::all().map(Algorithm::id)));
    };
    let mut scenario = Scenario::new(algorithm);
    if let Some(title) = document.child("title") {
        scenario.title = text(&title, problems).unwrap_or_default().into();
    }
    if let Some(about) = document.child("about") {
        scenario.about = text(&about, problems).unwrap_or_default().into();
    }
    if let Some(nodes) = document.child("nodes") {
        scenario.nodes = number(&nodes, 1, u64::from(MOST_NODES), problems)? as u8;
    }
    if let Some(seed) = document.child("seed") {
        scenario.seed = number(&seed, 0, u64::MAX, problems).unwrap_or_default();
    }
    if let Some(settings) = document.child("settings") {
        read_settings(&settings, &mut scenario, problems);
    }
    read_world(document, &mut scenario, problems);
    let cast = Cast { algorithm, census: scenario.census() };
    if let Some(given) = document.child("links") {
        read_links(&given, cast, &mut scenario, problems);
    }
    if let Some(initial) = document.child("initial") {
        read_initial(&initial, cast, &mut scenario, problems);
    }
    if let Some(given) = document.child("script") {
        scenario.script = script::script(&given, cast, problems);
        if scenario.script.len() > MOST_SCRIPT {
            problems.at::<()>(&given, format!("has more than {MOST_SCRIPT} entries"));
        }
    }
    let interventions = document.child("interventions");
    let interventions = interventions.map(|given| script::interventions(&given, cast, problems)).unwrap_or_default();
    Some(Recording { scenario, interventions })
}

fn read_settings(part: &Part<'_>, scenario: &mut Scenario, problems: &mut Problems) {
    let fields = scenario.algorithm.fields();
    let known: Vec<&str> = ["preset"].into_iter().chain(fields.iter().map(|field| field.id)).collect();
    if !expect_fields(part, &known, problems) {
        return;
    }
    if let Some(preset) = part.child("preset")
        && let Some(name) = text(&preset, problems)
    {
        let presets = scenario.algorithm.presets();
        match presets.iter().find(|&&known| known == name) {
            Some(&known) => scenario.preset = known,
            None => {
                problems.at::<()>(&preset, unknown("preset", name, presets.iter().copied()));
            }
        }
    }
    for field in fields {
        if let Some(value) = part.child(field.id).and_then(|part| value(field.kind, &part, problems)) {
            scenario.settings.push((field.key, value));
        }
    }
}

/// What does not depend on the family.
fn read_world(document: &Part<'_>, scenario: &mut Scenario, problems: &mut Problems) {
    if let Some(wires) = document.child("wires") {
        values::settings(&mut scenario.wires, &wires, &["tail"], problems);
        if let Some(tail) = wires.child("tail") {
            read_tail(&tail, &mut scenario.wires, problems);
        }
    }
    if let Some(pauses) = document.child("pauses") {
        values::settings(&mut scenario.pauses, &pauses, &[], problems);
    }
    if let Some(work) = document.child("work") {
        values::settings(&mut scenario.work, &work, &[], problems);
    }
    if let Some(store) = document.child("store") {
        values::settings(&mut scenario.guard, &store, &[], problems);
    }
}

/// `"tail": { "chance": "0.1%", "latency": ["200ms", "400ms"] }`, the rare slow messages.
fn read_tail(part: &Part<'_>, wires: &mut Wires, problems: &mut Problems) {
    if !expect_fields(part, &["chance", "latency"], problems) {
        return;
    }
    for (name, id) in [("chance", "tail_chance"), ("latency", "tail_latency")] {
        let field = Wires::FIELDS.iter().find(|field| field.id == id);
        if let (Some(field), Some(part)) = (field, part.child(name))
            && let Some(value) = value(field.kind, &part, problems)
        {
            wires.set(field.key, value);
        }
    }
}

/// Links with wires of their own from the start.
fn read_links(part: &Part<'_>, cast: Cast, scenario: &mut Scenario, problems: &mut Problems) {
    for part in items(part, problems).unwrap_or_default() {
        let ends = links::ends(&part, cast.census, &["latency", "loss"], problems);
        let wires = links::wires(&part, problems);
        let (Some((from, to, both)), Some(wires)) = (ends, wires) else { continue };
        let (Who::At(from), Who::At(to)) = (from, to) else {
            problems.at::<()>(&part, "must name places, not roles: nobody leads before the start");
            continue;
        };
        scenario.links.push((from, to, wires));
        if both {
            scenario.links.push((to, from, wires));
        }
    }
}

fn read_initial(part: &Part<'_>, cast: Cast, scenario: &mut Scenario, problems: &mut Problems) {
    let Value::Map(members) = &part.json.value else {
        problems.at::<()>(part, "must be an object such as { \"1\": { \"down\": true } }");
        return;
    };
    for member in members {
        let own = Part { json: &member.json, path: part.path_to(&member.name) };
        let place = match places::named_place(&member.name, cast.census) {
            Ok(place) => place,
            Err(message) => {
                problems.note::<()>(member.line, own.path, message);
                continue;
            }
        };
        if scenario.initial.iter().any(|known| known.place == place) {
            problems.note::<()>(member.line, own.path, "is given twice");
            continue;
        }
        let Value::Map(fields) = &own.json.value else {
            problems.at::<()>(&own, "must be an object");
            continue;
        };
        let mut initial = Initial::new(place);
        for field in fields {
            let part = Part { json: &field.json, path: own.path_to(&field.name) };
            let setting = cast.algorithm.fields().iter().find(|setting| setting.id == field.name);
            match setting {
                _ if field.name == "down" => initial.down = flag(&part, problems).unwrap_or(false),
                Some(setting) => {
                    initial.settings.extend(value(setting.kind, &part, problems).map(|value| (setting.key, value)))
                }
                None => initial.disk.extend(datum(&part, problems).map(|datum| (field.name.clone(), datum))),
            }
        }
        scenario.initial.push(initial);
    }
}

/// Plain data for the family to read.
fn datum(part: &Part<'_>, problems: &mut Problems) -> Option<Datum> {
    Some(match &part.json.value {
        Value::Null => Datum::Null,
        Value::Flag(flag) => Datum::Flag(*flag),
        Value::Number(_) => Datum::Number(number(part, 0, u64::MAX, problems)?),
        Value::Text(text) => Datum::Text(text.clone()),
        Value::List(_) => {
            Datum::List(items(part, problems)?.iter().map(|item| datum(item, problems)).collect::<Option<_>>()?)
        }
        Value::Map(members) => {
            let mut pairs = Vec::new();
            for member in members {
                let part = Part { json: &member.json, path: part.path_to(&member.name) };
                pairs.push((member.name.clone(), datum(&part, problems)?));
            }
            Datum::Map(pairs)
        }
    })
}

/// The line of the value at the end of a path such as `initial.1.vote`, or of the nearest one on the way.
pub(super) fn line_of(json: &Json, path: &str) -> u32 {
    let mut here = json;
    for name in path.split('.') {
        match here.member(name) {
            Some(member) => here = &member.json,
            None => break,
        }
    }
    here.line
}
