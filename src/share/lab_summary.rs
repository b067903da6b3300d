//! What the lab found, as JSON: one object per case and metric.

use super::json::writer::Writer;
use crate::lab::experiment::Experiment;
use crate::lab::metric::{Metric, Unit};
use crate::lab::samples::Samples;
use crate::lab::summary::{QUANTILES, Summary};

/// `{"kind":"lab","series":"","point":"150–300","metric":"new_leader", ...}`; times are whole microseconds.
pub fn write_lab_summary(experiment: &Experiment, samples: &Samples, case: usize, metric: usize, w: &mut Writer) {
    let Some(known) = experiment.cases.get(case) else { return };
    let what = experiment.metrics[metric];
    let summary = Summary::of(what, samples.readings(case, metric));
    w.open_map();
    w.name("kind").text("lab");
    w.name("series").text(&experiment.series[known.series].name);
    w.name("point").text(&experiment.points[known.point].name);
    w.name("metric").text(what.id());
    w.name("seeds").open_list();
    w.number(samples.first_seed);
    w.number((samples.first_seed + samples.trials()).saturating_sub(1));
    w.close_list();
    w.name("runs").number(summary.runs);
    w.name("censored").number(summary.censored);
    w.name("never_began").number(summary.never_began);
    write_numbers(what, &summary, w);
    w.close_map();
}

fn write_numbers(metric: Metric, summary: &Summary, w: &mut Writer) {
    let unit = if metric.unit() == Unit::Time { "_us" } else { "" };
    // A mean of censored runs would be too small: it is not given.
    w.name(&format!("mean{unit}"));
    match summary.mean.filter(|_| summary.censored == 0) {
        Some(mean) => w.thousandths(mean),
        None => w.null(),
    }
    if let Some((low, high)) = summary.share_interval {
        w.name("mean_95").open_list();
        w.thousandths((low + 500) / 1_000);
        w.thousandths((high + 500) / 1_000);
        w.close_list();
        return;
    }
    let mut one = |name: &str, reading: Option<u64>| {
        w.name(&format!("{name}{unit}"));
        match reading {
            Some(reading) => w.number(reading),
            None => w.null(),
        }
    };
    one("min", summary.least);
    for (index, thousandths) in QUANTILES.into_iter().enumerate() {
        let name = match thousandths {
            500 => "median".to_owned(),
            whole if whole.is_multiple_of(10) => format!("p{}", whole / 10),
            fraction => format!("p{}.{}", fraction / 10, fraction % 10),
        };
        one(&name, summary.quantiles[index]);
    }
    one("max", summary.most.filter(|_| summary.censored == 0));
    w.name(&format!("median_95{unit}"));
    match summary.median_interval {
        Some(interval) => {
            w.open_list();
            w.number(interval.low);
            match interval.high {
                Some(high) => w.number(high),
                None => w.null(),
            }
            w.close_list();
        }
        None => w.null(),
    }
}
