//! One Paxos node: what it holds, and which rule each thing it is told goes to.

use super::disk::{Acceptance, PaxosDisk};
use super::leader::Leading;
use super::message::PaxosMessage;
use super::mutants::{Mutant, mutated};
use super::node_set::NodeSet;
use super::properties::PaxosPromises;
use super::settings::{Mode, PaxosSettings};
use super::value::Value;
use super::{Ballot, Slot};
use crate::sim::datum::Datum;
use crate::sim::effects::Effects;
use crate::sim::inspection::Inspection;
use crate::sim::place::{Census, Place};
use crate::sim::protocol::{Protocol, Ticket, Timer};
use crate::sim::reign::{Role, Standing};
use crate::sim::request::{Answer, Order, Request, RequestId};
use crate::sim::rule::{Reason, Rule};
use std::collections::BTreeMap;

pub(super) type Fx<'a> = Effects<'a, Paxos>;

pub(super) const fn rule(number: u8) -> Rule {
    Rule::new('P', number)
}

/// What a node does at present, besides accepting and learning.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// It proposes nothing. With a leader: the ballot under which it leads.
    Follower { leader: Option<Ballot> },
    /// Phase 1: it collects promises for its ballot, and what they report.
    Preparing { ballot: Ballot, from: Slot, promises: NodeSet, refusals: NodeSet, reports: BTreeMap<Slot, Acceptance> },
    /// Phase 2 of a single decree. Without a value it waits for one to propose.
    Accepting { ballot: Ballot, value: Option<Value>, accepts: NodeSet },
    /// Phase 2 for a whole log.
    Leading(Leading),
}

/// An own promise or acceptance that counts once it is durable.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Own {
    Promise(Ballot),
    Accept { ballot: Ballot, slot: Slot, value: Value },
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Paxos {
    pub(super) me: Place,
    pub(super) mode: Mode,
    pub part: Part,
    // Acceptor.
    pub(super) promised: Ballot,
    pub(super) accepted: BTreeMap<Slot, Acceptance>,
    /// The newest write of a promise or an acceptance: answers wait for it.
    pub(super) last_write: Option<Ticket>,
    pub(super) pending: Vec<(Ticket, Own)>,
    /// To whom it granted a lease, while the grant timer runs; nobody in particular after a restart.
    pub(super) granted: Option<Place>,
    // Proposer.
    pub(super) used: u64,
    /// The highest ballot it has heard of.
    pub(super) seen: Ballot,
    /// Failed tries in a row.
    pub(super) tries: u32,
    /// Single decree: what a client of this node wants chosen.
    pub(super) wish: Option<(RequestId, Value)>,
    // Learner.
    pub(super) chosen: Vec<Value>,
    /// Chosen values behind a hole.
    pub(super) learned: BTreeMap<Slot, Value>,
    /// Single decree: the newest acceptance heard from each node.
    pub(super) votes: Vec<Option<Acceptance>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PaxosTimer {
    Heartbeat,
    Window,
    Round,
    BackOff,
    /// The leader's lease runs out.
    Lease,
    /// The lease that this acceptor granted runs out.
    Grant,
}

impl Timer for PaxosTimer {
    const NAMES: &'static [&'static str] = &["heartbeat", "window", "round", "back_off", "lease", "grant"];

    fn number(self) -> u8 {
        self as u8
    }

    fn from_number(number: u8) -> Self {
        use PaxosTimer::*;
        [Heartbeat, Window, Round, BackOff, Lease, Grant][usize::from(number)]
    }
}

impl Paxos {
    /// The ballot it runs or leads under.
    pub fn ballot(&self) -> Option<Ballot> {
        match &self.part {
            Part::Follower { .. } => None,
            Part::Preparing { ballot, .. } | Part::Accepting { ballot, .. } => Some(*ballot),
            Part::Leading(leading) => Some(leading.ballot),
        }
    }

