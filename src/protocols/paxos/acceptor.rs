//! The acceptor: when it promises and when it accepts (P-2, P-4).

use super::disk::{Acceptance, PaxosRecord};
use super::message::{Nack, PaxosMessage, Report};
use super::mutants::{Mutant, mutated};
use super::process::{Fx, Own, Paxos, rule};
use super::settings::Mode;
use super::value::Value;
use super::{Ballot, Slot};
use crate::sim::place::Place;
use crate::sim::rule::Reason;

impl Paxos {
    /// P-2: promise a higher ballot, and answer its owner again; refuse anything else.
    pub(super) fn hear_prepare(&mut self, from: Place, ballot: Ballot, slot: Slot, fx: &mut Fx<'_>) {
        self.observe(ballot);
        if self.has_granted_to_another(from, fx) {
            fx.because(rule(13));
            fx.ignore(Reason("lease_granted"));
            return self.refuse(from, ballot, Nack::Leased, fx);
        }
        fx.because(rule(2));
        if ballot > self.promised {
            self.promise(ballot, fx);
            self.yield_to(ballot, fx);
        } else if !self.may_repeat(from, ballot, fx) {
            fx.ignore(Reason("promised_a_higher_ballot"));
            return self.refuse(from, ballot, Nack::Outbid, fx);
        }
        fx.because(rule(2));
        let first = if mutated(fx.settings, Mutant::ReportedFromOwnEnd) { self.chosen_up_to() + 1 } else { slot };
        let report =
            |(&slot, accepted): (&Slot, &Acceptance)| Report { slot, ballot: accepted.ballot, value: accepted.value };
        let accepted = self.accepted.range(first..).map(report).collect();
        self.answer_once_durable(from, PaxosMessage::Promise { ballot, accepted }, fx);
    }

    /// A promise is repeated only to the owner of the very same ballot, whose answer may have been lost.
    fn may_repeat(&self, from: Place, ballot: Ballot, fx: &Fx<'_>) -> bool {
        let owner = Place::Node(ballot.by) == from || mutated(fx.settings, Mutant::BallotsShared);
        ballot == self.promised && owner
    }

    pub(super) fn promise(&mut self, ballot: Ballot, fx: &mut Fx<'_>) {
        self.promised = ballot;
        self.last_write = Some(fx.save(PaxosRecord::Promised(ballot)));
    }

    /// P-4: accept any ballot that is not below the promised one; the 1a need not have been seen.
    pub(super) fn hear_accept(
        &mut self,
        from: Place,
        ballot: Ballot,
        slot: Slot,
        value: Value,
        chosen: Slot,
        fx: &mut Fx<'_>,
    ) {
        self.observe(ballot);
        fx.because(rule(4));
        if ballot < self.promised && !mutated(fx.settings, Mutant::AnyBallotAccepted) {
            fx.ignore(Reason("promised_a_higher_ballot"));
            return self.refuse(from, ballot, Nack::Outbid, fx);
        }
        self.accept(ballot, slot, value, fx);
        self.yield_to(ballot, fx);
        fx.because(rule(4));
        let answer = PaxosMessage::Accepted { ballot, slot, value };
        match fx.settings.mode {
            Mode::Single => self.tell_all_learners(&answer, fx),
            Mode::Multi => {
                self.answer_once_durable(from, answer, fx);
                self.follow(ballot, fx);
                self.learn_up_to(chosen, ballot, fx);
            }
        }
    }

    /// Writes the pair down, unless it is there already.
    pub(super) fn accept(&mut self, ballot: Ballot, slot: Slot, value: Value, fx: &mut Fx<'_>) {
        let pair = Acceptance { ballot, value };
        if self.accepted.get(&slot) == Some(&pair) {
            return;
        }
        self.promised = self.promised.max(ballot);
        self.accepted.insert(slot, pair);
        let ticket = fx.save(PaxosRecord::Accepted { slot, ballot, value });
        self.last_write = Some(ticket);
        if fx.settings.mode == Mode::Single || self.ballot() == Some(ballot) {
            self.pending.push((ticket, Own::Accept { ballot, slot, value }));
        }
    }

    /// Single decree: every node learns by itself.
    pub(super) fn tell_all_learners(&mut self, accepted: &PaxosMessage, fx: &mut Fx<'_>) {
        for peer in fx.peers() {
            self.answer_once_durable(peer, accepted.clone(), fx);
        }
    }

    /// The persistence barrier (protocols.md 0.2): what backs the answer is on disk before it leaves.
    pub(super) fn answer_once_durable(&self, to: Place, message: PaxosMessage, fx: &mut Fx<'_>) {
        match self.last_write {
            Some(ticket) => fx.send_after(ticket, to, message),
            None => fx.send(to, message),
        }
    }

    pub(super) fn refuse(&self, to: Place, ballot: Ballot, why: Nack, fx: &mut Fx<'_>) {
        fx.send(to, PaxosMessage::Nack { ballot, promised: self.promised, why });
    }
}
