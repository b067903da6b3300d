//! A value on a slider: the ends of a time, a range of times or a chance, and the places of its thumbs.

use crate::share::document::{parse_chance, parse_span, span_text};
use crate::words::numbers::percent;

/// So many places a thumb has.
pub const PLACES: u64 = 200;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slide {
    /// One, or the low and the high end; microseconds, or parts per million.
    pub ends: Vec<u64>,
    most: u64,
    is_chance: bool,
}

impl Slide {
    /// What was typed, if a slider can show it.
    pub fn of(text: &str, most: u64) -> Option<Slide> {
        let parts: Vec<&str> = text.split(" to ").flat_map(|part| part.split('–')).map(str::trim).collect();
        let times: Option<Vec<u64>> = parts.iter().map(|part| parse_span(part).ok()).collect();
        let chances = || parts.iter().map(|part| parse_chance(part).ok().map(u64::from)).collect::<Option<Vec<_>>>();
        let (ends, is_chance) = times.map(|times| (times, false)).or_else(|| Some((chances()?, true)))?;
        (matches!(ends.len(), 1 | 2) && most > 0).then_some(Slide { ends, most, is_chance })
    }

    /// Where a thumb stands.
    pub fn place(&self, end: usize) -> u64 {
        place(self.ends[end], self.most)
    }

    /// With this thumb moved; it takes the other along.
    pub fn moved(&self, end: usize, place: u64) -> Slide {
        let part = place.min(PLACES) as f64 / PLACES as f64;
        let mut moved = self.clone();
        let exact = (part * part * self.most as f64) as u64;
        // As round as can be, so that it can be remembered, but not so round that the thumb would spring back.
        let round = rounded(exact, 100);
        moved.ends[end] = if self::place(round, self.most) == place { round } else { rounded(exact, 1_000) };
        if end == 0 {
            let low = moved.ends[0];
            moved.ends.iter_mut().for_each(|end| *end = (*end).max(low));
        } else {
            moved.ends[0] = moved.ends[0].min(moved.ends[end]);
        }
        moved
    }

    /// `1.5ms to 3ms`, `0.5%`: as it is typed.
    pub fn text(&self) -> String {
        let text = |&end: &u64| match self.is_chance {
            true => percent(u32::try_from(end).unwrap_or(1_000_000)).replace([' ', '\u{202f}', '\u{a0}'], ""),
            false => span_text(end),
        };
        self.ends.iter().map(text).collect::<Vec<_>>().join(" to ")
    }
}

/// Small values have as much room as large ones.
fn place(value: u64, most: u64) -> u64 {
    let part = (value.min(most) as f64 / most as f64).sqrt();
    (part * PLACES as f64).round() as u64
}

/// With so many digits that it is below `most` in its unit.
fn rounded(value: u64, most: u64) -> u64 {
    let mut unit = 1;
    while value / unit >= most {
        unit *= 10;
    }
    (value + unit / 2) / unit * unit
}
