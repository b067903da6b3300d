//! Values of the short parameters of an address: `t=2.5s`, `speed=1/20`. `docs/links.md` lists them.

use super::document::parse_span;
use crate::playback::arrival::Arrival;
use crate::sim::time::{END_OF_TIME, MILLISECOND, Micros};

/// `2.5s`, `800ms`, `1058` (milliseconds).
pub fn time(text: &str) -> Option<Micros> {
    match text.parse::<u64>() {
        Ok(milliseconds) => milliseconds.checked_mul(MILLISECOND).filter(|&at| at <= END_OF_TIME),
        Err(_) => parse_span(text).ok(),
    }
}

/// A time, `e73` (right after event 73) or `end`.
pub fn moment(text: &str) -> Option<Arrival> {
    match text.strip_prefix('e') {
        Some("nd") => Some(Arrival::End),
        Some(event) => event.parse().ok().map(Arrival::Event),
        None => time(text).map(Arrival::At),
    }
}

/// `0.05`, `1/20`, `2`: as a numerator and a denominator, neither of them 0.
pub fn speed(text: &str) -> Option<(u64, u64)> {
    let whole = |text: &str| text.parse::<u32>().ok().map(u64::from);
    let (over, under) = match (text.split_once('/'), text.split_once('.')) {
        (Some((over, under)), _) => (whole(over)?, whole(under)?),
        (None, Some((before, after))) if after.len() <= 6 => {
            let under = 10u64.pow(after.len() as u32);
            (whole(before)? * under + whole(after)?, under)
        }
        (None, Some(_)) => return None,
        (None, None) => (whole(text)?, 1),
    };
    (over > 0 && under > 0).then_some((over, under))
}

/// The index of the speed that comes nearest, in proportion, out of numerators and denominators.
pub fn nearest_speed((over, under): (u64, u64), known: &[(u32, u32)]) -> usize {
    // The greater of a/b and b/a, in thousandths: how many times one is the other.
    let apart = |&(a, b): &(u32, u32)| {
        let (left, right) = (u128::from(over) * u128::from(b), u128::from(under) * u128::from(a));
        left.max(right) * 1_000 / left.min(right).max(1)
    };
    let all = known.iter().enumerate();
    all.min_by_key(|(_, speed)| apart(speed)).map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_people_write_them() {
        assert_eq!(moment("2.5s"), Some(Arrival::At(2_500_000)));
        assert_eq!(moment("1058"), Some(Arrival::At(1_058_000)));
        assert_eq!(moment("858.123ms"), Some(Arrival::At(858_123)));
        assert_eq!(moment("e73"), Some(Arrival::Event(73)));
        assert_eq!(moment("end"), Some(Arrival::End));
        for bad in ["", "soon", "e", "e-1", "-5", "2.5", "99999999999999999999", "18446744073709551615"] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }

    #[test]
    fn speeds_go_to_the_nearest_there_is() {
        let known = [(1, 1000), (1, 50), (1, 20), (1, 1), (10, 1)];
        for (text, index) in
            [("0.05", 2), ("1/20", 2), ("0.06", 2), ("1", 3), ("1.0", 3), ("1/999999", 0), ("4000000000", 4)]
        {
            assert_eq!(nearest_speed(speed(text).expect(text), &known), index, "{text}");
        }
        for bad in ["", "fast", "0", "1/0", "0/5", "-1", "1e3", "0.00000001", "1/"] {
            assert_eq!(speed(bad), None, "{bad}");
        }
    }
}
