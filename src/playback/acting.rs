//! What a visitor does to a run, and takes back.

use super::player::Player;
use super::recording::Intervention;
use crate::sim::event::What;
use crate::sim::fault::{By, Fault};
use crate::sim::rule::Reason;
use crate::sim::touched::Touched;

/// As many acts as can be redone.
const MOST_UNDONE: usize = 200;

/// What came of an act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outcome {
    pub touched: Touched,
    /// Why nothing was done; the run is as if it had not been tried.
    pub refused: Option<Reason>,
    /// The number of the future that was left behind, if this act changed the past.
    pub left: Option<u32>,
}

impl Player {
    /// Acts, now. Acting in the past keeps what followed as a fork and starts a new future.
    pub fn intervene(&mut self, fault: Fault) -> Outcome {
        let before = super::checkpoints::Checkpoint::of(self.simulation.as_mut(), &self.director);
        let first = self.simulation.events();
        let act = self.simulation.history().acts.len();
        let steps = self.simulation.kernel().steps_now;
        let touched = self.simulation.inject(By::Visitor, &fault);
        if let Some(reason) = self.refusal_since(first) {
            let mut history = std::mem::take(self.simulation.history_mut());
            history.rewind(first, act, before.digest);
            self.simulation = before.simulation;
            *self.simulation.history_mut() = history;
            return Outcome { touched: Touched::default(), refused: Some(reason), left: None };
        }
        let left = (!self.is_live()).then(|| self.fork_here());
        self.begin_new_future(first);
        self.undone.clear();
        self.recording.interventions.push(Intervention { at: self.now(), after: steps, fault });
        self.count_act(&touched);
        Outcome { touched, refused: None, left }
    }

    pub fn can_undo(&self) -> bool {
        !self.recording.interventions.is_empty()
    }

    /// The act that [`Player::undo`] would take back.
    pub fn last_act(&self) -> Option<&Fault> {
        self.recording.interventions.last().map(|act| &act.fault)
    }

    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// What was undone and can be redone, the next one last.
    pub fn undone(&self) -> &[Intervention] {
        &self.undone
    }

    /// Takes up what an earlier player of the same run had undone.
    pub fn adopt_undone(&mut self, undone: Vec<Intervention>) {
        self.undone = undone;
        self.undone.truncate(MOST_UNDONE);
    }

    /// Takes back the visitor's last act and everything after it: now is the moment before it.
    pub fn undo(&mut self) -> Option<Touched> {
        let mut fewer = self.recording.interventions.clone();
        let act = fewer.pop()?;
        let all = std::mem::take(&mut self.recording.interventions);
        self.change_interventions(&all, fewer);
        self.go_to_place_of(act.at, act.after);
        self.newest = self.moment();
        if self.undone.len() == MOST_UNDONE {
            self.undone.remove(0);
        }
        self.undone.push(act);
        Some(Touched::everything())
    }

    /// Does again what was undone last.
    pub fn redo(&mut self) -> Option<Touched> {
        let act = self.undone.pop()?;
        self.go_to_place_of(act.at, act.after);
        let first = self.simulation.events();
        self.begin_new_future(first);
        let touched = self.simulation.inject(By::Visitor, &act.fault);
        self.recording.interventions.push(act);
        self.count_act(&touched);
        Some(Touched::everything())
    }

    /// From this event on, nothing has happened yet.
    fn begin_new_future(&mut self, first: u64) {
        self.recording.interventions.truncate(self.director.next_act);
        self.checkpoints.forget_after(self.director.done);
        self.forget_from(first);
        self.newest = self.moment();
    }

    fn count_act(&mut self, touched: &Touched) {
        self.director.acted(touched, self.simulation.now());
        self.after_something(touched);
    }

    fn refusal_since(&self, first: u64) -> Option<Reason> {
        let history = self.simulation.history();
        let refused =
            (first..history.end()).any(|id| history.event(id).is_some_and(|event| event.what == What::NotActed));
        if !refused {
            return None;
        }
        Some(history.event(first).and_then(|event| event.reason).unwrap_or(Reason("nobody_fits")))
    }

    /// Replaces the interventions. Whatever the two lists do not share has not happened; now is before that.
    pub(super) fn change_interventions(&mut self, old: &[Intervention], new: Vec<Intervention>) {
        let shared = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        for list in [old, &new] {
            if let Some(act) = list.get(shared) {
                self.checkpoints.forget_since(act, shared);
            }
        }
        self.recording.interventions = new;
        let done = self.director.done;
        self.restore_before(|_, kept| kept <= done);
        self.forget_from(self.simulation.events());
    }
}
