//! Order statistics, intervals and distances. Only sums, products, quotients and square roots are used, so that
//! every machine prints the same.
//!
//! Runs that did not get there in time are censored, all at the same limit. So the Kaplan-Meier curve of a case is its
//! plain share of runs up to the limit, and says nothing beyond; quantiles that lie beyond are not known.

use super::metric::CENSORED;

/// The nearest-rank quantile of sorted readings: the smallest that at least this share of them does not exceed.
/// `None` if there are none, or if it lies among the censored.
pub fn quantile(sorted: &[u64], thousandths: u64) -> Option<u64> {
    let count = sorted.len() as u64;
    let rank = (count * thousandths).div_ceil(1_000).clamp(1, count.max(1));
    sorted.get(rank as usize - 1).copied().filter(|&reading| reading != CENSORED)
}

/// An interval of readings; an upper end among the censored is not known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    pub low: u64,
    pub high: Option<u64>,
}

/// Where the true quantile lies with 95 % confidence, whatever the distribution: from order statistics.
/// `None` where there are too few readings to say.
pub fn quantile_interval(sorted: &[u64], thousandths: u64) -> Option<Interval> {
    let (low, high) = interval_ranks(sorted.len() as u64, thousandths)?;
    let at = |rank: u64| sorted.get(rank as usize - 1).copied();
    let low = at(low).filter(|&reading| reading != CENSORED)?;
    Some(Interval { low, high: at(high).filter(|&reading| reading != CENSORED) })
}

/// The ranks, counted from 1, between which a quantile lies with at least 95 % confidence: at most 2.5 % of the
/// binomial distribution is left out on each side.
pub fn interval_ranks(count: u64, thousandths: u64) -> Option<(u64, u64)> {
    let n = count as f64;
    let p = thousandths as f64 / 1_000.0;
    if count == 0 || thousandths == 0 || thousandths >= 1_000 {
        return None;
    }
    // Weights relative to the likeliest number of readings below the quantile, so that nothing underflows.
    let mode = ((count + 1) * thousandths / 1_000).min(count);
    let odds = p / (1.0 - p);
    let (mut below, mut above) = (Vec::new(), Vec::new());
    let mut weight = 1.0;
    for k in (0..mode).rev() {
        weight *= (k + 1) as f64 / (n - k as f64) / odds;
        below.push(weight);
        if weight < 1e-18 {
            break;
        }
    }
    weight = 1.0;
    for k in mode..count {
        weight *= (n - k as f64) / (k + 1) as f64 * odds;
        above.push(weight);
        if weight < 1e-18 {
            break;
        }
    }
    let all: f64 = 1.0 + below.iter().sum::<f64>() + above.iter().sum::<f64>();
    let tail = 0.025 * all;
    // The low rank is the largest with P(B < low) <= 2.5 %; B counts the readings below the quantile.
    let mut low = mode - below.len() as u64;
    let mut left: f64 = 0.0;
    for &weight in below.iter().rev() {
        if left + weight > tail {
            break;
        }
        left += weight;
        low += 1;
    }
    let mut high = mode + above.len() as u64;
    let mut right: f64 = 0.0;
    for &weight in above.iter().rev() {
        if right + weight > tail {
            break;
        }
        right += weight;
        high -= 1;
    }
    // P(B >= high + 1) <= 2.5 %: the quantile is below the reading of that rank.
    let high = high + 1;
    (low >= 1 && high <= count).then_some((low, high))
}

/// The mean in thousandths, rounded to nearest; `None` if there are none.
pub fn mean_thousandths(readings: impl Iterator<Item = u64>) -> Option<u64> {
    let (mut sum, mut count) = (0_u128, 0_u128);
    for reading in readings {
        sum += u128::from(reading);
        count += 1;
    }
    (count > 0).then(|| ((sum * 2_000 + count) / (2 * count)) as u64)
}

/// Where a share lies with 95 % confidence (Wilson 1927), in parts per million.
pub fn share_interval(hits: u64, of: u64) -> (u64, u64) {
    if of == 0 {
        return (0, 1_000_000);
    }
    let (n, z) = (of as f64, 1.959_964);
    let share = hits as f64 / n;
    let middle = share + z * z / (2.0 * n);
    let spread = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let over = 1.0 + z * z / n;
    let parts = |share: f64| (share.clamp(0.0, 1.0) * 1e6 + 0.5) as u64;
    (parts((middle - spread) / over), parts((middle + spread) / over))
}

