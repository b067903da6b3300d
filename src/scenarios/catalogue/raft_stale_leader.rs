//! S-R6: a leader cut off with a minority accepts a write that can never be decided.

use super::writing::{ms, node, partition, raft, write};
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Who};

pub fn story() -> Scenario {
    let mut story = raft(
        "The leader of a minority",
        "N1 and N2 are cut off from the others. Both sides have a leader, but only one can decide; the other's write is thrown away.",
    );
    story.preset = "wide";
    story.patience(1, ms(150), ms(160));
    story.script = vec![
        Entry::at(ms(1_000), partition(&[1, 2], &[3, 4, 5])),
        Entry::at(ms(1_300), write("lost", node(1))),
        Entry::at(ms(3_000), write("kept", Who::Leader)),
        Entry::at(ms(5_000), Fault::Heal),
    ];
    story
}
