//! The proposer: a fresh ballot, promises, the value to propose, and trying again (P-1, P-3, P-7).

use super::disk::{Acceptance, PaxosRecord};
use super::message::{Nack, PaxosMessage, Report};
use super::mutants::{Mutant, mutated};
use super::node_set::NodeSet;
use super::process::{Fx, Own, Part, Paxos, PaxosTimer, rule};
use super::settings::Mode;
use super::value::Value;
use super::{Ballot, Slot};
use crate::sim::place::Place;
use crate::sim::request::{Answer, RequestId};
use crate::sim::rule::Reason;
use std::collections::BTreeMap;

/// The only slot of a single decree.
pub(super) const DECREE: Slot = 1;

impl Paxos {
    /// Single decree: a client wants this value chosen.
    pub(super) fn wish_for(&mut self, id: RequestId, value: Value, fx: &mut Fx<'_>) {
        if !self.chosen.is_empty() {
            return fx.answer(id, Answer::Refused(Reason("already_chosen")));
        }
        if self.wish.is_some() {
            return fx.answer(id, Answer::Refused(Reason("already_proposes")));
        }
        self.wish = Some((id, value));
        match self.part {
            Part::Accepting { ballot, value: None, .. } => self.ask_to_accept(ballot, value, fx),
            Part::Follower { .. } if !fx.is_running(PaxosTimer::BackOff) => self.start_round(fx),
            _ => {}
        }
    }

    /// P-1 and 1a: a ballot above all it has used or seen. Its own acceptor promises it with the same write.
    pub(super) fn start_round(&mut self, fx: &mut Fx<'_>) {
        let by = if mutated(fx.settings, Mutant::BallotsShared) { 0 } else { self.me.number() };
        let ballot = Ballot { number: self.used.max(self.seen.number) + 1, by };
        fx.because(rule(if fx.settings.mode == Mode::Multi { 8 } else { 1 }));
        fx.cancel_timer(PaxosTimer::Window);
        fx.cancel_timer(PaxosTimer::BackOff);
        self.used = ballot.number;
        self.observe(ballot);
        self.promised = self.promised.max(ballot);
        let ticket = fx.save(PaxosRecord::Used(ballot));
        self.last_write = Some(ticket);
        self.pending.push((ticket, Own::Promise(ballot)));
        let from = match fx.settings.mode {
            Mode::Single => DECREE,
            Mode::Multi => self.chosen_up_to() + 1,
        };
        // Promises of an earlier ballot are forgotten.
        self.part = Part::Preparing {
            ballot,
            from,
            promises: NodeSet::default(),
            refusals: NodeSet::default(),
            reports: BTreeMap::new(),
        };
        for peer in fx.peers() {
            fx.send_after(ticket, peer, PaxosMessage::Prepare { ballot, from });
        }
        fx.set_timer(PaxosTimer::Round, fx.settings.round);
    }

    /// The own promise is durable: it counts, with what the own acceptor has accepted.
    pub(super) fn own_promise(&mut self, ballot: Ballot, fx: &mut Fx<'_>) {
        let Part::Preparing { from, .. } = self.part else { return };
        let report = |(&slot, pair): (&Slot, &Acceptance)| Report { slot, ballot: pair.ballot, value: pair.value };
        let accepted: Vec<Report> = self.accepted.range(from..).map(report).collect();
        self.hear_promise(self.me, ballot, &accepted, fx);
    }

    /// P-3: with promises of a quorum for its current ballot, phase 2 begins.
    pub(super) fn hear_promise(&mut self, from: Place, ballot: Ballot, accepted: &[Report], fx: &mut Fx<'_>) {
        self.observe(ballot);
        if from != self.me {
            fx.because(rule(3));
        }
        let Part::Preparing { ballot: mine, promises, reports, .. } = &mut self.part else {
            return fx.ignore(Reason("not_preparing"));
        };
        if ballot != *mine {
            return fx.ignore(Reason("promises_another_ballot"));
        }
        if !promises.insert(from) {
            return fx.ignore(Reason("counted_already"));
        }
        for report in accepted {
            adopt(reports, report, fx);
        }
        if promises.len() >= fx.quorum() {
            self.begin_phase_two(fx);
        }
    }

