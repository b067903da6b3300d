//! S-R1: the leader dies, and another takes over.

use super::writing::{ms, raft};
use crate::scenarios::cue::Cue;
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Who};

pub fn story() -> Scenario {
    let mut story =
        raft("A leader dies, another takes over", "How long is nobody in charge? About one election timeout.");
    story.seed = 3;
    story.script = vec![
        Entry::when(Cue::Followed, Fault::Request(Default::default(), Who::Leader)),
        Entry::after(ms(1_000), Fault::Crash(Who::Leader)),
    ];
    story
}
