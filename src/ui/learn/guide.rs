//! Leads through a walk on the stage: holds the run at each stop, lets it play to the next, hands over the controls
//! and takes them back.

use crate::lessons::foresee::{self, Moment, Question};
use crate::lessons::walk::{Step, Stop, Walk};
use crate::playback::arrival::Arrival;
use crate::playback::player::Moment as Exact;
use crate::playback::recording::Recording;
use crate::sim::event::EventId;
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::preferences::wants_less_motion;
use crate::ui::selection::Selection;
use crate::ui::session::{SPEEDS, Session};
use crate::words::en::learn as say;
use leptos::prelude::*;

/// From one stop to the next the visitor waits no longer than this.
const PATIENCE: Micros = 5_000 * MILLISECOND;

/// Who moves the run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Nothing is led through.
    Idle,
    /// The run stands at a stop.
    Held,
    /// The run plays towards a target.
    Running,
    /// The visitor has the controls.
    Free,
}

/// Where the run is to be held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Target {
    Stop(usize),
    /// The outcome of a question, and the event that decided it.
    Outcome(Micros, Option<EventId>),
}

#[derive(Clone, Copy)]
pub struct Guide {
    pub session: Session,
    walk: StoredValue<Option<Walk>>,
    pub stops: RwSignal<Vec<Stop>>,
    /// Counted from 0.
    pub step: RwSignal<usize>,
    pub mode: RwSignal<Mode>,
    /// True once the outcome of the step's question has been played.
    pub revealed: RwSignal<bool>,
    target: StoredValue<Option<Target>>,
}

impl Guide {
    pub fn new(session: Session) -> Guide {
        let guide = Guide {
            session,
            walk: StoredValue::new(None),
            stops: RwSignal::new(Vec::new()),
            step: RwSignal::new(0),
            mode: RwSignal::new(Mode::Idle),
            revealed: RwSignal::new(false),
            target: StoredValue::new(None),
        };
        Effect::new(move |_| {
            let now = session.now.get();
            if guide.mode.get_untracked() == Mode::Running {
                guide.watch(now);
            }
        });
        // Whoever pauses a run on its way takes it into his own hands; whoever acts does, too.
        Effect::new(move |_| {
            let playing = session.playing.get();
            let followed = if playing { Mode::Held } else { Mode::Running };
            if guide.mode.get_untracked() == followed {
                guide.mode.set(Mode::Free);
            }
        });
        Effect::new(move |_| {
            let acted = session.undoable.with(Option::is_some);
            if acted && matches!(guide.mode.get_untracked(), Mode::Held | Mode::Running) {
                guide.mode.set(Mode::Free);
            }
        });
        guide
    }

    /// Nothing is led through any more.
    pub fn forget(&self) {
        self.mode.set(Mode::Idle);
        self.walk.set_value(None);
        self.stops.set(Vec::new());
        self.step.set(0);
        self.revealed.set(false);
    }

    /// Begins a walk at a step counted from 0.
    ///
    /// # Errors
    /// The walk cannot be played.
    pub fn begin(&self, walk: Walk, step: usize) -> Result<(), String> {
        let stops = walk.stops()?;
        let step = step.min(stops.len().saturating_sub(1));
        self.walk.set_value(Some(walk));
        self.stops.set(stops);
        self.back_to(step)
    }

    /// Opens the recording anew at a step: whatever the visitor did is gone.
    fn back_to(&self, step: usize) -> Result<(), String> {
        let recording = self.recording().ok_or(say::THERE_IS_NO_RUN)?;
        let Some(at) = self.stop(step).map(|stop| arrival(&stop)) else {
            return Err(say::THERE_IS_NO_SUCH_STEP.into());
        };
        self.session.open_recording(recording, at).map_err(|error| error.to_string())?;
        self.hold(step);
        Ok(())
    }

    /// Puts a run that is no walk on the stage, held at a moment.
    pub fn show(&self, recording: Recording, at: Arrival) {
        if self.session.open_recording(recording, at).is_ok() {
            self.mode.set(Mode::Held);
            self.revealed.set(false);
        }
    }

    fn recording(&self) -> Option<Recording> {
        self.walk.with_value(|walk| walk.as_ref().map(|walk| walk.recording.clone()))
    }

    pub fn stop(&self, step: usize) -> Option<Stop> {
        self.stops.with_untracked(|stops| stops.get(step).cloned())
    }

