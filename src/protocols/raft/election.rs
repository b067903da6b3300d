//! Elections: asking for votes, counting them, taking office (Raft 5.2).

use super::log::Command;
use super::message::{Ballot, Message};
use super::mutants::{Mutant, mutated};
use super::node_set::NodeSet;
use super::role::{Leader, Progress, Role, Votes};
use super::rules::{self, reason};
use super::server::{Fx, Raft};
use super::timer::Timer;
use crate::sim::place::Place;
use std::collections::VecDeque;

impl Raft {
    pub(super) fn on_election_timeout(&mut self, fx: &mut Fx<'_>) {
        if self.leads() {
            return fx.ignore(reason::LEADS_ALREADY);
        }
        if fx.settings.pre_vote {
            return self.ask_first(fx);
        }
        self.campaign(false, fx);
    }

    /// a new term, the own vote, a new random timeout, and a request to every other server.
    pub(super) fn campaign(&mut self, force: bool, fx: &mut Fx<'_>) {
        fx.because(rules::CAMPAIGN);
        fx.cancel_timer(Timer::Heard);
        self.current_term += 1;
        self.voted_for = Some(self.me);
        self.role = Role::Candidate { votes: Votes::default() };
        self.restart_election_timer(fx);
        let request = Message::VoteRequest(self.ballot(self.current_term, force));
        if fx.settings.write_before_asking {
            let ticket = self.save_vote(fx);
            for peer in fx.peers() {
                fx.send_after(ticket, peer, request.clone());
            }
            return;
        }
        // R-6b: the requests may leave while the own vote is being written; on_saved counts it.
        fx.broadcast(&request);
        self.save_vote(fx);
    }

    pub(super) fn ballot(&self, term: u64, force: bool) -> Ballot {
        Ballot { term, last_index: self.log.last_index(), last_term: self.log.last_term(), force }
    }

    /// a reply counts for a candidate of the same term, once per voter.
    pub(super) fn on_vote(&mut self, from: Place, term: u64, granted: bool, fx: &mut Fx<'_>) {
        if term > self.current_term {
            return self.move_to_term(term, fx);
        }
        fx.because(rules::COUNT_REPLY);
        let stale = term < self.current_term && !mutated(fx.settings, Mutant::CountStaleVotes);
        if stale {
            return fx.ignore(reason::OLD_REPLY);
        }
        let Role::Candidate { votes } = &mut self.role else {
            return fx.ignore(reason::NOT_A_CANDIDATE_ANY_MORE);
        };
        if votes.granted.contains(from) || votes.refused.contains(from) {
            if !(granted && mutated(fx.settings, Mutant::CountDuplicates)) {
                return fx.ignore(reason::COUNTED_ALREADY);
            }
            votes.doubles = votes.doubles.saturating_add(1);
        }
        if granted {
            votes.granted.insert(from);
            self.count_votes(fx);
        } else {
            votes.refused.insert(from);
            self.count_refusals(fx);
        }
    }

    /// a quorum of grants makes a leader, but never before the own vote is durable (R-6b).
    pub(super) fn count_votes(&mut self, fx: &mut Fx<'_>) {
        let Role::Candidate { votes } = &self.role else { return };
        let own = votes.granted.contains(self.me);
        let mut grants = votes.granted.count() + usize::from(votes.doubles);
        let mut needed = fx.quorum();
        if mutated(fx.settings, Mutant::LeadBeforeWriting) && !own {
            grants += 1;
        } else if !own {
            return fx.ignore(reason::OWN_VOTE_NOT_DURABLE);
        }
        if mutated(fx.settings, Mutant::Plurality) {
            needed = votes.refused.count() + 1;
        }
        if grants < needed {
            return fx.ignore(reason::NEEDS_MORE_VOTES);
        }
        self.become_leader(fx);
    }

    /// R-7, etcd's variant: a quorum of refusals ends the candidacy; in the paper it waits for the timer.
    fn count_refusals(&mut self, fx: &mut Fx<'_>) {
        let (Role::Candidate { votes } | Role::PreCandidate { votes }) = &self.role else { return };
        let refused = votes.refused.count();
        if fx.settings.refused_by_quorum_steps_back && refused >= fx.quorum() {
            fx.because(rules::END_OF_CANDIDACY);
            return self.become_follower(None, fx);
        }
        fx.ignore(reason::REFUSED);
    }

    pub(super) fn count_pre_vote_refusal(&mut self, fx: &mut Fx<'_>) {
        self.count_refusals(fx);
    }

    /// nothing is known of the others' logs; an entry of the own term goes out at once.
    fn become_leader(&mut self, fx: &mut Fx<'_>) {
        fx.because(rules::NEW_LEADER);
        let last = self.log.last_index();
        let patience = fx.settings.heartbeats_per_timeout();
        let unknown = Progress { next: last + 1, matched: 0, round: 0, quiet: patience.saturating_add(1) };
        let mut progress = vec![unknown; usize::from(fx.census.nodes)];
        progress[super::role::seat(self.me)].matched = self.saved_index;
        self.role = Role::Leader(Leader {
            progress,
            first_index: last + 1,
            heard: NodeSet::default(),
            patience,
            round: 0,
            transfer: None,
            writes: VecDeque::new(),
            reads: VecDeque::new(),
        });
        fx.cancel_timer(Timer::Election);
        fx.set_timer(Timer::Heartbeat, fx.settings.heartbeat);
        if fx.settings.check_quorum {
            fx.set_timer(Timer::QuorumCheck, fx.settings.minimum_election_timeout());
        }
        if !mutated(fx.settings, Mutant::NoNoop) {
            self.append_own(Command::Noop, fx);
        }
        self.send_append_to_all(fx);
    }
}
