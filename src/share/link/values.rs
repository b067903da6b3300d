//! Values of settings, bundles of settings, places, and plain data.

use super::bytes::{Eye, Pen};
use crate::sim::datum::Datum;
use crate::sim::fault::Who;
use crate::sim::place::Place;
use crate::sim::settings::{Settings, Value};
use crate::sim::time::{END_OF_TIME, Micros};

/// As many settings of one bundle.
const MOST_SETTINGS: usize = 64;
/// How deep plain data may be nested.
const DEEPEST: usize = 4;
/// As many items as one list of plain data may have.
const MOST_ITEMS: usize = 65_536;

pub fn write_span(span: Micros, pen: &mut Pen) {
    pen.number(span);
}

pub fn read_span(eye: &mut Eye<'_>) -> Micros {
    eye.number_to(END_OF_TIME)
}

/// The lower bound, and how far the upper one lies above it.
pub fn write_range((low, high): (Micros, Micros), pen: &mut Pen) {
    pen.number(low);
    pen.number(high.saturating_sub(low));
}

pub fn read_range(eye: &mut Eye<'_>) -> (Micros, Micros) {
    let low = read_span(eye);
    (low, (low + read_span(eye)).min(END_OF_TIME))
}

pub fn write_value(value: Value, pen: &mut Pen) {
    match value {
        Value::Switch(on) => {
            pen.byte(0);
            pen.flag(on);
        }
        Value::Span(span) => {
            pen.byte(1);
            write_span(span, pen);
        }
        Value::Range(low, high) => {
            pen.byte(2);
            write_range((low, high), pen);
        }
        Value::Count(count) => {
            pen.byte(3);
            pen.number(count);
        }
        Value::Chance(chance) => {
            pen.byte(4);
            pen.number(u64::from(chance));
        }
        Value::Choice(choice) => {
            pen.byte(5);
            pen.byte(choice);
        }
    }
}

pub fn read_value(eye: &mut Eye<'_>) -> Value {
    match eye.byte() {
        0 => Value::Switch(eye.flag()),
        1 => Value::Span(read_span(eye)),
        2 => {
            let (low, high) = read_range(eye);
            Value::Range(low, high)
        }
        3 => Value::Count(eye.number()),
        4 => Value::Chance(eye.number_to(1_000_000) as u32),
        5 => Value::Choice(eye.byte()),
        _ => {
            eye.fail();
            Value::Switch(false)
        }
    }
}

/// Settings by key.
pub fn write_settings(settings: &[(u8, Value)], pen: &mut Pen) {
    pen.count(settings.len());
    for &(key, value) in settings {
        pen.byte(key);
        write_value(value, pen);
    }
}

pub fn read_settings(eye: &mut Eye<'_>) -> Vec<(u8, Value)> {
    let count = eye.count(MOST_SETTINGS);
    (0..count).map(|_| (eye.byte(), read_value(eye))).collect()
}

/// What differs from the bundle's defaults.
pub fn changes<S: Settings>(settings: &S) -> Vec<(u8, Value)> {
    let usual = S::default();
    let all = S::FIELDS.iter().map(|field| (field.key, settings.value(field.key)));
    all.filter(|&(key, value)| value != usual.value(key)).collect()
}

/// Puts changes into a bundle; false if one does not fit.
pub fn apply<S: Settings>(settings: &mut S, changes: &[(u8, Value)]) -> bool {
    changes.iter().all(|&(key, value)| {
        let fits = S::FIELDS.iter().any(|field| field.key == key && field.kind.admits(value));
        if fits {
            settings.set(key, value);
        }
        fits
    })
}

// ---- places ----------------------------------------------------------------------------------------------------

/// Roles, then the store, then nodes and servers in turn: nearly everybody is one byte.
const ROLES: [Who; 5] = [Who::Leader, Who::OldLeader, Who::Candidate, Who::Follower, Who::Followed];
const STORE: u64 = 5;
const FIRST: u64 = 6;

pub fn write_place(place: Place, pen: &mut Pen) {
    pen.number(match place {
        Place::Store => STORE,
        Place::Node(n) => FIRST + 2 * (u64::from(n) - 1),
        Place::Server(n) => FIRST + 1 + 2 * (u64::from(n) - 1),
    });
}

pub fn write_who(who: Who, pen: &mut Pen) {
    match who {
        Who::At(place) => write_place(place, pen),
        role => pen.number(ROLES.iter().position(|&known| known == role).unwrap_or(0) as u64),
    }
}

pub fn read_who(eye: &mut Eye<'_>) -> Who {
    let code = eye.number_to(FIRST + 509);
    if let Some(&role) = ROLES.get(code as usize) {
        return role;
    }
    let number = |code: u64| (code / 2 + 1) as u8;
    Who::At(match code.checked_sub(FIRST) {
        None => Place::Store,
        Some(node) if node % 2 == 0 => Place::Node(number(node)),
        Some(server) => Place::Server(number(server)),
    })
}

pub fn read_place(eye: &mut Eye<'_>) -> Place {
    match read_who(eye) {
        Who::At(place) => place,
        _ => {
            eye.fail();
            Place::Store
        }
    }
}

// ---- plain data ------------------------------------------------------------------------------------------------

pub fn write_datum(datum: &Datum, pen: &mut Pen) {
    match datum {
        Datum::Null => pen.byte(0),
        Datum::Flag(flag) => {
            pen.byte(1);
            pen.flag(*flag);
        }
        Datum::Number(number) => {
            pen.byte(2);
            pen.number(*number);
        }
        Datum::Text(text) => {
            pen.byte(3);
            pen.text(text);
        }
        Datum::List(items) => {
            pen.byte(4);
            pen.count(items.len());
            items.iter().for_each(|item| write_datum(item, pen));
        }
        Datum::Map(pairs) => {
            pen.byte(5);
            write_pairs(pairs, pen);
        }
    }
}

pub fn write_pairs(pairs: &[(String, Datum)], pen: &mut Pen) {
    pen.count(pairs.len());
    for (name, datum) in pairs {
        pen.text(name);
        write_datum(datum, pen);
    }
}

fn read_datum(eye: &mut Eye<'_>, depth: usize) -> Datum {
    match eye.byte() {
        0 => Datum::Null,
        1 => Datum::Flag(eye.flag()),
        2 => Datum::Number(eye.number()),
        3 => Datum::Text(eye.text(MOST_ITEMS).into()),
        4 if depth < DEEPEST => {
            let count = eye.count(MOST_ITEMS);
            Datum::List((0..count).map(|_| read_datum(eye, depth + 1)).collect())
        }
        5 if depth < DEEPEST => Datum::Map(read_pairs(eye, depth + 1)),
        _ => {
            eye.fail();
            Datum::Null
        }
    }
}

pub fn read_pairs(eye: &mut Eye<'_>, depth: usize) -> Vec<(String, Datum)> {
    let count = eye.count(MOST_ITEMS);
    (0..count).map(|_| (eye.text(64).to_owned(), read_datum(eye, depth))).collect()
}
