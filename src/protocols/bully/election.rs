//! Holding an election: ask everyone higher, wait, announce (B-2 to B-6, B-9).

use super::message::{Attempt, BullyMessage};
use super::mutants::{Mutant, mutated};
use super::process::{Bully, BullyTimer, Fx, Part, rule};
use crate::sim::place::Place;
use crate::sim::rule::Reason;

impl Bully {
    /// B-2: the highest id announces at once; anyone else asks every higher id and waits for T.
    pub(super) fn start_election(&mut self, fx: &mut Fx<'_>) {
        self.attempt.number += 1;
        fx.cancel_timer(BullyTimer::Silence);
        fx.cancel_timer(BullyTimer::Coordinator);
        fx.cancel_timer(BullyTimer::Heartbeat);
        fx.cancel_timer(BullyTimer::Settling);
        if self.me.number() == self.nodes {
            // B-8: a recovered highest node takes over from a healthy lower one.
            return self.announce(fx);
        }
        fx.because(rule(2));
        self.part = Part::Electing;
        for higher in self.higher() {
            fx.send(higher, BullyMessage::Election { attempt: self.attempt });
        }
        fx.set_timer(BullyTimer::Answer, fx.settings.answer_timeout());
    }

    /// B-3: answer a lower node at once, then hold an own election unless one runs. B-4: ignore a higher one.
    pub(super) fn hear_election(&mut self, from: Place, attempt: Attempt, fx: &mut Fx<'_>) {
        if from > self.me {
            fx.because(rule(4));
            return fx.ignore(Reason("asked_by_a_higher_node"));
        }
        fx.because(rule(3));
        self.asked_by[usize::from(from.number()) - 1] = Some(attempt);
        if !mutated(fx.settings, Mutant::NoAnswer) {
            fx.send(from, BullyMessage::Ok { attempt });
        }
        if self.starting.is_some() {
            return fx.ignore(Reason("still_starting"));
        }
        if self.elects() {
            fx.because(rule(9));
            return fx.ignore(Reason("election_runs"));
        }
        if self.part == Part::Coordinator && fx.is_running(BullyTimer::Settling) {
            // Its own election has only just ended: the others have the announcement, the asker may not.
            fx.because(rule(9));
            return fx.send(from, BullyMessage::Coordinator { asked: Some(attempt) });
        }
        self.start_election(fx);
    }

    /// B-6: somebody higher lives, so it will announce itself, or somebody above it will.
    pub(super) fn hear_ok(&mut self, from: Place, attempt: Attempt, fx: &mut Fx<'_>) {
        if attempt != self.attempt && !mutated(fx.settings, Mutant::NoAttemptNumber) {
            fx.because(rule(9));
            return fx.ignore(Reason("answers_an_earlier_attempt"));
        }
        match self.part {
            Part::Electing => {
                fx.because(rule(6));
                fx.cancel_timer(BullyTimer::Answer);
                fx.set_timer(BullyTimer::Coordinator, fx.settings.coordinator);
                self.part = Part::Waiting { highest: from };
            }
            Part::Waiting { highest } => {
                fx.because(rule(6));
                self.part = Part::Waiting { highest: highest.max(from) };
            }
            Part::Follower { .. } | Part::Coordinator => {
                fx.because(rule(9));
                fx.ignore(Reason("election_is_over"));
            }
        }
    }

    /// B-5: no answer within T, so nobody higher lives.
    pub(super) fn nobody_answered(&mut self, fx: &mut Fx<'_>) {
        if self.part == Part::Electing {
            self.announce(fx);
        }
    }

    /// B-6: the one that answered did not finish: start over at B-2.
    pub(super) fn nobody_announced(&mut self, fx: &mut Fx<'_>) {
        if !matches!(self.part, Part::Waiting { .. }) || mutated(fx.settings, Mutant::NoStartingOver) {
            return;
        }
        fx.because(rule(6));
        self.start_election(fx);
    }

    /// B-5: become coordinator and tell every lower node.
    fn announce(&mut self, fx: &mut Fx<'_>) {
        let number = if self.me.number() == self.nodes && self.attempt.number == 1 { 8 } else { 5 };
        fx.because(rule(number));
        self.part = Part::Coordinator;
        for lower in self.lower() {
            let asked = self.asked_by[usize::from(lower.number()) - 1];
            fx.send(lower, BullyMessage::Coordinator { asked });
        }
        fx.set_timer(BullyTimer::Heartbeat, fx.settings.heartbeat);
        fx.set_timer(BullyTimer::Settling, fx.settings.answer);
    }
}
