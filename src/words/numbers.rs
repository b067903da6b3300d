//! Times, chances and lists as people write them.

use crate::sim::place::Place;
use crate::sim::time::{MILLISECOND, Micros, SECOND};

/// A thin space that does not break: `1 046`.
const GROUP: char = '\u{202f}';

/// Whole numbers in groups of three.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(GROUP);
        }
        out.push(digit);
    }
    out
}

/// An instant of a run, in whole milliseconds: `1 046`.
pub fn instant(at: Micros) -> String {
    grouped(at / MILLISECOND)
}

/// A span with its unit: `96 ms`, `1.5 s`, `250 µs`.
pub fn span(span: Micros) -> String {
    if span == 0 {
        return "0 ms".into();
    }
    if span < MILLISECOND {
        return format!("{span} µs");
    }
    if span < 10 * SECOND {
        let tenths = span % MILLISECOND / 100;
        return match tenths {
            0 => format!("{} ms", grouped(span / MILLISECOND)),
            _ if span < 10 * MILLISECOND => format!("{}.{tenths} ms", span / MILLISECOND),
            _ => format!("{} ms", grouped(span / MILLISECOND)),
        };
    }
    match span % SECOND / (100 * MILLISECOND) {
        0 => format!("{} s", grouped(span / SECOND)),
        tenths => format!("{}.{tenths} s", grouped(span / SECOND)),
    }
}

/// Parts per million as percent: `30 %`, `0.1 %`.
pub fn percent(per_million: u32) -> String {
    let whole = per_million / 10_000;
    match per_million % 10_000 {
        0 => format!("{whole} %"),
        rest => format!("{whole}.{} %", format!("{rest:04}").trim_end_matches('0')),
    }
}

/// `N1`, `N1 and N4`, `N1, N2 and N4`.
pub fn listed(places: &[Place]) -> String {
    let names: Vec<String> = places.iter().map(Place::to_string).collect();
    match names.as_slice() {
        [] => "nobody".into(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// Small counts in words, as a sentence starts with them.
pub fn counted(count: usize) -> String {
    const WORDS: [&str; 10] = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_people_write_them() {
        assert_eq!(instant(1_046_300), "1\u{202f}046");
        assert_eq!(span(96_000), "96 ms");
        assert_eq!(span(1_500), "1.5 ms");
        assert_eq!(span(12_500_000), "12.5 s");
        assert_eq!(span(250), "250 µs");
        assert_eq!(percent(300_000), "30 %");
        assert_eq!(percent(1_000), "0.1 %");
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(listed(&[Place::Node(1), Place::Node(2), Place::Node(4)]), "N1, N2 and N4");
        assert_eq!(listed(&[]), "nobody");
    }
}
