//! Every story, by the id that addresses use.

use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::scenario::Scenario;

/// A story that can be opened.
pub struct Story {
    /// Stable id, used in addresses: `"raft-split-vote"`.
    pub id: &'static str,
    /// What it is called in protocols.md: `"S-R2"`.
    pub source: &'static str,
    write: fn() -> Scenario,
}

impl Story {
    pub fn scenario(&self) -> Scenario {
        (self.write)()
    }

    pub fn by_id(id: &str) -> Option<&'static Story> {
        Story::all().find(|story| story.id == id)
    }

    /// Every story there is.
    pub fn all() -> impl Iterator<Item = &'static Story> {
        STORIES.iter().chain(super::FENCING)
    }

    /// The stories of one algorithm, in order.
    pub fn of(algorithm: Algorithm) -> impl Iterator<Item = &'static Story> {
        Story::all().filter(move |story| story.scenario().algorithm == algorithm)
    }
}

pub(super) const fn story(id: &'static str, source: &'static str, write: fn() -> Scenario) -> Story {
    Story { id, source, write }
}

/// The stories of elections, in the order in which they are best met.
pub static STORIES: &[Story] = &[
    story("raft-clean-failover", "S-R1", super::raft_clean_failover::story),
    story("raft-split-vote", "S-R2", super::raft_split_vote::story),
    story("raft-disruptive-server", "S-R3", super::raft_disruptive_server::story),
    story("raft-deaf-follower", "S-R4", super::raft_deaf_follower::story),
    story("raft-half-deaf-leader", "S-R5", super::raft_half_deaf_leader::story),
    story("raft-stale-leader", "S-R6", super::raft_stale_leader::story),
    story("raft-log-check", "S-R7", super::raft_log_check::story),
    story("raft-old-term-entry", "S-R8", super::raft_old_term_entry::story),
    story("raft-remembered-vote", "S-R9", super::raft_remembered_vote::story),
    story("raft-stuck-candidate", "S-R10", super::raft_stuck_candidate::story),
    story("raft-transfer", "S-R11", super::raft_transfer::story),
    story("raft-even-cluster", "S-R12", super::raft_even_cluster::story),
];
