//! S-F1, S-B5, S-K3: a leader is paused in the middle of its work, another one takes over, and the first one wakes and
//! finishes what it was doing. Holder 33 and holder 34 of the well-known story (Kleppmann 2016).

use crate::scenarios::catalogue::writing::at_store;
use crate::scenarios::cue::Cue;
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Waking, Who};
use crate::sim::store::Job;

fn paused(family: &str, job: Job, title: &str, about: &str) -> Scenario {
    let mut story = at_store(family, job, title, about);
    story.script = vec![
        Entry::when(Cue::AtWork(3), Fault::Pause(Who::Leader)),
        Entry::when(Cue::AtWork(5), Fault::Resume(Who::OldLeader, Waking::TimersFirst)),
    ];
    story
}

pub fn raft() -> Scenario {
    paused(
        "raft",
        Job::Database,
        "A paused leader writes late",
        "The leader freezes between deciding and writing, another is elected and writes, and the first wakes: its late write overwrites an order.",
    )
}

pub fn paxos() -> Scenario {
    paused(
        "paxos",
        Job::Database,
        "A paused leader writes late",
        "A newer ballot leads while the old leader is frozen. When it wakes, its write is already on the way. Ballots are compared as pairs.",
    )
}

pub fn zab() -> Scenario {
    paused(
        "zab",
        Job::Database,
        "A paused leader writes late",
        "The leader of the older epoch wakes in the middle of a write. Inside the ensemble nobody listens to it; the store outside does.",
    )
}

pub fn bully() -> Scenario {
    let mut story = paused(
        "bully",
        Job::Database,
        "A paused coordinator writes late",
        "The highest id freezes, the next one coordinates, the first wakes. There is no number that could tell the store who came later.",
    );
    story.wires.latency = super::super::writing::LOCAL;
    story
}

pub fn recipe() -> Scenario {
    paused(
        "zookeeper",
        Job::Scheduler,
        "A paused scheduler runs a job twice",
        "The leader's session expires while it is frozen. The next in the queue runs the job; the first wakes and runs it again.",
    )
}

pub fn lease() -> Scenario {
    paused(
        "lease",
        Job::Scheduler,
        "A paused scheduler runs a job twice",
        "The lease runs out during the pause, which no clock on the holder can tell it. A lease alone gives the store nothing to compare.",
    )
}

pub fn appointed() -> Scenario {
    paused(
        "appointed",
        Job::Partition,
        "A paused partition leader appends late",
        "The controller appoints another leader of the partition. The old one wakes and appends at an offset that is taken.",
    )
}