    pub fn promised(&self) -> Ballot {
        self.promised
    }

    pub fn accepted(&self, slot: Slot) -> Option<Acceptance> {
        self.accepted.get(&slot).copied()
    }

    /// What it knows to be chosen, from slot 1 on, up to the first hole.
    pub fn chosen(&self) -> &[Value] {
        &self.chosen
    }

    /// The last slot before the first one it does not know to be chosen.
    pub(super) fn chosen_up_to(&self) -> Slot {
        self.chosen.len() as Slot
    }

    pub(super) fn observe(&mut self, ballot: Ballot) {
        self.seen = self.seen.max(ballot);
    }

    /// Ends what it proposes or leads; clients that wait are told.
    pub(super) fn step_down(&mut self, fx: &mut Fx<'_>) {
        use PaxosTimer::*;
        let part = std::mem::replace(&mut self.part, Part::Follower { leader: None });
        for timer in [Heartbeat, Round, BackOff, Lease] {
            fx.cancel_timer(timer);
        }
        if let Part::Leading(leading) = part {
            if self.granted == Some(self.me) {
                // It counts on its lease no more.
                self.granted = None;
                fx.cancel_timer(Grant);
            }
            leading.dismiss(fx);
        }
    }
}

impl Protocol for Paxos {
    type Settings = PaxosSettings;
    type Message = PaxosMessage;
    type Timer = PaxosTimer;
    type Disk = PaxosDisk;
    type Promises = PaxosPromises;

    fn seed_disk(disk: &mut PaxosDisk, census: Census, _: Place, field: &str, value: &Datum) -> Result<(), String> {
        disk.seed(census, field, value)
    }

    fn boot(disk: &PaxosDisk, fx: &mut Fx<'_>) -> Paxos {
        let mut node = Paxos {
            me: fx.me,
            mode: fx.settings.mode,
            part: Part::Follower { leader: None },
            promised: disk.promised,
            accepted: disk.accepted.clone(),
            last_write: None,
            pending: Vec::new(),
            granted: None,
            used: disk.used,
            seen: disk.promised,
            tries: 0,
            wish: None,
            chosen: disk.chosen.clone(),
            learned: BTreeMap::new(),
            votes: vec![None; usize::from(fx.census.nodes)],
        };
        node.forget_what_mutants_forget(fx);
        node.wait_out_old_leases(fx);
        if fx.settings.mode == Mode::Multi {
            node.watch_for_a_leader(fx.settings.window, fx);
        }
        node
    }

    fn on_message(&mut self, from: Place, message: PaxosMessage, fx: &mut Fx<'_>) {
        use PaxosMessage::*;
        match message {
            Prepare { ballot, from: slot } => self.hear_prepare(from, ballot, slot, fx),
            Promise { ballot, accepted } => self.hear_promise(from, ballot, &accepted, fx),
            Accept { ballot, slot, value, chosen } => self.hear_accept(from, ballot, slot, value, chosen, fx),
            Accepted { ballot, slot, value } => self.hear_accepted(from, ballot, slot, value, fx),
            Nack { ballot, promised, why } => self.hear_nack(from, ballot, promised, why, fx),
            Heartbeat { ballot, beat, chosen } => self.hear_heartbeat(from, ballot, beat, chosen, fx),
            HeartbeatReply { ballot, beat, chosen } => self.hear_reply(from, ballot, beat, chosen, fx),
            Chosen { from, values, .. } => self.hear_chosen(from, &values, fx),
        }
    }

    fn on_timer(&mut self, timer: PaxosTimer, fx: &mut Fx<'_>) {
        match timer {
            PaxosTimer::Heartbeat => self.beat(fx),
            PaxosTimer::Window => self.window_is_over(fx),
            PaxosTimer::Round => self.round_is_over(fx),
            PaxosTimer::BackOff => self.back_off_is_over(fx),
            PaxosTimer::Lease => fx.tell("lease_ended", [0; 3]),
            PaxosTimer::Grant => self.granted = None,
        }
    }

