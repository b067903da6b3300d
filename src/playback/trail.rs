//! Marks along a run: how its history read after so many events. Whoever plays the same recording elsewhere, or years
//! later, can tell whether the same happened, and up to when.

use super::arrival::{is_crowded, most_done};
use super::director::Director;
use super::recording::Recording;
use super::runner;
use crate::sim::event::EventId;
use crate::sim::simulation::Simulation;
use crate::sim::time::{END_OF_TIME, Micros};

/// Raised whenever a corrected rule changes what a recording plays. Links carry it.
pub const ENGINE: u32 = 1;

/// As many marks as are kept: when they are, every other one goes.
pub const MOST: usize = 32;

/// How many events lie between two marks at first.
const FIRST_GAP: EventId = 16;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// How many events had happened.
    pub events: EventId,
    pub digest: u8,
}

#[derive(Clone, Debug)]
pub struct Trail {
    marks: Vec<Mark>,
    gap: EventId,
}

impl Default for Trail {
    fn default() -> Trail {
        Trail { marks: Vec::new(), gap: FIRST_GAP }
    }
}

impl Trail {
    /// In order of time.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// To be called after everything done.
    pub(super) fn pass(&mut self, simulation: &dyn Simulation) {
        let events = simulation.events();
        if events < self.marks.last().map_or(0, |mark| mark.events) + self.gap {
            return;
        }
        self.marks.push(Mark { events, digest: simulation.history().digest() as u8 });
        if self.marks.len() == MOST {
            let mut index = 0;
            self.marks.retain(|_| {
                index += 1;
                index % 2 == 0
            });
            self.gap *= 2;
        }
    }

    /// What happened from this event on has not happened.
    pub(super) fn forget_from(&mut self, event: EventId) {
        self.marks.retain(|mark| mark.events <= event);
    }
}

/// The time up to which a recording, played here, reads as these marks say.
pub fn same_until(recording: &Recording, marks: &[Mark]) -> Micros {
    let Ok(mut simulation) = recording.scenario.open_with_history(1) else { return 0 };
    let mut director = Director::new(recording);
    let patience = most_done(recording);
    let (mut marks, mut same) = (marks.iter().peekable(), 0);
    runner::run(simulation.as_mut(), &mut director, &recording.interventions, END_OF_TIME, |simulation| {
        while let Some(mark) = marks.next_if(|mark| mark.events <= simulation.events()) {
            if mark.events < simulation.events() || mark.digest != simulation.history().digest() as u8 {
                return false;
            }
            same = simulation.now();
        }
        let kernel = simulation.kernel();
        marks.peek().is_some() && kernel.steps < patience && !is_crowded(kernel)
    });
    same
}
