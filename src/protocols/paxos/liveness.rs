//! Noticing that nobody leads, and holding back for one who tries (P-12).

use super::message::{Nack, PaxosMessage};
use super::process::{Fx, Part, Paxos, PaxosTimer, rule};
use super::settings::Mode;
use super::{Ballot, Slot};
use crate::sim::place::Place;
use crate::sim::rule::Reason;
use crate::sim::time::Micros;

impl Paxos {
    /// Runs when nothing is heard for this long and a random time more.
    pub(super) fn watch_for_a_leader(&mut self, patience: Micros, fx: &mut Fx<'_>) {
        let slack = fx.random_between(0, fx.settings.slack);
        fx.set_timer(PaxosTimer::Window, patience + slack);
    }

    /// Its word reached us: it leads under this ballot.
    pub(super) fn follow(&mut self, ballot: Ballot, fx: &mut Fx<'_>) {
        self.part = Part::Follower { leader: Some(ballot) };
        self.tries = 0;
        fx.cancel_timer(PaxosTimer::BackOff);
        self.watch_for_a_leader(fx.settings.window, fx);
    }

    /// P-12: somebody else tries, so hold back longer than usual.
    pub(super) fn defer_to(&mut self, ballot: Ballot, fx: &mut Fx<'_>) {
        if self.part == (Part::Follower { leader: Some(ballot) }) {
            return;
        }
        self.part = Part::Follower { leader: None };
        fx.cancel_timer(PaxosTimer::BackOff);
        self.watch_for_a_leader(fx.settings.deference, fx);
    }

    pub(super) fn window_is_over(&mut self, fx: &mut Fx<'_>) {
        fx.because(rule(12));
        if self.has_granted_to_another(self.me, fx) {
            // Its own acceptor would refuse: the lease of the silent leader must run out first.
            fx.ignore(Reason("lease_granted"));
            return self.back_off(fx);
        }
        self.start_round(fx);
    }

    pub(super) fn run_now(&mut self, fx: &mut Fx<'_>) {
        let reason = match self.part {
            Part::Leading(_) => "already_leads",
            _ if fx.settings.mode == Mode::Single && !self.chosen.is_empty() => "already_chosen",
            _ if self.has_granted_to_another(self.me, fx) => "lease_granted",
            _ => return self.start_round(fx),
        };
        fx.ignore(Reason(reason));
    }

    /// A leader speaks. A lower ballot than promised is told so (P-11); any other is followed.
    pub(super) fn hear_heartbeat(&mut self, from: Place, ballot: Ballot, beat: u64, chosen: Slot, fx: &mut Fx<'_>) {
        self.observe(ballot);
        if ballot < self.promised {
            fx.because(rule(11));
            fx.ignore(Reason("promised_a_higher_ballot"));
            return self.refuse(from, ballot, Nack::Outbid, fx);
        }
        fx.because(rule(12));
        if ballot > self.promised {
            self.promise(ballot, fx);
        }
        self.yield_to(ballot, fx);
        self.follow(ballot, fx);
        self.grant(from, fx);
        self.learn_up_to(chosen, ballot, fx);
        let reply = PaxosMessage::HeartbeatReply { ballot, beat, chosen: self.chosen_up_to() };
        self.answer_once_durable(from, reply, fx);
    }

    /// Settings changed during the run.
    pub(super) fn take_up_settings(&mut self, fx: &mut Fx<'_>) {
        let mode = fx.settings.mode;
        self.mode = mode;
        let misplaced = match self.part {
            Part::Leading(_) => mode == Mode::Single,
            Part::Accepting { .. } => mode == Mode::Multi,
            _ => false,
        };
        if misplaced {
            self.step_down(fx);
        }
        if !fx.settings.uses_leases() {
            fx.cancel_timer(PaxosTimer::Grant);
            fx.cancel_timer(PaxosTimer::Lease);
            self.granted = None;
        }
        if fx.is_running(PaxosTimer::Heartbeat) {
            fx.set_timer(PaxosTimer::Heartbeat, fx.settings.heartbeat);
        }
        match self.part {
            Part::Follower { .. } if mode == Mode::Multi => self.watch_for_a_leader(fx.settings.window, fx),
            _ => fx.cancel_timer(PaxosTimer::Window),
        }
    }
}
