//! The numbers of one metric of one case.

use super::metric::{CENSORED, Metric, NEVER_BEGAN, Unit};
use super::statistics::{self, Interval};

/// The quantiles that are given, in thousandths.
pub const QUANTILES: [u64; 7] = [50, 250, 500, 750, 900, 990, 999];

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// Runs that count: those in which the moment to count from came.
    pub runs: u64,
    /// Of these, how many did not get there before the limit.
    pub censored: u64,
    /// Runs that do not count.
    pub never_began: u64,
    /// In thousandths; the mean of the others only, if some are censored.
    pub mean: Option<u64>,
    pub least: Option<u64>,
    /// The largest that is known.
    pub most: Option<u64>,
    /// By [`QUANTILES`]; `None` where it lies among the censored.
    pub quantiles: [Option<u64>; QUANTILES.len()],
    /// 95 % confidence.
    pub median_interval: Option<Interval>,
    /// For yes and no: 95 % confidence, in parts per million.
    pub share_interval: Option<(u64, u64)>,
}

impl Summary {
    pub fn of(metric: Metric, readings: &[u64]) -> Summary {
        let sorted = sorted(readings);
        let known = &sorted[..sorted.partition_point(|&reading| reading < CENSORED)];
        let yes_no = metric.unit() == Unit::YesNo;
        let hits = known.iter().filter(|&&reading| reading > 0).count() as u64;
        Summary {
            runs: sorted.len() as u64,
            censored: (sorted.len() - known.len()) as u64,
            never_began: (readings.len() - sorted.len()) as u64,
            mean: statistics::mean_thousandths(known.iter().copied()),
            least: known.first().copied(),
            most: known.last().copied(),
            quantiles: QUANTILES.map(|share| statistics::quantile(&sorted, share)),
            median_interval: statistics::quantile_interval(&sorted, 500),
            share_interval: yes_no.then(|| statistics::share_interval(hits, known.len() as u64)),
        }
    }

    pub fn median(&self) -> Option<u64> {
        self.quantile(500)
    }

    /// One of [`QUANTILES`].
    pub fn quantile(&self, thousandths: u64) -> Option<u64> {
        let index = QUANTILES.iter().position(|&known| known == thousandths)?;
        self.quantiles[index]
    }
}

/// The readings that count, in order; the censored last.
pub fn sorted(readings: &[u64]) -> Vec<u64> {
    let mut sorted: Vec<u64> = readings.iter().copied().filter(|&reading| reading != NEVER_BEGAN).collect();
    sorted.sort_unstable();
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn censored_runs_count_and_runs_that_never_began_do_not() {
        let summary = Summary::of(Metric::NewLeader, &[30, CENSORED, 10, NEVER_BEGAN, 20]);
        assert_eq!((summary.runs, summary.censored, summary.never_began), (4, 1, 1));
        assert_eq!((summary.least, summary.most, summary.mean), (Some(10), Some(30), Some(20_000)));
        assert_eq!((summary.median(), summary.quantile(990)), (Some(20), None));
        assert_eq!(summary.share_interval, None);
    }

    #[test]
    fn a_share_comes_with_its_interval() {
        let readings: Vec<u64> = (0..20).map(|n| u64::from(n < 8)).collect();
        let summary = Summary::of(Metric::Split, &readings);
        assert_eq!((summary.mean, summary.share_interval), (Some(400), Some((218_807, 613_419))));
    }
}
