//! S-F2 and S-F3, F-4 and F-5: a late write that arrives before the newer token was seen is legal. It does harm only to a
//! successor that has read before and writes by what it read; raising the fence before reading prevents that.

use crate::scenarios::catalogue::writing::{at_store, ms};
use crate::scenarios::cue::Cue;
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, LinkWires, Which, Who};
use crate::sim::office::STORE_KIND;
use crate::sim::place::Place;
use crate::sim::store::{Fencing, Job};
use crate::sim::time::{Micros, SECOND};

/// The leader's next write crawls; the leader crashes, and another is elected.
fn slow_write(family: &str, title: &str, about: &str) -> Scenario {
    let mut story = at_store(family, Job::Database, title, about);
    story.guard.fencing = Fencing::On;
    story.work.raise_fence = false;
    story.script =
        vec![Entry::when(Cue::AtWork(3), slow_to_store(60 * SECOND)), Entry::after(ms(400), Fault::Crash(Who::Leader))];
    story
}

fn slow_to_store(latency: Micros) -> Fault {
    let wires = LinkWires { latency: Some((latency, latency)), loss: None };
    Fault::Rewire { from: Who::Leader, to: Who::At(Place::Store), both: false, wires }
}

/// The write that crawls arrives now.
fn it_arrives() -> Fault {
    Fault::Deliver(Which::Like { kind: Some(STORE_KIND + 2), from: None, to: None })
}

pub fn raft() -> Scenario {
    race("raft")
}

pub fn paxos() -> Scenario {
    race("paxos")
}

pub fn zab() -> Scenario {
    race("zab")
}

pub fn recipe() -> Scenario {
    race("zookeeper")
}

pub fn appointed() -> Scenario {
    race("appointed")
}

/// Whatever elects, the store is where the race is run.
fn race(family: &str) -> Scenario {
    let mut story = slow_write(
        family,
        "Reading, then writing, without raising the fence",
        "The new leader reads, then the old leader's write lands, then the new one writes by what it read. Fencing is on and an order is lost: F-4.",
    );
    story.script.push(Entry::when(Cue::AtWork(3), it_arrives()));
    story
}

pub fn late_but_legal() -> Scenario {
    let mut story = slow_write(
        "raft",
        "Late, but legal",
        "The old leader's write arrives before the store has heard of the new token. It is accepted, and that is right: F-5.",
    );
    // The new leader's first question to the store takes its time.
    story.script.push(Entry::when(Cue::Elected, slow_to_store(ms(250))));
    story.script.push(Entry::after(ms(200), it_arrives()));
    story.script.push(Entry::when(Cue::AtWork(4), slow_to_store(ms(35))));
    story
}
