//! The measured columns of the cheat sheet are what the experiment `one-page` of the lab finds: `WRITE=1` writes them anew.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it reads and writes files of the page")]

use conclave::lab::batch::run_case;
use conclave::lab::experiment::Experiment;
use conclave::lab::metric::Metric;
use conclave::lab::summary::Summary;
use conclave::lessons::interview::{Measured, Row, read_trade_off};
use conclave::share::document::read_experiment;
use conclave::share::json::writer::Writer;
use conclave::sim::time::MILLISECOND;

const FILE: &str = "assets/interview/trade-off.en.json";

fn experiment() -> Experiment {
    let text = std::fs::read_to_string("assets/lab/one-page.json").expect("the experiment");
    read_experiment(&text).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// One series at one point: the number of a metric, and a run behind it.
struct Cell<'a> {
    experiment: &'a Experiment,
    series: usize,
    case: usize,
    rows: Vec<u64>,
}

impl<'a> Cell<'a> {
    fn of(experiment: &'a Experiment, series: usize, point: usize) -> Cell<'a> {
        let case = experiment.case_at(series, point).expect("a case");
        let rows = run_case(experiment, case, experiment.first_seed, experiment.trials).expect("it opens");
        Cell { experiment, series, case, rows }
    }

    fn readings(&self, metric: Metric) -> Vec<u64> {
        let index = self.experiment.metric(metric).expect("it is measured");
        self.rows.chunks(self.experiment.metrics.len()).map(|row| row[index]).collect()
    }

    fn run(&self, readings: &[u64], like: impl Fn(u64) -> bool) -> String {
        let trial = readings.iter().position(|&reading| like(reading)).unwrap_or(0) as u64;
        let family = self.experiment.cases[self.case].scenario.algorithm.id();
        format!("#/play/{family}?lab=one-page&case={}&run={}", self.case, self.experiment.first_seed + trial)
    }

    fn median(&self, metric: Metric, text: impl Fn(u64) -> String) -> Measured {
        let readings = self.readings(metric);
        let summary = Summary::of(metric, &readings);
        assert_eq!(summary.never_began, 0, "{}", self.experiment.series[self.series].name);
        let median = summary.median().expect("a median");
        Measured { text: text(median), run: self.run(&readings, |reading| reading == median) }
    }

    /// In how many runs it happened, and one of them.
    fn count(&self, metric: Metric) -> Measured {
        let readings = self.readings(metric);
        let hits = readings.iter().filter(|&&reading| reading > 0).count();
        Measured { text: format!("{hits} of {}", readings.len()), run: self.run(&readings, |reading| reading > 0) }
    }
}

#[test]
fn the_cheat_sheet_says_what_the_lab_finds() {
    let text = std::fs::read_to_string(FILE).expect("the table");
    let rows = read_trade_off(&text).expect("rows");
    let experiment = experiment();
    let names = |row: &Row| row.name.clone();
    let series: Vec<String> = experiment.series.iter().map(|series| series.name.clone()).collect();
    assert_eq!(rows.iter().map(names).collect::<Vec<_>>(), series);
    let anew = |(index, row): (usize, &Row)| {
        let (crash, cut) = (Cell::of(&experiment, index, 0), Cell::of(&experiment, index, 1));
        Row {
            fail_over: crash.median(Metric::NewLeader, |time| format!("{} ms", time / MILLISECOND)),
            messages: crash.median(Metric::Messages, |count| count.to_string()),
            two_leaders: cut.count(Metric::TwoLed),
            two_commit: cut.count(Metric::Corrupted),
            ..row.clone()
        }
    };
    let fresh: Vec<Row> = rows.iter().enumerate().map(anew).collect();
    if std::env::var("WRITE").is_ok() {
        write(&fresh);
    } else {
        assert_eq!(rows, fresh, "run this test with WRITE=1 and look at the difference");
    }
}

fn write(rows: &[Row]) {
    let mut w = Writer::new();
    w.open_map();
    w.name("rows").open_list();
    for row in rows {
        w.new_line(1);
        w.open_map();
        let told = [
            ("name", &row.name),
            ("idea", &row.idea),
            ("consistency", &row.consistency),
            ("fence", &row.fence),
            ("used_by", &row.used_by),
        ];
        for (name, text) in told {
            w.new_line(2);
            w.name(name).text(text);
        }
        let measured = [
            ("fail_over", &row.fail_over),
            ("messages", &row.messages),
            ("two_leaders", &row.two_leaders),
            ("two_commit", &row.two_commit),
        ];
        for (name, Measured { text, run }) in measured {
            w.new_line(2);
            w.name(name).open_list();
            w.text(text);
            w.text(run);
            w.close_list();
        }
        w.close_map();
    }
    w.close_list();
    w.close_map();
    std::fs::write(FILE, w.finish() + "\n").expect("the table is written");
}
