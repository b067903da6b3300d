//! Two metrics against each other: one dot per point, joined in their order, the knee marked.

use super::Spot;
use super::axes::Frame;
use super::labels::Labels;
use super::scale::{Numbers, Scale};
use super::sheet::{Ink, SOLID, Sheet};
use crate::lab::experiment::Experiment;
use crate::lab::statistics::{knee, quantile};
use crate::lab::summary::{Summary, sorted};
use crate::sim::time::{HOUR, SECOND};
use crate::ui::lab::bench::{Found, Loaded};
use crate::words::en::lab::reading;
use crate::words::en::lab_page as say;

/// One dot.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    pub case: usize,
    pub name: String,
    /// Median of the first metric in the first series, in microseconds.
    pub recovery: u64,
    /// The second metric in the second series, per hour.
    pub alarms: f64,
}

/// Where each point stands, and which one is the knee.
pub fn balances(experiment: &Experiment, found: &[Found]) -> (Vec<Balance>, Option<usize>) {
    let balance = |point: usize| {
        let (recovers, quiet) = (experiment.case_at(0, point)?, experiment.case_at(1, point)?);
        let recovery = quantile(&sorted(found.get(recovers)?.readings(0)), 500)?;
        let metric = *experiment.metrics.get(1)?;
        let alarms = Summary::of(metric, found.get(quiet)?.readings(1)).mean?;
        let watched = experiment.cases[quiet].plan.limit.max(1);
        let per_hour = alarms as f64 / 1_000.0 * HOUR as f64 / watched as f64;
        Some(Balance { case: recovers, name: experiment.points[point].name.clone(), recovery, alarms: per_hour })
    };
    let all: Vec<Balance> = (0..experiment.points.len()).filter_map(balance).collect();
    // In powers of ten, as drawn; without alarms there is no such power.
    let some = all.iter().filter(|balance| balance.alarms > 0.0);
    let curve: Vec<(f64, f64)> = some.map(|balance| (balance.recovery as f64, balance.alarms.ln())).collect();
    let bend = knee(&curve);
    (all, bend)
}

pub fn paint(sheet: &Sheet, loaded: &Loaded, found: &[Found]) -> Vec<Spot> {
    let experiment = &loaded.experiment;
    let show = &experiment.show;
    let (all, bend) = balances(experiment, found);
    // Before the first run the axes say at least what they will be counted in.
    let ghosts: &[f64] = if all.is_empty() { &[1.0, 100.0] } else { &[] };
    let far = if all.is_empty() { SECOND as f64 } else { 0.0 };
    let x = Scale::over(all.iter().map(|balance| balance.recovery as f64).chain([0.0, far]), false, Numbers::Time);
    let least = all.iter().map(|balance| balance.alarms).filter(|&alarms| alarms > 0.0).fold(f64::INFINITY, f64::min);
    let nothing = all.iter().any(|balance| balance.alarms == 0.0);
    let floor = if nothing && least.is_finite() { least / 3.0 } else { least };
    let y = Scale::over(
        all.iter().map(|balance| balance.alarms).chain([floor]).chain(ghosts.iter().copied()),
        show.log_y,
        Numbers::Count,
    );
    let frame = Frame::on(sheet, x, y, 3.0);
    frame.draw(sheet, &show.x_name, &show.y_name);
    let at = |balance: &Balance| frame.at(balance.recovery as f64, balance.alarms.max(floor));
    let path: Vec<(f64, f64)> = all.iter().map(at).collect();
    if path.len() > 1 {
        sheet.line(&path, Ink::Soft, 2.0, SOLID);
    }
    let mut labels = Labels::within(frame.x.from, frame.y.to - 8.0, sheet.width, frame.y.from);
    labels.avoid(&path);
    let mut spots = Vec::new();
    for (index, balance) in all.iter().enumerate() {
        let (x, y) = at(balance);
        let is_ours = balance.name == show.ours;
        let is_knee = bend == Some(index);
        if is_knee {
            sheet.dot((x, y), 10.0, Ink::Full, false);
        }
        sheet.dot((x, y), if is_ours { 7.0 } else { 5.0 }, if is_ours { Ink::Wax } else { Ink::Soft }, is_ours);
        let name = if balance.alarms == 0.0 { say::none(&balance.name) } else { balance.name.clone() };
        let mut words = vec![name.as_str()];
        words.extend(is_knee.then_some(say::THE_KNEE));
        labels.place(sheet, &words, &[(x, y)], if is_ours { Ink::Wax } else { Ink::Soft }, is_ours || is_knee);
        let metric = experiment.metrics[0];
        let words = say::balance(&balance.name, &reading(metric, balance.recovery), balance.alarms.round() as u64);
        spots.push(Spot { x, y, case: balance.case, metric: 0, reading: balance.recovery, words });
    }
    spots
}
