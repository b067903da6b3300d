//! Published numbers on split votes and on the earliest of several timeouts (protocols.md 8.2, Q-4 and Q-5).
#![cfg(not(target_arch = "wasm32"))]

use conclave::protocols::raft::{Raft, Settings};
use conclave::sim::place::Place;
use conclave::sim::reign::Role;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, Micros, SECOND};
use conclave::sim::world::{Opening, World};

const RUNS: u64 = 10_000;

/// Timeouts of 10 to 11 s: the range is a second, so that latencies are shares of it.
fn cluster(up: u8, latency: (Micros, Micros)) -> World<Raft> {
    let settings = Settings { election_timeout: (10 * SECOND, 11 * SECOND), heartbeat: SECOND, ..Settings::paper() };
    let mut opening = Opening::<Raft>::new(5, 1, settings);
    opening.wires.latency = latency;
    opening.down = (up..5).map(|gone| Place::Node(gone + 1)).collect();
    let mut world = World::new(opening);
    world.judge_promises(false);
    world
}

/// Steps until this role is taken; the time.
fn until(world: &mut World<Raft>, role: Role) -> Micros {
    while !world.kernel().standings.iter().any(|standing| standing.role == role) {
        world.step();
    }
    world.now()
}

/// The share of first elections, in percent, that nobody wins.
fn split_share(up: u8) -> f64 {
    let mut world = cluster(up, (100 * MILLISECOND, 200 * MILLISECOND));
    let split = (1..=RUNS).filter(|&seed| {
        world.restart(seed);
        until(&mut world, Role::Leader);
        world.kernel().standings.iter().filter_map(|standing| standing.reign).any(|reign| reign.number > 1)
    });
    split.count() as f64 / RUNS as f64 * 100.0
}

#[test]
fn q_4_split_votes_with_latencies_of_a_tenth_to_a_fifth_of_the_range() {
    let (one_failed, two_failed) = (split_share(4), split_share(3));
    assert!((one_failed - 16.0).abs() < 4.0, "{one_failed:.1} %, published: about 16 %");
    assert!((two_failed - 40.0).abs() < 4.0, "{two_failed:.1} %, published: about 40 %");
}

#[test]
fn q_5_the_earliest_of_s_timeouts() {
    for (up, servers) in [(3, 3.0), (4, 4.0), (5, 5.0)] {
        let mut world = cluster(up, (MILLISECOND, MILLISECOND));
        let mut sum = 0.0;
        let mut in_first_quarter = 0;
        for seed in 1..=RUNS {
            world.restart(seed);
            let earliest = (until(&mut world, Role::Candidate) - 10 * SECOND) as f64 / SECOND as f64;
            sum += earliest;
            in_first_quarter += u32::from(earliest <= 0.25);
        }
        let (mean, share) = (sum / RUNS as f64, f64::from(in_first_quarter) / RUNS as f64);
        assert!((mean - 1.0 / (servers + 1.0)).abs() < 0.01, "mean of {up}: {mean:.3}");
        assert!((share - (1.0 - 0.75_f64.powf(servers))).abs() < 0.02, "first quarter of {up}: {share:.3}");
    }
}
