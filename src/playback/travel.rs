//! Going to another moment of the same run, backwards or forwards.

use super::director::Next;
use super::milestones::Milestone;
use super::player::Player;
use crate::sim::event::EventId;
use crate::sim::simulation::Simulation;
use crate::sim::time::{END_OF_TIME, MINUTE, Micros};
use crate::sim::touched::Touched;

/// After going back, at least this many events are in the log again, if so many had happened.
const MEMORY: EventId = 4_096;

/// A checkpoint so many events ahead is taken up rather than played to.
const WORTH_A_JUMP: EventId = 16 * MEMORY;

/// How far the search for a milestone goes on when none comes.
const PATIENCE: Micros = 10 * MINUTE;

impl Player {
    /// To this time, after everything due then.
    pub fn seek(&mut self, to: Micros) -> Touched {
        let to = to.min(END_OF_TIME);
        let ahead = self.checkpoints.newest(0, |kept| kept.at() <= to).events();
        if to < self.now() || ahead > self.simulation.events() + WORTH_A_JUMP {
            self.restore(|checkpoint| checkpoint.now() <= to);
        }
        self.play_to(to, |_| false);
        Touched::everything()
    }

    /// Takes back the last step: the exact state before it.
    pub fn step_back(&mut self) -> Touched {
        let here = self.moment();
        let stood_at = self.stood_at;
        let last = self.simulation.kernel().step_at;
        // Time has passed since the last event: the moment right after that event comes first.
        let done = if here.at > last { here.done } else { here.done.saturating_sub(1) };
        if here.at == 0 && here.done == 0 {
            return Touched::default();
        }
        self.go_to_done(done);
        if let Some(stood) = stood_at.filter(|stood| stood.done == done) {
            self.simulation.wait_until(stood.at);
        }
        Touched::everything()
    }

    /// To the moment right after the event happened.
    pub fn seek_event(&mut self, event: EventId) -> Touched {
        if self.simulation.events() > event {
            self.restore_before(|checkpoint, _| checkpoint.events() <= event);
        }
        if self.simulation.events() <= event {
            self.play_to(END_OF_TIME, |player| player.simulation.events() > event);
        }
        Touched::everything()
    }

    /// To the next milestone; plays on until one comes, but not for ever. False if none came.
    pub fn next_milestone(&mut self) -> bool {
        let events = self.simulation.events();
        if let Some(event) = self.milestones().iter().map(|known| known.event).find(|&event| event >= events) {
            self.seek_event(event);
            return true;
        }
        let is_new = move |player: &Player| player.milestones().last().is_some_and(|newest| newest.event >= events);
        self.play_to(self.now().saturating_add(PATIENCE).min(END_OF_TIME), is_new);
        is_new(self)
    }

    /// To the milestone before this moment; false if there is none.
    pub fn previous_milestone(&mut self) -> bool {
        let kernel = self.simulation.kernel();
        let (now, events, last_step) = (self.now(), self.simulation.events(), kernel.step_event());
        let is_earlier = |known: &&Milestone| known.event < last_step || known.event < events && known.at < now;
        let Some(event) = self.milestones().iter().rev().find(is_earlier).map(|known| known.event) else {
            return false;
        };
        self.seek_event(event);
        true
    }

    /// To the moment at which exactly this many things have been done.
    pub(super) fn go_to_done(&mut self, done: u64) {
        self.restore_before(|_, checkpoint_done| checkpoint_done <= done);
        if self.director.done < done {
            self.play_to(END_OF_TIME, |player| player.director.done == done);
        }
    }

    /// To the place in the order of things where an act with this time and count of steps belongs.
    pub(super) fn go_to_place_of(&mut self, at: Micros, after: u32) {
        if (self.now(), self.simulation.kernel().steps_now) > (at, after) {
            self.restore(|checkpoint| (checkpoint.now(), checkpoint.kernel().steps_now) <= (at, after));
        }
        loop {
            let acts = &self.recording.interventions;
            let arrived = self.now() == at && self.simulation.kernel().steps_now >= after;
            let next = self.director.next(self.simulation.as_ref(), acts);
            match next.filter(|&(due, next)| due <= at && (!arrived || next == Next::Visitor)) {
                Some(_) => self.take_one(at),
                None => break,
            }
        }
        self.simulation.wait_until(at);
    }

    fn take_one(&mut self, until: Micros) {
        self.play_to(until, |_| true);
    }

    fn restore(&mut self, fits: impl Fn(&dyn Simulation) -> bool) {
        self.restore_before(|simulation, _| fits(simulation));
    }

    /// Takes up the newest checkpoint that fits, and its history.
    pub(super) fn restore_before(&mut self, fits: impl Fn(&dyn Simulation, u64) -> bool) {
        let mut history = std::mem::take(self.simulation.history_mut());
        let complete_since = history.first();
        let mut memory = 0;
        loop {
            let fits = |kept: &super::checkpoints::Checkpoint| fits(kept.simulation.as_ref(), kept.director.done);
            let kept = self.checkpoints.newest(memory, fits);
            let is_remembered = kept.events() >= complete_since.saturating_add(MEMORY);
            if memory == 0 && complete_since > 0 && !is_remembered {
                memory = MEMORY;
                continue;
            }
            // A jump ahead leaves a gap, which a history cannot have.
            let end = if kept.events() > history.end() { 0 } else { kept.events() };
            history.rewind(end, 0, kept.digest);
            history.acts.clone_from(&kept.acts);
            self.simulation = kept.simulation.checkpoint();
            self.director = kept.director.clone();
            break;
        }
        *self.simulation.history_mut() = history;
        self.stood_at = None;
    }
}
