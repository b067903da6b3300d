//! A metric against what varies: one curve per series, each dot with its interval, published formulas as dotted lines.

use super::Spot;
use super::axes::Frame;
use super::scale::{Numbers, Scale};
use super::sheet::{DASHES, Ink, SOLID, Sheet};
use crate::lab::experiment::Experiment;
use crate::lab::formula;
use crate::lab::metric::{Metric, Unit};
use crate::lab::show::ReferencePoints;
use crate::lab::summary::Summary;
use crate::ui::lab::bench::{Found, Loaded};
use crate::words::en::lab::{mean, reading};
use crate::words::en::lab_page as say;

/// A dot: its place, the ends of its interval, and the reading that stands for it.
struct Dot {
    case: usize,
    x: f64,
    y: f64,
    low: f64,
    high: f64,
    reading: u64,
    words: String,
}

pub fn paint(sheet: &Sheet, loaded: &Loaded, found: &[Found]) -> Vec<Spot> {
    let experiment = &loaded.experiment;
    let show = &experiment.show;
    let metric = experiment.metrics[0];
    let lines: Vec<Vec<Dot>> =
        (0..experiment.series.len()).map(|series| dots(experiment, found, series, metric)).collect();
    let formulas: Vec<(usize, Vec<(f64, f64)>)> = show
        .references
        .iter()
        .filter_map(|reference| {
            let series = experiment.series.iter().position(|series| series.name == reference.beside)?;
            Some((series, formula_points(experiment, series, &reference.points)?))
        })
        .collect();
    let frame = frame(sheet, experiment, &lines, &formulas);
    frame.draw(sheet, &show.x_name, &show.y_name);
    if !formulas.is_empty() {
        let words = say::DOTS_AND_FORMULA;
        sheet.words(words, (sheet.width - 0.5 * sheet.rem, 0.7 * sheet.rem), 0.8125, false, Ink::Soft, 1.0);
    }
    for (series, points) in &formulas {
        let is_ours = experiment.series[*series].name == show.ours;
        let path: Vec<(f64, f64)> = points.iter().map(|&(x, y)| frame.at(x, y)).collect();
        sheet.line(&path, if is_ours { Ink::Wax } else { Ink::Faint }, 1.5, (2.0, 3.0));
    }
    let mut spots = Vec::new();
    let mut dash = 0;
    // Ours last, on top of the others.
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&series| experiment.series[series].name == show.ours);
    for series in order {
        let dots = &lines[series];
        let is_ours = experiment.series[series].name == show.ours;
        let ink = if is_ours { Ink::Wax } else { Ink::Soft };
        let path: Vec<(f64, f64)> = dots.iter().map(|dot| frame.at(dot.x, dot.y)).collect();
        let has_formula = formulas.iter().any(|(of, _)| *of == series);
        if path.len() > 1 && !has_formula {
            let style = if is_ours { SOLID } else { DASHES[dash % DASHES.len()] };
            sheet.line(&path, ink, if is_ours { 3.0 } else { 1.5 }, style);
            dash += 1;
        }
        for dot in dots {
            let (x, y) = frame.at(dot.x, dot.y);
            let [low, high] = [dot.low, dot.high].map(|end| frame.y.place(end).clamp(frame.y.to, frame.y.from));
            if low - high > 3.0 {
                sheet.line(&[(x, low), (x, high)], ink, 1.5, SOLID);
            }
            sheet.dot((x, y), if is_ours { 5.0 } else { 4.0 }, ink, is_ours);
            spots.push(Spot { x, y, case: dot.case, metric: 0, reading: dot.reading, words: dot.words.clone() });
        }
    }
    name_lines(sheet, &frame, experiment, &lines, &formulas);
    spots
}

fn dots(experiment: &Experiment, found: &[Found], series: usize, metric: Metric) -> Vec<Dot> {
    let dot = |point: usize| {
        let case = experiment.case_at(series, point)?;
        let readings = found.get(case)?.readings(0);
        let summary = Summary::of(metric, readings);
        let name = experiment.case_name(case);
        let x = place_of(experiment, point);
        if metric.unit() == Unit::YesNo {
            let share = summary.mean? as f64 * 1_000.0;
            let (low, high) = summary.share_interval?;
            let words = format!("{name}: {}", mean(metric, summary.mean?));
            // A run in which it happened; where there is none, one in which it did not.
            let reading = u64::from(share > 0.0);
            return Some(Dot { case, x, y: share, low: low as f64, high: high as f64, reading, words });
        }
        let median = summary.median()?;
        let interval = summary.median_interval;
        Some(Dot {
            case,
            x,
            y: median as f64,
            low: interval.map_or(median, |interval| interval.low) as f64,
            high: interval.and_then(|interval| interval.high).unwrap_or(median) as f64,
            reading: median,
            words: say::name_and_median(&name, &reading(metric, median)),
        })
    };
    (0..experiment.points.len()).filter_map(dot).collect()
}

/// Points without a place on the axis stand side by side.
fn place_of(experiment: &Experiment, point: usize) -> f64 {
    experiment.points[point].x.map_or(point as f64, |x| x as f64)
}

