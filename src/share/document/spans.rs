//! Times and chances as people write them: `"150ms"`, `"1.075s"`, `"0.1%"`. Exact: no fraction is rounded.

use crate::sim::time::{END_OF_TIME, HOUR, MILLISECOND, MINUTE, Micros, SECOND};

/// Longest first, for writing; reading also knows `µs`.
const UNITS: &[(&str, Micros)] = &[("h", HOUR), ("min", MINUTE), ("s", SECOND), ("ms", MILLISECOND), ("us", 1)];

/// Reads a time.
///
/// # Errors
/// A sentence that says what is expected.
pub fn parse_span(text: &str) -> Result<Micros, String> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = (&text[..split], text[split..].trim());
    let unit = if unit == "µs" { "us" } else { unit };
    let Some(&(_, size)) = UNITS.iter().find(|&&(name, _)| name == unit) else {
        return Err(match unit {
            "" => format!("a time needs a unit, such as \"{}ms\"", if number.is_empty() { "150" } else { number }),
            _ => "must be a time such as \"150ms\"; the units are us, ms, s, min, h".into(),
        });
    };
    let span = scaled(number, size).ok_or("must be a time in whole microseconds, such as \"150ms\" or \"1.075s\"")?;
    if span > END_OF_TIME {
        return Err(format!("is longer than a run can last ({})", span_text(END_OF_TIME)));
    }
    Ok(span)
}

/// In the longest unit that needs no fraction: `"150ms"`, `"2min"`.
pub fn span_text(span: Micros) -> String {
    let fitting = UNITS.iter().find(|&&(_, size)| span >= size && span.is_multiple_of(size));
    let &(unit, size) = fitting.unwrap_or(&("ms", MILLISECOND));
    format!("{}{unit}", span / size)
}

/// Reads a chance into parts per million.
///
/// # Errors
/// A sentence that says what is expected.
pub fn parse_chance(text: &str) -> Result<u32, String> {
    let parts = text.trim().strip_suffix('%').and_then(|number| scaled(number.trim(), 10_000));
    let parts = parts.and_then(|parts| u32::try_from(parts).ok()).filter(|&parts| parts <= 1_000_000);
    parts.ok_or_else(|| "must be a chance from \"0%\" to \"100%\", in steps of 0.0001%".into())
}

/// `"0.1%"`.
pub fn chance_text(parts_per_million: u32) -> String {
    format!("{}%", hundredth_text(parts_per_million, 10_000))
}

/// Reads how fast a clock runs, in parts per million: `"+20%"`, `"-300ppm"`.
pub fn parse_rate(text: &str) -> Result<i32, String> {
    let text = text.trim();
    let (slow, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let percent = rest.strip_suffix('%').and_then(|number| scaled(number.trim(), 10_000));
    let parts = percent.or_else(|| rest.strip_suffix("ppm").and_then(|number| scaled(number.trim(), 1)));
    let parts = parts.and_then(|parts| i32::try_from(parts).ok());
    let signed = parts.map(|parts| if slow { -parts } else { parts });
    signed
        .filter(|rate| (-900_000..=9_000_000).contains(rate))
        .ok_or_else(|| "must be a rate from \"-90%\" to \"900%\", or such as \"-300ppm\"".into())
}

pub fn rate_text(parts_per_million: i32) -> String {
    format!("{parts_per_million}ppm")
}

/// `parts` of `whole` as a decimal number.
fn hundredth_text(parts: u32, whole: u32) -> String {
    let fraction = format!("{:04}", parts % whole);
    let fraction = fraction.trim_end_matches('0');
    let number = parts / whole;
    if fraction.is_empty() { number.to_string() } else { format!("{number}.{fraction}") }
}

/// A decimal number times `size`, if that is a whole number.
fn scaled(number: &str, size: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let places = 10u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let parts: u64 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let of_fraction = parts.checked_mul(size)?;
    if !of_fraction.is_multiple_of(places) {
        return None;
    }
    whole.parse::<u64>().ok()?.checked_mul(size)?.checked_add(of_fraction / places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_exact() {
        for (text, micros) in [
            ("150ms", 150_000),
            ("1.075s", 1_075_000),
            ("500us", 500),
            ("500µs", 500),
            ("2min", 120_000_000),
            ("1h", 3_600_000_000),
            ("0.5 h", 1_800_000_000),
            ("0ms", 0),
            ("0.001ms", 1),
        ] {
            assert_eq!(parse_span(text), Ok(micros), "{text}");
        }
        for text in ["", "150", "ms", "-1ms", "1.ms", ".5s", "0.0001ms", "1e3ms", "2d", "99999999999999999999s", "300h"]
        {
            assert!(parse_span(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_the_same() {
        for span in [0, 1, 999, 1_000, 1_075_000, 60_000_000, 3_600_000_000, 123_456_789] {
            assert_eq!(parse_span(&span_text(span)), Ok(span));
        }
        for chance in [0, 1, 1_000, 12_345, 500_000, 1_000_000] {
            assert_eq!(parse_chance(&chance_text(chance)), Ok(chance));
        }
        for rate in [0, -300, 200_000, -900_000] {
            assert_eq!(parse_rate(&rate_text(rate)), Ok(rate));
        }
    }

    #[test]
    fn chances_and_rates_keep_their_bounds() {
        assert_eq!((parse_chance("0.1%"), parse_chance("100%")), (Ok(1_000), Ok(1_000_000)));
        assert_eq!((parse_rate("+20%"), parse_rate("-0.03%")), (Ok(200_000), Ok(-300)));
        for text in ["0.1", "101%", "-1%", "%", "0.00001%"] {
            assert!(parse_chance(text).is_err(), "{text}");
        }
        assert!(parse_rate("-95%").is_err() && parse_rate("fast").is_err());
    }
}
