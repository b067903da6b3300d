//! What happened: one entry of the history.

use super::effects::Tale;
use super::message::Facts;
use super::place::Place;
use super::reign::Standing;
use super::request::{Answer, RequestId};
use super::rule::{Reason, Rule};
use super::time::Micros;

/// The number of an event, counted from 0 in a run, whether history is kept or not.
pub type EventId = u64;

/// Why a message did not arrive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Loss {
    /// The link was cut when it was sent.
    Cut,
    /// Lost by chance.
    Chance,
    /// Dropped by an act.
    Dropped,
    /// The receiver was down when it arrived, or went down with it in the inbox.
    ReceiverDown,
    /// The connection it travelled on broke.
    ConnectionBroke,
}

/// A message as events name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MessageRef {
    pub from: Place,
    pub to: Place,
    /// The n-th sent on this directed link, from 1.
    pub nth: u32,
    pub kind: u8,
    pub facts: Facts,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A process started; `life` counts from 1.
    Booted {
        life: u32,
    },
    Crashed,
    /// The disk was lost.
    Wiped,
    /// `by_chance` tells a random pause from an act.
    Paused {
        by_chance: bool,
    },
    Resumed {
        timers_first: bool,
    },
    /// `arrives` is absent if the message is lost or waits for its connection.
    Sent {
        message: MessageRef,
        arrives: Option<Micros>,
        lost: Option<Loss>,
    },
    Delivered {
        message: MessageRef,
    },
    /// Arrived at a paused process: it waits in the inbox.
    Waits {
        message: MessageRef,
    },
    Lost {
        message: MessageRef,
        why: Loss,
    },
    TimerFired {
        timer: u8,
    },
    Saved {
        ticket: u32,
    },
    LinkChanged {
        peer: Place,
        up: bool,
    },
    Became(Standing),
    Told(Tale),
    /// The store applies a write that it checked earlier (M-F3).
    Applies,
    /// A leader's work moves on: what it knew, and the stage that is over.
    Works {
        number: u64,
        stage: super::duty::Stage,
    },
    Asked {
        id: RequestId,
        read: bool,
        value: u64,
    },
    Answered {
        id: RequestId,
        answer: Answer,
    },
    /// An act; its number in [`super::history::History::acts`].
    Acted {
        act: u32,
    },
    /// An act that could not be carried out; the event's reason says why.
    NotActed,
}

/// One entry of the history.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Event {
    pub id: EventId,
    pub at: Micros,
    /// Where it happened.
    pub place: Place,
    pub what: What,
    /// The event that led to this one: the sending of a delivery, the event that set a timer, the event
    /// during which a message was sent.
    pub cause: Option<EventId>,
    /// True for the first event of a step; what follows up to the next first one happened in its course.
    pub leads_step: bool,
    /// The rule that decided it.
    pub rule: Option<Rule>,
    /// Why nothing (more) happened.
    pub reason: Option<Reason>,
}
