//! The moments of a run that are worth going to.

use super::spacetime::flight_of;
use crate::sim::event::{Event, EventId, What};
use crate::sim::message::Shape;
use crate::sim::office::STORE_KIND;
use crate::sim::place::Place;
use crate::sim::property::{Break, Verdict};
use crate::sim::reign::{Reign, Role};
use crate::sim::request::Answer;
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;

/// As many as are remembered; the oldest go first.
const MOST: usize = 4_096;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MilestoneKind {
    /// The first candidate of a reign stood up.
    Election,
    /// A node took the lead.
    Leader,
    /// A live node stopped leading.
    SteppedDown,
    /// The script or the visitor acted; the number of the act in the history.
    Act(u32),
    /// A process paused by chance.
    Pause,
    /// A client's request, or a leader's write to the store, was refused.
    Refusal,
    /// The promise with this index was broken.
    Broken(u8),
    /// A node refused another what it asked for: a vote, a promise.
    Declined,
    /// Something was decided for the first time; its number.
    Commit(u64),
}

impl MilestoneKind {
    /// Too many of them to stop at each, and to flag.
    pub fn is_quiet(self) -> bool {
        matches!(self, MilestoneKind::Declined | MilestoneKind::Commit(_))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Milestone {
    pub at: Micros,
    pub kind: MilestoneKind,
    pub place: Place,
    pub reign: Option<Reign>,
    /// The event it is read from.
    pub event: EventId,
}

#[derive(Default)]
pub struct Milestones {
    list: Vec<Milestone>,
    quiet: Vec<Milestone>,
    /// Every event before this one has been read.
    read: EventId,
}

impl Milestones {
    pub fn list(&self) -> &[Milestone] {
        &self.list
    }

    /// Refused votes and first decisions, which are no stops on the way.
    pub fn quiet(&self) -> &[Milestone] {
        &self.quiet
    }

    /// Reads the events that are new. To be called after everything done.
    pub fn read(&mut self, simulation: &dyn Simulation, promises_changed: bool) {
        let history = simulation.history();
        while self.read < history.end() {
            if let Some(event) = history.event(self.read)
                && let Some(kind) = kind_of(event, simulation).or_else(|| self.quiet_kind(event, simulation))
            {
                self.note(event, kind);
            }
            self.read += 1;
        }
        if promises_changed {
            self.read_promises(simulation);
        }
    }

    /// What happened from this event on has not happened.
    pub fn forget_from(&mut self, event: EventId) {
        self.list.retain(|milestone| milestone.event < event);
        self.quiet.retain(|milestone| milestone.event < event);
        self.read = self.read.min(event);
    }

    fn note(&mut self, event: &Event, kind: MilestoneKind) {
        let reign = match event.what {
            What::Became(standing) => standing.reign,
            _ => None,
        };
        let same_election = |earlier: &&Milestone| earlier.kind == MilestoneKind::Election;
        if kind == MilestoneKind::Election
            && reign.is_some()
            && self.list.iter().rev().find(same_election).is_some_and(|earlier| earlier.reign == reign)
        {
            return;
        }
        self.push(Milestone { at: event.at, kind, place: event.place, reign, event: event.id });
    }

    /// Refused votes, and what was decided first.
    fn quiet_kind(&self, event: &Event, simulation: &dyn Simulation) -> Option<MilestoneKind> {
        match event.what {
            What::Sent { message, .. } if message.from.is_node() && message.kind < STORE_KIND => {
                let flight = flight_of(simulation.kernel(), event.id)?;
                (flight.shape == Shape::Refuse).then_some(MilestoneKind::Declined)
            }
            What::Told(tale) if matches!(tale.id, "committed" | "chosen") => {
                let number = tale.numbers[0];
                let newest = self.quiet.iter().rev().find_map(|known| match known.kind {
                    MilestoneKind::Commit(number) => Some(number),
                    _ => None,
                });
                newest.is_none_or(|newest| number > newest).then_some(MilestoneKind::Commit(number))
            }
            _ => None,
        }
    }

    fn read_promises(&mut self, simulation: &dyn Simulation) {
        for (index, property) in simulation.properties().iter().enumerate() {
            let kind = MilestoneKind::Broken(index as u8);
            let found: Option<Break> = match property.verdict {
                Verdict::Broken(found) => Some(found),
                Verdict::Withdrawn { then, .. } | Verdict::Suspended { then, .. } => then,
                _ => None,
            };
            if let Some(Break { at, event, places, .. }) = found
                && !self.list.iter().any(|known| known.kind == kind && known.event == event)
            {
                let place = places[0].unwrap_or(Place::Store);
                self.push(Milestone { at, kind, place, reign: None, event });
            }
        }
    }

    fn push(&mut self, milestone: Milestone) {
        let list = if milestone.kind.is_quiet() { &mut self.quiet } else { &mut self.list };
        if list.len() >= MOST {
            list.drain(..MOST / 8);
        }
        let behind = list.iter().rposition(|earlier| earlier.event <= milestone.event);
        list.insert(behind.map_or(0, |index| index + 1), milestone);
    }
}

fn kind_of(event: &Event, simulation: &dyn Simulation) -> Option<MilestoneKind> {
    match event.what {
        What::Became(standing) => match standing.role {
            Role::Candidate => Some(MilestoneKind::Election),
            Role::Leader => Some(MilestoneKind::Leader),
            Role::Follower => stopped_leading(event, simulation).then_some(MilestoneKind::SteppedDown),
        },
        What::Acted { act } => Some(MilestoneKind::Act(act)),
        What::Paused { by_chance: true } => Some(MilestoneKind::Pause),
        What::Answered { answer: Answer::Refused(_), .. } => Some(MilestoneKind::Refusal),
        What::Delivered { message } if crate::sim::office::is_refusal(message.kind) => Some(MilestoneKind::Refusal),
        _ => None,
    }
}

/// Whether a tenure of this place ended with this event.
fn stopped_leading(event: &Event, simulation: &dyn Simulation) -> bool {
    let tenures = &simulation.kernel().measures.tenures;
    tenures.iter().rev().any(|tenure| tenure.place == event.place && tenure.until == Some(event.at))
}
