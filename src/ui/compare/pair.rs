//! Two sessions under one clock: whatever moves the time of one moves the other's.

use super::address::{Asked, Comparison};
use crate::share::link::Link;
use crate::sim::fault::{Fault, Who};
use crate::sim::simulation::Simulation;
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::address;
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
    /// The right side is made here; the left one the page has already. Answers with what there is to say of the link.
    pub fn of(left: Session, asked: Asked) -> (Pair, Vec<String>) {
        let comparison = asked.comparison;
        let right = Session::open(comparison.setup(1), false);
        left.begin(comparison.setup(0));
        let pair = Pair {
            sides: [left, right],
            notes: [RwSignal::new(String::new()), RwSignal::new(String::new())],
            comparison: RwSignal::new(comparison),
        };
        let mut remarks = Vec::new();
        if let Some(link) = &asked.link {
            for (side, session) in pair.sides.iter().enumerate() {
                remarks.extend(session.open_side(link, side, None).unwrap_or_else(|error| vec![error.to_string()]));
            }
            right.select(None);
            remarks.dedup();
        } else if let Some(at) = Comparison::moment() {
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
        (pair, remarks)
    }

    /// Begins anew with another comparison.
    pub fn begin(&self, comparison: Comparison) {
        address::put(&comparison.fragment());
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

    /// Takes back the last act, on the sides that had it.
    pub fn undo(&self) {
        let last = self.sides.map(|session| session.recording().interventions.last().map(|act| act.at));
        let latest = last.into_iter().max().flatten();
        for (session, last) in self.sides.iter().zip(last) {
            if last.is_some() && last == latest {
                session.undo();
            }
        }
    }

    /// `#/compare/raft+bully/minority?fencing=on,on&t=2300`, or with both runs: `#/compare/raft+bully/minority?s=1...`.
    pub fn fragment(&self) -> String {
        let plain = self.comparison.with_untracked(Comparison::fragment);
        let [left, right] = self.sides;
        let at = left.now.get_untracked();
        let is_known = self.comparison.with_untracked(|comparison| comparison.ordeal.is_some());
        let is_whole =
            self.sides.iter().all(|session| session.look(|sim| sim.next_event_at().is_none_or(|next| next > at)));
        let is_plain = is_known && self.sides.iter().all(|session| session.acts() == 0);
        match Link::of_pair(left.link(), right.link(), is_whole) {
            Some(link) if !(is_plain && at.is_multiple_of(MILLISECOND) && is_whole) => {
                let path = plain.split('?').next().unwrap_or_default();
                format!("{path}?s={}", link.write())
            }
            _ => format!("{plain}&t={}", at / MILLISECOND),
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
