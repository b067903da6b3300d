//! Values of settings, as their descriptions ask for them.

use super::fields::{expect_fields, flag, items, number, text, unknown};
use super::problem::{Part, Problems};
use super::spans::{chance_text, parse_chance, parse_span, span_text};
use crate::scenarios::who::plain;
use crate::share::json::reader::Value as JsonValue;
use crate::share::json::writer::Writer;
use crate::sim::settings::{Field, FieldKind, Settings, Value, field_by_id};
use crate::sim::time::Micros;

pub fn span(part: &Part<'_>, problems: &mut Problems) -> Option<Micros> {
    match &part.json.value {
        JsonValue::Text(text) => match parse_span(text) {
            Ok(span) => Some(span),
            Err(message) => problems.at(part, message),
        },
        JsonValue::Number(number) => problems.at(part, format!("a time needs a unit: \"{number}ms\", \"{number}s\"")),
        _ => problems.at(part, format!("must be a time such as \"150ms\", not {}", part.json.kind())),
    }
}

/// A time or a pair of times, the second not before the first.
pub fn range(part: &Part<'_>, problems: &mut Problems) -> Option<(Micros, Micros)> {
    let JsonValue::List(_) = part.json.value else {
        return span(part, problems).map(|span| (span, span));
    };
    let bounds = items(part, problems)?;
    let [low, high] = bounds.as_slice() else {
        return problems.at(part, "must be a time, or a pair of times such as [\"150ms\", \"300ms\"]");
    };
    let (low, high) = (span(low, problems), span(high, problems));
    let (low, high) = (low?, high?);
    if low > high {
        return problems.at(part, "the second time must not be shorter than the first");
    }
    Some((low, high))
}

pub fn chance(part: &Part<'_>, problems: &mut Problems) -> Option<u32> {
    match &part.json.value {
        JsonValue::Text(text) => match parse_chance(text) {
            Ok(chance) => Some(chance),
            Err(message) => problems.at(part, message),
        },
        _ => problems.at(part, format!("must be a chance such as \"0.1%\", not {}", part.json.kind())),
    }
}

/// A value of this kind, within its bounds.
pub fn value(kind: FieldKind, part: &Part<'_>, problems: &mut Problems) -> Option<Value> {
    let value = match kind {
        FieldKind::Switch => Value::Switch(flag(part, problems)?),
        FieldKind::Span { .. } => Value::Span(span(part, problems)?),
        FieldKind::Range { .. } => range(part, problems).map(|(low, high)| Value::Range(low, high))?,
        FieldKind::Count { low, high } => Value::Count(number(part, low, high, problems)?),
        FieldKind::Chance => Value::Chance(chance(part, problems)?),
        FieldKind::Choice(choices) => {
            let name = plain(text(part, problems)?);
            match choices.iter().position(|choice| plain(choice) == name) {
                Some(index) => Value::Choice(index as u8),
                None => return problems.at(part, unknown("choice", &name, choices.iter().copied())),
            }
        }
    };
    if kind.admits(value) {
        return Some(value);
    }
    match kind {
        FieldKind::Span { low, high } | FieldKind::Range { low, high } => {
            problems.at(part, format!("must be from {} to {}", span_text(low), span_text(high)))
        }
        _ => problems.at(part, "is out of range"),
    }
}

/// The field with this id, however its words are parted.
pub fn find_field(fields: &'static [Field], id: &str) -> Option<&'static Field> {
    field_by_id(fields, id).or_else(|| fields.iter().find(|field| plain(field.id) == plain(id)))
}

/// An object whose fields are settings; `others` are read elsewhere.
pub fn settings<S: Settings>(settings: &mut S, part: &Part<'_>, others: &[&str], problems: &mut Problems) {
    let known: Vec<&str> = S::FIELDS.iter().map(|field| field.id).chain(others.iter().copied()).collect();
    if !expect_fields(part, &known, problems) {
        return;
    }
    for field in S::FIELDS {
        if let Some(value) = part.child(field.id).and_then(|part| value(field.kind, &part, problems)) {
            settings.set(field.key, value);
        }
    }
}

pub fn write(value: Value, kind: FieldKind, w: &mut Writer) {
    match value {
        Value::Switch(on) => w.flag(on),
        Value::Span(span) => w.text(&span_text(span)),
        Value::Range(low, high) => write_range((low, high), w),
        Value::Count(count) => w.number(count),
        Value::Chance(chance) => w.text(&chance_text(chance)),
        Value::Choice(choice) => match kind {
            FieldKind::Choice(choices) => w.text(choices.get(usize::from(choice)).copied().unwrap_or("")),
            _ => w.null(),
        },
    }
}

pub fn write_range((low, high): (Micros, Micros), w: &mut Writer) {
    w.open_list();
    w.text(&span_text(low));
    w.text(&span_text(high));
    w.close_list();
}
