//! Writes a recording as a document: only what differs from the defaults, one entry of the script a line.

use super::acts::Cast;
use super::links::{write_ends, write_wires};
use super::spans::span_text;
use super::values::{self, write_range};
use super::write_acts::write_act;
use crate::playback::recording::Recording;
use crate::scenarios::cue::{Cue, NAMED};
use crate::scenarios::scenario::{Initial, Scenario};
use crate::scenarios::script::{Entry, Trigger};
use crate::scenarios::who::place_name;
use crate::share::json::writer::Writer;
use crate::sim::datum::Datum;
use crate::sim::fault::Who;
use crate::sim::settings::{Field, Settings, Value};

/// The document of a recording, with a line break at its end.
pub fn write_document(recording: &Recording) -> String {
    let scenario = &recording.scenario;
    let cast = Cast { algorithm: scenario.algorithm, census: scenario.census() };
    let mut w = Writer::new();
    w.open_map();
    for (name, text) in [("title", &scenario.title), ("about", &scenario.about)] {
        if !text.is_empty() {
            field(name, &mut w).text(text);
        }
    }
    field("algorithm", &mut w).text(scenario.algorithm.id());
    field("nodes", &mut w).number(u64::from(scenario.nodes));
    field("seed", &mut w).number(scenario.seed);
    write_settings(scenario, &mut w);
    write_bundle("wires", &scenario.wires, &mut w);
    write_bundle("pauses", &scenario.pauses, &mut w);
    write_bundle("work", &scenario.work, &mut w);
    write_bundle("store", &scenario.guard, &mut w);
    if !scenario.links.is_empty() {
        field("links", &mut w).open_list();
        for &(from, to, wires) in &scenario.links {
            w.new_line(4);
            w.open_map();
            write_ends((Who::At(from), Who::At(to), false), &mut w);
            write_wires(wires, &mut w);
            w.close_map();
        }
        w.close_list();
    }
    if !scenario.initial.is_empty() {
        field("initial", &mut w).open_map();
        for initial in &scenario.initial {
            w.new_line(4);
            write_initial(initial, scenario.algorithm.fields(), &mut w);
        }
        w.close_map();
    }
    if !scenario.script.is_empty() {
        field("script", &mut w).open_list();
        for entry in &scenario.script {
            write_entry(entry, cast, &mut w);
        }
        w.close_list();
    }
    if !recording.interventions.is_empty() {
        field("interventions", &mut w).open_list();
        for act in &recording.interventions {
            w.new_line(4);
            w.open_map();
            w.name("at").text(&span_text(act.at));
            if act.after > 0 {
                w.name("after_steps").number(u64::from(act.after));
            }
            write_act(&act.fault, cast, &mut w);
            w.close_map();
        }
        w.close_list();
    }
    w.end_lines();
    w.close_map();
    w.finish() + "\n"
}

/// A field of the document, on its own line.
fn field<'w>(name: &str, w: &'w mut Writer) -> &'w mut Writer {
    w.new_line(2);
    w.name(name)
}

fn write_settings(scenario: &Scenario, w: &mut Writer) {
    field("settings", w).open_map();
    w.name("preset").text(scenario.preset);
    write_values(&scenario.settings, scenario.algorithm.fields(), w);
    w.close_map();
}

fn write_values(values: &[(u8, Value)], fields: &'static [Field], w: &mut Writer) {
    for (index, &(key, value)) in values.iter().enumerate() {
        let is_overruled = values[index + 1..].iter().any(|&(later, _)| later == key);
        if let Some(field) = fields.iter().find(|field| field.key == key && !is_overruled) {
            values::write(value, field.kind, w.name(field.id));
        }
    }
}

/// The values of a bundle that differ from its defaults.
fn write_bundle<S: Settings>(name: &str, settings: &S, w: &mut Writer) {
    let usual = S::default();
    if *settings == usual {
        return;
    }
    field(name, w).open_map();
    for known in S::FIELDS {
        let value = settings.value(known.key);
        if value != usual.value(known.key) {
            values::write(value, known.kind, w.name(known.id));
        }
    }
    w.close_map();
}

fn write_initial(initial: &Initial, fields: &'static [Field], w: &mut Writer) {
    w.name(&place_name(initial.place)).open_map();
    if initial.down {
        w.name("down").flag(true);
    }
    for (name, datum) in &initial.disk {
        write_datum(datum, w.name(name));
    }
    write_values(&initial.settings, fields, w);
    w.close_map();
}

fn write_datum(datum: &Datum, w: &mut Writer) {
    match datum {
        Datum::Null => w.null(),
        Datum::Flag(flag) => w.flag(*flag),
        Datum::Number(number) => w.number(*number),
        Datum::Text(text) => w.text(text),
        Datum::List(items) => {
            w.open_list();
            for item in items {
                write_datum(item, w);
            }
            w.close_list();
        }
        Datum::Map(pairs) => {
            w.open_map();
            for (name, value) in pairs {
                write_datum(value, w.name(name));
            }
            w.close_map();
        }
    }
}

fn write_entry(entry: &Entry, cast: Cast, w: &mut Writer) {
    w.new_line(4);
    w.open_map();
    match entry.trigger {
        Trigger::At(low, high) => write_span_or_pair((low, high), w.name("at")),
        Trigger::After(low, high) => write_span_or_pair((low, high), w.name("after")),
        Trigger::When(Cue::AtWork(writes)) => w.name("when").text(&format!("at work after {writes} writes")),
        Trigger::When(Cue::Quiet(span)) => w.name("when").text(&format!("quiet for {}", span_text(span))),
        Trigger::When(cue) => {
            let named = NAMED.iter().find(|&&(_, known)| known == cue);
            w.name("when").text(named.map_or("", |&(name, _)| name));
        }
    }
    write_act(&entry.act, cast, w);
    w.close_map();
}

fn write_span_or_pair((low, high): (u64, u64), w: &mut Writer) {
    if low == high { w.text(&span_text(low)) } else { write_range((low, high), w) }
}
