//! Entering a run at a moment of it, within bounds: whoever wrote the recording may have meant harm.

use super::player::{Moment, Player};
use super::recording::Recording;
use crate::scenarios::script::Trigger;
use crate::sim::event::EventId;
use crate::sim::kernel::Kernel;
use crate::sim::time::{END_OF_TIME, MILLISECOND, Micros};

/// Where a run is entered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arrival {
    /// At this time, after everything due then.
    At(Micros),
    /// Right after this event.
    Event(EventId),
    /// When exactly so many things have been done, at that time.
    Moment(Moment),
    /// A little after the last thing that the script does at a set time, or the visitor.
    End,
}

/// As many things are done on the way; about five seconds on a slow machine.
const MOST_DONE: u64 = 1_000_000;
/// Each time so many entries of a script make it that much less, for every step may ask all of them.
const LONG_SCRIPT: u64 = 64;
/// As many messages may be under way, and as many things in all may be due: more would not fit into a small machine.
const MOST_UNDER_WAY: usize = 200_000;
/// What [`Arrival::End`] shows of what came of the last act.
const AFTERMATH: Micros = 400 * MILLISECOND;

impl Arrival {
    /// The start of the run.
    pub const START: Arrival = Arrival::At(0);
}

impl Player {
    /// Goes there and stands there. False if the way is too long, or the run too busy, to be played at once: then it
    /// stands where it gave up.
    pub fn arrive(&mut self, arrival: Arrival) -> bool {
        let end = self.director.done.saturating_add(most_done(&self.recording));
        match arrival {
            Arrival::At(at) => self.arrive_at(Moment { at, done: u64::MAX }, end),
            Arrival::Moment(moment) => self.arrive_at(moment, end),
            Arrival::End => {
                let at = last_act(&self.recording) + AFTERMATH;
                self.arrive_at(Moment { at, done: u64::MAX }, end)
            }
            Arrival::Event(event) => {
                if self.simulation.events() > event {
                    self.restore_before(|checkpoint, _| checkpoint.events() <= event);
                }
                let has_happened = |player: &Player| player.simulation.events() > event;
                if !has_happened(self) {
                    self.play_to(END_OF_TIME, |player| has_happened(player) || player.is_overdone(end));
                }
                has_happened(self)
            }
        }
    }

    fn arrive_at(&mut self, Moment { at, done }: Moment, end: u64) -> bool {
        let at = at.min(END_OF_TIME);
        let moment = Moment { at, done };
        let is_past = |here: Moment| here.at > moment.at || here.done > moment.done;
        if is_past(self.moment()) {
            self.restore_before(|simulation, done| !is_past(Moment { at: simulation.now(), done }));
        }
        while self.director.done < done {
            let next = self.director.next(self.simulation.as_ref(), &self.recording.interventions);
            if next.is_none_or(|(due, _)| due > at) {
                break;
            }
            if self.is_overdone(end) {
                return false;
            }
            self.play_to(at, |_| true);
        }
        // With the next thing still due, waiting for it would skip it.
        let next = self.director.next(self.simulation.as_ref(), &self.recording.interventions);
        let until = next.map_or(at, |(due, _)| due.min(at)).max(self.now());
        self.simulation.wait_until(until);
        self.newest = self.newest.max(self.moment());
        true
    }

    fn is_overdone(&self, end: u64) -> bool {
        self.director.done >= end || is_crowded(self.simulation.kernel())
    }
}

/// As many things may be done before a run is given up.
pub(super) fn most_done(recording: &Recording) -> u64 {
    MOST_DONE / (1 + recording.scenario.script.len() as u64 / LONG_SCRIPT)
}

/// Whether so much is under way that it is given up.
pub(super) fn is_crowded(kernel: &Kernel) -> bool {
    kernel.flights.len() > MOST_UNDER_WAY || kernel.queue.len() > MOST_UNDER_WAY
}

/// The latest time at which the recording itself does something, as far as that is known beforehand.
fn last_act(recording: &Recording) -> Micros {
    let scripted = recording.scenario.script.iter().map(|entry| match entry.trigger {
        Trigger::At(_, high) => high,
        _ => 0,
    });
    recording.interventions.iter().map(|act| act.at).chain(scripted).max().unwrap_or(0)
}
