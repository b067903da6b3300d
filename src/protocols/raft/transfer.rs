//! Handing leadership over (thesis 3.10).

use super::message::Message;
use super::mutants::{Mutant, mutated};
use super::role::{Role, seat};
use super::rules::{self, reason};
use super::server::{Fx, Raft};
use super::timer::Timer;
use crate::sim::place::Place;

impl Raft {
    /// takes no more writes, brings the target up to date, then tells it to time out.
    pub(super) fn on_transfer_order(&mut self, target: Option<Place>, fx: &mut Fx<'_>) {
        fx.because(rules::HAND_OVER);
        let target = target.or_else(|| self.best_successor(fx));
        let me = self.me;
        let Role::Leader(leader) = &mut self.role else { return fx.ignore(reason::NOT_THE_LEADER) };
        let Some(target) = target.filter(|target| target.is_node()) else { return fx.ignore(reason::NOT_A_VOTER) };
        if target == me {
            leader.transfer = None;
            fx.cancel_timer(Timer::Transfer);
            return fx.ignore(reason::LEADS_ALREADY);
        }
        if leader.transfer == Some(target) {
            // asking twice does not move the deadline.
            return fx.ignore(reason::HANDING_OVER_ALREADY);
        }
        leader.transfer = Some(target);
        fx.set_timer(Timer::Transfer, fx.settings.minimum_election_timeout());
        fx.tell("handing_over", [u64::from(target.number()), 0, 0]);
        if !self.hand_over_if_ready(target, fx) {
            self.send_append(target, fx);
        }
    }

    /// The target's log is complete: it may time out now.
    pub(super) fn hand_over_if_ready(&mut self, to: Place, fx: &mut Fx<'_>) -> bool {
        let Role::Leader(leader) = &self.role else { return false };
        if leader.transfer != Some(to) || leader.progress[seat(to)].matched < self.log.last_index() {
            return false;
        }
        fx.because(rules::HAND_OVER);
        fx.send(to, Message::TimeoutNow { term: self.current_term });
        true
    }

    /// The server that lacks least, and among those the one with the lowest number.
    fn best_successor(&self, fx: &Fx<'_>) -> Option<Place> {
        let Role::Leader(leader) = &self.role else { return None };
        let best = |peer: &Place| {
            let progress = leader.progress[seat(*peer)];
            (progress.matched, u8::MAX - progress.quiet, u8::MAX - peer.number())
        };
        fx.peers().max_by_key(best)
    }

    /// not done within one election timeout: the leader goes on.
    pub(super) fn on_transfer_deadline(&mut self, fx: &mut Fx<'_>) {
        fx.because(rules::HANDOVER_DEADLINE);
        let Role::Leader(leader) = &mut self.role else { return fx.ignore(reason::NOT_LEADING_ANY_MORE) };
        if let Some(target) = leader.transfer.take() {
            fx.tell("handover_failed", [u64::from(target.number()), 0, 0]);
        }
    }

    /// the leader wants this server to lead. No pre-vote, and loyal voters answer.
    pub(super) fn on_timeout_now(&mut self, term: u64, fx: &mut Fx<'_>) {
        if term > self.current_term {
            self.move_to_term(term, fx);
        }
        fx.because(rules::HAND_OVER);
        if term < self.current_term {
            return fx.ignore(reason::OLD_TERM);
        }
        if !matches!(self.role, Role::Follower { .. }) {
            return fx.ignore(reason::NOT_FOLLOWING);
        }
        self.campaign(!mutated(fx.settings, Mutant::NoForce), fx);
    }
}
