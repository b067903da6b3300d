//! The lab, in English.

use crate::lab::metric::{CENSORED, Metric, NEVER_BEGAN, Unit};
use crate::lab::statistics::Distance;
use crate::lab::summary::Summary;
use crate::sim::time::Micros;
use crate::words::numbers::{grouped, percent, span};

/// A metric, as the head of a column.
pub fn metric_name(metric: Metric) -> &'static str {
    match metric {
        Metric::Detected => "Detected",
        Metric::NewLeader => "New leader",
        Metric::Followed => "Followed by a majority",
        Metric::FirstWrite => "First write",
        Metric::Reigns => "Reigns begun",
        Metric::Split => "Split votes",
        Metric::Messages => "Messages",
        Metric::Leaderless => "Time without leader",
        Metric::TwoLeaders => "Time with two leaders",
        Metric::TwoLed => "Two led",
        Metric::Leaders => "Took office",
        Metric::Accepted => "Writes accepted",
        Metric::Refused => "Writes refused",
        Metric::Corrupted => "Writes corrupting",
    }
}

/// What a metric is, in a sentence.
pub fn metric_hint(metric: Metric) -> &'static str {
    match metric {
        Metric::Detected => "Time until somebody stands for election, or leads without having stood.",
        Metric::NewLeader => "Time until a live node leads that did not lead before.",
        Metric::Followed => "Time until a majority follows a leader elected since.",
        Metric::FirstWrite => "Time until the store accepts a write of a leader elected since.",
        Metric::Reigns => "Terms, ballots or epochs begun.",
        Metric::Split => "Whether more than one term, ballot or epoch was needed.",
        Metric::Messages => "Messages sent, those to and from the store left out.",
        Metric::Leaderless => "Time in which no live, unpaused leader was followed by a majority.",
        Metric::TwoLeaders => "Time in which two or more live nodes believed they led.",
        Metric::TwoLed => "Runs in which two live nodes believed they led at the same time.",
        Metric::Leaders => "How often somebody took office.",
        Metric::Accepted => "Writes that the store accepted.",
        Metric::Refused => "Writes that the store refused, because it had seen a newer token.",
        Metric::Corrupted => "Writes that destroyed, or were done behind, another leader's work.",
    }
}

/// One reading with its unit.
pub fn reading(metric: Metric, reading: u64) -> String {
    match (reading, metric.unit()) {
        (CENSORED, _) => "not in time".into(),
        (NEVER_BEGAN, _) => "never began".into(),
        (time, Unit::Time) => span(time),
        (count, Unit::Count) => grouped(count),
        (hit, Unit::YesNo) => (if hit > 0 { "yes" } else { "no" }).into(),
    }
}

/// A mean in thousandths of the metric's unit: `172 ms`, `1.7`, `18.1 %`.
pub fn mean(metric: Metric, thousandths: u64) -> String {
    match metric.unit() {
        Unit::Time => span((thousandths + 500) / 1_000),
        Unit::Count => tenths(thousandths),
        Unit::YesNo => share(thousandths * 1_000),
    }
}

/// Parts per million as percent, rounded to tenths.
pub fn share(parts: u64) -> String {
    percent(((parts + 500) / 1_000 * 1_000) as u32)
}

fn tenths(thousandths: u64) -> String {
    let tenths = (thousandths + 50) / 100;
    match tenths % 10 {
        0 => grouped(tenths / 10),
        rest => format!("{}.{rest}", grouped(tenths / 10)),
    }
}

/// ` (168 to 174 ms)`: where the median lies with 95 % confidence.
fn between(metric: Metric, summary: &Summary) -> String {
    summary.median_interval.map_or_else(String::new, |interval| {
        let high = interval.high.map_or_else(|| reading(metric, CENSORED), |high| reading(metric, high));
        format!(" ({} to {high})", reading(metric, interval.low))
    })
}

/// `Median 171 ms (168 ms to 174 ms), 99 % within 415 ms.`
pub fn summary_sentence(name: &str, metric: Metric, summary: &Summary, limit: Micros) -> String {
    let name = if name.is_empty() { String::new() } else { format!("{name}: ") };
    let late = match summary.censored {
        0 => String::new(),
        some => format!(" {} of {} not within {}.", grouped(some), grouped(summary.runs), span(limit)),
    };
    if metric.unit() == Unit::YesNo {
        let share = summary.mean.map_or_else(|| "no runs".into(), |mean| self::mean(metric, mean));
        return format!("{name}{share} of {} runs.{late}", grouped(summary.runs));
    }
    match (summary.median(), summary.quantile(990)) {
        (Some(median), Some(most)) => format!(
            "{name}median {}{}, 99 % within {}.{late}",
            reading(metric, median),
            between(metric, summary),
            reading(metric, most)
        ),
        (Some(median), None) => format!("{name}median {}{}.{late}", reading(metric, median), between(metric, summary)),
        _ => format!("{name}no median.{late}"),
    }
}

/// How far the measured lies from ours.
pub fn distance_sentence(distance: &Distance) -> String {
    let side = if distance.above { "more of ours are done" } else { "more of the real ones are done" };
    let chance = if distance.parts <= distance.chance_parts {
        "so small a difference can be chance"
    } else {
        "more than chance"
    };
    format!(
        "Distance {} (Kolmogorov-Smirnov), at {}, where {side}: {chance} (5 % point {}).",
        share(distance.parts),
        span(distance.at),
        share(distance.chance_parts)
    )
}

/// `One-way delay, from`: the thumb at this end of so many.
pub fn slider_name(setting: &str, end: usize, ends: usize) -> String {
    match (end, ends) {
        (_, 1) => format!("{setting}, slider"),
        (0, _) => format!("{setting}, from"),
        _ => format!("{setting}, to"),
    }
}

/// `Run 1 000 runs of each of 6 to fill this plot. About 3 s.`
pub fn invitation(trials: u64, cases: usize) -> String {
    match cases {
        1 => format!("Run {} runs to fill this plot.", grouped(trials)),
        _ => format!("Run {} runs of each of the {cases} cases to fill this plot.", grouped(trials)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_units() {
        assert_eq!(mean(Metric::Split, 181), "18.1 %");
        assert_eq!(mean(Metric::Messages, 7_260), "7.3");
        assert_eq!(mean(Metric::NewLeader, 171_000_000), "171 ms");
        assert_eq!(reading(Metric::NewLeader, CENSORED), "not in time");
    }

    #[test]
    fn what_was_not_in_time_is_said() {
        let summary = Summary::of(Metric::NewLeader, &[100_000, 200_000, CENSORED]);
        assert_eq!(
            summary_sentence("A", Metric::NewLeader, &summary, 10_000_000),
            "A: median 200 ms. 1 of 3 not within 10 s."
        );
    }
}
