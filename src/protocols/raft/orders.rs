//! What operators, and the store, tell a server.

use super::role::Role;
use super::rules::{self, reason};
use super::server::{Fx, Raft};
use super::timer::Timer;
use crate::sim::reign::Token;

impl Raft {
    /// Gives up leadership in its own term and waits like any follower.
    pub(super) fn on_resign(&mut self, fx: &mut Fx<'_>) {
        if !self.leads() {
            return fx.ignore(reason::NOT_THE_LEADER);
        }
        fx.tell("resigned", [self.current_term, 0, 0]);
        self.become_follower(None, fx);
    }

    /// Forgets whom it follows, and with that its loyalty.
    pub(super) fn on_forget_leader(&mut self, fx: &mut Fx<'_>) {
        let Role::Follower { leader } = &mut self.role else { return fx.ignore(reason::NOT_FOLLOWING) };
        if leader.take().is_none() {
            return fx.ignore(reason::NOTHING_TO_DO);
        }
        fx.cancel_timer(Timer::Heard);
    }

    /// The store has seen a newer leader: this one stops (protocols.md F-2).
    pub(super) fn on_fenced(&mut self, token: Token, fx: &mut Fx<'_>) {
        if !self.leads() || token.number <= self.current_term {
            return fx.ignore(reason::NOTHING_TO_DO);
        }
        fx.tell("fenced", [token.number, 0, 0]);
        self.become_follower(None, fx);
    }

    /// New settings act now for a leader; a follower's next timer uses them, at the latest from the next heartbeat on.
    pub(super) fn on_retuned(&mut self, fx: &mut Fx<'_>) {
        if !self.leads() {
            return;
        }
        fx.because(rules::LEADER_APPENDS);
        fx.set_timer(Timer::Heartbeat, fx.settings.heartbeat);
        if !fx.settings.check_quorum {
            fx.cancel_timer(Timer::QuorumCheck);
        } else if !fx.is_running(Timer::QuorumCheck) {
            fx.set_timer(Timer::QuorumCheck, fx.settings.minimum_election_timeout());
        }
    }
}
