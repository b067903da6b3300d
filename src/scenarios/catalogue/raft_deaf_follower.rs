//! S-R4: a follower that hears nobody, but is heard, disturbs the cluster again and again.

use super::writing::{cut_one_way, ms, raft};
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::Fault;

pub fn story() -> Scenario {
    let mut story = raft(
        "A follower that hears nobody",
        "From 1 s to 6 s N5 receives nothing, but its own messages arrive: it asks for votes for ever, and terms grow.",
    );
    // Slow to lose patience, so that it does not lead at first.
    story.patience(5, ms(600), ms(900));
    story.script = (1..=4).map(|from| Entry::at(ms(1_000), cut_one_way(from, 5))).collect();
    story.script.push(Entry::at(ms(6_000), Fault::Heal));
    story
}
