//! The measured columns of the cheat sheet are what this engine measures: `WRITE=1` writes them anew.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it reads and writes a file of the page")]

use conclave::lessons::interview::{Row, read_trade_off};
use conclave::playback::director::Director;
use conclave::playback::recording::Recording;
use conclave::playback::runner;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::scenario::Scenario;
use conclave::share::json::writer::Writer;
use conclave::sim::duty::Work;
use conclave::sim::fault::{By, Fault, Who};
use conclave::sim::place::Place;
use conclave::sim::simulation::Simulation;
use conclave::sim::store::{Fencing, Guard, Job};
use conclave::sim::time::{MILLISECOND, Micros, SECOND};

const FILE: &str = "assets/interview/trade-off.en.json";
const SEEDS: u64 = 100;

/// In the order of the file: the family, and the kinds of messages that its elections are made of.
const FAMILIES: &[(&str, &[&str])] = &[
    ("raft", &["vote_request", "vote", "pre_vote_request", "pre_vote"]),
    ("paxos", &["prepare", "promise", "nack"]),
    (
        "zab",
        &[
            "looking_vote",
            "following_vote",
            "leading_vote",
            "follower_info",
            "leader_info",
            "ack_epoch",
            "diff",
            "trunc",
            "snap",
            "new_leader",
            "ack",
            "up_to_date",
        ],
    ),
    ("bully", &["election", "ok", "coordinator"]),
    ("zookeeper", &["event", "get_children", "children", "watch", "watching"]),
    ("lease", &["put", "done", "conflict"]),
];

struct Run {
    sim: Box<dyn Simulation>,
    director: Director,
}

impl Run {
    /// Five nodes at the family's first preset, leaders at work on a store without a fence; played until a leader
    /// has been at work for a while.
    fn settled(family: &str, seed: u64) -> Run {
        let mut scenario = Scenario::new(Algorithm::by_id(family).expect("a family"));
        scenario.seed = seed;
        scenario.work = Work { job: Job::Database, ..Work::default() };
        scenario.guard = Guard { fencing: Fencing::Off, ..Guard::default() };
        let sim = scenario.open().expect("it opens");
        let mut run = Run { sim, director: Director::new(&Recording::new(scenario)) };
        run.until(20 * SECOND, |sim| sim.kernel().store.damage.accepted >= 3);
        run.until(run.sim.now() + SECOND + seed * 7 * MILLISECOND, |_| false);
        run
    }

    fn until(&mut self, at: Micros, enough: impl Fn(&dyn Simulation) -> bool) {
        runner::run(self.sim.as_mut(), &mut self.director, &[], at, |sim| !enough(sim));
    }

    fn act(&mut self, fault: &Fault) {
        self.sim.inject(By::Script, fault);
    }

    fn sent(&self, kinds: &[&str]) -> u64 {
        let number = |id: &str| self.sim.kinds().iter().position(|kind| kind.id == id).expect("a kind") as u8;
        kinds.iter().map(|&id| self.sim.kernel().tally_of(number(id)).sent).sum()
    }
}

/// Milliseconds from the crash of the leader to a new one, and messages meanwhile.
fn fail_over(family: &str, kinds: &[&str], seed: u64) -> (u64, u64) {
    let mut run = Run::settled(family, seed);
    let (before, sent, began) = (run.sim.kernel().measures.tenures.len(), run.sent(kinds), run.sim.now());
    run.act(&Fault::Crash(Who::Leader));
    run.until(began + 60 * SECOND, |sim| sim.kernel().measures.tenures.len() > before);
    ((run.sim.now() - began) / MILLISECOND, run.sent(kinds) - sent)
}

/// Whether two led, and whether one destroyed the other's work, after the leader was cut off from everything but the
/// store.
fn cut_off(family: &str, seed: u64) -> (bool, bool) {
    let mut run = Run::settled(family, seed);
    let Some(leader) = run.sim.kernel().resolve(Who::Leader) else { return (false, false) };
    let others: Vec<Place> = run.sim.kernel().census.all().filter(|&at| at != leader && at != Place::Store).collect();
    for other in others {
        run.act(&Fault::Cut { from: Who::At(leader), to: Who::At(other), both: true });
    }
    let until = run.sim.now() + 10 * SECOND;
    let two = std::cell::Cell::new(false);
    run.until(until, |sim| {
        two.set(two.get() || sim.kernel().measures.several_lead());
        false
    });
    (two.get(), run.sim.kernel().store.damage.corrupted > 0)
}

fn median(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    values[values.len() / 2]
}

/// Fail-over, messages, two leaders, both write.
fn measured(family: &str, kinds: &[&str]) -> [String; 4] {
    let runs: Vec<(u64, u64)> = (1..=SEEDS).map(|seed| fail_over(family, kinds, seed)).collect();
    let cuts: Vec<(bool, bool)> = (1..=SEEDS).map(|seed| cut_off(family, seed)).collect();
    let count = |hit: fn(&(bool, bool)) -> bool| format!("{} of {SEEDS}", cuts.iter().filter(|cut| hit(cut)).count());
    [
        format!("{} ms", median(runs.iter().map(|run| run.0).collect())),
        median(runs.iter().map(|run| run.1).collect()).to_string(),
        count(|cut| cut.0),
        count(|cut| cut.1),
    ]
}

#[test]
fn the_cheat_sheet_says_what_the_engine_measures() {
    let text = std::fs::read_to_string(FILE).expect("the table");
    let rows = read_trade_off(&text).expect("rows");
    assert_eq!(rows.len(), FAMILIES.len());
    let fresh: Vec<Row> = rows
        .iter()
        .zip(FAMILIES)
        .map(|(row, (family, kinds))| {
            let [fail_over, messages, two_leaders, two_commit] = measured(family, kinds);
            Row { fail_over, messages, two_leaders, two_commit, ..row.clone() }
        })
        .collect();
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
        let fields = [
            ("name", &row.name),
            ("idea", &row.idea),
            ("consistency", &row.consistency),
            ("fence", &row.fence),
            ("used_by", &row.used_by),
            ("fail_over", &row.fail_over),
            ("messages", &row.messages),
            ("two_leaders", &row.two_leaders),
            ("two_commit", &row.two_commit),
        ];
        for (name, text) in fields {
            w.new_line(2);
            w.name(name).text(text);
        }
        w.close_map();
    }
    w.close_list();
    w.close_map();
    std::fs::write(FILE, w.finish() + "\n").expect("the table is written");
}
