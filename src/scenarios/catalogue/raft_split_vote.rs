//! S-R2: equal timeouts split the vote over and over; a wider range ends it.

use super::writing::{ms, raft};
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::settings::Value;

pub fn story() -> Scenario {
    let mut story = raft(
        "Split votes, until the timeouts differ",
        "All nodes lose patience at the same moment, so everybody votes for itself. After 3 s their timeouts differ.",
    );
    story.set("election_timeout", Value::Range(ms(150), ms(150)));
    let wider = story.tune("election_timeout", Value::Range(ms(150), ms(300)));
    story.script = vec![Entry::at(ms(3_000), wider)];
    story
}
