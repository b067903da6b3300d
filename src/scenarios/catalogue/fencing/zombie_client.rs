//! M-K4 as a setting: a client that goes on leading without a connection is a zombie from the moment its successor leads
//! until it hears that its session is over. The page and the command line tell exactly how long.

use crate::scenarios::catalogue::writing::{at_store, ms, part_from_all};
use crate::scenarios::cue::Cue;
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Who};
use crate::sim::settings::Value;
use crate::sim::store::Job;

pub fn story() -> Scenario {
    let mut story = at_store(
        "zookeeper",
        Job::Scheduler,
        "A zombie, and for exactly how long",
        "Cut off from the service, the leader takes silence for good news. Its session expires, the next one leads; both run jobs until it hears of it.",
    );
    story.set("lead_until_lost", Value::Switch(true));
    story.script = vec![
        Entry::when(Cue::AtWork(3), part_from_all(Who::Leader)),
        Entry::when(Cue::TwoLeaders, Fault::Request(Default::default(), Who::OldLeader)),
        Entry::after(ms(1_500), Fault::Heal),
    ];
    story
}
