//! Follows a script during a run: knows which entry is due, and which one waits for a cue.

use super::cue::Cue;
use super::script::{Entry, Trigger};
use crate::sim::fault::By;
use crate::sim::rng::{Purpose, place_stream};
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;
use crate::sim::touched::Touched;
use std::sync::Arc;

/// How far one entry has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    /// The entry before it has not run.
    Waits,
    Due(Micros),
    /// Waits for its cue since this moment.
    Armed {
        since: Micros,
    },
    /// Ran when this many tenures had begun.
    Ran {
        tenures: usize,
    },
}

const NEVER: Micros = Micros::MAX;

#[derive(Clone, Debug)]
pub struct Prompter {
    script: Arc<[Entry]>,
    seed: u64,
    stages: Vec<Stage>,
    /// The earliest time at which an entry is due; [`NEVER`] if none is.
    next_due: Micros,
    /// How many entries wait for a cue.
    armed: usize,
    /// When a standing or status last changed.
    last_change: Micros,
}

impl Prompter {
    pub fn new(script: &[Entry], seed: u64) -> Prompter {
        let mut prompter = Prompter {
            script: script.into(),
            seed,
            stages: vec![Stage::Waits; script.len()],
            next_due: NEVER,
            armed: 0,
            last_change: 0,
        };
        prompter.restart(seed);
        prompter
    }

    /// The same script from its start, with another seed.
    pub fn restart(&mut self, seed: u64) {
        (self.seed, self.armed, self.last_change) = (seed, 0, 0);
        for index in 0..self.stages.len() {
            self.stages[index] = match self.script[index].trigger {
                Trigger::At(low, high) => Stage::Due(self.draw(index, low, high)),
                _ => Stage::Waits,
            };
        }
        self.prepare(0, 0);
        self.note_due();
    }

    /// The entry to run at this very instant because its cue is true.
    pub fn called(&self, simulation: &dyn Simulation) -> Option<usize> {
        if self.armed == 0 {
            return None;
        }
        (0..self.stages.len()).find(|&index| match (self.stages[index], self.script[index].trigger) {
            (Stage::Armed { .. }, Trigger::When(cue)) => cue.is_true(simulation, self.tenures_at_anchor(index)),
            _ => false,
        })
    }

    /// When the next entry is due, as far as that is known now.
    pub fn next_due(&self) -> Option<Micros> {
        (self.next_due != NEVER).then_some(self.next_due)
    }

    /// The first entry that is due by now.
    pub fn due(&self, now: Micros) -> Option<usize> {
        (0..self.stages.len()).find(|&index| self.due_at(index) <= now)
    }

    /// Whether nothing can happen here before [`Prompter::next_due`], whatever the world does.
    pub fn waits_for_no_cue(&self) -> bool {
        self.armed == 0
    }

    /// Runs an entry, now.
    pub fn run(&mut self, index: usize, simulation: &mut dyn Simulation) -> Touched {
        let script = Arc::clone(&self.script);
        let tenures = simulation.kernel().measures.tenures.len();
        let touched = simulation.inject(By::Script, &script[index].act);
        if let Stage::Armed { .. } = self.stages[index] {
            self.armed -= 1;
        }
        self.stages[index] = Stage::Ran { tenures };
        self.saw(&touched, simulation.now());
        self.prepare(index + 1, simulation.now());
        self.note_due();
        touched
    }

    /// To be told after every step and act, so that it knows how long all is quiet.
    pub fn saw(&mut self, touched: &Touched, now: Micros) {
        if touched.standings {
            self.last_change = now;
            if self.armed > 0 {
                self.note_due();
            }
        }
    }

    /// The entry before this one has run, now: it waits for its time or its cue.
    fn prepare(&mut self, index: usize, now: Micros) {
        let Some(entry) = self.script.get(index) else { return };
        match entry.trigger {
            Trigger::At(..) => {}
            Trigger::After(low, high) => {
                self.stages[index] = Stage::Due(now.saturating_add(self.draw(index, low, high)));
            }
            Trigger::When(_) => {
                self.stages[index] = Stage::Armed { since: now };
                self.armed += 1;
            }
        }
    }

    /// Each entry draws from its own stream, so that another one more does not shift it.
    fn draw(&self, index: usize, low: Micros, high: Micros) -> Micros {
        place_stream(self.seed, Purpose::Script, index as u16).between(low, high)
    }

    fn due_at(&self, index: usize) -> Micros {
        match (self.stages[index], self.script[index].trigger) {
            (Stage::Due(at), _) => at,
            (Stage::Armed { since }, Trigger::When(Cue::Quiet(span))) => {
                since.max(self.last_change).saturating_add(span)
            }
            _ => NEVER,
        }
    }

    fn note_due(&mut self) {
        self.next_due = (0..self.stages.len()).map(|index| self.due_at(index)).min().unwrap_or(NEVER);
    }

    fn tenures_at_anchor(&self, index: usize) -> usize {
        let anchor = (0..index).rev().find(|&earlier| !matches!(self.script[earlier].trigger, Trigger::After(..)));
        match anchor.map(|anchor| self.stages[anchor]) {
            Some(Stage::Ran { tenures }) => tenures,
            _ => 0,
        }
    }
}
