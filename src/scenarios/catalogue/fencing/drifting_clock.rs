//! A lease rests on clocks that run alike: the holder's clock is slow, so it believes in a lease that others saw expire.

use crate::scenarios::catalogue::writing::{at_store, ms, part_from_all};
use crate::scenarios::cue::Cue;
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Who};
use crate::sim::store::Job;

pub fn story() -> Scenario {
    let mut story = at_store(
        "lease",
        Job::Scheduler,
        "A slow clock keeps an expired lease",
        "The holder's clock runs at half speed and its renewals do not arrive: by its clock the lease still holds when another takes it.",
    );
    story.script = vec![
        Entry::when(Cue::AtWork(2), Fault::Drift(Who::Leader, -500_000)),
        Entry::after(ms(500), part_from_all(Who::Leader)),
        Entry::after(ms(9_000), Fault::Heal),
    ];
    story
}
