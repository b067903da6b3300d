//! Whose claim to coordinate is accepted (B-7). An announcement and a heartbeat are both claims.

use super::message::Attempt;
use super::mutants::{Mutant, mutated};
use super::process::{Bully, BullyTimer, Fx, Part, rule};
use super::settings::Acceptance;
use crate::sim::place::Place;
use crate::sim::rule::Reason;

impl Bully {
    /// B-7: a higher node is accepted; a lower one is bullied with an election of our own.
    pub(super) fn hear_announcement(&mut self, from: Place, asked: Option<Attempt>, fx: &mut Fx<'_>) {
        let stale = self.elects() && asked.is_some_and(|asked| asked != self.attempt);
        if stale && !mutated(fx.settings, Mutant::NoAttemptNumber) {
            fx.because(rule(9));
            return fx.ignore(Reason("announced_to_an_earlier_attempt"));
        }
        fx.because(rule(7));
        if fx.settings.acceptance == Acceptance::NotBelowPresent {
            if from < self.coordinator().unwrap_or(self.me) {
                return fx.ignore(Reason("below_the_present_coordinator"));
            }
            return self.accept(from, fx);
        }
        if from > self.me || mutated(fx.settings, Mutant::AnyClaim) {
            return self.accept(from, fx);
        }
        self.bully(fx);
    }

    /// A heartbeat repeats the claim of its sender, but ends no election: it may be from before.
    pub(super) fn hear_heartbeat(&mut self, from: Place, fx: &mut Fx<'_>) {
        if self.part == (Part::Follower { coordinator: Some(from) }) {
            return fx.set_timer(BullyTimer::Silence, fx.settings.silence);
        }
        if self.elects() {
            fx.because(rule(9));
            return fx.ignore(Reason("election_runs"));
        }
        fx.because(rule(7));
        if mutated(fx.settings, Mutant::AnyClaim) {
            return self.accept(from, fx);
        }
        if self.coordinator().is_some_and(|present| from < present && present != self.me) {
            return fx.ignore(Reason("follows_a_higher_one"));
        }
        if from > self.me {
            return self.accept(from, fx);
        }
        self.bully(fx);
    }

    fn accept(&mut self, coordinator: Place, fx: &mut Fx<'_>) {
        self.part = Part::Follower { coordinator: Some(coordinator) };
        fx.cancel_timer(BullyTimer::Answer);
        fx.cancel_timer(BullyTimer::Coordinator);
        fx.cancel_timer(BullyTimer::Heartbeat);
        fx.cancel_timer(BullyTimer::Settling);
        fx.set_timer(BullyTimer::Silence, fx.settings.silence);
    }

    /// A lower node claims to coordinate: hold an election that it will lose, unless one runs or has just ended.
    fn bully(&mut self, fx: &mut Fx<'_>) {
        if self.starting.is_some() {
            return fx.ignore(Reason("still_starting"));
        }
        if self.elects() {
            return fx.ignore(Reason("election_runs"));
        }
        if fx.is_running(BullyTimer::Settling) {
            return fx.ignore(Reason("announcement_under_way"));
        }
        self.start_election(fx);
    }
}
