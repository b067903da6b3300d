//! Published numbers (protocols.md section 8), reproduced from many seeded runs.
#![cfg(not(target_arch = "wasm32"))]

use conclave::protocols::raft::{Command, Disk, Entry, Log, Raft, Settings};
use conclave::sim::fault::{By, Fault, Who};
use conclave::sim::place::Place;
use conclave::sim::rng::Pcg;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, Micros, SECOND};
use conclave::sim::world::{Opening, World};

fn n(number: u8) -> Place {
    Place::Node(number)
}

/// Times in milliseconds, sorted.
struct Times(Vec<f64>);

impl Times {
    fn of(mut micros: Vec<Micros>) -> Times {
        micros.sort_unstable();
        Times(micros.into_iter().map(|micros| micros as f64 / 1_000.0).collect())
    }

    fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    /// The value that this share of the runs does not exceed, in thousandths.
    fn share(&self, thousandths: usize) -> f64 {
        self.0[(self.0.len() * thousandths / 1_000).min(self.0.len() - 1)]
    }

    fn worst(&self) -> f64 {
        self.share(1_000)
    }
}

fn within(found: f64, published: f64, percent: f64) -> bool {
    (found / published - 1.0).abs() <= percent / 100.0
}

/// Until somebody leads; the time, or the limit.
fn until_led(world: &mut World<Raft>, limit: Micros) -> Micros {
    let led = |world: &World<Raft>| world.kernel().measures.tenures.last().is_some_and(|tenure| tenure.until.is_none());
    while !led(world) {
        if world.next_event_at().is_none_or(|at| at > limit) {
            return limit;
        }
        world.step();
    }
    world.now()
}

// ---- the thesis' wide-area simulation ----------------------------------------------------------------

fn wide_area(failed: u8) -> Times {
    let mut opening = Opening::<Raft>::new(5, 1, Settings::wide());
    opening.wires.latency = (30 * MILLISECOND, 40 * MILLISECOND);
    opening.down = (0..failed).map(|gone| n(5 - gone)).collect();
    let mut world = World::new(opening);
    world.judge_promises(false);
    let run = |seed| {
        world.restart(seed);
        until_led(&mut world, 100 * SECOND)
    };
    Times::of((1..=10_000).map(run).collect())
}

#[test]
fn q_2_wide_area_elections_take_as_long_as_published() {
    for (failed, mean, p99) in [(0, 430.0, 834.0), (1, 469.0, 1_007.0), (2, 627.0, 1_930.0)] {
        let times = wide_area(failed);
        assert!(within(times.mean(), mean, 2.0), "{failed} failed: mean {:.1}, published {mean}", times.mean());
        assert!(within(times.share(990), p99, 10.0), "{failed} failed: p99 {:.0}, published {p99}", times.share(990));
    }
}

// ---- the paper's Figure 16 ---------------------------------------------------------------------------

/// Time from the leader's death to a new leader: five servers, four survive, two of those cannot win.
fn figure_16(low: u64, high: u64, runs: u64, limit: Micros, change: impl Fn(&mut Settings)) -> Times {
    let (low, high) = (low * MILLISECOND, high * MILLISECOND);
    let mut settings = Settings { election_timeout: (low, high), heartbeat: low / 2, ..Settings::paper() };
    change(&mut settings);
    let run = |seed| {
        // The old leader is gone; its last heartbeat reached the followers within a millisecond of each other.
        // It died at a moment uniform in its heartbeat interval, so that much of their timeouts has passed.
        let mut chance = Pcg::new(seed, 16);
        let passed = chance.between(0, low / 2);
        let mut opening = Opening::<Raft>::new(5, seed, settings.clone());
        opening.wires.latency = (1_500, 3_000);
        opening.wires.disk = (5 * MILLISECOND, 11 * MILLISECOND);
        opening.down = vec![n(5)];
        opening.disks = (1..=4).map(|node| (n(node), log_of(usize::from(node)))).collect();
        // Timers start within a millisecond of each other: each survivor boots at its own moment.
        opening.down.extend((1..=4).map(n));
        let mut world = World::new(opening);
        world.judge_promises(false);
        let mut boots: Vec<(Micros, Place)> = (1..=4).map(|node| (chance.between(0, MILLISECOND), n(node))).collect();
        boots.sort_unstable();
        for (at, node) in boots {
            world.wait_until_quietly(at);
            world.inject(By::Script, &Fault::Restart(Who::At(node)));
        }
        until_led(&mut world, limit + passed).saturating_sub(passed)
    };
    Times::of((1..=runs).map(run).collect())
}

trait Waits {
    /// Moves the clock, if nothing is due before.
    fn wait_until_quietly(&mut self, at: Micros);
}

impl Waits for World<Raft> {
    fn wait_until_quietly(&mut self, at: Micros) {
        self.run_until(at);
    }
}

/// A log of this length, of one term.
fn log_of(length: usize) -> Disk {
    Disk { term: 1, vote: None, log: Log::of(vec![Entry { term: 1, command: Command::Noop }; length]) }
}

fn as_published(_: &mut Settings) {}

