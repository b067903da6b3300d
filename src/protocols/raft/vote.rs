//! Giving votes (Raft 5.2, 5.4.1).

use super::message::{Ballot, Message};
use super::mutants::{Mutant, mutated};
use super::role::Role;
use super::rules::{self, reason};
use super::server::{Fx, Raft};
use crate::sim::place::Place;
use crate::sim::rule::Reason;

impl Raft {
    pub(super) fn on_vote_request(&mut self, from: Place, request: Ballot, fx: &mut Fx<'_>) {
        if request.term < self.current_term {
            fx.because(rules::LOWER_TERM);
            return self.refuse_vote(from, reason::OLD_TERM, fx);
        }
        let newer = request.term > self.current_term;
        if newer && !request.force && self.is_loyal_to_a_leader(fx) {
            fx.because(rules::LOYAL_VOTER);
            return fx.ignore(reason::HEARS_A_LEADER);
        }
        if newer {
            self.adopt_term(request.term, fx);
        }
        fx.because(rules::MAY_VOTE);
        if let Some(reason) = self.reason_not_to_vote_for(from, &request, fx) {
            if newer {
                self.save_vote(fx);
            }
            if mutated(fx.settings, Mutant::RestartTimerAnyway) && !self.leads() {
                self.restart_election_timer(fx);
            }
            return self.refuse_vote(from, reason, fx);
        }
        self.grant_vote(from, newer, fx);
    }

    /// the first to ask in a term gets the vote, if its log is at least as up to date.
    fn reason_not_to_vote_for(&self, candidate: Place, request: &Ballot, fx: &Fx<'_>) -> Option<Reason> {
        let free = self.voted_for.is_none_or(|given| given == candidate);
        if !free {
            return Some(reason::VOTED_ALREADY);
        }
        if mutated(fx.settings, Mutant::NoLogCheck) {
            return None;
        }
        if mutated(fx.settings, Mutant::CompareLengthOnly) {
            return (request.last_index < self.log.last_index()).then_some(reason::LOG_NOT_UP_TO_DATE);
        }
        let up_to_date = self.log.is_at_most(request.last_term, request.last_index);
        (!up_to_date).then_some(reason::LOG_NOT_UP_TO_DATE)
    }

    /// term and vote are durable before the grant leaves. A repeated request is granted again.
    fn grant_vote(&mut self, candidate: Place, newer: bool, fx: &mut Fx<'_>) {
        let first_time = self.voted_for.is_none();
        self.voted_for = Some(candidate);
        let grant = Message::Vote { term: self.current_term, granted: true };
        // Granting restarts the timer (1.3 b): the candidate gets its chance.
        self.restart_election_timer(fx);
        if mutated(fx.settings, Mutant::ForgetVote) {
            return fx.send(candidate, grant);
        }
        fx.because(rules::VOTE_DURABLY);
        if newer || first_time {
            self.save_vote(fx);
        }
        if mutated(fx.settings, Mutant::VoteBeforeWriting) {
            return fx.send(candidate, grant);
        }
        fx.send_after(fx.last_write(), candidate, grant);
    }

    fn refuse_vote(&self, candidate: Place, why: Reason, fx: &mut Fx<'_>) {
        fx.ignore(why);
        fx.send(candidate, Message::Vote { term: self.current_term, granted: false });
    }

    /// Whether it would give this candidate its vote in the term asked about.
    pub(super) fn log_allows(&self, request: &Ballot) -> bool {
        self.log.is_at_most(request.last_term, request.last_index)
    }

    /// hears a leader, or is one; then it does not help to depose it.
    pub(super) fn is_loyal_to_a_leader(&self, fx: &Fx<'_>) -> bool {
        if !fx.settings.check_quorum {
            return false;
        }
        match self.role {
            Role::Leader(_) => true,
            Role::Follower { leader: Some(_) } => fx.is_running(super::timer::Timer::Heard),
            _ => false,
        }
    }
}
