//! Suspecting the coordinator: heartbeats and silence (B-1).

use super::message::BullyMessage;
use super::process::{Bully, BullyTimer, Fx, Part, rule};
use crate::sim::rule::Reason;

impl Bully {
    /// The coordinator shows that it lives. Heartbeats are no part of the election and are counted apart.
    pub(super) fn send_heartbeats(&mut self, fx: &mut Fx<'_>) {
        if self.part != Part::Coordinator {
            return;
        }
        fx.broadcast(&BullyMessage::Heartbeat);
        fx.set_timer(BullyTimer::Heartbeat, fx.settings.heartbeat);
    }

    /// B-1: the coordinator is suspected, so an election is held.
    pub(super) fn suspect(&mut self, fx: &mut Fx<'_>) {
        if self.elects() {
            return fx.ignore(Reason("election_runs"));
        }
        if self.starting.is_some() {
            return fx.ignore(Reason("still_starting"));
        }
        fx.because(rule(1));
        self.start_election(fx);
    }

    pub(super) fn forget_coordinator(&mut self, fx: &mut Fx<'_>) {
        match &mut self.part {
            Part::Follower { coordinator } => *coordinator = None,
            _ => fx.ignore(Reason("follows_nobody")),
        }
    }

    /// Settings changed during the run: what runs takes up the new spans.
    pub(super) fn take_up_settings(&mut self, fx: &mut Fx<'_>) {
        for (timer, span) in [
            (BullyTimer::Answer, fx.settings.answer_timeout()),
            (BullyTimer::Coordinator, fx.settings.coordinator),
            (BullyTimer::Heartbeat, fx.settings.heartbeat),
            (BullyTimer::Silence, fx.settings.silence),
        ] {
            if fx.is_running(timer) {
                fx.set_timer(timer, span);
            }
        }
    }
}
