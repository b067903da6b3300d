//! S-R10: a candidate whom loyal voters ignore is freed by the leader's own heartbeat.

use super::writing::{ms, raft};
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Who};
use crate::sim::settings::Value;

pub fn story() -> Scenario {
    let mut story = raft(
        "A stuck candidate is freed",
        "Voters loyal to their leader ignore the candidate that comes back. It answers a heartbeat with its higher term, and all vote anew.",
    );
    story.seed = 2;
    story.set("check_quorum", Value::Switch(true));
    story.script = vec![Entry::at(ms(1_000), Fault::Isolate(Who::Follower)), Entry::at(ms(3_000), Fault::Heal)];
    story
}
