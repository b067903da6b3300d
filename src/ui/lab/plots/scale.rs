//! From readings to places on an axis.

use crate::sim::time::{MILLISECOND, SECOND};

/// What the numbers on an axis are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Numbers {
    /// Microseconds.
    Time,
    /// Parts per million.
    Share,
    Count,
}

#[derive(Clone, Copy, Debug)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub is_log: bool,
    pub numbers: Numbers,
    /// Pixels at the low and at the high end.
    pub from: f64,
    pub to: f64,
}

impl Scale {
    /// A scale that holds these values, its ends on round numbers.
    /// A plain one begins at zero, unless all values are far from it.
    pub fn over(values: impl Iterator<Item = f64>, is_log: bool, numbers: Numbers) -> Scale {
        Scale::from_zero(values, is_log, numbers, 0.45)
    }

    /// The same, but as close around the values as round numbers allow.
    pub fn around(values: impl Iterator<Item = f64>, is_log: bool, numbers: Numbers) -> Scale {
        Scale::from_zero(values, is_log, numbers, 0.02)
    }

    /// Begins at zero if the lowest value is less than this part of the highest.
    fn from_zero(values: impl Iterator<Item = f64>, is_log: bool, numbers: Numbers, part: f64) -> Scale {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite() && (!is_log || *value > 0.0)) {
            low = low.min(value);
            high = high.max(value);
        }
        if low > high {
            (low, high) = if is_log { (1.0, 10.0) } else { (0.0, 1.0) };
        }
        let mut scale = Scale { low, high, is_log, numbers, from: 0.0, to: 1.0 };
        if is_log {
            let edge =
                if high / low < 30.0 { &[1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0][..] } else { &[1.0, 2.0, 3.0, 5.0, 10.0] };
            scale.low =
                edge.iter().rev().map(|step| step * decade(low)).find(|&step| step <= low * 1.0001).unwrap_or(low);
            scale.high =
                edge.iter().map(|step| step * decade(high)).find(|&step| step >= high * 0.9999).unwrap_or(high);
        } else {
            if low < part * high {
                scale.low = 0.0;
            }
            let step = scale.step(6.0);
            scale.low = (scale.low / step).floor() * step;
            scale.high = (high / step).ceil() * step;
        }
        if scale.high <= scale.low {
            scale.high = if is_log { scale.low * 10.0 } else { scale.low + 1.0 };
        }
        scale
    }

    pub fn between(mut self, from: f64, to: f64) -> Scale {
        (self.from, self.to) = (from, to);
        self
    }

    pub fn place(&self, value: f64) -> f64 {
        let part = if self.is_log {
            (value.max(self.low * 1e-3) / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + part * (self.to - self.from)
    }

    /// Where lines are drawn, for an axis with room for about so many.
    pub fn ticks(&self, room: f64) -> Vec<f64> {
        let mut ticks = Vec::new();
        if self.is_log {
            let decades = (self.high / self.low).log10();
            let per_decade = room / decades.max(0.1);
            let steps: &[f64] = match per_decade {
                many if many >= 6.0 => &[1.0, 1.5, 2.0, 3.0, 5.0, 7.0],
                some if some >= 2.6 => &[1.0, 2.0, 5.0],
                few if few >= 1.6 => &[1.0, 3.0],
                _ => &[1.0],
            };
            let mut base = decade(self.low);
            while base <= self.high * 1.0001 {
                ticks.extend(steps.iter().map(|step| step * base));
                base *= 10.0;
            }
        } else {
            let step = self.step(room);
            let mut tick = (self.low / step).ceil() * step;
            while tick <= self.high + step * 1e-6 {
                ticks.push(tick);
                tick += step;
            }
        }
        ticks.retain(|&tick| tick >= self.low * 0.9999 - 1e-9 && tick <= self.high * 1.0001 + 1e-9);
        ticks
    }

    /// A round step, of which about `room` fit.
    fn step(&self, room: f64) -> f64 {
        let wanted = ((self.high - self.low) / room.max(1.0)).max(1e-9);
        let unit = decade(wanted);
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|step| step * unit).find(|&step| step >= wanted * 0.999);
        let step = step.unwrap_or(unit * 10.0);
        // Counts have no halves.
        if self.numbers == Numbers::Count && step < 1.0 { 1.0 } else { step }
    }

    pub fn text(&self, value: f64) -> String {
        match self.numbers {
            Numbers::Time => time(value),
            Numbers::Share => format!("{} %", short(value / 10_000.0)),
            Numbers::Count => short(value),
        }
    }
}

/// The power of ten at or below a value.
fn decade(value: f64) -> f64 {
    10_f64.powf((value * 1.000_000_1).log10().floor())
}

fn time(micros: f64) -> String {
    if micros >= SECOND as f64 * 0.999_9 {
        format!("{} s", short(micros / SECOND as f64))
    } else {
        format!("{} ms", short(micros / MILLISECOND as f64))
    }
}

/// Up to two places after the point, and no zeros at the end.
fn short(value: f64) -> String {
    let hundredths = (value * 100.0).round() as i64;
    let (whole, rest) = (hundredths / 100, hundredths.abs() % 100);
    match rest {
        0 => crate::words::numbers::grouped(whole.unsigned_abs()),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}