    fn on_saved(&mut self, ticket: Ticket, fx: &mut Fx<'_>) {
        while let Some(index) = self.pending.iter().position(|(waiting, _)| *waiting <= ticket) {
            match self.pending.remove(index).1 {
                Own::Promise(ballot) => self.own_promise(ballot, fx),
                Own::Accept { ballot, slot, value } => self.hear_accepted(self.me, ballot, slot, value, fx),
            }
        }
    }

    fn on_request(&mut self, id: RequestId, request: Request, fx: &mut Fx<'_>) {
        let not_here = |reason| Answer::Refused(Reason(reason));
        match (fx.settings.mode, request) {
            (Mode::Single, Request::Write(word)) => self.wish_for(id, Value::Write { request: id, word }, fx),
            (Mode::Single, Request::Read(_)) => fx.answer(id, not_here("one_decision_no_reads")),
            (Mode::Multi, Request::Write(word)) => match self.part {
                Part::Leading(_) => self.propose_for_client(id, Value::Write { request: id, word }, fx),
                _ => fx.answer(id, not_here("not_the_leader")),
            },
            (Mode::Multi, Request::Read(_)) => match self.part {
                Part::Leading(_) => self.read_for_client(id, fx),
                _ => fx.answer(id, not_here("not_the_leader")),
            },
        }
    }

    fn on_order(&mut self, order: Order, fx: &mut Fx<'_>) {
        match order {
            Order::TimeOutNow => self.run_now(fx),
            Order::ForgetLeader => match &mut self.part {
                Part::Follower { leader } if leader.is_some() => *leader = None,
                _ => fx.ignore(Reason("follows_nobody")),
            },
            Order::Transfer(_) => fx.ignore(Reason("paxos_hands_nothing_over")),
            Order::Resign => self.resign(fx),
            Order::Fenced(token) => self.fenced(token, fx),
            Order::Retuned => self.take_up_settings(fx),
        }
    }

    fn standing(&self) -> Standing {
        match &self.part {
            Part::Follower { leader } => Standing {
                role: Role::Follower,
                title: match self.mode {
                    Mode::Multi => "follower",
                    Mode::Single if self.chosen.is_empty() => "acceptor",
                    Mode::Single => "learner",
                },
                reign: leader.or((self.promised.number > 0).then_some(self.promised)),
                follows: leader.filter(|ballot| ballot.by > 0).map(|ballot| Place::Node(ballot.by)),
                token: None,
            },
            Part::Preparing { ballot, .. } => {
                Standing { role: Role::Candidate, title: "preparing", reign: Some(*ballot), ..Standing::default() }
            }
            Part::Accepting { ballot, .. } => {
                Standing { role: Role::Candidate, title: "accepting", reign: Some(*ballot), ..Standing::default() }
            }
            // P-14: the ballot is the fencing token.
            Part::Leading(leading) => Standing {
                role: Role::Leader,
                title: "leader",
                reign: Some(leading.ballot),
                follows: Some(self.me),
                token: Some(leading.ballot),
            },
        }
    }

    fn inspect(&self, disk: &PaxosDisk, page: &mut Inspection) {
        self.show(disk, page);
    }

    fn inspect_disk(disk: &PaxosDisk, page: &mut Inspection) {
        disk.show(page);
    }
}

impl Paxos {
    fn forget_what_mutants_forget(&mut self, fx: &Fx<'_>) {
        if mutated(fx.settings, Mutant::PromisesForgotten) {
            self.promised = self.accepted.values().map(|accepted| accepted.ballot).max().unwrap_or_default();
        }
        if mutated(fx.settings, Mutant::AcceptedForgotten) {
            self.accepted.clear();
        }
        if mutated(fx.settings, Mutant::BallotsForgotten) {
            (self.used, self.seen) = (0, Ballot::default());
        }
    }
}
