//! S-R7: an eager candidate with a short log is refused, whatever its term.

use super::writing::{ms, raft};
use crate::scenarios::scenario::Scenario;

pub fn story() -> Scenario {
    let mut story = raft(
        "The log check saves what was decided",
        "N5 has a high term and is the first to ask, but its log is short. Those who hold more refuse it; one of them wins.",
    );
    for number in 1..=3 {
        story.raft_disk(number, 1, &[1, 1]);
    }
    story.raft_disk(4, 1, &[1]);
    story.raft_disk(5, 6, &[1]);
    story.patience(5, ms(100), ms(110));
    story.script = Vec::new();
    story
}
