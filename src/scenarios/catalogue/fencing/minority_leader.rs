//! S-R6 with a store: a leader that is cut off from the others goes on writing to the store, which it can reach.

use crate::scenarios::catalogue::writing::{at_store, ms, part_from_all, partition};
use crate::scenarios::cue::Cue;
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Who};
use crate::sim::store::Job;

fn isolated(family: &str, job: Job, title: &str, about: &str) -> Scenario {
    let mut story = at_store(family, job, title, about);
    story.script =
        vec![Entry::when(Cue::AtWork(3), part_from_all(Who::Leader)), Entry::when(Cue::AtWork(14), Fault::Heal)];
    story
}

/// N1 and N2 against the other three.
pub fn raft() -> Scenario {
    let mut story = at_store(
        "raft",
        Job::Database,
        "The leader of a minority goes on writing",
        "N1 keeps N2, the others elect anew. Only one of the two can commit in the cluster, but both can reach the store.",
    );
    story.patience_of_first();
    story.script =
        vec![Entry::when(Cue::AtWork(3), partition(&[1, 2], &[3, 4, 5])), Entry::when(Cue::AtWork(14), Fault::Heal)];
    story
}

pub fn paxos() -> Scenario {
    isolated(
        "paxos",
        Job::Partition,
        "The leader of a minority goes on writing",
        "Cut off, the old leader can have nothing accepted by its acceptors. It writes to the partition all the same, beside the new one.",
    )
}

/// With production's ticks of 2 s. The followers give up by the millisecond, the leader only at its next full tick (Z-23),
/// and the others need no more than a few round trips; with short ticks it would have stepped down before.
pub fn zab() -> Scenario {
    let mut story = at_store(
        "zab",
        Job::Database,
        "The leader of a minority, and the tick it has left",
        "The others give N5 up after 10 s of silence and elect at once. N5 looks only at its next full tick: until then two write.",
    );
    story.preset = "zookeeper";
    story.script =
        vec![Entry::when(Cue::AtWork(3), partition(&[4, 5], &[1, 2, 3])), Entry::after(ms(15_000), Fault::Heal)];
    story
}

pub fn appointed() -> Scenario {
    isolated(
        "appointed",
        Job::Partition,
        "A partition leader that the controller has lost",
        "The controller hears nothing of the leader and appoints another. The first does not know, and appends at the same offsets.",
    )
}
