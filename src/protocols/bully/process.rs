//! One Bully node: what it holds, and which rule each thing it is told goes to.

use super::disk::{BullyDisk, BullyRecord};
use super::message::{Attempt, BullyMessage};
use super::mutants::{Mutant, mutated};
use super::properties::BullyPromises;
use super::settings::BullySettings;
use crate::sim::datum::Datum;
use crate::sim::effects::Effects;
use crate::sim::inspection::Inspection;
use crate::sim::place::{Census, Place};
use crate::sim::protocol::{Protocol, Ticket, Timer};
use crate::sim::reign::{Role, Standing};
use crate::sim::request::{Answer, Order, Request, RequestId};
use crate::sim::rule::{Reason, Rule};

pub(super) type Fx<'a> = Effects<'a, Bully>;

pub(super) const fn rule(number: u8) -> Rule {
    Rule::new('B', number)
}

/// What a node does at present (protocols.md 2.2).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// Normal: it follows somebody, or nobody yet.
    Follower {
        coordinator: Option<Place>,
    },
    /// It has asked the higher nodes and waits for an answer.
    Electing,
    /// Somebody higher answered; it waits for the announcement. `highest` is the highest that answered.
    Waiting {
        highest: Place,
    },
    Coordinator,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Bully {
    pub(super) me: Place,
    pub(super) nodes: u8,
    pub part: Part,
    pub(super) attempt: Attempt,
    /// The newest attempt of each lower node that asked, by node number minus one; an announcement names it.
    pub(super) asked_by: Vec<Option<Attempt>>,
    /// The write of the incarnation number, until it is durable.
    pub(super) starting: Option<Ticket>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BullyTimer {
    Answer,
    Coordinator,
    Heartbeat,
    Silence,
    /// For the time T after its announcement a coordinator's election counts as running (B-9).
    Settling,
}

impl Timer for BullyTimer {
    const NAMES: &'static [&'static str] = &["answer", "coordinator", "heartbeat", "silence", "settling"];

    fn number(self) -> u8 {
        self as u8
    }

    fn from_number(number: u8) -> Self {
        use BullyTimer::*;
        [Answer, Coordinator, Heartbeat, Silence, Settling][usize::from(number)]
    }
}

impl Bully {
    pub(super) fn elects(&self) -> bool {
        matches!(self.part, Part::Electing | Part::Waiting { .. })
    }

    /// Whom it takes for the coordinator.
    pub fn coordinator(&self) -> Option<Place> {
        match self.part {
            Part::Follower { coordinator } => coordinator,
            Part::Coordinator => Some(self.me),
            Part::Electing | Part::Waiting { .. } => None,
        }
    }

    /// The attempt it makes, or made last.
    pub fn attempt(&self) -> Attempt {
        self.attempt
    }

    pub(super) fn higher(&self) -> impl Iterator<Item = Place> + use<> {
        (self.me.number() + 1..=self.nodes).map(Place::Node)
    }

    pub(super) fn lower(&self) -> impl Iterator<Item = Place> + use<> {
        (1..self.me.number()).map(Place::Node)
    }
}

impl Protocol for Bully {
    type Settings = BullySettings;
    type Message = BullyMessage;
    type Timer = BullyTimer;
    type Disk = BullyDisk;
    type Promises = BullyPromises;

    fn has_tokens(_settings: &BullySettings) -> bool {
        false
    }

    fn seed_disk(disk: &mut BullyDisk, _: Census, _: Place, field: &str, value: &Datum) -> Result<(), String> {
        disk.seed(field, value)
    }

    /// B-1: whoever starts or recovers holds an election, once its incarnation number is on disk.
    fn boot(disk: &BullyDisk, fx: &mut Fx<'_>) -> Bully {
        let forgets = mutated(fx.settings, Mutant::NoIncarnation);
        let incarnation = if forgets { 1 } else { disk.incarnation.saturating_add(1) };
        let starting = Some(fx.save(BullyRecord::Incarnation(incarnation)));
        Bully {
            me: fx.me,
            nodes: fx.census.nodes,
            part: Part::Follower { coordinator: None },
            attempt: Attempt { incarnation, number: 0 },
            asked_by: vec![None; usize::from(fx.census.nodes)],
            starting,
        }
    }

    fn on_message(&mut self, from: Place, message: BullyMessage, fx: &mut Fx<'_>) {
        match message {
            BullyMessage::Election { attempt } => self.hear_election(from, attempt, fx),
            BullyMessage::Ok { attempt } => self.hear_ok(from, attempt, fx),
            BullyMessage::Coordinator { asked } => self.hear_announcement(from, asked, fx),
            BullyMessage::Heartbeat => self.hear_heartbeat(from, fx),
        }
    }

    fn on_timer(&mut self, timer: BullyTimer, fx: &mut Fx<'_>) {
        match timer {
            BullyTimer::Answer => self.nobody_answered(fx),
            BullyTimer::Coordinator => self.nobody_announced(fx),
            BullyTimer::Heartbeat => self.send_heartbeats(fx),
            BullyTimer::Silence => self.suspect(fx),
            BullyTimer::Settling => {}
        }
    }

    fn on_saved(&mut self, ticket: Ticket, fx: &mut Fx<'_>) {
        if self.starting == Some(ticket) {
            self.starting = None;
            fx.because(rule(1));
            self.start_election(fx);
        }
    }

    fn on_request(&mut self, id: RequestId, _request: Request, fx: &mut Fx<'_>) {
        // Bully elects and nothing else: there is no log that a write could go to.
        fx.answer(id, Answer::Refused(Reason("keeps_no_log")));
    }

    fn on_order(&mut self, order: Order, fx: &mut Fx<'_>) {
        match order {
            Order::TimeOutNow => self.suspect(fx),
            Order::ForgetLeader => self.forget_coordinator(fx),
            Order::Transfer(_) | Order::Resign => fx.ignore(Reason("highest_id_cannot_yield")),
            // Its token came from the store (F-2): it leads no more, unless it is elected anew.
            Order::Fenced(_) if self.part == Part::Coordinator => self.suspect(fx),
            Order::Fenced(_) => fx.ignore(Reason("has_no_token")),
            Order::Retuned => self.take_up_settings(fx),
        }
    }

    fn standing(&self) -> Standing {
        let (role, title) = match self.part {
            Part::Follower { .. } => (Role::Follower, "follower"),
            Part::Electing => (Role::Candidate, "electing"),
            Part::Waiting { .. } => (Role::Candidate, "waiting"),
            Part::Coordinator => (Role::Leader, "coordinator"),
        };
        // No reign and no token: there is no number that a majority agreed to raise (protocols.md 2.7).
        Standing { role, title, reign: None, follows: self.coordinator(), token: None }
    }

    fn inspect(&self, disk: &BullyDisk, page: &mut Inspection) {
        self.show(disk, page);
    }

    fn inspect_disk(disk: &BullyDisk, page: &mut Inspection) {
        disk.show(page);
    }
}
