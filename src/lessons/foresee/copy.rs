//! A copy of a run at a moment, free to run on.

use super::{Choice, Moment, Question};
use crate::playback::director::Director;
use crate::playback::recording::Recording;
use crate::playback::runner;
use crate::sim::event::{Event, EventId};
use crate::sim::history::BOUND;
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;
use crate::words::event_line::event_line;
use crate::words::lookup::Words;

pub struct Copy {
    pub sim: Box<dyn Simulation>,
    director: Director,
    recording: Recording,
    pub moment: Moment,
    pub words: Words,
}

impl Copy {
    /// Opens the recording anew and goes to the moment.
    pub fn at(recording: &Recording, moment: Moment) -> Result<Copy, String> {
        let mut sim = recording.scenario.open_with_history(BOUND).map_err(|error| error.to_string())?;
        let mut director = Director::new(recording);
        if sim.events() < moment.events {
            let acts = &recording.interventions;
            runner::run(sim.as_mut(), &mut director, acts, moment.at, |sim| sim.events() < moment.events);
        }
        sim.wait_until(moment.at);
        let words = Words::of(recording.scenario.algorithm.id());
        Ok(Copy { sim, director, recording: recording.clone(), moment, words })
    }

    /// Runs on until `enough`, for so long at most. False if it never was.
    pub fn run_on(&mut self, for_at_most: Micros, mut enough: impl FnMut(&dyn Simulation) -> bool) -> bool {
        let mut reached = false;
        let until = self.moment.at.saturating_add(for_at_most);
        let acts = &self.recording.interventions;
        runner::run(self.sim.as_mut(), &mut self.director, acts, until, |sim| {
            reached = enough(sim);
            !reached
        });
        reached
    }

    /// What happened since the moment, oldest first.
    pub fn since(&self) -> impl DoubleEndedIterator<Item = &Event> {
        let from = self.moment.events;
        self.sim.history().events().filter(move |event| event.id >= from)
    }

    /// The event that led the step of this one.
    pub fn step_of(&self, event: EventId) -> EventId {
        let history = self.sim.history();
        let leads = |id: &EventId| history.event(*id).is_none_or(|event| event.leads_step);
        (history.first()..=event).rev().find(leads).unwrap_or(event)
    }

    /// The question as a whole, decided by this event if by any.
    pub fn question(self, ask: String, choices: Vec<Choice>, right: usize, decisive: Option<EventId>) -> Question {
        let event = decisive.and_then(|id| self.sim.history().event(id));
        let line = event.map_or_else(String::new, |event| event_line(&self.words, self.sim.as_ref(), event).text);
        let rule = event.and_then(|event| event.rule).and_then(|rule| self.words.rule(rule));
        let rule = rule.map(|known| (known.text.to_owned(), known.source.to_owned()));
        Question { ask, choices, right, decisive, line, rule, until: self.sim.now() }
    }
}
