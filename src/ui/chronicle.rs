//! What the timeline remembers of a run: who led, ran, froze or was down from when on, and what is worth a flag.
//! It also knows the future that was seen before the visitor went back in time.

use crate::sim::event::{Event, EventId, What};
use crate::sim::fault::{By, Fault};
use crate::sim::place::Place;
use crate::sim::reign::{Reign, Role, Standing};
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;

/// More marks than this are forgotten from the old end, so that a long run does not grow without bound.
const MARKS_KEPT: usize = 4_096;

/// How a place spends its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Life {
    Up,
    Runs(Option<Reign>),
    Leads(Option<Reign>),
    Paused,
    Down,
}

/// From this event on, a place lives like this.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    pub event: EventId,
    pub at: Micros,
    pub life: Life,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FlagKind {
    /// The visitor or the scenario acted: the number of the act.
    Act(u32),
    Leader(Place, Option<Reign>),
    Runs(Place, Option<Reign>),
}

/// Something worth a flag on the timeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flag {
    pub event: EventId,
    pub at: Micros,
    pub kind: FlagKind,
}

#[derive(Default)]
pub struct Chronicle {
    seen: EventId,
    standings: Vec<(Role, Option<Reign>)>,
    marks: Vec<Vec<Mark>>,
    pub flags: Vec<Flag>,
}

impl Chronicle {
    /// The marks of a slot, oldest first.
    pub fn marks(&self, slot: usize) -> &[Mark] {
        self.marks.get(slot).map_or(&[], Vec::as_slice)
    }

    /// Reads what happened since the last time. Returns the new flags.
    pub fn take_up(&mut self, sim: &dyn Simulation) -> Vec<Flag> {
        let history = sim.history();
        let slots = sim.kernel().census.slots();
        self.marks.resize(slots, Vec::new());
        self.standings.resize(slots, (Role::Follower, None));
        let from = self.seen.max(history.first());
        let flags_before = self.flags.len();
        for id in from..history.end() {
            if let Some(event) = history.event(id) {
                self.note(sim, event);
            }
        }
        self.seen = self.seen.max(history.end());
        let news = self.flags.get(flags_before..).unwrap_or_default().to_vec();
        self.forget_old();
        news
    }

    fn note(&mut self, sim: &dyn Simulation, event: &Event) {
        let slot = sim.kernel().census.slot(event.place);
        let life = match event.what {
            What::Booted { .. } => Life::Up,
            What::Crashed => Life::Down,
            What::Paused { .. } => Life::Paused,
            What::Resumed { .. } => life_of(self.standings[slot]),
            What::Became(standing) => self.became(slot, event, &standing),
            What::Acted { act } => {
                let act_of_note = sim.history().acts.get(act as usize).is_none_or(|act| is_of_note(&act.fault, act.by));
                if act_of_note {
                    self.flags.push(Flag { event: event.id, at: event.at, kind: FlagKind::Act(act) });
                }
                return;
            }
            _ => return,
        };
        if matches!(event.what, What::Booted { .. } | What::Crashed) {
            self.standings[slot] = (Role::Follower, None);
        }
        if self.marks[slot].last().is_none_or(|mark| mark.life != life) {
            self.marks[slot].push(Mark { event: event.id, at: event.at, life });
        }
    }

    fn became(&mut self, slot: usize, event: &Event, standing: &Standing) -> Life {
        let (before, now) = (self.standings[slot], (standing.role, standing.reign));
        self.standings[slot] = now;
        if before != now {
            let kind = match standing.role {
                Role::Leader => Some(FlagKind::Leader(event.place, standing.reign)),
                Role::Candidate => Some(FlagKind::Runs(event.place, standing.reign)),
                Role::Follower => None,
            };
            if let Some(kind) = kind {
                self.flags.push(Flag { event: event.id, at: event.at, kind });
            }
        }
        life_of(now)
    }

    /// The run changes at this event: what was seen after it will not be.
    pub fn forget_from(&mut self, event: EventId) {
        for marks in &mut self.marks {
            marks.retain(|mark| mark.event < event);
        }
        self.flags.retain(|flag| flag.event < event);
        self.seen = self.seen.min(event);
    }

    /// Reads the history anew, as far back as it is kept.
    pub fn rewrite(&mut self, sim: &dyn Simulation) {
        self.forget_from(sim.history().first());
        self.standings.clear();
        self.take_up(sim);
    }

    fn forget_old(&mut self) {
        for marks in &mut self.marks {
            if marks.len() > MARKS_KEPT {
                marks.drain(..MARKS_KEPT / 2);
            }
        }
        if self.flags.len() > MARKS_KEPT {
            self.flags.drain(..MARKS_KEPT / 2);
        }
    }
}

fn life_of((role, reign): (Role, Option<Reign>)) -> Life {
    match role {
        Role::Follower => Life::Up,
        Role::Candidate => Life::Runs(reign),
        Role::Leader => Life::Leads(reign),
    }
}

/// Requests of a scenario come by the dozen and are not worth a flag each.
fn is_of_note(fault: &Fault, by: By) -> bool {
    by == By::Visitor || !matches!(fault, Fault::Request(..) | Fault::Read(..))
}
