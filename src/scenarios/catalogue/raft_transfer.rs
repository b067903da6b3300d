//! S-R11: leadership is handed over although every voter is loyal.

use super::writing::{ms, node, raft};
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Who};
use crate::sim::settings::Value;

pub fn story() -> Scenario {
    let mut story = raft(
        "Handing leadership over",
        "Loyal voters would ignore N3, but the leader's order marks its request: they vote, and N3 leads without a gap to speak of.",
    );
    story.preset = "wide";
    story.patience(1, ms(150), ms(160));
    story.set("pre_vote", Value::Switch(true));
    story.set("check_quorum", Value::Switch(true));
    story.script = vec![Entry::at(ms(2_000), Fault::Transfer { from: Who::Leader, to: Some(node(3)) })];
    story
}