    /// What the file says of a step.
    pub fn written(&self, step: usize) -> Option<Step> {
        self.walk.with_value(|walk| walk.as_ref().and_then(|walk| walk.steps.get(step).cloned()))
    }

    pub fn last(&self) -> usize {
        self.stops.with(|stops| stops.len().saturating_sub(1))
    }

    fn hold(&self, step: usize) {
        self.target.set_value(None);
        self.revealed.set(false);
        self.step.set(step);
        self.mode.set(Mode::Held);
        let look = self.stop(step).and_then(|stop| stop.places.first().copied());
        self.session.select(look.map(Selection::Place));
        if let Some(stop) = self.stop(step) {
            self.session.announcer.say(&format!("{}. {}", stop.title, stop.caption));
        }
    }

    /// Straight to a step.
    pub fn jump(&self, step: usize) {
        let Some(stop) = self.stop(step) else { return };
        if self.mode.get_untracked() == Mode::Free {
            let _ = self.back_to(step);
            return;
        }
        // Held first: standing still on the way is no wish to take over.
        self.mode.set(Mode::Idle);
        self.session.arrive(arrival(&stop));
        self.hold(step);
    }

    /// On to the next step: plays there; asked again on the way, jumps there.
    pub fn next(&self) {
        let step = self.step.get_untracked();
        let next = step + 1;
        let Some(stop) = self.stop(next) else { return };
        let now = self.session.now.get_untracked();
        let plays = self.mode.get_untracked() == Mode::Held && stop.at > now && !wants_less_motion();
        if !plays {
            return self.jump(next);
        }
        self.run_to(Target::Stop(next), stop.at - now);
    }

    pub fn previous(&self) {
        let step = self.step.get_untracked();
        // On the way, or with a question answered, back is the step itself.
        let held = self.mode.get_untracked() == Mode::Held && !self.revealed.get_untracked();
        self.jump(if held { step.saturating_sub(1) } else { step });
    }

    /// Plays until the outcome of a question stands.
    pub fn run_and_see(&self, question: &Question) {
        let now = self.session.now.get_untracked();
        let target = Target::Outcome(question.until, question.decisive);
        if wants_less_motion() || question.until <= now {
            self.target.set_value(Some(target));
            return self.arrived();
        }
        self.run_to(target, question.until - now);
    }

    fn run_to(&self, target: Target, gap: Micros) {
        let fits = |&(over, under): &(u32, u32)| gap * u64::from(under) / u64::from(over) <= PATIENCE;
        self.session.set_speed(SPEEDS.iter().position(fits).unwrap_or(SPEEDS.len() - 1));
        self.target.set_value(Some(target));
        self.mode.set(Mode::Running);
        self.session.playing.set(true);
    }

    fn watch(&self, now: Micros) {
        let due = match self.target.get_value() {
            Some(Target::Stop(step)) => self.stop(step).is_some_and(|stop| now >= stop.at),
            Some(Target::Outcome(until, _)) => now >= until,
            None => false,
        };
        if due {
            self.arrived();
        }
    }

    fn arrived(&self) {
        self.mode.set(Mode::Idle);
        match self.target.get_value() {
            Some(Target::Stop(step)) => self.jump(step),
            Some(Target::Outcome(until, decisive)) => {
                self.session.arrive(decisive.map_or(Arrival::At(until), Arrival::Event));
                self.target.set_value(None);
                self.mode.set(Mode::Held);
                self.revealed.set(true);
            }
            None => {}
        }
    }

    /// Gives the visitor the controls, or goes back to the step.
    pub fn take_or_return(&self) {
        match self.mode.get_untracked() {
            Mode::Idle => {}
            Mode::Free => {
                let _ = self.back_to(self.step.get_untracked());
            }
            Mode::Held | Mode::Running => self.mode.set(Mode::Free),
        }
    }

    /// The question of a step, answered from this very run.
    pub fn question(&self, step: usize) -> Option<Question> {
        let kind = self.written(step)?.ask?;
        let stop = self.stop(step)?;
        let recording = self.recording()?;
        foresee::ask(&recording, Moment { at: stop.at, events: stop.events }, &kind).ok()
    }
}

fn arrival(stop: &Stop) -> Arrival {
    Arrival::Moment(Exact { at: stop.at, done: stop.done })
}
