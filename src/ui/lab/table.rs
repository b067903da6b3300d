//! The same numbers as the plot, in a table; each of them opens the run behind it.

use super::address::RunName;
use super::bench::{Found, LabBench, Loaded};
use super::plots::trade_off;
use crate::lab::formula;
use crate::lab::metric::{Metric, Unit};
use crate::lab::show::{Plot, Reference, ReferencePoints};
use crate::lab::statistics;
use crate::lab::summary::{Summary, sorted};
use crate::words::en::lab::{mean, metric_hint, metric_name, reading, share};
use crate::words::en::lab_page as say;
use crate::words::numbers::{grouped, span};
use leptos::prelude::*;

/// A cell: what it says, and the run behind it.
struct Cell {
    text: String,
    run: Option<RunName>,
    is_loud: bool,
}

impl Cell {
    fn plain(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), run: None, is_loud: false }
    }

    fn nothing() -> Cell {
        Cell::plain("–")
    }

    fn of(found: &Found, case: usize, metric: usize, value: u64, text: String) -> Cell {
        let run = found.seed_of(metric, value).map(|seed| RunName { case, seed });
        Cell { text, run, is_loud: false }
    }
}

struct Row {
    name: String,
    is_ours: bool,
    cells: Vec<Cell>,
}

/// Heads of columns with what they mean, and rows.
struct Numbers {
    heads: Vec<(String, &'static str)>,
    rows: Vec<Row>,
}

#[component]
pub fn NumbersTable(bench: LabBench) -> impl IntoView {
    let numbers = move || {
        bench.drawn.track();
        let loaded = bench.loaded.get()?;
        Some(bench.shown(|found| numbers(&loaded, found)))
    };
    let row = move |row: Row| {
        let cell = move |cell: Cell| {
            let inside = match cell.run {
                Some(run) => {
                    let title = say::open_run(run.seed);
                    view! { <a href=bench.run_address(run) title=title>{cell.text}</a> }.into_any()
                }
                None => cell.text.into_any(),
            };
            view! { <td class:loud=cell.is_loud>{inside}</td> }
        };
        view! {
            <tr class:ours=row.is_ours>
                <th scope="row">{row.name}</th>
                {row.cells.into_iter().map(cell).collect_view()}
            </tr>
        }
    };
    view! {
        <div class="lab-table" tabindex="0" role="region" aria-label=say::NUMBERS>
            {move || numbers().map(|numbers| view! {
                <table>
                    <thead><tr>
                        <th scope="col"><span class="sr">{say::CASE}</span></th>
                        {numbers.heads.into_iter().map(|(head, hint)| view! { <th scope="col" title=hint>{head}</th> }).collect_view()}
                    </tr></thead>
                    <tbody>{numbers.rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            })}
        </div>
    }
}

fn numbers(loaded: &Loaded, found: &[Found]) -> Numbers {
    match loaded.experiment.show.plot {
        Plot::Table => matrix(loaded, found),
        Plot::TradeOff => balances(loaded, found),
        Plot::Share | Plot::Curve => cases(loaded, found),
    }
}

/// One row per case: the distribution of the first metric, and what it is held against.
fn cases(loaded: &Loaded, found: &[Found]) -> Numbers {
    let experiment = &loaded.experiment;
    let metric = experiment.metrics[0];
    let is_share = metric.unit() == Unit::YesNo;
    let mut heads: Vec<(String, &'static str)> = vec![(say::RUNS.into(), "")];
    if is_share {
        heads.push((metric_name(metric).into(), metric_hint(metric)));
        heads.push((say::INTERVAL.into(), say::WILSONS_INTERVAL));
    } else {
        heads.push((say::MEDIAN.into(), metric_hint(metric)));
        heads.push((say::INTERVAL.into(), say::MEDIAN_INTERVAL));
        for name in ["5 %", "90 %", "99 %", say::MOST, say::MEAN] {
            heads.push((name.into(), ""));
        }
        if metric.can_be_censored() {
            heads.push((say::NOT_IN_TIME.into(), say::NOT_IN_TIME_HINT));
        }
    }
    for &other in &experiment.metrics[1..] {
        heads.push((metric_name(other).into(), metric_hint(other)));
    }
    let kind = held_against(&experiment.show.references);
    heads.extend(kind.map(|(head, hint)| (head.to_owned(), hint)));
    let has_measured = loaded.measured.iter().any(|measured| !measured.is_empty());
    if has_measured {
        heads.push((say::DISTANCE.into(), say::DISTANCE_HINT));
    }
    let rows = found.iter().enumerate().map(|(case, of_case)| {
        let name = experiment.case_name(case);
        let summary = Summary::of(metric, of_case.readings(0));
        let mut cells = vec![Cell::plain(grouped(summary.runs))];
        if is_share {
            share_cells(&mut cells, of_case, case, metric, &summary);
        } else {
            spread_cells(&mut cells, of_case, case, metric, &summary);
        }
        for (index, &other) in experiment.metrics.iter().enumerate().skip(1) {
            cells.push(brief(of_case, case, index, other));
        }
        if kind.is_some() {
            cells.push(Cell::plain(reference_text(loaded, case, metric)));
        }
        if has_measured {
            let ours = sorted(of_case.readings(0));
            let place = loaded.experiment.show.references.iter().position(|reference| reference.beside == name);
            let distance = place.and_then(|place| statistics::distance(&ours, &loaded.measured[place]));
            cells.push(distance.map_or_else(Cell::nothing, |distance| Cell::plain(share(distance.parts))));
        }
        let series = &experiment.series[experiment.cases[case].series].name;
        let is_ours = name == experiment.show.ours || (!series.is_empty() && *series == experiment.show.ours);
        Row { name, is_ours, cells }
    });
    Numbers { heads, rows: rows.collect() }
}

fn share_cells(cells: &mut Vec<Cell>, found: &Found, case: usize, metric: Metric, summary: &Summary) {
    match (summary.mean, summary.share_interval) {
        (Some(hits), Some((low, high))) => {
            cells.push(Cell::of(found, case, 0, u64::from(hits > 0), mean(metric, hits)));
            cells.push(Cell::plain(format!("{} to {}", share(low), share(high))));
        }
        _ => cells.extend([Cell::nothing(), Cell::nothing()]),
    }
}

fn spread_cells(cells: &mut Vec<Cell>, found: &Found, case: usize, metric: Metric, summary: &Summary) {
    let known = |value: Option<u64>| match value {
        Some(value) => Cell::of(found, case, 0, value, reading(metric, value)),
        None => Cell::nothing(),
    };
    cells.push(known(summary.median()));
    cells.push(match summary.median_interval {
        Some(interval) => {
            let high = interval.high.map_or_else(|| say::NOT_KNOWN.to_owned(), |high| reading(metric, high));
            Cell::plain(format!("{} to {high}", reading(metric, interval.low)))
        }
        None => Cell::nothing(),
    });
    for quantile in [50, 900, 990] {
        cells.push(known(summary.quantile(quantile)));
    }
    let all_known = summary.censored == 0;
    cells.push(known(summary.most.filter(|_| all_known)));
    cells.push(summary.mean.filter(|_| all_known).map_or_else(Cell::nothing, |m| Cell::plain(mean(metric, m))));
    if metric.can_be_censored() {
        let mut cell = Cell::of(found, case, 0, crate::lab::metric::CENSORED, grouped(summary.censored));
        cell.is_loud = summary.censored > 0;
        cells.push(cell);
    }
}

/// One number of another metric: its median, or its share.
fn brief(found: &Found, case: usize, index: usize, metric: Metric) -> Cell {
    let summary = Summary::of(metric, found.readings(index));
    if metric.unit() == Unit::YesNo {
        // Behind a share stands a run in which it happened, or where there is none, one in which it did not.
        let of = |hits| Cell::of(found, case, index, u64::from(hits > 0), mean(metric, hits));
        return summary.mean.map_or_else(Cell::nothing, of);
    }
    match summary.median() {
        Some(median) => {
            let mut cell = Cell::of(found, case, index, median, reading(metric, median));
            cell.is_loud = metric == Metric::Corrupted && median > 0;
            cell
        }
        None if summary.runs > 0 => Cell::plain(say::NOT_IN_TIME_SMALL),
        None => Cell::nothing(),
    }
}

fn held_against(references: &[Reference]) -> Option<(&'static str, &'static str)> {
    references.first().map(|reference| match reference.points {
        ReferencePoints::Measured { .. } => (say::MEASURED_MEDIAN, say::OF_THE_REAL_CLUSTER),
        ReferencePoints::Formula(_) => (say::FORMULA, ""),
        ReferencePoints::Given(_) => (say::PUBLISHED_MEDIAN, ""),
    })
}

fn reference_text(loaded: &Loaded, case: usize, metric: Metric) -> String {
    let experiment = &loaded.experiment;
    let known = &experiment.cases[case];
    let (name, series) = (experiment.case_name(case), &experiment.series[known.series].name);
    let beside = |reference: &&Reference| reference.beside == name || reference.beside == *series;
    let place = experiment.show.references.iter().position(|reference| beside(&reference));
    let Some(place) = place else { return "–".into() };
    let x = experiment.points[known.point].x;
    match &experiment.show.references[place].points {
        ReferencePoints::Given(points) => {
            points.iter().find(|&&(_, share)| share == 500_000).map_or_else(|| "–".into(), |&(x, _)| span(x))
        }
        ReferencePoints::Measured { .. } => {
            statistics::quantile(&loaded.measured[place], 500).map_or_else(|| "–".into(), span)
        }
        ReferencePoints::Formula(id) if id == "split" => {
            let down = known.scenario.initial.iter().filter(|initial| initial.down).count() as u64;
            let nodes = u64::from(known.scenario.nodes);
            share(formula::split_share(nodes, nodes - down, x.unwrap_or(0)))
        }
        ReferencePoints::Formula(id) => {
            x.and_then(|x| formula::count(id, x)).map_or_else(|| "–".into(), |count| reading(metric, count))
        }
    }
}

fn balances(loaded: &Loaded, found: &[Found]) -> Numbers {
    let (all, bend) = trade_off::balances(&loaded.experiment, found);
    let heads = vec![
        (say::RECOVERY.to_owned(), metric_hint(Metric::NewLeader)),
        (say::FALSE_ALARMS.to_owned(), ""),
        (String::new(), ""),
    ];
    let rows = all.iter().enumerate().map(|(index, balance)| {
        let recovery = reading(loaded.experiment.metrics[0], balance.recovery);
        let tenths = (balance.alarms * 10.0).round() as u64;
        Row {
            name: balance.name.clone(),
            is_ours: balance.name == loaded.experiment.show.ours,
            cells: vec![
                Cell::of(&found[balance.case], balance.case, 0, balance.recovery, recovery),
                Cell::plain(format!("{}.{}", grouped(tenths / 10), tenths % 10)),
                Cell::plain(if bend == Some(index) { say::THE_KNEE } else { "" }),
            ],
        }
    });
    Numbers { heads, rows: rows.collect() }
}

/// One row per case, one column per metric.
fn matrix(loaded: &Loaded, found: &[Found]) -> Numbers {
    let experiment = &loaded.experiment;
    let heads = experiment.metrics.iter().map(|&metric| (metric_name(metric).to_owned(), metric_hint(metric)));
    let mut rows = Vec::new();
    // Point by point, so that the approaches stand below each other.
    for point in 0..experiment.points.len() {
        for series in 0..experiment.series.len() {
            let Some(case) = experiment.case_at(series, point) else { continue };
            let Some(of_case) = found.get(case) else { continue };
            let cells =
                experiment.metrics.iter().enumerate().map(|(index, &metric)| brief(of_case, case, index, metric));
            let name = match experiment.points[point].name.as_str() {
                "" => experiment.series[series].name.clone(),
                point => format!("{}: {point}", experiment.series[series].name),
            };
            let is_ours = experiment.series[series].name == experiment.show.ours;
            rows.push(Row { name, is_ours, cells: cells.collect() });
        }
    }
    Numbers { heads: heads.collect(), rows }
}
