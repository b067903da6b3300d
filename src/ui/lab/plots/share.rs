//! The share of runs that got there within a time: one rising curve per case, published and measured ones beside it.

use super::Spot;
use super::axes::Frame;
use super::labels::Labels;
use super::scale::{Numbers, Scale};
use super::sheet::{DASHES, Ink, SOLID, Sheet};
use crate::lab::metric::CENSORED;
use crate::lab::show::ReferencePoints;
use crate::lab::summary::sorted;
use crate::ui::lab::bench::{Found, Loaded};
use crate::words::en::lab::{reading, share};
use crate::words::en::lab_page as say;

/// A curve is drawn by so many of its runs: more cannot be seen.
const STEPS: usize = 240;
const WHOLE: f64 = 1e6;

/// A curve of ours.
struct Curve {
    case: usize,
    name: String,
    /// Sorted, the censored last.
    readings: Vec<u64>,
    is_ours: bool,
}

impl Curve {
    fn known(&self) -> &[u64] {
        &self.readings[..self.readings.partition_point(|&reading| reading < CENSORED)]
    }
}

pub fn paint(sheet: &Sheet, loaded: &Loaded, found: &[Found]) -> Vec<Spot> {
    let experiment = &loaded.experiment;
    let curves: Vec<Curve> = found
        .iter()
        .enumerate()
        .map(|(case, found)| {
            let name = experiment.case_name(case);
            let is_ours = name == experiment.show.ours;
            Curve { case, name, readings: sorted(found.readings(0)), is_ours }
        })
        .collect();
    let frame = frame(sheet, loaded, &curves);
    let x_name = if experiment.show.x_name.is_empty() { "time" } else { &experiment.show.x_name };
    frame.draw(sheet, x_name, say::RUNS_THAT_ARE_DONE);
    let mut labels = Labels::within(frame.x.from, frame.y.to - 4.0, sheet.width, frame.y.from);
    let mut spots = Vec::new();
    references(sheet, &frame, loaded, &mut labels);
    // Ours last, on top of the others.
    let mut order: Vec<usize> = (0..curves.len()).collect();
    order.sort_by_key(|&index| curves[index].is_ours);
    let mut dash = 0;
    for &index in &order {
        let curve = &curves[index];
        let path = path(&frame, curve);
        if path.len() < 2 {
            continue;
        }
        if curve.is_ours {
            sheet.line(&path, Ink::Wax, 3.0, SOLID);
        } else {
            sheet.line(&path, Ink::Soft, 1.5, DASHES[dash % DASHES.len()]);
            dash += 1;
        }
        labels.avoid(&path);
        spots.extend(spots_of(&frame, curve, loaded));
    }
    for &index in order.iter().rev() {
        label(sheet, &frame, &curves[index], loaded, &mut labels);
    }
    spots
}

fn frame(sheet: &Sheet, loaded: &Loaded, curves: &[Curve]) -> Frame {
    let show = &loaded.experiment.show;
    let limit = loaded.experiment.cases.iter().map(|case| case.plan.limit).max().unwrap_or(0) as f64;
    let mut values: Vec<f64> = Vec::new();
    for curve in curves {
        let known = curve.known();
        let last = known.len().saturating_sub(1);
        // The few slowest would squeeze all others into a corner of a plain axis.
        let most = if show.log_x { last } else { last * 995 / 1_000 };
        values.extend([0, most].iter().filter_map(|&index| known.get(index)).map(|&micros| micros as f64));
    }
    for (reference, measured) in show.references.iter().zip(&loaded.measured) {
        if let ReferencePoints::Given(points) = &reference.points {
            values.extend(points.iter().map(|&(x, _)| x as f64).filter(|&x| x <= limit));
        }
        values.extend(measured.first().into_iter().chain(measured.last()).map(|&micros| micros as f64));
    }
    let x = Scale::around(values.into_iter(), show.log_x, Numbers::Time);
    let y = Scale { low: 0.0, high: WHOLE, is_log: false, numbers: Numbers::Share, from: 0.0, to: 1.0 };
    Frame::on(sheet, x, y, 1.5)
}

/// Rises by one run at each reading; thinned out.
fn path(frame: &Frame, curve: &Curve) -> Vec<(f64, f64)> {
    steps(curve.known(), curve.readings.len(), frame)
}

fn steps(known: &[u64], all: usize, frame: &Frame) -> Vec<(f64, f64)> {
    let mut path = Vec::new();
    let Some(&first) = known.first() else { return path };
    path.push(frame.at(first as f64, 0.0));
    let stride = (known.len() / STEPS).max(1);
    let mut before = 0;
    for index in (0..known.len()).filter(|index| index % stride == 0 || index + 1 == known.len()) {
        let (x, y) = frame.at(known[index] as f64, (index + 1) as f64 / all as f64 * WHOLE);
        if x > frame.x.to + 0.5 {
            break;
        }
        if known.len() <= STEPS {
            path.push((x, frame.y.place(before as f64 / all as f64 * WHOLE)));
        }
        path.push((x, y));
        before = index + 1;
    }
    // Some have not got there within what is shown: the curve goes on level to the edge.
    if let Some(&(x, y)) = path.last()
        && (known.len() < all || x < frame.x.to)
    {
        path.push((frame.x.to, y));
    }
    path
}

