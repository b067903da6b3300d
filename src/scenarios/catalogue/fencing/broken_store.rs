//! M-F1 to M-F4: a store, or a token, that looks like fencing and is none.

use super::paused_leader;
use crate::scenarios::catalogue::writing::ms;
use crate::scenarios::cue::Cue;
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::{Fault, Waking, Who};
use crate::sim::place::Place;
use crate::sim::settings::Value;
use crate::sim::store::Fencing;

fn told(mut story: Scenario, title: &str, about: &str) -> Scenario {
    story.title = title.into();
    story.about = about.into();
    story.guard.fencing = Fencing::On;
    story
}

/// M-F1.
pub fn forgets() -> Scenario {
    let mut story = told(
        paused_leader::raft(),
        "A store that forgets the token in a crash",
        "The highest token is only in memory. The store restarts while the old leader sleeps, and takes its late write for good.",
    );
    story.guard.fencing = Fencing::InMemory;
    let store = Who::At(Place::Store);
    story.script.splice(
        1..,
        [
            Entry::when(Cue::AtWork(5), Fault::Crash(store)),
            Entry::after(1, Fault::Restart(store)),
            Entry::after(1, Fault::Resume(Who::OldLeader, Waking::TimersFirst)),
        ],
    );
    story
}

/// M-F2.
pub fn strict() -> Scenario {
    let mut story = told(
        paused_leader::raft(),
        "A store that refuses an equal token",
        "Greater, where it should be greater or equal: the rightful leader is refused at its second write.",
    );
    story.guard.fencing = Fencing::Strict;
    story.script.clear();
    story
}

/// M-F3.
pub fn check_then_apply() -> Scenario {
    let mut story = told(
        super::minority_leader::raft(),
        "A store that checks first and writes later",
        "Check and write are two steps. Between them the newer leader's write slips in, and the old one is applied after it.",
    );
    story.guard.fencing = Fencing::CheckThenApply;
    story.seed = 3;
    story
}

/// M-F4.
pub fn clock_token() -> Scenario {
    let mut story = told(
        paused_leader::raft(),
        "A clock is not a token",
        "Leaders send their own clock's time as a token. The old leader's clock runs fast: it looks newer, and the rightful leader is refused.",
    );
    story.work.clock_token = true;
    // N1 leads after a second, which its own clock takes for ten.
    story.set("election_timeout", Value::Range(ms(2_000), ms(2_500)));
    story.patience(1, ms(1_000), ms(1_000));
    story.script[1] = Entry::after(ms(5_000), Fault::Resume(Who::At(Place::Node(1)), Waking::TimersFirst));
    story.script.insert(0, Entry::at(ms(100), Fault::Drift(Who::At(Place::Node(1)), 9_000_000)));
    story
}
