//! S-R5: a leader that can speak but not hear keeps everybody loyal and gets nothing done.

use super::writing::{cut_one_way, ms, node, raft, write};
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::Fault;

pub fn story() -> Scenario {
    let mut story = raft(
        "A leader that speaks but cannot hear",
        "From 1 s on N1 receives nothing. Its heartbeats keep all loyal, yet no write is decided. CheckQuorum makes it step down.",
    );
    story.preset = "wide";
    // The first to lose patience, so that it leads.
    story.patience(1, ms(150), ms(160));
    story.script = (2..=5).map(|from| Entry::at(ms(1_000), cut_one_way(from, 1))).collect();
    story.script.push(Entry::at(ms(1_200), write("stuck", node(1))));
    story.script.push(Entry::at(ms(8_000), Fault::Heal));
    story
}
