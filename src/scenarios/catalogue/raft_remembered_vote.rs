//! S-R9: a vote must survive a crash, or two leaders could share a term.

use super::writing::{cut_one_way, ms, node, raft};
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::Fault;
use crate::sim::settings::Value;
use crate::sim::time::HOUR;

pub fn story() -> Scenario {
    let mut story = raft(
        "A vote is not forgotten",
        "N2 makes N1 leader of term 1, crashes and restarts. N3 asks for its vote in the same term: the disk says no.",
    );
    story.nodes = 3;
    story.wires.latency = (ms(10), ms(10));
    // Nobody campaigns by itself: the story says who does.
    story.set("election_timeout", Value::Range(HOUR, HOUR));
    story.script = vec![
        Entry::at(ms(50), Fault::Cut { from: node(1), to: node(3), both: true }),
        Entry::at(ms(100), Fault::TimeOutNow(node(1))),
        // The vote is out; what the new leader says does not arrive.
        Entry::at(ms(115), cut_one_way(1, 2)),
        Entry::at(ms(200), Fault::Crash(node(2))),
        Entry::at(ms(250), Fault::Restart(node(2))),
        Entry::at(ms(300), Fault::TimeOutNow(node(3))),
    ];
    story
}
