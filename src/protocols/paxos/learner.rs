//! The learner: a value is chosen once a quorum accepted it under the same ballot (P-5).

use super::disk::{Acceptance, PaxosRecord};
use super::mutants::{Mutant, mutated};
use super::process::{Fx, Part, Paxos, PaxosTimer, rule};
use super::proposer::DECREE;
use super::settings::Mode;
use super::value::Value;
use super::{Ballot, Slot};
use crate::sim::place::Place;
use crate::sim::request::Answer;
use crate::sim::rule::Reason;

impl Paxos {
    pub(super) fn hear_accepted(&mut self, from: Place, ballot: Ballot, slot: Slot, value: Value, fx: &mut Fx<'_>) {
        if from != self.me {
            fx.because(rule(5));
        }
        match fx.settings.mode {
            Mode::Multi => self.count_for_the_leader(from, ballot, slot, fx),
            Mode::Single => self.count_for_the_learner(from, Acceptance { ballot, value }, fx),
        }
    }

    /// P-5: an acceptor's newer ballot replaces its older one; older ones and everything after deciding are ignored.
    fn count_for_the_learner(&mut self, from: Place, vote: Acceptance, fx: &mut Fx<'_>) {
        if !self.chosen.is_empty() {
            return fx.ignore(Reason("already_chosen"));
        }
        if let Part::Accepting { ballot, accepts, .. } = &mut self.part
            && *ballot == vote.ballot
        {
            accepts.insert(from);
        }
        let known = &mut self.votes[usize::from(from.number()) - 1];
        if known.is_some_and(|known| known.ballot >= vote.ballot) {
            return fx.ignore(Reason("older_than_known"));
        }
        *known = Some(vote);
        let by_value = mutated(fx.settings, Mutant::CountedByValue);
        let same = |other: &&Acceptance| if by_value { other.value == vote.value } else { other.ballot == vote.ballot };
        if self.votes.iter().flatten().filter(same).count() >= fx.quorum() {
            self.decide(vote, fx);
        }
    }

    fn decide(&mut self, vote: Acceptance, fx: &mut Fx<'_>) {
        fx.tell("chosen", [DECREE, vote.ballot.number, vote.value.number()]);
        self.learn(DECREE, vote.value, fx);
        self.step_down(fx);
        if let Some((id, wished)) = self.wish.take() {
            let answer = match wished == vote.value {
                true => Answer::Written { index: DECREE },
                false => Answer::Refused(Reason("another_value_chosen")),
            };
            fx.answer(id, answer);
        }
    }

    /// Takes note of a chosen value; the log grows as far as there is no hole.
    pub(super) fn learn(&mut self, slot: Slot, value: Value, fx: &mut Fx<'_>) {
        if slot <= self.chosen_up_to() {
            return;
        }
        if slot > self.chosen_up_to() + 1 {
            self.learned.insert(slot, value);
            return;
        }
        self.append(value, fx);
        while let Some(value) = self.learned.remove(&(self.chosen_up_to() + 1)) {
            self.append(value, fx);
        }
    }

    fn append(&mut self, value: Value, fx: &mut Fx<'_>) {
        self.chosen.push(value);
        // Nobody waits for this write: a learner may forget.
        fx.save(PaxosRecord::Chosen(value));
    }

    /// P-10: the leader of this ballot says that everything is chosen up to here. What was accepted under the same
    /// ballot is what it proposed; anything else has to be asked for.
    pub(super) fn learn_up_to(&mut self, chosen: Slot, ballot: Ballot, fx: &mut Fx<'_>) {
        while self.chosen_up_to() < chosen {
            let slot = self.chosen_up_to() + 1;
            match self.accepted.get(&slot) {
                Some(pair) if pair.ballot == ballot => {
                    let value = pair.value;
                    self.learn(slot, value, fx);
                }
                _ => return,
            }
        }
    }

    pub(super) fn hear_chosen(&mut self, from: Slot, values: &[Value], fx: &mut Fx<'_>) {
        fx.because(rule(10));
        for (slot, &value) in (from..).zip(values) {
            self.learn(slot, value, fx);
        }
        if fx.settings.mode == Mode::Single && !self.chosen.is_empty() {
            fx.cancel_timer(PaxosTimer::BackOff);
        }
    }
}
