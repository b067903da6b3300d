//! S-R3: a node that was cut off comes back with a high term and deposes a healthy leader.

use super::writing::{ms, raft};
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Who};

pub fn story() -> Scenario {
    let mut story = raft(
        "The disruptive server",
        "Cut off, a follower campaigns alone and its term grows. When it returns, that term deposes the leader. PreVote prevents it.",
    );
    story.seed = 2;
    story.script = vec![Entry::at(ms(1_000), Fault::Isolate(Who::Follower)), Entry::at(ms(4_000), Fault::Heal)];
    story
}