fn frame(sheet: &Sheet, experiment: &Experiment, lines: &[Vec<Dot>], formulas: &[(usize, Vec<(f64, f64)>)]) -> Frame {
    let show = &experiment.show;
    let metric = experiment.metrics[0];
    let x_values = (0..experiment.points.len()).map(|point| place_of(experiment, point));
    let x = Scale::around(x_values, show.log_x, x_numbers(experiment));
    let dots = lines.iter().flatten().flat_map(|dot| [dot.y, dot.low, dot.high]);
    let drawn = formulas.iter().flat_map(|(_, points)| points.iter().map(|&(_, y)| y));
    let numbers = match metric.unit() {
        Unit::Time => Numbers::Time,
        Unit::Count => Numbers::Count,
        Unit::YesNo => Numbers::Share,
    };
    let y = Scale::over(dots.chain(drawn), show.log_y, numbers);
    let names = experiment.series.iter().map(|series| sheet.width_of(&series.name, 0.8125, false));
    let margin = names.fold(0.0, f64::max) / sheet.rem + 1.4;
    // On a phone the lines are numbered, and their names are listed below.
    let margin = if is_narrow(sheet) { 1.8 } else { margin };
    Frame::on(sheet, x, y, margin)
}

/// What stands on the axis: told by how the points are written.
fn x_numbers(experiment: &Experiment) -> Numbers {
    let first = experiment.points.first().map_or("", |point| point.name.as_str());
    if first.contains('%') {
        Numbers::Share
    } else if first.ends_with('s') || first.ends_with("min") || first.ends_with('h') {
        Numbers::Time
    } else {
        Numbers::Count
    }
}

/// The formula at every point of the series; a formula needs no runs.
fn formula_points(experiment: &Experiment, series: usize, points: &ReferencePoints) -> Option<Vec<(f64, f64)>> {
    if let ReferencePoints::Given(points) = points {
        return Some(points.iter().map(|&(x, y)| (x as f64, y as f64)).collect());
    }
    let ReferencePoints::Formula(id) = points else { return None };
    let first = &experiment.cases.get(experiment.case_at(series, 0)?)?.scenario;
    if id == "split" {
        let down = first.initial.iter().filter(|initial| initial.down).count() as u64;
        let nodes = u64::from(first.nodes);
        let last = experiment.points.last().and_then(|point| point.x).unwrap_or(0);
        // A smooth line: forty places along the axis. `x` is the delay as a part of the range.
        let places = (0..=40).map(|step| last * step / 40);
        return Some(places.map(|x| (x as f64, formula::split_share(nodes, nodes - down, x) as f64)).collect());
    }
    let at = |point: &crate::lab::experiment::Point| {
        let x = point.x?;
        Some((x as f64, formula::count(id, x)? as f64))
    };
    Some(experiment.points.iter().filter_map(at).collect())
}

/// The name of each line at its right end, pushed apart where they would meet.
fn name_lines(
    sheet: &Sheet,
    frame: &Frame,
    experiment: &Experiment,
    lines: &[Vec<Dot>],
    formulas: &[(usize, Vec<(f64, f64)>)],
) {
    let mut ends: Vec<(usize, f64, f64)> = Vec::new();
    for (series, dots) in lines.iter().enumerate() {
        let of_formula = formulas.iter().find(|(of, _)| *of == series).and_then(|(_, points)| points.last());
        let end = dots.last().map(|dot| (dot.x, dot.y)).or(of_formula.copied());
        if let Some((x, y)) = end {
            let (x, y) = frame.at(x, y);
            ends.push((series, x, y));
        }
    }
    ends.sort_by(|a, b| a.2.total_cmp(&b.2));
    let line = 1.05 * sheet.rem;
    let mut places: Vec<f64> = ends.iter().map(|&(_, _, y)| y).collect();
    for index in 1..places.len() {
        places[index] = places[index].max(places[index - 1] + line);
    }
    // Back up, if they were pushed below the axis.
    let over = places.last().map_or(0.0, |&last| (last - frame.y.from).max(0.0));
    let mut ceiling = f64::INFINITY;
    for place in places.iter_mut().rev() {
        *place = (*place).min(ceiling).min(if ceiling.is_infinite() { *place - over } else { ceiling });
        ceiling = *place - line;
    }
    for (&(series, x, y), &place) in ends.iter().zip(&places) {
        let is_ours = experiment.series[series].name == experiment.show.ours;
        let start = frame.x.to + if is_narrow(sheet) { 0.6 } else { 0.9 } * sheet.rem;
        if (place - y).abs() > 4.0 {
            sheet.line(&[(x + 7.0, y), (start - 3.0, place)], Ink::Hair, 1.0, SOLID);
        }
        let number = (series + 1).to_string();
        let name = if is_narrow(sheet) { &number } else { &experiment.series[series].name };
        sheet.words(name, (start, place), 0.8125, is_ours, ink_of(is_ours), 0.0);
    }
}

/// As narrow as the style sheet's narrowest.
fn is_narrow(sheet: &Sheet) -> bool {
    sheet.width < 36.0 * sheet.rem
}

fn ink_of(is_ours: bool) -> Ink {
    if is_ours { Ink::Wax } else { Ink::Soft }
}
