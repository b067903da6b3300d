//! Commitment: what is decided for ever (Raft 5.3, 5.4.2).

use super::mutants::{Mutant, mutated};
use super::role::Role;
use super::rules;
use super::server::{Fx, Raft};
use crate::sim::request::Answer;

impl Raft {
    /// an index is committed once a quorum has it on disk and its entry is of the leader's own term.
    pub(super) fn advance_commit(&mut self, fx: &mut Fx<'_>) {
        let Role::Leader(leader) = &self.role else { return };
        let held_by_quorum =
            |index: u64| leader.progress.iter().filter(|progress| progress.matched >= index).count() >= fx.quorum();
        let matches = leader.progress.iter().map(|progress| progress.matched);
        let Some(index) = matches.filter(|&index| index > self.commit_index && held_by_quorum(index)).max() else {
            return;
        };
        let own_term = self.log.term_at(index) == Some(self.current_term);
        if !own_term && !mutated(fx.settings, Mutant::CountOldTerms) {
            return;
        }
        let own_term_was_committed = self.own_term_is_committed();
        fx.because(rules::LEADER_COMMIT);
        self.commit_to(index, fx);
        self.answer_writes(fx);
        if !own_term_was_committed {
            self.begin_waiting_reads(fx);
        }
    }

    /// a follower commits no further than it knows its log to match the leader's.
    pub(super) fn learn_commit(&mut self, index: u64, fx: &mut Fx<'_>) {
        // never back.
        if index > self.commit_index {
            self.commit_to(index, fx);
        }
    }

    fn commit_to(&mut self, index: u64, fx: &mut Fx<'_>) {
        self.commit_index = index;
        fx.tell("committed", [index, self.log.term_at(index).unwrap_or(0), 0]);
    }

    fn answer_writes(&mut self, fx: &mut Fx<'_>) {
        let commit = self.commit_index;
        let Role::Leader(leader) = &mut self.role else { return };
        while let Some(write) = leader.writes.front().copied().filter(|write| write.index <= commit) {
            leader.writes.pop_front();
            fx.answer(write.id, Answer::Written { index: write.index });
        }
    }
}
