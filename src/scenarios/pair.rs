//! Two scenarios that meet the same faults at the same times: what the two sides of a comparison run.

use super::algorithm::Algorithm;
use super::scenario::Scenario;
use super::script::Entry;
use crate::sim::duty::Work;
use crate::sim::fault::{Fault, Waking, Who};
use crate::sim::store::{Fencing, Job};
use crate::sim::time::{MILLISECOND, Micros};

/// The faults that both sides meet. Each is aimed at a role, or at links, and resolves on each side.
#[derive(Clone, Copy, Debug)]
pub struct Ordeal {
    /// Stable id, used in addresses.
    pub id: &'static str,
    pub title: &'static str,
    write: fn() -> Vec<Entry>,
}

pub static ORDEALS: [Ordeal; 5] = [
    Ordeal { id: "minority", title: "Cut the leader and one follower off", write: minority },
    Ordeal { id: "pause", title: "Pause the leader, and wake it later", write: pause },
    Ordeal { id: "crash", title: "Crash the leader", write: crash },
    Ordeal { id: "alone", title: "Cut the leader off from all others", write: alone },
    UNDISTURBED,
];

/// Nothing befalls either side by itself.
pub const UNDISTURBED: Ordeal = Ordeal { id: "none", title: "Nothing, until you do something", write: Vec::new };

impl PartialEq for Ordeal {
    fn eq(&self, other: &Ordeal) -> bool {
        self.id == other.id
    }
}

impl Eq for Ordeal {}

impl Ordeal {
    pub fn by_id(id: &str) -> Option<Ordeal> {
        ORDEALS.iter().copied().find(|ordeal| ordeal.id == id)
    }
}

/// The family every leader of which is at work on a store, while this befalls it.
pub fn put_to(algorithm: Algorithm, fencing: Fencing, ordeal: Ordeal) -> Scenario {
    let mut scenario = Scenario::opening_view(algorithm);
    scenario.wires.latency = (ms(30), ms(40));
    scenario.guard.fencing = fencing;
    scenario.work = Work { job: Job::Database, pace: ms(240), takes: ms(100), ..Work::default() };
    scenario.script = (ordeal.write)();
    scenario
}

const fn ms(milliseconds: u64) -> Micros {
    milliseconds * MILLISECOND
}

/// By then every family leads.
const BEGINS: Micros = ms(1_500);
/// By then every family has replaced its leader.
const ENDS: Micros = ms(8_000);

fn minority() -> Vec<Entry> {
    let cut = Fault::Partition(vec![Vec::new(), vec![Who::Leader, Who::Follower]]);
    vec![Entry::at(BEGINS, cut), Entry::at(ENDS, Fault::Heal)]
}

fn alone() -> Vec<Entry> {
    let cut = Fault::Partition(vec![Vec::new(), vec![Who::Leader]]);
    vec![Entry::at(BEGINS, cut), Entry::at(ENDS, Fault::Heal)]
}

fn pause() -> Vec<Entry> {
    let wake = Fault::Resume(Who::OldLeader, Waking::TimersFirst);
    vec![Entry::at(BEGINS, Fault::Pause(Who::Leader)), Entry::at(ENDS, wake)]
}

fn crash() -> Vec<Entry> {
    vec![Entry::at(BEGINS, Fault::Crash(Who::Leader))]
}
