//! Works through an experiment a few trials at a time, so that whoever runs it can show how far it is, and stop.

use super::experiment::Experiment;
use super::samples::Samples;
use super::trial::Bench;
use crate::scenarios::scenario::OpenError;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    pub done: u64,
    pub total: u64,
}

/// The readings of one case for these seeds, `count` of them from `first` on, seed by seed and metric by metric.
/// Every run of the lab goes through here.
///
/// # Errors
/// The scenario cannot be opened.
pub fn run_case(experiment: &Experiment, case: usize, first: u64, count: u64) -> Result<Vec<u64>, OpenError> {
    let Some(case) = experiment.cases.get(case) else { return Ok(Vec::new()) };
    let mut bench = Bench::new(case)?;
    Ok(run_on(&mut bench, experiment, first, count))
}

/// The same on a bench that is kept.
pub fn run_on(bench: &mut Bench, experiment: &Experiment, first: u64, count: u64) -> Vec<u64> {
    let mut readings = Vec::with_capacity(count as usize * experiment.metrics.len());
    for seed in first..first.saturating_add(count) {
        let reading = bench.run(seed);
        readings.extend(experiment.metrics.iter().map(|&metric| reading.of(metric)));
    }
    readings
}

/// A whole experiment on one core.
pub struct Batch<'a> {
    experiment: &'a Experiment,
    benches: Vec<Bench>,
    samples: Samples,
    /// Trials done, over all cases: seed by seed, and within a seed case by case.
    done: u64,
    total: u64,
}

impl<'a> Batch<'a> {
    /// # Errors
    /// A scenario cannot be opened.
    pub fn new(experiment: &'a Experiment, first_seed: u64, trials: u64) -> Result<Batch<'a>, OpenError> {
        let benches = experiment.cases.iter().map(Bench::new).collect::<Result<Vec<_>, _>>()?;
        let total = trials * benches.len() as u64;
        Ok(Batch { experiment, benches, samples: Samples::empty(experiment, first_seed), done: 0, total })
    }

    /// Runs up to this many trials more.
    pub fn work(&mut self, most: u64) -> Progress {
        let cases = self.benches.len() as u64;
        for _ in 0..most.min(self.total - self.done) {
            let (case, seed) = ((self.done % cases) as usize, self.samples.first_seed + self.done / cases);
            let readings = run_on(&mut self.benches[case], self.experiment, seed, 1);
            self.samples.push(case, &readings);
            self.done += 1;
        }
        Progress { done: self.done, total: self.total }
    }

    pub fn samples(&self) -> &Samples {
        &self.samples
    }
}
