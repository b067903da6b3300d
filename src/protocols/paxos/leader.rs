//! The leader of a log: taking over, proposing, counting, telling (P-8 to P-11).

use super::disk::Acceptance;
use super::message::PaxosMessage;
use super::mutants::{Mutant, mutated};
use super::node_set::NodeSet;
use super::process::{Fx, Part, Paxos, PaxosTimer, rule};
use super::value::Value;
use super::{Ballot, Slot};
use crate::sim::place::Place;
use crate::sim::request::{Answer, RequestId};
use crate::sim::rule::Reason;
use crate::sim::time::Micros;
use std::collections::{BTreeMap, VecDeque};

/// How many beats an answer is waited for.
const BEATS_KEPT: usize = 8;

/// How many chosen values go to a node that lags, at once.
const BATCH: usize = 64;

/// How many open slots are asked for again with one beat.
const ASKED_AGAIN: usize = 16;

/// A proposed slot that is not chosen yet.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Open {
    pub slot: Slot,
    pub value: Value,
    pub accepts: NodeSet,
    /// The beat after which it was proposed.
    beat: u64,
}

/// A heartbeat that was sent and may still be granted.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Beat {
    pub number: u64,
    pub sent_at: Micros,
    pub grants: NodeSet,
}

/// What only a leader holds.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Leading {
    pub ballot: Ballot,
    /// The next free slot.
    pub next: Slot,
    /// The last slot that was taken over from earlier ballots.
    pub inherited: Slot,
    pub open: VecDeque<Open>,
    /// Who answered a heartbeat, in this interval and the one before.
    pub heard: [NodeSet; 2],
    /// Slots of clients that wait for their answer.
    pub(super) clients: VecDeque<(Slot, RequestId)>,
    /// Reads that wait, and the beat whose quorum will do for each.
    pub(super) reads: Vec<(RequestId, u64)>,
    pub(super) beat: u64,
    pub(super) beats: VecDeque<Beat>,
    /// The newest beat that a quorum answered.
    pub(super) confirmed: u64,
    /// When that beat was sent; the lease counts from there (P-13).
    pub(super) lease_from: Option<Micros>,
    pub(super) lease_until: Micros,
}

impl Leading {
    /// Tells the clients that wait.
    pub(super) fn dismiss(self, fx: &mut Fx<'_>) {
        for (_, id) in self.clients {
            // It may yet be chosen by a later leader.
            fx.answer(id, Answer::Refused(Reason("outcome_unknown")));
        }
        for (id, _) in self.reads {
            fx.answer(id, Answer::Refused(Reason("not_the_leader")));
        }
    }
}

impl Paxos {
    /// P-9: propose again, under the new ballot, whatever a quorum reports; fill holes with no-ops; then lead.
    pub(super) fn take_the_lead(
        &mut self,
        ballot: Ballot,
        from: Slot,
        reports: BTreeMap<Slot, Acceptance>,
        fx: &mut Fx<'_>,
    ) {
        fx.because(rule(9));
        fx.cancel_timer(PaxosTimer::Round);
        fx.cancel_timer(PaxosTimer::Window);
        self.tries = 0;
        let highest = reports.keys().next_back().copied().unwrap_or(0).max(self.chosen_up_to());
        self.part = Part::Leading(Leading {
            ballot,
            next: highest + 1,
            inherited: highest,
            open: VecDeque::new(),
            heard: [NodeSet::default(); 2],
            clients: VecDeque::new(),
            reads: Vec::new(),
            beat: 0,
            beats: VecDeque::new(),
            confirmed: 0,
            lease_from: None,
            lease_until: 0,
        });
        for slot in from.max(self.chosen_up_to() + 1)..=highest {
            match reports.get(&slot) {
                Some(pair) => {
                    fx.tell("adopted", [slot, pair.value.number(), pair.ballot.number]);
                    self.propose(slot, pair.value, fx);
                }
                None if mutated(fx.settings, Mutant::HolesLeft) => {}
                None => {
                    fx.tell("hole_filled", [slot, 0, 0]);
                    self.propose(slot, Value::NoOp, fx);
                }
            }
        }
        self.beat(fx);
    }

    pub(super) fn propose_for_client(&mut self, id: RequestId, value: Value, fx: &mut Fx<'_>) {
        let Part::Leading(leading) = &mut self.part else { return };
        fx.because(rule(10));
        let slot = leading.next;
        leading.next += 1;
        leading.clients.push_back((slot, id));
        self.propose(slot, value, fx);
    }

