//! Walking a run by meaning: from election to election, from fault to fault.

use super::milestones::{Milestone, MilestoneKind};
use super::player::Player;
use crate::sim::event::EventId;
use crate::sim::time::{END_OF_TIME, MINUTE, Micros};

/// How far ahead it is searched where nobody has been yet.
const PATIENCE: Micros = MINUTE;

/// What to look for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// Somebody stands for election.
    Election,
    /// Somebody takes the lead, or gives it up.
    LeaderChange,
    /// Something befalls the cluster: an act, or a pause by chance.
    Fault,
    /// A node, the store or a leader says no.
    Refusal,
    /// Something is decided.
    Commit,
    /// A promise is broken.
    Broken,
}

impl Stop {
    pub const ALL: [Stop; 6] =
        [Stop::Election, Stop::LeaderChange, Stop::Fault, Stop::Refusal, Stop::Commit, Stop::Broken];

    pub fn is_at(self, kind: MilestoneKind) -> bool {
        match kind {
            MilestoneKind::Election => self == Stop::Election,
            MilestoneKind::Leader | MilestoneKind::SteppedDown => self == Stop::LeaderChange,
            MilestoneKind::Act(_) | MilestoneKind::Pause => self == Stop::Fault,
            MilestoneKind::Refusal | MilestoneKind::Declined => self == Stop::Refusal,
            MilestoneKind::Commit(_) => self == Stop::Commit,
            MilestoneKind::Broken(_) => self == Stop::Broken,
        }
    }
}

impl Player {
    /// To the next moment of this kind, played to if need be. Where none comes within a minute of simulated time it
    /// stays where it is, as if nobody had looked, and answers false.
    pub fn next_stop(&mut self, stop: Stop) -> bool {
        if let Some(event) = self.stop_from(stop, self.simulation.events()) {
            self.seek_event(event);
            return true;
        }
        let (here, newest, stood_at) = (self.moment(), self.newest, self.stood_at);
        self.go_on_to_the_newest();
        let known = self.simulation.events();
        let until = self.now().saturating_add(PATIENCE).min(END_OF_TIME);
        self.play_to(until, |player| player.stop_from(stop, known).is_some());
        if let Some(event) = self.stop_from(stop, known) {
            self.seek_event(event);
            return true;
        }
        self.go_back(here);
        self.newest = newest;
        self.stood_at = stood_at;
        // Nobody has seen what was only searched.
        self.forget_from(known);
        false
    }

    /// To the moment of this kind before now; false if there is none.
    pub fn previous_stop(&mut self, stop: Stop) -> bool {
        let kernel = self.simulation.kernel();
        let (now, events, last_step) = (self.now(), self.simulation.events(), kernel.step_event());
        let is_earlier = |known: &Milestone| {
            stop.is_at(known.kind) && (known.event < last_step || known.event < events && known.at < now)
        };
        let found = self.stops().filter(|known| is_earlier(known)).map(|known| known.event).max();
        match found {
            Some(event) => {
                self.seek_event(event);
                true
            }
            None => false,
        }
    }

    /// The first known stop of this kind that has not happened yet at this count of events.
    fn stop_from(&self, stop: Stop, events: EventId) -> Option<EventId> {
        let ahead = |list: &[Milestone]| {
            let later = list.iter().rev().take_while(|known| known.event >= events);
            later.filter(|known| stop.is_at(known.kind)).map(|known| known.event).min()
        };
        let (loud, quiet) = (ahead(self.milestones.list()), ahead(self.milestones.quiet()));
        loud.into_iter().chain(quiet).min()
    }

    fn stops(&self) -> impl Iterator<Item = &Milestone> {
        self.milestones.list().iter().chain(self.milestones.quiet())
    }

    fn go_on_to_the_newest(&mut self) {
        let newest = self.newest;
        if self.moment() >= newest {
            return;
        }
        self.play_to(newest.at, |player| player.moment() >= newest);
    }

    fn go_back(&mut self, here: super::player::Moment) {
        self.go_to_done(here.done);
        self.simulation.wait_until(here.at);
    }
}
