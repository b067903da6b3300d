//! One link: its two ends, and wires of its own.

use super::fields::{expect_fields, flag_or_false};
use super::places::{who, write_who};
use super::problem::{Part, Problems};
use super::spans::chance_text;
use super::values::{self, write_range};
use crate::share::json::writer::Writer;
use crate::sim::fault::{LinkWires, Who};
use crate::sim::network::Wires;
use crate::sim::place::Census;
use crate::sim::settings::{FieldKind, Settings, Value};

/// From, to, and whether both ways are meant.
pub type Ends = (Who, Who, bool);

/// `{ "from": 1, "to": 3, "one_way": true }`; `others` are read elsewhere.
pub fn ends(part: &Part<'_>, census: Census, others: &[&str], problems: &mut Problems) -> Option<Ends> {
    let known: Vec<&str> = ["from", "to", "one_way"].iter().chain(others).copied().collect();
    if !expect_fields(part, &known, problems) {
        return None;
    }
    let mut end = |name: &str| match part.child(name) {
        Some(end) => who(&end, census, problems),
        None => problems.at(part, format!("a link needs \"{name}\"")),
    };
    let (from, to) = (end("from"), end("to"));
    let one_way = flag_or_false(part, "one_way", problems);
    let (from, to) = (from?, to?);
    if from == to && matches!(from, Who::At(_)) {
        return problems.at(part, "a link has two different ends");
    }
    Some((from, to, !one_way?))
}

/// `"latency"` and `"loss"`, where given.
pub fn wires(part: &Part<'_>, problems: &mut Problems) -> Option<LinkWires> {
    let mut wires = LinkWires::default();
    let mut is_good = true;
    for field in Wires::FIELDS {
        let Some(given) = part.child(field.id) else { continue };
        match values::value(field.kind, &given, problems) {
            Some(Value::Range(low, high)) if field.id == "latency" => wires.latency = Some((low, high)),
            Some(Value::Chance(chance)) if field.kind == FieldKind::Chance => wires.loss = Some(chance),
            _ => is_good = false,
        }
    }
    is_good.then_some(wires)
}

pub fn write_ends((from, to, both): Ends, w: &mut Writer) {
    write_who(from, w.name("from"));
    write_who(to, w.name("to"));
    if !both {
        w.name("one_way").flag(true);
    }
}

pub fn write_wires(wires: LinkWires, w: &mut Writer) {
    if let Some(latency) = wires.latency {
        write_range(latency, w.name("latency"));
    }
    if let Some(loss) = wires.loss {
        w.name("loss").text(&chance_text(loss));
    }
}
