//! What was read off the runs of an experiment, and how parts of it are joined.

use super::experiment::Experiment;
use std::fmt;

/// The readings of one case, one list per metric, in the order of the seeds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CaseSamples {
    pub metrics: Vec<Vec<u64>>,
}

/// Readings of a range of seeds, the same for every case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Samples {
    pub first_seed: u64,
    pub cases: Vec<CaseSamples>,
}

/// Two parts do not fit together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JoinError(pub String);

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for JoinError {}

impl Samples {
    pub fn empty(experiment: &Experiment, first_seed: u64) -> Samples {
        let none = CaseSamples { metrics: vec![Vec::new(); experiment.metrics.len()] };
        Samples { first_seed, cases: vec![none; experiment.cases.len()] }
    }

    /// How many seeds every case has been run with.
    pub fn trials(&self) -> u64 {
        let lengths = self.cases.iter().map(|case| case.metrics.first().map_or(0, Vec::len));
        lengths.min().unwrap_or(0) as u64
    }

    /// The readings of a metric in a case; empty if there is no such case.
    pub fn readings(&self, case: usize, metric: usize) -> &[u64] {
        self.cases.get(case).and_then(|case| case.metrics.get(metric)).map_or(&[], Vec::as_slice)
    }

    /// Adds the readings of one more seed of a case, metric by metric.
    pub fn push(&mut self, case: usize, readings: &[u64]) {
        if let Some(case) = self.cases.get_mut(case) {
            for (list, &reading) in case.metrics.iter_mut().zip(readings) {
                list.push(reading);
            }
        }
    }

    /// Adds what was run with the seeds that follow.
    ///
    /// # Errors
    /// The other part has other cases, or does not begin where this one ends.
    pub fn append(&mut self, other: &Samples) -> Result<(), JoinError> {
        let end = self.first_seed + self.trials();
        if other.first_seed != end {
            return Err(JoinError(format!("seed {end} should follow, not {}", other.first_seed)));
        }
        let fits = self.cases.len() == other.cases.len()
            && self.cases.iter().zip(&other.cases).all(|(mine, theirs)| mine.metrics.len() == theirs.metrics.len());
        if !fits {
            return Err(JoinError("the parts are of different experiments".into()));
        }
        for (mine, theirs) in self.cases.iter_mut().zip(&other.cases) {
            for (list, more) in mine.metrics.iter_mut().zip(&theirs.metrics) {
                list.extend_from_slice(more);
            }
        }
        Ok(())
    }
}
