//! Two sessions under one clock: whatever moves the time of one moves the other's.

use super::address::Comparison;
use crate::playback::arrival::Arrival;
use crate::playback::recording::Recording;
use crate::sim::fault::{Fault, Who};
use crate::sim::simulation::Simulation;
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::session::Session;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// Where the page stands if nothing may move: the faults have begun to tell.
const STILL: Micros = 3_600 * MILLISECOND;

/// Between two changes of the address, in milliseconds.
const PAUSE: u32 = 1_000;

#[derive(Clone, Copy)]
pub struct Pair {
    pub sides: [Session; 2],
    /// What the last act came to on each side, where it came to nothing.
    pub notes: [RwSignal<String>; 2],
    pub comparison: RwSignal<Comparison>,
}

impl Pair {
    /// The right side is made here; the left one the page has already.
    pub fn of(left: Session, comparison: Comparison) -> Pair {
        let right = Session::open(comparison.setup(1), false);
        left.begin(comparison.setup(0));
        let done = [take_up(left, comparison, 0), take_up(right, comparison, 1)];
        let pair = Pair {
            sides: [left, right],
            notes: [RwSignal::new(String::new()), RwSignal::new(String::new())],
            comparison: RwSignal::new(comparison),
        };
        let at = Comparison::moment();
        if done.contains(&true) {
            // Bounded, for who wrote the address may have meant harm.
            for side in [left, right] {
                side.arrive(Arrival::At(at.unwrap_or(STILL)));
            }
        } else if let Some(at) = at {
            left.pause();
            left.seek(at);
        } else if !left.playing.get_untracked() {
            left.seek(STILL);
        }
        right.follow(left.now.get_untracked());
        left.watch(move |sim, _| right.follow(sim.now()));
        right.watch(move |sim, _| left.follow(sim.now()));
        // Both are told now and then only while they play.
        Effect::new(move |_| {
            let playing = left.playing.get();
            if right.playing.get_untracked() != playing {
                right.playing.set(playing);
            }
        });
        Effect::new(move |_| {
            let speed = left.speed.get();
            right.set_speed(speed);
        });
        pair.keep_address();
        pair
    }

    /// Begins anew with another comparison.
    pub fn begin(&self, comparison: Comparison) {
        self.comparison.set(comparison);
        for (side, session) in self.sides.iter().enumerate() {
            session.begin(comparison.setup(side));
            self.notes[side].set(String::new());
        }
        comparison.write(None, self.sides.map(|side| side.recording()));
    }

    /// Keeps the address true: at a pause, and after whatever was done on either side.
    fn keep_address(self) {
        let written = StoredValue::new(None);
        let timer = StoredValue::new_local(None::<Timeout>);
        Effect::new(move |_| {
            let [left, right] = self.sides;
            left.pulse.track();
            right.pulse.track();
            let at = (!left.playing.get()).then(|| left.now.get_untracked());
            let state =
                (self.comparison.get(), at, self.sides.map(|side| (side.run.get(), side.run_number(), side.acts())));
            let before = written.get_value();
            written.set_value(Some(state));
            // The first state is what the address says already.
            if before.is_none() || before == Some(state) || timer.with_value(Option::is_some) {
                return;
            }
            let write = move || {
                timer.set_value(None);
                // The page may have been left by then.
                let Some(comparison) = self.comparison.try_get_untracked() else { return };
                let acted = self.sides.iter().any(|side| side.acts() > 0);
                let at = (acted || !left.playing.get_untracked()).then(|| left.now.get_untracked());
                comparison.write(at, self.sides.map(|side| side.recording()));
            };
            timer.set_value(Some(Timeout::new(PAUSE, write)));
        });
    }

    /// The same fault on both sides. `whom` finds its target there; where there is none, that side says so.
    pub fn act(&self, missing: &'static str, fault: impl Fn(&dyn Simulation) -> Option<Fault>) {
        for (session, note) in self.sides.iter().zip(self.notes) {
            let found = session.look(|sim| fault(sim).filter(|fault| has_target(sim, fault)));
            match found {
                Some(fault) => {
                    note.set(String::new());
                    session.act(fault);
                }
                None => note.set(format!("{missing} here; skipped.")),
            }
        }
    }

    pub fn undo(&self) {
        for session in self.sides {
            session.undo();
        }
    }
}

/// Does on this side what the address says was done there; false if that is nothing.
fn take_up(session: Session, comparison: Comparison, side: usize) -> bool {
    match Comparison::acts(side) {
        None => return false,
        Some(Err(error)) => session.remark(error.to_string()),
        Some(Ok(interventions)) => {
            let recording = Recording { scenario: comparison.setup(side).scenario, interventions };
            if let Err(error) = session.open_recording(recording, Arrival::START) {
                session.remark(error.to_string());
            }
        }
    }
    true
}

fn has_target(sim: &dyn Simulation, fault: &Fault) -> bool {
    let named: Vec<Who> = match fault {
        Fault::Partition(groups) => groups.iter().flatten().copied().collect(),
        fault => fault.aimed_at().into_iter().collect(),
    };
    named.into_iter().all(|who| sim.kernel().resolve(who).is_some())
}
