//! PreVote: asking before raising the term (thesis 9.6). Nothing here touches term, vote or disk.

use super::message::{Ballot, Message};
use super::mutants::{Mutant, mutated};
use super::role::{Role, Votes};
use super::rules::{self, reason};
use super::server::{Fx, Raft};
use super::timer::Timer;
use crate::sim::place::Place;
use crate::sim::rule::Reason;

impl Raft {
    /// asks with the next term, and stays in its own.
    pub(super) fn ask_first(&mut self, fx: &mut Fx<'_>) {
        fx.because(rules::ASK_FIRST);
        fx.cancel_timer(Timer::Heard);
        let mut votes = Votes::default();
        votes.granted.insert(self.me);
        self.role = Role::PreCandidate { votes };
        self.restart_election_timer(fx);
        fx.broadcast(&Message::PreVoteRequest(self.ballot(self.current_term + 1, false)));
        if fx.quorum() == 1 {
            self.count_pre_votes(fx);
        }
    }

    pub(super) fn on_pre_vote_request(&mut self, from: Place, request: Ballot, fx: &mut Fx<'_>) {
        if request.term < self.current_term {
            fx.because(rules::PRE_VOTE_REFUSED);
            if mutated(fx.settings, Mutant::SilentToLowPreVote) {
                return fx.ignore(reason::OLD_TERM);
            }
            // an answer, so that a server behind in terms can catch up.
            return self.refuse_pre_vote(from, reason::OLD_TERM, fx);
        }
        if request.term > self.current_term && self.is_loyal_to_a_leader(fx) {
            fx.because(rules::LOYAL_VOTER);
            return fx.ignore(reason::HEARS_A_LEADER);
        }
        fx.because(rules::MAY_PRE_VOTE);
        // Equal terms: only if the real vote would be given too.
        let free = self.voted_for.is_none_or(|given| given == from);
        let could_vote = request.term > self.current_term || free;
        if !could_vote {
            return self.refuse_pre_vote(from, reason::TERM_NOT_HIGHER, fx);
        }
        if !self.log_allows(&request) {
            return self.refuse_pre_vote(from, reason::LOG_NOT_UP_TO_DATE, fx);
        }
        // it binds nobody, so the next one may get it too; the election timer runs on.
        fx.because(rules::PRE_VOTE_BINDS_NOBODY);
        fx.send(from, Message::PreVote { term: request.term, granted: true });
    }

    fn refuse_pre_vote(&self, from: Place, why: Reason, fx: &mut Fx<'_>) {
        fx.ignore(why);
        fx.send(from, Message::PreVote { term: self.current_term, granted: false });
    }

    pub(super) fn on_pre_vote(&mut self, from: Place, term: u64, granted: bool, fx: &mut Fx<'_>) {
        if !granted && term > self.current_term {
            // the refuser is ahead.
            return self.move_to_term(term, fx);
        }
        fx.because(rules::COUNT_REPLY);
        let asked = self.current_term + 1;
        let stale = if granted { term != asked } else { term < self.current_term };
        if stale {
            return fx.ignore(reason::OLD_REPLY);
        }
        let Role::PreCandidate { votes } = &mut self.role else {
            return fx.ignore(reason::NOT_A_CANDIDATE_ANY_MORE);
        };
        if votes.granted.contains(from) || votes.refused.contains(from) {
            return fx.ignore(reason::COUNTED_ALREADY);
        }
        if granted {
            votes.granted.insert(from);
            self.count_pre_votes(fx);
        } else {
            votes.refused.insert(from);
            self.count_pre_vote_refusal(fx);
        }
    }

    /// A quorum would vote for it: now the real election.
    fn count_pre_votes(&mut self, fx: &mut Fx<'_>) {
        let Role::PreCandidate { votes } = &self.role else { return };
        if votes.granted.count() < fx.quorum() {
            return fx.ignore(reason::NEEDS_MORE_VOTES);
        }
        self.campaign(false, fx);
    }
}