#[test]
fn q_1_figure_16_the_recommended_range() {
    let times = figure_16(150, 300, 1_000, 100 * SECOND, as_published);
    assert!((times.mean() - 181.0).abs() <= 9.0, "mean {:.1}", times.mean());
}

#[test]
fn q_1_figure_16_the_shortest_range() {
    let times = figure_16(12, 24, 1_000, 100 * SECOND, as_published);
    assert!((30.0..=40.0).contains(&times.mean()), "mean {:.1}", times.mean());
}

#[test]
fn q_1_figure_16_fifty_milliseconds_of_chance_keep_the_worst_of_1000_short() {
    let times = figure_16(150, 200, 1_000, 100 * SECOND, as_published);
    assert!(times.worst() < 700.0, "worst {:.0}", times.worst());
}

#[test]
fn q_1_figure_16_five_milliseconds_of_chance() {
    let times = figure_16(150, 155, 1_000, 100 * SECOND, as_published);
    assert!((150.0..=450.0).contains(&times.share(500)), "median {:.0}", times.share(500));
}

#[test]
fn q_1_figure_16_without_chance_elections_do_not_end() {
    let times = figure_16(150, 150, 100, 10 * SECOND, as_published);
    let long = times.0.iter().filter(|&&time| time >= 10_000.0).count();
    assert!(long >= 90, "{long} of 100 above ten seconds");
    let orders = [(150, 151), (150, 155), (150, 175)]
        .map(|(low, high)| figure_16(low, high, 300, 100 * SECOND, as_published).mean());
    assert!(orders[0] > orders[1] && orders[1] > orders[2], "{orders:?}");
}

#[test]
fn q_1_waiting_for_the_own_disk_before_asking_makes_short_ranges_worse() {
    let wait = |settings: &mut Settings| settings.write_before_asking = true;
    for (low, high, times) in [(12, 24, 1.4), (150, 155, 3.0)] {
        let waits = figure_16(low, high, 300, 100 * SECOND, wait).share(500);
        let asks_at_once = figure_16(low, high, 300, 100 * SECOND, as_published).share(500);
        assert!(waits > times * asks_at_once, "{low}-{high}: {waits:.0} and {asks_at_once:.0}");
    }
}

#[test]
fn q_1_etcds_timer_reset_costs_nearly_as_much_again() {
    let times = figure_16(150, 300, 500, 100 * SECOND, |settings| settings.reset_on_step_down = true);
    assert!((300.0..=390.0).contains(&times.mean()), "mean {:.1}", times.mean());
}

// ---- Q-3, Q-9 -----------------------------------------------------------------------------------------------

/// The share of first elections that are split: fixed latency, a range of one second.
fn split_share(nodes: u8, up: u8, latency_percent: u64) -> f64 {
    let settings = Settings { election_timeout: (10 * SECOND, 11 * SECOND), heartbeat: SECOND, ..Settings::paper() };
    let mut opening = Opening::<Raft>::new(nodes, 1, settings);
    let latency = latency_percent * 10 * MILLISECOND;
    opening.wires.latency = (latency, latency);
    opening.down = (up..nodes).map(|gone| n(gone + 1)).collect();
    let mut world = World::new(opening);
    world.judge_promises(false);
    let runs = 3_000;
    let split = (1..=runs).filter(|&seed| {
        world.restart(seed);
        until_led(&mut world, 100 * SECOND);
        world
            .kernel()
            .standings
            .iter()
            .filter_map(|standing| standing.reign)
            .max()
            .is_some_and(|reign| reign.number > 1)
    });
    split.count() as f64 / runs as f64 * 100.0
}

#[test]
fn q_3_split_votes_are_as_frequent_as_computed() {
    for (nodes, up, latency, percent) in
        [(5, 4, 10, 5.2), (5, 4, 20, 18.1), (5, 3, 10, 27.1), (5, 3, 20, 48.8), (3, 2, 5, 9.8), (9, 6, 20, 34.5)]
    {
        let found = split_share(nodes, up, latency);
        assert!(
            (found - percent).abs() < 2.5,
            "{up} of {nodes}, latency {latency} %: {found:.1} %, computed {percent} %"
        );
    }
}

/// The share of starts in which two or more servers fire on the same first tick.
fn same_tick_share(nodes: u8) -> f64 {
    let settings = Settings { pre_vote: false, check_quorum: false, ..Settings::etcd() };
    let mut world = World::new(Opening::<Raft>::new(nodes, 1, settings));
    let runs = 4_000;
    let collides = (1..=runs).filter(|&seed| {
        world.restart(seed);
        let due = |slot| world.kernel().timers.state(slot, 0).map(|state| state.due);
        let dues: Vec<_> = (0..usize::from(nodes)).filter_map(due).collect();
        let first = dues.iter().min();
        dues.iter().filter(|due| Some(*due) == first).count() > 1
    });
    collides.count() as f64 / runs as f64 * 100.0
}

#[test]
fn q_9_timeouts_in_whole_ticks_collide_as_often_as_computed() {
    assert!((same_tick_share(5) - 23.3).abs() < 2.0, "{}", same_tick_share(5));
    assert!((same_tick_share(3) - 14.5).abs() < 2.0, "{}", same_tick_share(3));
}
