//! Two sessions under one clock: whatever moves the time of one moves the other's.

use super::address::Comparison;
use crate::sim::fault::{Fault, Who};
use crate::sim::simulation::Simulation;
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::session::Session;
use leptos::prelude::*;

/// Where the page stands if nothing may move: the faults have begun to tell.
const STILL: Micros = 3_600 * MILLISECOND;

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
        let pair = Pair {
            sides: [left, right],
            notes: [RwSignal::new(String::new()), RwSignal::new(String::new())],
            comparison: RwSignal::new(comparison),
        };
        if let Some(at) = Comparison::moment() {
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
        pair
    }

    /// Begins anew with another comparison.
    pub fn begin(&self, comparison: Comparison) {
        comparison.write();
        self.comparison.set(comparison);
        for (side, session) in self.sides.iter().enumerate() {
            session.begin(comparison.setup(side));
            self.notes[side].set(String::new());
        }
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

fn has_target(sim: &dyn Simulation, fault: &Fault) -> bool {
    let named: Vec<Who> = match fault {
        Fault::Partition(groups) => groups.iter().flatten().copied().collect(),
        fault => fault.aimed_at().into_iter().collect(),
    };
    named.into_iter().all(|who| sim.kernel().resolve(who).is_some())
}
