//! Copies of the world taken on the way, so that going back does not mean beginning at the beginning.

use super::director::Director;
use super::recording::Intervention;
use crate::sim::event::EventId;
use crate::sim::history::Act;
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;

/// As many as are kept.
const MOST: usize = 64;

/// How many things are done between two that are taken one after the other.
const INTERVAL: u64 = 4_096;

/// The world at one moment, right after something was done (or at the very start).
pub struct Checkpoint {
    pub simulation: Box<dyn Simulation>,
    pub director: Director,
    pub digest: u64,
    pub acts: Vec<Act>,
}

impl Checkpoint {
    pub fn of(simulation: &mut dyn Simulation, director: &Director) -> Checkpoint {
        Checkpoint {
            digest: simulation.history().digest(),
            acts: simulation.history().acts.clone(),
            simulation: simulation.checkpoint(),
            director: director.clone(),
        }
    }

    pub fn at(&self) -> Micros {
        self.simulation.now()
    }

    /// How many events had happened.
    pub fn events(&self) -> EventId {
        self.simulation.events()
    }

    /// Whether it was taken before this intervention, which comes after `earlier` others.
    fn is_before(&self, act: &Intervention, earlier: usize) -> bool {
        let steps = self.simulation.kernel().steps_now;
        self.director.next_act <= earlier && (self.at() < act.at || self.at() == act.at && steps <= act.after)
    }
}

/// In order of time. The first is the start and never goes.
pub struct Checkpoints {
    kept: Vec<Checkpoint>,
}

impl Checkpoints {
    pub fn new(start: Checkpoint) -> Checkpoints {
        Checkpoints { kept: vec![start] }
    }

    pub fn len(&self) -> usize {
        self.kept.len()
    }

    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Whether it is time for another one, at this many things done.
    pub fn is_wanted(&self, done: u64) -> bool {
        done.is_multiple_of(INTERVAL) && self.kept.last().is_none_or(|newest| newest.director.done < done)
    }

    pub fn keep(&mut self, checkpoint: Checkpoint) {
        self.kept.push(checkpoint);
        if self.kept.len() > MOST {
            self.thin();
        }
    }

    /// Forgets the one that is missed least: the older, the wider the gaps may be, so that going back costs about
    /// the same share of the way, however long the run.
    fn thin(&mut self) {
        let done = |index: usize| self.kept[index].director.done;
        let newest = self.kept.len() - 1;
        let width = |&index: &usize| {
            let gap = done(index + 1) - done(index - 1);
            gap.saturating_mul(1_024) / (done(newest) - done(index) + INTERVAL)
        };
        if let Some(index) = (1..newest).min_by_key(width) {
            self.kept.remove(index);
        }
    }

    /// The newest that fits, unless fewer than `memory` events would be played again after it: then an earlier one,
    /// so that the log is not empty.
    pub fn newest(&mut self, memory: EventId, fits: impl Fn(&Checkpoint) -> bool) -> &mut Checkpoint {
        let newest = self.kept.iter().rposition(fits).unwrap_or(0);
        let events = self.kept[newest].events();
        let earlier = self.kept[..=newest].iter().rposition(|kept| kept.events() + memory <= events).unwrap_or(0);
        &mut self.kept[earlier]
    }

    /// Forgets those that saw this intervention, or would have seen it.
    pub fn forget_since(&mut self, act: &Intervention, earlier: usize) {
        self.kept.retain(|kept| kept.director.done == 0 || kept.is_before(act, earlier));
    }

    /// Forgets those taken after this many things were done.
    pub fn forget_after(&mut self, done: u64) {
        self.kept.retain(|kept| kept.director.done <= done);
    }
}
