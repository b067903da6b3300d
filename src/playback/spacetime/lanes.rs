//! How every place spends its time, as spans that follow one another; and when several led at once.

use crate::sim::event::{Event, EventId, What};
use crate::sim::reign::{Reign, Role, Standing};
use crate::sim::time::Micros;

/// As many spans of one lane as are remembered; the oldest half goes first.
const MOST: usize = 16_384;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Life {
    Up,
    Runs,
    Leads,
    /// Frozen: it still believes what it believed.
    Paused,
    Down,
}

/// From this event on, a place lives like this, until the next span of its lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    pub event: EventId,
    pub at: Micros,
    pub life: Life,
    /// What it believes it is, also while it is paused.
    pub role: Role,
    /// Of a leader or a candidate.
    pub reign: Option<Reign>,
    /// The family's word for the role, an id of `words`.
    pub title: &'static str,
}

#[derive(Clone, Debug, Default)]
pub struct Lanes {
    lanes: Vec<Vec<Span>>,
    /// From this event on, several nodes believe that they lead, or no longer.
    several: Vec<(EventId, Micros, bool)>,
}

impl Lanes {
    /// The spans of a slot, oldest first. Before the first, the place was not started.
    pub fn of(&self, slot: usize) -> &[Span] {
        self.lanes.get(slot).map_or(&[], Vec::as_slice)
    }

    /// The spans of a slot that touch this stretch of time.
    pub fn within(&self, slot: usize, from: Micros, until: Micros) -> &[Span] {
        let spans = self.of(slot);
        let first = spans.partition_point(|span| span.at <= from).saturating_sub(1);
        let end = spans.partition_point(|span| span.at <= until);
        &spans[first.min(end)..end]
    }

    /// When several nodes led at once, oldest first; the last may have no end yet.
    pub fn several_led(&self) -> impl Iterator<Item = (Micros, Option<Micros>)> + '_ {
        let starts = self.several.iter().enumerate().filter(|(_, change)| change.2);
        starts.map(|(index, change)| (change.1, self.several.get(index + 1).map(|end| end.1)))
    }

    pub(super) fn make_room(&mut self, slots: usize) {
        if self.lanes.len() < slots {
            self.lanes.resize(slots, Vec::new());
        }
    }

    pub(super) fn note(&mut self, slot: usize, event: &Event, nodes: usize) {
        let Some(lane) = self.lanes.get_mut(slot) else { return };
        let before = lane.last().map_or((Role::Follower, None, ""), |span| (span.role, span.reign, span.title));
        let (life, (role, reign, title)) = match event.what {
            What::Booted { .. } => (Life::Up, (Role::Follower, None, "")),
            What::Crashed => (Life::Down, (Role::Follower, None, "")),
            What::Paused { .. } => (Life::Paused, before),
            What::Resumed { .. } => (life_of(before.0), before),
            What::Became(standing) => (life_of(standing.role), belief(&standing)),
            _ => return,
        };
        let span = Span { event: event.id, at: event.at, life, role, reign, title };
        if lane.last().is_some_and(|last| Span { event: span.event, at: span.at, ..*last } == span) {
            return;
        }
        if lane.len() >= MOST {
            lane.drain(..MOST / 2);
        }
        lane.push(span);
        if slot < nodes {
            self.count_leaders(nodes, event);
        }
    }

    fn count_leaders(&mut self, nodes: usize, event: &Event) {
        let leads = |lane: &&Vec<Span>| lane.last().is_some_and(|span| span.role == Role::Leader);
        let several = self.lanes.iter().take(nodes).filter(leads).count() > 1;
        if self.several.last().map_or(several, |last| last.2 != several) {
            self.several.push((event.id, event.at, several));
        }
    }

    pub(super) fn forget_from(&mut self, event: EventId) {
        for lane in &mut self.lanes {
            lane.truncate(lane.partition_point(|span| span.event < event));
        }
        self.several.truncate(self.several.partition_point(|change| change.0 < event));
    }
}

/// Followers differ in nothing that is drawn.
fn belief(standing: &Standing) -> (Role, Option<Reign>, &'static str) {
    match standing.role {
        Role::Follower => (Role::Follower, None, ""),
        role => (role, standing.reign, standing.title),
    }
}

fn life_of(role: Role) -> Life {
    match role {
        Role::Follower => Life::Up,
        Role::Candidate => Life::Runs,
        Role::Leader => Life::Leads,
    }
}