    fn begin_phase_two(&mut self, fx: &mut Fx<'_>) {
        let part = std::mem::replace(&mut self.part, Part::Follower { leader: None });
        let Part::Preparing { ballot, from, reports, .. } = part else { return };
        if fx.settings.mode == Mode::Multi {
            return self.take_the_lead(ballot, from, reports, fx);
        }
        let adopted = reports.get(&DECREE).map(|pair| pair.value);
        let value = adopted.or(self.wish.map(|(_, value)| value));
        self.part = Part::Accepting { ballot, value: None, accepts: NodeSet::default() };
        match value {
            Some(value) => {
                if adopted.is_some() {
                    fx.tell("adopted", [DECREE, value.number(), 0]);
                }
                self.ask_to_accept(ballot, value, fx);
            }
            None => {
                fx.cancel_timer(PaxosTimer::Round);
                fx.ignore(Reason("nothing_to_propose"));
            }
        }
    }

    /// 2a, once per ballot and with one value.
    fn ask_to_accept(&mut self, ballot: Ballot, value: Value, fx: &mut Fx<'_>) {
        fx.because(rule(3));
        self.part = Part::Accepting { ballot, value: Some(value), accepts: NodeSet::default() };
        fx.set_timer(PaxosTimer::Round, fx.settings.round);
        fx.broadcast(&PaxosMessage::Accept { ballot, slot: DECREE, value, chosen: 0 });
        // The own acceptor follows the same rule: it may have promised a higher ballot meanwhile.
        if ballot >= self.promised {
            self.accept(ballot, DECREE, value, fx);
            self.tell_all_learners(&PaxosMessage::Accepted { ballot, slot: DECREE, value }, fx);
        }
    }

    /// Somebody refused: a higher ballot is about (P-11), or a lease (P-13).
    pub(super) fn hear_nack(&mut self, from: Place, ballot: Ballot, promised: Ballot, why: Nack, fx: &mut Fx<'_>) {
        self.observe(promised);
        if self.ballot() != Some(ballot) {
            return fx.ignore(Reason("refuses_an_earlier_ballot"));
        }
        if promised > ballot {
            return self.yield_to(promised, fx);
        }
        let Part::Preparing { refusals, .. } = &mut self.part else {
            return fx.ignore(Reason("already_promised"));
        };
        refusals.insert(from);
        let refusals = refusals.len();
        if why == Nack::Leased && refusals > usize::from(fx.census.nodes) - fx.quorum() {
            fx.because(rule(13));
            self.step_down(fx);
            self.back_off(fx);
        }
    }

    /// P-11: whoever proposes or leads under a lower ballot stops when it learns of a higher one.
    pub(super) fn yield_to(&mut self, ballot: Ballot, fx: &mut Fx<'_>) {
        if self.ballot().is_some_and(|mine| mine >= ballot) {
            return;
        }
        let proposed = self.ballot().is_some();
        if proposed {
            fx.because(rule(11));
            self.step_down(fx);
        }
        match fx.settings.mode {
            Mode::Multi => self.defer_to(ballot, fx),
            Mode::Single if proposed && self.wish.is_some() => self.back_off(fx),
            Mode::Single => {}
        }
    }

    /// P-7: try again later, after a random time that grows.
    pub(super) fn back_off(&mut self, fx: &mut Fx<'_>) {
        if mutated(fx.settings, Mutant::NoBackOff) {
            return self.start_round(fx);
        }
        fx.because(rule(7));
        let (low, high) = fx.settings.back_off;
        let doublings = if fx.settings.growing { self.tries.min(5) } else { 0 };
        let wait = fx.random_between(low, high) << doublings;
        self.tries = self.tries.saturating_add(1);
        fx.set_timer(PaxosTimer::BackOff, wait);
    }

    pub(super) fn back_off_is_over(&mut self, fx: &mut Fx<'_>) {
        fx.because(rule(7));
        if self.has_granted_to_another(self.me, fx) {
            fx.ignore(Reason("lease_granted"));
            return self.back_off(fx);
        }
        self.start_round(fx);
    }

    /// No quorum answered in time.
    pub(super) fn round_is_over(&mut self, fx: &mut Fx<'_>) {
        self.step_down(fx);
        self.back_off(fx);
    }
}

/// P-3: of all that is reported for a slot, the highest ballot's value counts.
fn adopt(reports: &mut BTreeMap<Slot, Acceptance>, report: &Report, fx: &Fx<'_>) {
    if mutated(fx.settings, Mutant::NothingAdopted) {
        return;
    }
    let pair = Acceptance { ballot: report.ballot, value: report.value };
    let best = reports.entry(report.slot).or_insert(pair);
    let lowest = mutated(fx.settings, Mutant::LowestAdopted);
    if if lowest { pair.ballot < best.ballot } else { pair.ballot > best.ballot } {
        *best = pair;
    }
}
