//! S-R12: four nodes bear no more failures than three, and two against two elects nobody.

use super::writing::{ms, node, partition, raft};
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::Fault;

pub fn story() -> Scenario {
    let mut story = raft(
        "Four nodes are no better than three",
        "Two against two, neither side can elect or decide. With two of four down, nobody leads: a majority is three.",
    );
    story.nodes = 4;
    story.script = vec![
        Entry::at(ms(1_000), partition(&[1, 2], &[3, 4])),
        Entry::at(ms(4_000), Fault::Heal),
        Entry::at(ms(6_000), Fault::Crash(node(1))),
        Entry::at(ms(8_000), Fault::Crash(node(2))),
    ];
    story
}
