//! Protocols.md 6.3: where the algorithm has no token, the store can hand one out. Then the store is the real election.

use super::{paused_leader, two_coordinators};
use crate::scenarios::scenario::Scenario;
use crate::sim::store::Fencing;

fn granted(mut story: Scenario, title: &str, about: &str) -> Scenario {
    story.title = title.into();
    story.about = about.into();
    story.guard.grants_tokens = true;
    story.guard.fencing = Fencing::On;
    story
}

pub fn bully() -> Scenario {
    granted(
        two_coordinators::story(),
        "Two against three, and the store decides",
        "The same cut, but the store hands out tokens: whoever asked last may write, the other is refused and asks again. The store is the real election.",
    )
}

pub fn lease() -> Scenario {
    granted(
        paused_leader::lease(),
        "A paused scheduler, and the store decides",
        "The same pause, but the store hands out tokens: the woken holder's write is refused.",
    )
}
