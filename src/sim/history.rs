//! All that happened, in order, bounded: past the bound the oldest events go, and a player
//! recomputes them from a checkpoint when somebody looks.

use super::event::{Event, EventId, What};
use super::fault::{By, Fault};
use super::place::Place;
use super::rule::{Reason, Rule};
use super::time::Micros;
use std::collections::VecDeque;

/// How many events a history keeps unless told otherwise.
pub const BOUND: usize = 32_768;

/// An act as it was carried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    pub at: Micros,
    pub by: By,
    pub fault: Fault,
    /// The place that its target named when it acted.
    pub target: Option<Place>,
}

#[derive(Clone, Debug, Default)]
pub struct History {
    events: VecDeque<Event>,
    first: EventId,
    bound: usize,
    /// Every act of the run, in order.
    pub acts: Vec<Act>,
    digest: u64,
}

impl History {
    pub fn new(bound: usize) -> History {
        History { bound, digest: 0xcbf2_9ce4_8422_2325, ..History::default() }
    }

    pub fn is_kept(&self) -> bool {
        self.bound > 0
    }

    pub fn bound(&self) -> usize {
        self.bound
    }

    /// The number of the oldest event still kept.
    pub fn first(&self) -> EventId {
        self.first
    }

    /// One past the newest event.
    pub fn end(&self) -> EventId {
        self.first + self.events.len() as u64
    }

    pub fn event(&self, id: EventId) -> Option<&Event> {
        let index = id.checked_sub(self.first)?;
        self.events.get(usize::try_from(index).ok()?)
    }

    /// From the oldest kept to the newest.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Event> + ExactSizeIterator {
        self.events.iter()
    }

    /// A number that two histories share only if the same things happened, in the same order.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    pub(super) fn push(&mut self, event: Event) {
        if self.events.is_empty() {
            self.first = event.id;
        } else if self.events.len() == self.bound {
            self.events.pop_front();
            self.first += 1;
        }
        let fold = |hash: u64, part: u64| (hash ^ part).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
        let (kind, detail) = summary(&event.what);
        self.digest = fold(fold(fold(self.digest, event.at), u64::from(event.place.code()) << 8 | kind), detail);
        self.events.push_back(event);
    }

    pub(super) fn note_rule(&mut self, id: EventId, rule: Rule) {
        if let Some(event) = self.event_mut(id) {
            event.rule = Some(rule);
        }
    }

    pub(super) fn note_reason(&mut self, id: EventId, reason: Reason) {
        if let Some(event) = self.event_mut(id) {
            event.reason = Some(reason);
        }
    }

    fn event_mut(&mut self, id: EventId) -> Option<&mut Event> {
        let index = id.checked_sub(self.first)?;
        self.events.get_mut(usize::try_from(index).ok()?)
    }

    /// Forgets every event from `end` on and the acts after `acts`, and takes up the digest of that moment:
    /// the run goes back in time.
    pub fn rewind(&mut self, end: EventId, acts: usize, digest: u64) {
        let keep = end.saturating_sub(self.first);
        if end < self.first {
            self.events.clear();
            self.first = end;
        } else {
            self.events.truncate(usize::try_from(keep).unwrap_or(usize::MAX));
        }
        self.acts.truncate(acts);
        self.digest = digest;
    }
}

/// A number for the kind of event and one for its content, for the digest.
fn summary(what: &What) -> (u64, u64) {
    match what {
        What::Booted { life } => (1, u64::from(*life)),
        What::Crashed => (2, 0),
        What::Wiped => (3, 0),
        What::Paused { .. } => (4, 0),
        What::Resumed { timers_first } => (5, u64::from(*timers_first)),
        What::Sent { message, arrives, .. } => (6, content(message) ^ arrives.unwrap_or(0) << 20),
        What::Delivered { message } => (7, content(message)),
        What::Waits { message } => (8, content(message)),
        What::Lost { message, .. } => (9, content(message)),
        What::TimerFired { timer } => (10, u64::from(*timer)),
        What::Saved { ticket } => (11, u64::from(*ticket)),
        What::LinkChanged { peer, up } => (12, u64::from(peer.code()) << 1 | u64::from(*up)),
        What::Became(standing) => (13, (standing.role as u64) << 48 ^ standing.reign.map_or(0, |reign| reign.number)),
        What::Told(tale) => (14, tale.numbers[0] ^ tale.numbers[1] << 24),
        What::Asked { id, .. } => (15, u64::from(*id)),
        What::Answered { id, .. } => (16, u64::from(*id)),
        What::Acted { act } => (17, u64::from(*act)),
        What::NotActed => (18, 0),
        What::Applies => (20, 0),
        What::Works { number, .. } => (19, *number),
    }
}

fn content(message: &super::event::MessageRef) -> u64 {
    let [a, b, ..] = message.facts;
    u64::from(message.kind) << 56 ^ u64::from(message.to.code()) << 40 ^ u64::from(message.nth) << 16 ^ a ^ b << 32
}
