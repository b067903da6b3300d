//! S-B4 and S-F4: two against three, each side crowns its highest id, and both write.

use crate::scenarios::catalogue::writing::{LOCAL, at_store, ms, partition};
use crate::scenarios::cue::Cue;
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::Fault;
use crate::sim::store::Job;

pub fn story() -> Scenario {
    let mut story = at_store(
        "bully",
        Job::Database,
        "Two against three: two coordinators",
        "N2 coordinates one side, N5 the other. Nothing will end it until the cut heals, and no number tells whose write is older.",
    );
    story.wires.latency = LOCAL;
    story.script =
        vec![Entry::when(Cue::AtWork(3), partition(&[1, 2], &[3, 4, 5])), Entry::after(ms(5_000), Fault::Heal)];
    story
}
