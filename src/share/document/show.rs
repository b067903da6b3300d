//! How an experiment wants to be shown: the part of its document that no run depends on.

use super::experiment::switch;
use super::fields::{expect_fields, items, number, text, unknown};
use super::problem::{Part, Problems};
use super::spans::{parse_chance, parse_span};
use crate::lab::formula;
use crate::lab::show::{Knob, Plot, Reference, ReferencePoints, Show};
use crate::share::json::reader::Value;

const FIELDS: &[&str] = &["plot", "x", "y", "log_x", "log_y", "ours", "references", "knobs", "notes"];
const PLOTS: [(&str, Plot); 4] =
    [("share", Plot::Share), ("curve", Plot::Curve), ("trade_off", Plot::TradeOff), ("table", Plot::Table)];

pub fn show(part: &Part<'_>, problems: &mut Problems) -> Show {
    let mut show = Show::default();
    if !expect_fields(part, FIELDS, problems) {
        return show;
    }
    if let Some(plot) = part.child("plot")
        && let Some(name) = text(&plot, problems)
    {
        match PLOTS.iter().find(|&&(known, _)| known == name) {
            Some(&(_, known)) => show.plot = known,
            None => {
                problems.at::<()>(&plot, unknown("plot", name, PLOTS.iter().map(|&(known, _)| known)));
            }
        }
    }
    show.x_name = words(part, "x", problems);
    show.y_name = words(part, "y", problems);
    show.ours = words(part, "ours", problems);
    show.log_x = switch(part, "log_x", problems);
    show.log_y = switch(part, "log_y", problems);
    let listed = |name: &str, problems: &mut Problems| match part.child(name) {
        Some(part) => items(&part, problems).unwrap_or_default(),
        None => Vec::new(),
    };
    for part in listed("references", problems) {
        show.references.extend(reference(&part, problems));
    }
    for part in listed("knobs", problems) {
        if expect_fields(&part, &["path", "name", "most"], problems) {
            let most = part.child("most").and_then(|most| amount(&most, problems));
            show.knobs.push(Knob { path: words(&part, "path", problems), name: words(&part, "name", problems), most });
        }
    }
    for part in listed("notes", problems) {
        show.notes.extend(text(&part, problems).map(Into::into));
    }
    show
}

fn words(part: &Part<'_>, name: &str, problems: &mut Problems) -> String {
    part.child(name).and_then(|part| text(&part, problems).map(Into::into)).unwrap_or_default()
}

fn reference(part: &Part<'_>, problems: &mut Problems) -> Option<Reference> {
    if !expect_fields(part, &["name", "source", "beside", "points", "formula", "measured"], problems) {
        return None;
    }
    let points = if let Some(given) = part.child("points") {
        let pairs = items(&given, problems)?;
        ReferencePoints::Given(pairs.iter().filter_map(|pair| point(pair, problems)).collect())
    } else if let Some(named) = part.child("formula") {
        let id = text(&named, problems)?;
        let known = || formula::COUNTS.iter().map(|&(known, _)| known).chain(["split"]);
        if !known().any(|known| known == id) {
            return problems.at(&named, unknown("formula", id, known()));
        }
        ReferencePoints::Formula(id.into())
    } else if let Some(measured) = part.child("measured") {
        if !expect_fields(&measured, &["file", "run", "column"], problems) {
            return None;
        }
        let of = |name: &str, problems: &mut Problems| words(&measured, name, problems);
        let (file, run, column) = (of("file", problems), of("run", problems), of("column", problems));
        if file.is_empty() || file.contains(['/', '\\']) {
            return problems.at(&measured, "needs \"file\", the name of a file of measured times");
        }
        ReferencePoints::Measured { file, run, column }
    } else {
        return problems.at(part, "needs \"points\", \"formula\" or \"measured\"");
    };
    Some(Reference {
        name: words(part, "name", problems),
        source: words(part, "source", problems),
        beside: words(part, "beside", problems),
        points,
    })
}

/// `["287ms", "50%"]`: a place on the axis, and a value or a share of the runs.
fn point(part: &Part<'_>, problems: &mut Problems) -> Option<(u64, u64)> {
    let pair = items(part, problems)?;
    let [x, y] = pair.as_slice() else { return problems.at(part, "must be a pair") };
    let (x, y) = (amount(x, problems), amount(y, problems));
    Some((x?, y?))
}

/// A whole number, a time in microseconds, or a share in parts per million.
fn amount(part: &Part<'_>, problems: &mut Problems) -> Option<u64> {
    let Value::Text(text) = &part.json.value else { return number(part, 0, u64::MAX, problems) };
    match (parse_span(text), parse_chance(text)) {
        (Ok(span), _) => Some(span),
        (_, Ok(chance)) => Some(u64::from(chance)),
        (Err(message), _) => problems.at(part, message),
    }
}
