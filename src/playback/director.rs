//! Decides what comes next: an event of the world, an entry of the script, or an act of the visitor.
//! At equal times events come first, then the script, then the visitor; an entry whose cue has come true
//! runs at once, right after the event that made it true.

use super::recording::{Intervention, Recording};
use crate::scenarios::prompter::Prompter;
use crate::sim::fault::By;
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;
use crate::sim::touched::Touched;

/// What comes next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// Something happens in the world.
    Event,
    /// The entry of the script with this index runs.
    Script(usize),
    /// The visitor does what the recording says.
    Visitor,
}

/// How far a run has come with its script and its interventions.
#[derive(Clone, Debug)]
pub struct Director {
    prompter: Prompter,
    /// Index of the first intervention not carried out yet.
    pub next_act: usize,
    /// How many things have been done: events, entries and interventions.
    pub done: u64,
}

impl Director {
    pub fn new(recording: &Recording) -> Director {
        let scenario = &recording.scenario;
        Director { prompter: Prompter::new(&scenario.script, scenario.seed), next_act: 0, done: 0 }
    }

    /// The same recording from its start, with another seed.
    pub fn restart(&mut self, seed: u64) {
        self.prompter.restart(seed);
        (self.next_act, self.done) = (0, 0);
    }

    /// What comes next and when; `None` if nothing will ever happen any more.
    pub fn next(&self, simulation: &dyn Simulation, acts: &[Intervention]) -> Option<(Micros, Next)> {
        let thing = self.next_without_visitor(simulation);
        let Some(act) = acts.get(self.next_act) else { return thing };
        let visitor = Some((act.at.max(simulation.now()), Next::Visitor));
        let Some((at, _)) = thing else { return visitor };
        let steps = if at == simulation.now() { simulation.kernel().steps_now } else { 0 };
        if act.at < at || act.at == at && act.after <= steps { visitor } else { thing }
    }

    fn next_without_visitor(&self, simulation: &dyn Simulation) -> Option<(Micros, Next)> {
        let now = simulation.now();
        if let Some(entry) = self.prompter.called(simulation) {
            return Some((now, Next::Script(entry)));
        }
        let event = simulation.next_event_at();
        match (event, self.prompter.next_due()) {
            (Some(at), due) if due.is_none_or(|due| at <= due) => Some((at, Next::Event)),
            (_, Some(due)) => self.prompter.due(due).map(|entry| (due.max(now), Next::Script(entry))),
            _ => None,
        }
    }

    /// Does it, at its time.
    pub fn take(
        &mut self,
        simulation: &mut dyn Simulation,
        acts: &[Intervention],
        (at, next): (Micros, Next),
    ) -> Touched {
        self.done += 1;
        match next {
            Next::Event => {
                let touched = simulation.step();
                self.prompter.saw(&touched, simulation.now());
                touched
            }
            Next::Script(entry) => {
                simulation.wait_until(at);
                self.prompter.run(entry, simulation)
            }
            Next::Visitor => {
                simulation.wait_until(at);
                self.next_act += 1;
                let touched = simulation.inject(By::Visitor, &acts[self.next_act - 1].fault);
                self.prompter.saw(&touched, simulation.now());
                touched
            }
        }
    }

    /// The visitor did something that is being recorded.
    pub fn acted(&mut self, touched: &Touched, now: Micros) {
        self.done += 1;
        self.next_act += 1;
        self.prompter.saw(touched, now);
    }

    /// Up to when the world can run by itself: nobody acts before, and no cue is waited for.
    pub fn undisturbed_until(&self, acts: &[Intervention], until: Micros) -> Option<Micros> {
        let visitor = acts.get(self.next_act).map_or(until, |act| act.at.saturating_sub(1));
        let script = self.prompter.next_due().map_or(until, |due| due.saturating_sub(1));
        self.prompter.waits_for_no_cue().then_some(until.min(visitor).min(script))
    }
}
