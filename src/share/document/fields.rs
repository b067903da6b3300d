//! Objects with known fields: anything else in them is a mistake, and often a slip of the pen.

use super::problem::{Part, Problems};
use crate::share::json::reader::Value;

/// Checks that this is an object with no fields but these; false if it is no object.
pub fn expect_fields(part: &Part<'_>, known: &[&str], problems: &mut Problems) -> bool {
    let Value::Map(members) = &part.json.value else {
        problems.at::<()>(part, format!("must be an object, not {}", part.json.kind()));
        return false;
    };
    for member in members {
        if !known.contains(&member.name.as_str()) {
            let message = unknown("field", &member.name, known.iter().copied());
            problems.note::<()>(member.line, part.path_to(&member.name), message);
        }
    }
    true
}

/// `there is no field "seeds"; did you mean "seed"?`
pub fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let name: String = name.chars().take(40).collect();
    let nearest = known.clone().min_by_key(|known| distance(&name, known));
    match nearest.filter(|nearest| distance(&name, nearest) <= 1 + name.len() / 4) {
        Some(nearest) => format!("there is no {what} \"{name}\"; did you mean \"{nearest}\"?"),
        None => {
            let all: Vec<&str> = known.filter(|known| !known.is_empty()).collect();
            format!("there is no {what} \"{name}\"; there are {}", all.join(", "))
        }
    }
}

/// How many letters to add, drop or change (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &other) in b.iter().enumerate() {
            let change = diagonal + usize::from(letter != other);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// The items of a list.
pub fn items<'a>(part: &Part<'a>, problems: &mut Problems) -> Option<Vec<Part<'a>>> {
    match &part.json.value {
        Value::List(items) => Some(items.iter().enumerate().map(|(index, json)| part.item(index, json)).collect()),
        _ => problems.at(part, format!("must be a list, not {}", part.json.kind())),
    }
}

pub fn text<'a>(part: &Part<'a>, problems: &mut Problems) -> Option<&'a str> {
    match &part.json.value {
        Value::Text(text) => Some(text),
        _ => problems.at(part, format!("must be a text, not {}", part.json.kind())),
    }
}

pub fn flag(part: &Part<'_>, problems: &mut Problems) -> Option<bool> {
    match part.json.value {
        Value::Flag(flag) => Some(flag),
        _ => problems.at(part, format!("must be true or false, not {}", part.json.kind())),
    }
}

/// A flag that is false when absent.
pub fn flag_or_false(part: &Part<'_>, name: &str, problems: &mut Problems) -> Option<bool> {
    part.child(name).map_or(Some(false), |part| flag(&part, problems))
}

/// A whole number from `low` to `high`.
pub fn number(part: &Part<'_>, low: u64, high: u64, problems: &mut Problems) -> Option<u64> {
    let parsed = match &part.json.value {
        Value::Number(text) => text.parse::<u64>().ok().filter(|number| (low..=high).contains(number)),
        _ => None,
    };
    if parsed.is_some() {
        return parsed;
    }
    let bounds = if high == u64::MAX { format!("{low} or greater") } else { format!("{low} to {high}") };
    problems.at(part, format!("must be a whole number, {bounds}"))
}