/// How far two distributions lie apart: the largest difference between their shares (Kolmogorov and Smirnov), and
/// where it is. Both are sorted; readings beyond what either knows are not compared.
pub fn distance(ours: &[u64], theirs: &[u64]) -> Option<Distance> {
    if ours.is_empty() || theirs.is_empty() {
        return None;
    }
    let (mut i, mut j) = (0, 0);
    let mut found = Distance { at: 0, parts: 0, above: true, chance_parts: chance_parts(ours.len(), theirs.len()) };
    while i < ours.len() && j < theirs.len() {
        let at = ours[i].min(theirs[j]);
        if at == CENSORED {
            break;
        }
        while ours.get(i) == Some(&at) {
            i += 1;
        }
        while theirs.get(j) == Some(&at) {
            j += 1;
        }
        // i of n against j of m, exactly, in parts per million.
        let (n, m) = (ours.len() as i128, theirs.len() as i128);
        let difference = (i as i128 * m - j as i128 * n) * 1_000_000 / (n * m);
        if difference.unsigned_abs() as u64 > found.parts {
            found.parts = difference.unsigned_abs() as u64;
            found.at = at;
            found.above = difference > 0;
        }
    }
    Some(found)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Distance {
    /// The largest difference of shares, in parts per million.
    pub parts: u64,
    /// The reading at which it is found.
    pub at: u64,
    /// Ours is ahead there: more of our runs are done.
    pub above: bool,
    /// Two samples of one distribution are further apart than this in 5 % of all cases.
    pub chance_parts: u64,
}

/// Smirnov's 5 % point: 1.358 times the root of (n + m) / (n m), in parts per million.
fn chance_parts(n: usize, m: usize) -> u64 {
    let (n, m) = (n as f64, m as f64);
    (1.358 * ((n + m) / (n * m)).sqrt() * 1e6 + 0.5) as u64
}

/// The index of the knee of a curve: the point furthest from the straight line between its ends, each axis scaled
/// to its span. `None` for fewer than three points or a curve without extent.
pub fn knee(points: &[(f64, f64)]) -> Option<usize> {
    let (&(x0, y0), &(x1, y1)) = (points.first()?, points.last()?);
    let (width, height) = (x1 - x0, y1 - y0);
    if points.len() < 3 || width == 0.0 || height == 0.0 {
        return None;
    }
    let off = |&(x, y): &(f64, f64)| {
        let bend = (y - y0) / height - (x - x0) / width;
        if bend < 0.0 { -bend } else { bend }
    };
    let mut best = (0, 0.0);
    for (index, point) in points.iter().enumerate() {
        if off(point) > best.1 {
            best = (index, off(point));
        }
    }
    (best.1 > 0.0).then_some(best.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_readings_of_the_nearest_rank() {
        let sorted = [10, 20, 30, 40, 50, 60, 70, 80, 90, CENSORED];
        assert_eq!(quantile(&sorted, 500), Some(50));
        assert_eq!(quantile(&sorted, 501), Some(60));
        assert_eq!(quantile(&sorted, 900), Some(90));
        assert_eq!(quantile(&sorted, 901), None, "it lies among the censored");
        assert_eq!(quantile(&sorted, 0), Some(10));
        assert_eq!(quantile(&[], 500), None);
    }

    #[test]
    fn the_median_lies_between_the_ranks_that_tables_print() {
        // Conover, Practical Nonparametric Statistics: n = 10: 2nd and 9th; 20: 6th and 15th; 100: 40th and 61st.
        for (n, ranks) in [(10, (2, 9)), (20, (6, 15)), (100, (40, 61)), (6, (1, 6))] {
            assert_eq!(interval_ranks(n, 500), Some(ranks), "{n}");
        }
        assert_eq!(interval_ranks(5, 500), None, "with five readings one in sixteen intervals would miss");
        // About 1.96 standard deviations of a binomial: half of 10 000 is 5 000 +- 98.
        assert_eq!(interval_ranks(10_000, 500), Some((4_902, 5_099)));
        let sorted: Vec<u64> = (1..=100).map(|n| if n > 55 { CENSORED } else { n }).collect();
        assert_eq!(quantile_interval(&sorted, 500), Some(Interval { low: 40, high: None }));
    }

    #[test]
    fn the_ninety_ninth_percentile_of_a_hundred_has_no_upper_end() {
        assert_eq!(interval_ranks(100, 990), None);
        let (low, high) = interval_ranks(10_000, 990).expect("enough readings");
        assert!((9_880..=9_882).contains(&low) && (9_919..=9_921).contains(&high), "{low} {high}");
    }

    #[test]
    fn shares_and_means_by_hand() {
        // 8 of 20, Wilson: 0.2188 to 0.6134.
        assert_eq!(share_interval(8, 20), (218_807, 613_419));
        assert_eq!(share_interval(0, 10).0, 0);
        assert_eq!(mean_thousandths([1, 2, 2].into_iter()), Some(1_667));
        assert_eq!(mean_thousandths(std::iter::empty()), None);
    }

    #[test]
    fn distances_by_hand() {
        // Shares at 2: 2/4 against 0/3; at 5: 4/4 against 1/3.
        let found = distance(&[1, 2, 3, 4], &[5, 6, 7]).expect("readings");
        assert_eq!((found.parts, found.at, found.above), (1_000_000, 4, true));
        let found = distance(&[1, 2, 3, 4], &[2, 3, 4, 5]).expect("readings");
        assert_eq!((found.parts, found.at), (250_000, 1));
        let same = distance(&[1, 2, CENSORED], &[1, 2, CENSORED]).expect("readings");
        assert_eq!(same.parts, 0);
        // 1.358 sqrt(200 / 10 000)
        assert_eq!(chance_parts(100, 100), 192_050);
    }

    #[test]
    fn the_knee_is_where_a_curve_bends_most() {
        let curve: Vec<(f64, f64)> = [(0.0, 10.0), (1.0, 2.0), (2.0, 1.0), (10.0, 0.0)].into();
        assert_eq!(knee(&curve), Some(1));
        assert_eq!(knee(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]), None, "a straight line has none");
    }
}