fn spots_of(frame: &Frame, curve: &Curve, loaded: &Loaded) -> Vec<Spot> {
    let known = curve.known();
    let stride = (known.len() / 80).max(1);
    let metric = loaded.experiment.metrics[0];
    let chosen = (0..known.len()).filter(|index| index % stride == 0 || index + 1 == known.len());
    let spot = |index: usize| {
        let part = (index + 1) as u64 * 1_000_000 / curve.readings.len() as u64;
        let (x, y) = frame.at(known[index] as f64, part as f64);
        let name = if curve.name.is_empty() { String::new() } else { format!("{}: ", curve.name) };
        let words = say::within(&name, &share(part), &reading(metric, known[index]));
        Spot { x, y, case: curve.case, metric: 0, reading: known[index], words }
    };
    chosen.map(spot).filter(|spot| spot.x <= frame.x.to + 1.0).collect()
}

fn references(sheet: &Sheet, frame: &Frame, loaded: &Loaded, labels: &mut Labels) {
    let show = &loaded.experiment.show;
    let mut kinds: Vec<&str> = Vec::new();
    for (reference, measured) in show.references.iter().zip(&loaded.measured) {
        let ink = if reference.beside == show.ours { Ink::Wax } else { Ink::Faint };
        match &reference.points {
            ReferencePoints::Given(points) => {
                for &(x, y) in points {
                    let at = frame.at(x as f64, y as f64);
                    if at.0 >= frame.x.from && at.0 <= frame.x.to {
                        sheet.dot(at, 4.0, ink, false);
                    }
                }
                note(&mut kinds, say::PUBLISHED_DOTS);
            }
            ReferencePoints::Measured { .. } => {
                let path = steps(measured, measured.len(), frame);
                sheet.line(&path, ink, 1.5, (2.0, 2.0));
                labels.avoid(&path);
                note(&mut kinds, say::MEASURED_STEPS);
            }
            ReferencePoints::Formula(_) => {}
        }
    }
    if !kinds.is_empty() {
        let words = say::and_simulated(&kinds);
        sheet.words(&words, (frame.x.to, 0.7 * sheet.rem), 0.8125, false, Ink::Soft, 1.0);
    }
}

fn note<'a>(kinds: &mut Vec<&'a str>, kind: &'a str) {
    if !kinds.contains(&kind) {
        kinds.push(kind);
    }
}

/// The name of a curve beside it, and its median if it is yours.
fn label(sheet: &Sheet, frame: &Frame, curve: &Curve, loaded: &Loaded, labels: &mut Labels) {
    let known = curve.known();
    if curve.readings.is_empty() {
        return;
    }
    let metric = loaded.experiment.metrics[0];
    let late = curve.readings.len() - known.len();
    let late_words = (late > 0).then(|| {
        let limit = loaded.experiment.cases[curve.case].plan.limit;
        say::later_than(&share(late as u64 * 1_000_000 / curve.readings.len() as u64), &reading(metric, limit))
    });
    let ink = if curve.is_ours { Ink::Wax } else { Ink::Soft };
    let at = |thousandths: usize| {
        let rank = (curve.readings.len() * thousandths).div_ceil(1_000).max(1);
        known.get(rank - 1).map(|&reading| frame.at(reading as f64, thousandths as f64 * 1_000.0))
    };
    let mut beside: Vec<(f64, f64)> = [500, 620, 380, 740, 260, 860, 150, 930].into_iter().filter_map(at).collect();
    beside.retain(|&(x, _)| x <= frame.x.to);
    let mut words = vec![curve.name.as_str()];
    let median = (curve.is_ours).then(|| crate::lab::statistics::quantile(&curve.readings, 500)).flatten();
    let median_words = median.map(|median| say::median(&reading(metric, median)));
    words.extend(median_words.as_deref());
    words.extend(late_words.as_deref());
    if let (Some(median), true) = (median, curve.is_ours) {
        sheet.dot(frame.at(median as f64, WHOLE / 2.0), 5.0, Ink::Wax, true);
    }
    if beside.is_empty() {
        // Off the chart: an arrow at the edge says so.
        let y = frame.y.place(known.len() as f64 / curve.readings.len() as f64 * WHOLE) - 0.7 * sheet.rem;
        let x = frame.x.to;
        sheet.line(&[(x - 26.0, y), (x, y)], ink, 1.5, SOLID);
        sheet.line(&[(x - 7.0, y - 4.0), (x, y), (x - 7.0, y + 4.0)], ink, 1.5, SOLID);
        beside.push((x - 26.0, y));
        beside.push((x - 26.0, y - 2.0 * sheet.rem));
    }
    labels.place(sheet, &words, &beside, ink, curve.is_ours);
}
