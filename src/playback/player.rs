//! Plays a recording and lets a visitor interfere. It owns the world; the page only ever asks it.

use super::checkpoints::{Checkpoint, Checkpoints};
use super::director::Director;
use super::forks::Forks;
use super::milestones::{Milestone, Milestones};
use super::recording::{Intervention, Recording};
use super::spacetime::Spacetime;
use super::trail::{Mark, Trail};
use crate::scenarios::scenario::OpenError;
use crate::sim::event::EventId;
use crate::sim::history::BOUND;
use crate::sim::simulation::Simulation;
use crate::sim::time::{END_OF_TIME, Micros};
use crate::sim::touched::Touched;

/// A moment of a run: the time, and how many things had been done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Moment {
    pub at: Micros,
    pub done: u64,
}

pub struct Player {
    pub(super) simulation: Box<dyn Simulation>,
    pub(super) recording: Recording,
    pub(super) director: Director,
    pub(super) checkpoints: Checkpoints,
    pub(super) milestones: Milestones,
    pub(super) spacetime: Spacetime,
    pub(super) trail: Trail,
    /// The furthest moment of this history.
    pub(super) newest: Moment,
    /// Where the last step started from, if nothing was done since.
    pub(super) stood_at: Option<Moment>,
    pub(super) undone: Vec<Intervention>,
    pub(super) forks: Forks,
}

impl Player {
    /// Opens the scenario and stands at its start.
    ///
    /// # Errors
    /// The scenario cannot be opened.
    pub fn new(recording: Recording) -> Result<Player, OpenError> {
        let mut simulation = recording.scenario.open_with_history(BOUND)?;
        let director = Director::new(&recording);
        let checkpoints = Checkpoints::new(Checkpoint::of(simulation.as_mut(), &director));
        let mut player = Player {
            simulation,
            recording,
            director,
            checkpoints,
            milestones: Milestones::default(),
            spacetime: Spacetime::default(),
            trail: Trail::default(),
            newest: Moment::default(),
            stood_at: None,
            undone: Vec::new(),
            forks: Forks::default(),
        };
        player.milestones.read(player.simulation.as_ref(), true);
        player.spacetime.read(player.simulation.as_ref());
        Ok(player)
    }

    pub fn sim(&self) -> &dyn Simulation {
        self.simulation.as_ref()
    }

    pub fn recording(&self) -> &Recording {
        &self.recording
    }

    pub fn now(&self) -> Micros {
        self.simulation.now()
    }

    /// The furthest time this history has been played to.
    pub fn newest(&self) -> Micros {
        self.newest.at
    }

    /// The furthest moment this history has been played to.
    pub fn newest_moment(&self) -> Moment {
        self.newest
    }

    /// Whether now is the newest moment: what is done next has never been played before.
    pub fn is_live(&self) -> bool {
        self.moment() >= self.newest
    }

    /// In order of time, up to the newest moment.
    pub fn milestones(&self) -> &[Milestone] {
        self.milestones.list()
    }

    /// Who led when, and every message, up to the newest moment.
    pub fn spacetime(&self) -> &Spacetime {
        &self.spacetime
    }

    /// What happened from this event on has not happened.
    pub(super) fn forget_from(&mut self, event: EventId) {
        self.milestones.forget_from(event);
        self.trail.forget_from(event);
        self.spacetime.forget_from(event);
    }

    /// How the history read on the way, up to the newest moment.
    pub fn trail(&self) -> &[Mark] {
        self.trail.marks()
    }

    pub fn checkpoints_kept(&self) -> usize {
        self.checkpoints.len()
    }

    /// Everything due in the next `by` microseconds: events, script and recorded interventions, in the right order.
    pub fn advance(&mut self, by: Micros) -> Touched {
        let until = self.now().saturating_add(by).min(END_OF_TIME);
        self.play_to(until, |_| false)
    }

    /// The next event, entry of the script or recorded intervention.
    pub fn step(&mut self) -> Touched {
        let stood = self.moment();
        let touched = self.take_next(END_OF_TIME).unwrap_or_default();
        self.stood_at = (self.director.done > stood.done).then_some(stood);
        touched
    }

    /// The present moment.
    pub fn moment(&self) -> Moment {
        Moment { at: self.now(), done: self.director.done }
    }

    /// Plays until a time, or until `enough` says so after something was done.
    pub(super) fn play_to(&mut self, until: Micros, enough: impl Fn(&Player) -> bool) -> Touched {
        let mut touched = Touched::default();
        while let Some(one) = self.take_next(until) {
            touched.add(one);
            if enough(self) {
                return touched;
            }
        }
        self.simulation.wait_until(until);
        self.newest = self.newest.max(self.moment());
        touched
    }

    /// Does what comes next, if it is due by then.
    fn take_next(&mut self, until: Micros) -> Option<Touched> {
        let acts = &self.recording.interventions;
        let next = self.director.next(self.simulation.as_ref(), acts).filter(|&(at, _)| at <= until)?;
        let touched = self.director.take(self.simulation.as_mut(), acts, next);
        self.after_something(&touched);
        Some(touched)
    }

    pub(super) fn after_something(&mut self, touched: &Touched) {
        self.milestones.read(self.simulation.as_ref(), touched.promises);
        self.spacetime.read(self.simulation.as_ref());
        self.trail.pass(self.simulation.as_ref());
        if self.checkpoints.is_wanted(self.director.done) {
            self.checkpoints.keep(Checkpoint::of(self.simulation.as_mut(), &self.director));
        }
        self.stood_at = None;
        self.newest = self.newest.max(self.moment());
    }
}
