//! Published formulas, to be drawn beside what was counted (protocols.md, section 8).

/// Formulas by the id that documents name them with: what they say for `n` nodes.
pub const COUNTS: &[(&str, fn(u64) -> u64)] = &[
    // a request and an answer for every other server.
    ("raft_votes", |n| 2 * (n - 1)),
    ("raft_votes_with_pre_vote", |n| 4 * (n - 1)),
    //
    ("bully_best", |n| n - 1),
    ("bully_worst", |n| n * n - n - 1),
    //
    ("notifications_least", |n| (2 * n - 1) * (n - 1)),
    ("notifications_most", |n| n * (n + 1) * (n - 1) / 2),
    // a notice and a list of children, for one or for all that wait.
    ("recipe_chain", |_| 2),
    ("recipe_herd", |n| 2 * (n - 1)),
];

pub fn count(id: &str, nodes: u64) -> Option<u64> {
    COUNTS.iter().find(|&&(known, _)| known == id).map(|(_, formula)| formula(nodes.max(1)))
}

/// the share of elections with a split vote (thesis 9.3), in parts per million: `nodes` configured, `up` of them
/// alive, one-way latency as parts per million of the range of timeouts.
pub fn split_share(nodes: u64, up: u64, latency: u64) -> u64 {
    let l = latency as f64 / 1e6;
    let enough = (up + 1).saturating_sub(nodes / 2);
    let mut share = 0.0;
    for k in enough.saturating_sub(1)..=up {
        share += choose(up, k) * power(l, k) * power(1.0 - l, up - k);
    }
    (share * 1e6 + 0.5) as u64
}

fn power(base: f64, times: u64) -> f64 {
    (0..times).fold(1.0, |product, _| product * base)
}

fn choose(n: u64, k: u64) -> f64 {
    (0..k).fold(1.0, |product, i| product * (n - i) as f64 / (i + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_shares_are_those_of_the_thesis() {
        for (n, s, l, tenths_of_a_percent) in
            [(3, 2, 50_000, 98), (5, 4, 100_000, 52), (5, 4, 200_000, 181), (5, 3, 200_000, 488), (9, 6, 200_000, 345)]
        {
            let found = split_share(n, s, l);
            assert!(found.abs_diff(tenths_of_a_percent * 1_000) <= 500, "{s} of {n}: {found}");
        }
    }

    #[test]
    fn counts_by_hand() {
        assert_eq!((count("bully_worst", 5), count("bully_worst", 7)), (Some(19), Some(41)));
        assert_eq!((count("notifications_least", 3), count("notifications_most", 3)), (Some(10), Some(12)));
        assert_eq!((count("notifications_least", 5), count("notifications_most", 5)), (Some(36), Some(60)));
        assert_eq!(count("no such", 5), None);
    }
}
