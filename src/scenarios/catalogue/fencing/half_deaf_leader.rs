//! An asymmetric cut: what the leader says is lost, what others say arrives. The others replace it; it does not see why.

use crate::scenarios::catalogue::writing::{LOCAL, at_store, cut_one_way, ms, node};
use crate::scenarios::cue::Cue;
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Who};
use crate::sim::store::Job;

pub fn bully() -> Scenario {
    let mut story = at_store(
        "bully",
        Job::Scheduler,
        "A cut in one direction, two schedulers",
        "Nobody hears N5, so N4 takes over. N5 hears every question, answers into the void, and goes on running jobs.",
    );
    story.wires.latency = LOCAL;
    story.script = cut_out(5, 1..=4);
    story.script.push(Entry::after(ms(4_000), Fault::Heal));
    story
}

/// With a number that grows, hearing is enough.
pub fn raft() -> Scenario {
    let mut story = at_store(
        "raft",
        Job::Database,
        "A cut in one direction, and a number that grows",
        "Nobody hears N1, but N1 hears them: the first question in a higher term makes it step down. Two leaders never meet at the store.",
    );
    story.patience_of_first();
    story.script = cut_out(1, 2..=5);
    story.script.push(Entry::after(ms(4_000), Fault::Heal));
    story
}

/// Whoever stands for a higher ballot asks everybody, the old leader too.
pub fn paxos() -> Scenario {
    half_deaf(
        "paxos",
        "A cut in one direction, and a ballot that grows",
        "Nobody hears the leader, but it hears them: the first question for a higher ballot makes it step down.",
    )
}

/// Followers that give up close their connections, which the leader hears; it looks only at its next full tick (Z-23).
pub fn zab() -> Scenario {
    let mut story = half_deaf(
        "zab",
        "A cut in one direction, and connections that close",
        "Nobody hears N5, so the others elect. N5 hears them close their connections, but looks only at its next full tick: until then two write.",
    );
    story.preset = "zookeeper";
    story
}

fn half_deaf(family: &str, title: &str, about: &str) -> Scenario {
    let mut story = at_store(family, Job::Database, title, about);
    let cut = |to| Fault::Cut { from: Who::Leader, to: node(to), both: false };
    story.script = (1..=story.nodes).map(|to| Entry::after(0, cut(to))).collect();
    story.script[0] = Entry::when(Cue::AtWork(4), cut(1));
    story
}

/// What it sends is lost, what it is sent arrives.
fn cut_out(from: u8, others: std::ops::RangeInclusive<u8>) -> Vec<Entry> {
    let first = *others.start();
    let cut = |to| match to == first {
        true => Entry::when(Cue::AtWork(4), cut_one_way(from, to)),
        false => Entry::after(0, cut_one_way(from, to)),
    };
    others.map(cut).collect()
}
