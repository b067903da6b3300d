//! Time in a moving picture: which markup is seen when, and the keyframes that say so.

use crate::sim::time::Micros;
use std::fmt::Write;

/// A stretch of the run, how long it plays, and how long its end is held, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    pub from: Micros,
    pub to: Micros,
    pub plays: u64,
    pub holds: u64,
}

impl Clock {
    /// Thousandths of a percent of the whole round.
    fn part(&self, at: Micros) -> u64 {
        let flown = u128::from(at.clamp(self.from, self.to) - self.from);
        let whole = u128::from(self.to - self.from) * u128::from(self.plays + self.holds);
        (flown * u128::from(self.plays) * 100_000 / whole.max(1)) as u64
    }

    /// `12.5%`.
    pub fn percent(&self, at: Micros) -> String {
        percent(self.part(at))
    }

    /// `9.5s`.
    pub fn round(&self) -> String {
        let total = self.plays + self.holds;
        let rest = format!("{:03}", total % 1_000);
        match rest.trim_end_matches('0') {
            "" => format!("{}s", total / 1_000),
            rest => format!("{}.{rest}s", total / 1_000),
        }
    }

    /// Keyframes of being seen in these windows only; the last may end with the stretch, and is then held.
    pub fn seen(&self, windows: &[(Micros, Micros)]) -> String {
        let mut css = String::new();
        let starts_seen = windows.first().is_some_and(|&(start, _)| start <= self.from);
        let _ = write!(css, "0%{{visibility:{}}}", if starts_seen { "visible" } else { "hidden" });
        for &(start, end) in windows {
            if start > self.from {
                let _ = write!(css, "{}{{visibility:visible}}", self.percent(start));
            }
            if end < self.to {
                let _ = write!(css, "{}{{visibility:hidden}}", self.percent(end));
            }
        }
        css
    }
}

fn percent(part: u64) -> String {
    let rest = format!("{:03}", part % 1_000);
    match rest.trim_end_matches('0') {
        "" => format!("{}%", part / 1_000),
        rest => format!("{}.{rest}%", part / 1_000),
    }
}

/// Something that looks different from time to time.
#[derive(Default)]
pub struct Cell {
    states: Vec<(Micros, String)>,
}

impl Cell {
    /// From now on it looks like this. Of several looks at one instant the last counts.
    pub fn note(&mut self, at: Micros, markup: String) {
        if self.states.last().is_some_and(|(since, _)| *since == at) {
            self.states.pop();
        }
        if self.states.last().is_none_or(|(_, old)| *old != markup) {
            self.states.push((at, markup));
        }
    }

    /// Each look once, with the windows in which it is seen; looks of nothing are left out.
    pub fn looks(&self, to: Micros) -> Vec<(&str, Vec<(Micros, Micros)>)> {
        let mut looks: Vec<(&str, Vec<(Micros, Micros)>)> = Vec::new();
        for (index, (since, markup)) in self.states.iter().enumerate() {
            let until = self.states.get(index + 1).map_or(to, |(next, _)| *next);
            if markup.is_empty() {
                continue;
            }
            match looks.iter_mut().find(|(known, _)| known == markup) {
                Some((_, windows)) => windows.push((*since, until)),
                None => looks.push((markup, vec![(*since, until)])),
            }
        }
        looks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOCK: Clock = Clock { from: 1_000, to: 2_000, plays: 8_000, holds: 2_000 };

    #[test]
    fn a_window_opens_and_closes() {
        assert_eq!(
            (CLOCK.percent(1_500), CLOCK.percent(2_000), CLOCK.round()),
            ("40%".into(), "80%".into(), "10s".into())
        );
        let css = CLOCK.seen(&[(1_000, 1_250), (1_500, 2_000)]);
        assert_eq!(css, "0%{visibility:visible}20%{visibility:hidden}40%{visibility:visible}");
        assert_eq!(
            CLOCK.seen(&[(1_001, 1_003)]),
            "0%{visibility:hidden}0.08%{visibility:visible}0.24%{visibility:hidden}"
        );
    }

    #[test]
    fn a_cell_keeps_what_lasted_and_joins_what_returns() {
        let mut cell = Cell::default();
        for (at, look) in [(0, "a"), (5, "b"), (5, "a"), (7, "b"), (9, "a"), (9, ""), (12, "a")] {
            cell.note(at, look.to_owned());
        }
        assert_eq!(cell.looks(20), [("a", vec![(0, 7), (12, 20)]), ("b", vec![(7, 9)])]);
    }
}