    /// 2a for one slot. The own acceptance counts once it is durable.
    fn propose(&mut self, slot: Slot, value: Value, fx: &mut Fx<'_>) {
        let chosen = self.chosen_up_to();
        let Part::Leading(leading) = &mut self.part else { return };
        let ballot = leading.ballot;
        leading.open.push_back(Open { slot, value, accepts: NodeSet::default(), beat: leading.beat });
        fx.broadcast(&PaxosMessage::Accept { ballot, slot, value, chosen });
        self.accept(ballot, slot, value, fx);
    }

    /// P-5 for the leader: only acceptances of its own ballot count.
    pub(super) fn count_for_the_leader(&mut self, from: Place, ballot: Ballot, slot: Slot, fx: &mut Fx<'_>) {
        let Part::Leading(leading) = &mut self.part else {
            return fx.ignore(Reason("not_the_leader"));
        };
        if ballot != leading.ballot {
            return fx.ignore(Reason("accepts_another_ballot"));
        }
        let Some(index) = leading.open.iter().position(|open| open.slot == slot) else {
            return fx.ignore(Reason("already_chosen"));
        };
        let open = &mut leading.open[index];
        open.accepts.insert(from);
        if open.accepts.len() < fx.quorum() {
            return;
        }
        let value = open.value;
        leading.open.remove(index);
        fx.tell("chosen", [slot, ballot.number, value.number()]);
        self.learn(slot, value, fx);
        self.answer_clients(fx);
    }

    /// A write is answered once every slot up to its own is chosen.
    fn answer_clients(&mut self, fx: &mut Fx<'_>) {
        let chosen = self.chosen_up_to();
        let Part::Leading(leading) = &mut self.part else { return };
        while let Some(&(slot, id)) = leading.clients.front().filter(|(slot, _)| *slot <= chosen) {
            leading.clients.pop_front();
            fx.answer(id, Answer::Written { index: slot });
        }
        self.serve_reads(fx);
    }

    /// P-10: a heartbeat says who leads and up to where everything is chosen; what is still open is asked for again.
    pub(super) fn beat(&mut self, fx: &mut Fx<'_>) {
        let chosen = self.chosen_up_to();
        let me = self.me;
        let Part::Leading(leading) = &mut self.part else { return };
        fx.because(rule(10));
        leading.beat += 1;
        if leading.beats.len() == BEATS_KEPT {
            leading.beats.pop_front();
        }
        leading.beats.push_back(Beat { number: leading.beat, sent_at: fx.now, grants: NodeSet::default() });
        leading.heard = [leading.heard[1], NodeSet::default()];
        let (ballot, beat) = (leading.ballot, leading.beat);
        fx.broadcast(&PaxosMessage::Heartbeat { ballot, beat, chosen });
        for open in leading.open.iter().filter(|open| open.beat + 2 <= beat).take(ASKED_AGAIN) {
            let again = PaxosMessage::Accept { ballot, slot: open.slot, value: open.value, chosen };
            for peer in fx.peers().filter(|&peer| !open.accepts.contains(peer)) {
                fx.send(peer, again.clone());
            }
        }
        fx.set_timer(PaxosTimer::Heartbeat, fx.settings.heartbeat);
        self.grant(me, fx);
        self.hear_reply(me, ballot, beat, chosen, fx);
    }

    /// An acceptor answered a heartbeat. It may lag: then it gets what it misses.
    pub(super) fn hear_reply(&mut self, from: Place, ballot: Ballot, beat: u64, chosen: Slot, fx: &mut Fx<'_>) {
        let up_to = self.chosen_up_to();
        let Part::Leading(leading) = &mut self.part else {
            return fx.ignore(Reason("not_the_leader"));
        };
        if ballot != leading.ballot {
            return fx.ignore(Reason("answers_another_ballot"));
        }
        leading.heard[1].insert(from);
        self.count_grant(from, beat, fx);
        if chosen < up_to {
            let first = chosen as usize;
            let values = self.chosen[first..self.chosen.len().min(first + BATCH)].to_vec();
            fx.send(from, PaxosMessage::Chosen { ballot, from: chosen + 1, values });
        }
    }

    pub(super) fn resign(&mut self, fx: &mut Fx<'_>) {
        if !matches!(self.part, Part::Leading(_)) {
            return fx.ignore(Reason("not_the_leader"));
        }
        self.step_down(fx);
        self.watch_for_a_leader(fx.settings.deference, fx);
    }

    /// P-14: the store has seen a newer ballot, so this one is over (P-11).
    pub(super) fn fenced(&mut self, token: Ballot, fx: &mut Fx<'_>) {
        self.observe(token);
        if self.ballot().is_none_or(|mine| mine >= token) {
            return fx.ignore(Reason("not_the_leader"));
        }
        fx.because(rule(14));
        self.yield_to(token, fx);
    }
}
