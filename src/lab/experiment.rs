//! An experiment: cases that differ in something, the same seeds for each, and what is read off every run.

use super::metric::Metric;
use crate::scenarios::scenario::Scenario;
use crate::sim::time::{Micros, SECOND};

/// More are refused, so that no document can ask for the impossible.
pub const MOST_TRIALS: u64 = 10_000_000;
pub const MOST_CASES: usize = 400;

/// The moment from which a run is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Since {
    Start,
    /// When this entry of the script runs.
    Entry(usize),
}

/// The moment at which a run is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// Somebody leads who did not lead before.
    Elected,
    /// A majority follows a leader elected since.
    Followed,
    /// The store accepted a write of a leader elected since.
    Written,
    /// The limit.
    End,
}

/// How every run of a case is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    pub since: Since,
    pub until: Until,
    /// The run goes on for so long after that.
    pub settle: Micros,
    /// Counted from `since`. What has not happened by then is censored.
    pub limit: Micros,
    /// Which of the family's kinds count as messages: bit k stands for kind k.
    pub kinds: u64,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan { since: Since::Start, until: Until::Elected, settle: 0, limit: 100 * SECOND, kinds: u64::MAX }
    }
}

/// One curve, or one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Series {
    pub name: String,
}

/// One place on the axis along which the experiment goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    pub name: String,
    /// Its place on the axis, if it is a number: microseconds, parts per million or a count.
    pub x: Option<u64>,
}

/// A scenario and how it is measured. Its seed does not matter: every trial brings its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    pub series: usize,
    pub point: usize,
    pub scenario: Scenario,
    pub plan: Plan,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Experiment {
    pub title: String,
    pub about: String,
    pub metrics: Vec<Metric>,
    /// How many seeds, and the first one.
    pub trials: u64,
    pub first_seed: u64,
    pub series: Vec<Series>,
    pub points: Vec<Point>,
    /// Series by series, point by point.
    pub cases: Vec<Case>,
    pub show: super::show::Show,
}

impl Experiment {
    /// `Raft, 5` or whichever of the two names there are.
    pub fn case_name(&self, case: usize) -> String {
        let Some(case) = self.cases.get(case) else { return String::new() };
        let (series, point) = (&self.series[case.series].name, &self.points[case.point].name);
        match (series.is_empty(), point.is_empty()) {
            (true, _) => point.clone(),
            (_, true) => series.clone(),
            _ => format!("{series}, {point}"),
        }
    }

    pub fn case_at(&self, series: usize, point: usize) -> Option<usize> {
        self.cases.iter().position(|case| case.series == series && case.point == point)
    }

    pub fn metric(&self, metric: Metric) -> Option<usize> {
        self.metrics.iter().position(|&known| known == metric)
    }
}
