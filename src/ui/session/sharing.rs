//! Opening any run, sharing the one on the page, and returning to those that were left.

use super::{SPEEDS, Session, default_speed};
use crate::playback::arrival::Arrival;
use crate::playback::forks::Fork;
use crate::playback::player::{Moment, Player};
use crate::playback::recording::Recording;
use crate::scenarios::scenario::OpenError;
use crate::share::link::{Chosen, Link, Shared};
use crate::share::parameters::nearest_speed;
use crate::sim::place::Place;
use crate::sim::time::Micros;
use crate::sim::touched::Touched;
use crate::ui::selection::Selection;
use crate::ui::setup::Setup;
use crate::words::en::links as say;
use leptos::prelude::*;

/// A run of this session: the one on the stage, or one that was left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Left {
    pub number: u32,
    pub name: String,
    /// Where it parts from the run that replaced it; `None` for the run on the stage.
    pub parted: Option<Micros>,
    /// The furthest time it was played to.
    pub newest: Micros,
    /// How many acts of the visitor are in it.
    pub acts: usize,
}

/// A run that was left before the page was loaded again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    pub number: u32,
    pub called: String,
    pub link: Link,
}

/// What a page that is loaded again needs besides the address.
pub struct Kept {
    /// Every run of the session, the one on the stage first.
    pub runs: Vec<Restored>,
    /// What was undone and can be redone, as a recording.
    pub undone: Option<Link>,
}

impl Session {
    /// What runs, and everything the visitor did: whoever plays it sees the same.
    pub fn recording(&self) -> Recording {
        self.player.with_value(|player| player.recording().clone())
    }

    /// The exact moment on the page.
    pub fn moment(&self) -> Moment {
        self.player.with_value(Player::moment)
    }

    /// How many acts of the visitor are in the run.
    pub fn acts(&self) -> usize {
        self.player.with_value(|player| player.recording().interventions.len())
    }

    /// The number of the run on the stage, among those of this session.
    pub fn run_number(&self) -> u32 {
        self.player.with_value(Player::run_number)
    }

    /// Opens any recording, with the acts in it, and stands still at that moment. Answers whether the moment was
    /// reached: very long or very busy runs are given up on the way.
    ///
    /// # Errors
    /// The recording's scenario cannot be opened; then the run on the page stays.
    pub fn open_recording(&self, recording: Recording, at: Arrival) -> Result<bool, OpenError> {
        self.open_at(recording, &[at])
    }

    fn open_at(&self, recording: Recording, stops: &[Arrival]) -> Result<bool, OpenError> {
        let setup = Setup::of_scenario(recording.scenario.clone());
        let mut player = Player::new(recording)?;
        let mut arrived = true;
        for &stop in stops {
            arrived = player.arrive(stop);
        }
        self.playing.set(false);
        self.speed.set(default_speed(&setup));
        self.put_on(player, setup);
        Ok(arrived)
    }

    /// Goes to a moment of the run, within bounds; false if the way is too long.
    pub fn arrive(&self, at: Arrival) -> bool {
        self.playing.set(false);
        let mut arrived = false;
        self.change(|player| arrived = player.arrive(at));
        arrived
    }

    /// Simulated time per real time: the nearest there is.
    pub fn set_speed_near(&self, speed: (u64, u64)) {
        self.set_speed(nearest_speed(speed, &SPEEDS));
    }

    // ---- links --------------------------------------------------------------------------------------------

    /// The run on the page as a link, with the moment and what is chosen.
    pub fn link(&self) -> Link {
        let chosen = self.selected.get_untracked().map(|selection| match selection {
            Selection::Place(place) => Chosen::Place(place),
            Selection::Link(one, other) => Chosen::Link(one, other),
            Selection::Message(name) => Chosen::Message(name),
        });
        self.player.with_value(|player| Link::of(player, chosen))
    }

    /// Opens a link and stands still at its moment, or at another one. Answers with what there is to say of it: that
    /// the run is not quite the one that was sent, or that the moment is too far away.
    ///
    /// # Errors
    /// The run cannot be opened; then the one on the page stays.
    pub fn open_link(&self, link: &Link, instead: Option<Arrival>) -> Result<Vec<String>, OpenError> {
        self.open_side(link, 0, instead)
    }

    /// The same for one side of a pair: 0 or 1.
    ///
    /// # Errors
    /// As for [`Session::open_link`].
    pub fn open_side(&self, link: &Link, side: usize, instead: Option<Arrival>) -> Result<Vec<String>, OpenError> {
        let recording = link.recordings().swap_remove(side);
        let moment = Arrival::Moment(link.moment);
        let arrived = self.open_at(recording.clone(), &[Arrival::Moment(link.newest), moment])?;
        let mut remarks = Vec::new();
        if arrived {
            remarks.extend(self.look(|sim| link.difference(side, &recording, sim)));
        }
        let arrived = instead.map_or(arrived, |instead| self.arrive(instead));
        if !arrived {
            remarks.push(say::TOO_FAR.into());
        }
        self.select(link.chosen.map(selection).filter(|&chosen| self.is_here(chosen)));
        Ok(remarks)
    }

    /// Whether the world has the places that this names.
    fn is_here(&self, selection: Selection) -> bool {
        let has = |place: Place| self.look(|sim| sim.kernel().census.contains(place));
        match selection {
            Selection::Place(place) => has(place),
            Selection::Link(one, other) => one < other && has(one) && has(other),
            Selection::Message(name) => name.from != name.to && has(name.from) && has(name.to),
        }
    }

    // ---- runs that were left ------------------------------------------------------------------------------

    /// The runs of this session: the one on the stage, then those that were left, the latest first.
    pub fn runs(&self) -> Vec<Left> {
        self.player.with_value(|player| {
            let here = Left {
                number: player.run_number(),
                name: player.run_name(),
                parted: None,
                newest: player.newest(),
                acts: player.recording().interventions.len(),
            };
            let left = |fork: &Fork| Left {
                number: fork.number,
                name: fork.name(),
                parted: Some(fork.at),
                newest: fork.newest.at,
                acts: fork.interventions.len(),
            };
            std::iter::once(here).chain(player.forks().iter().rev().map(left)).collect()
        })
    }

    /// Calls a run of this session something; an empty name gives back its letter.
    pub fn call_run(&self, number: u32, name: &str) {
        self.player.update_value(|player| player.call_run(number, name));
    }

    /// Puts a future that was left back on the stage.
    pub fn return_to(&self, run: u32) {
        self.change(|player| {
            player.return_to(run);
        });
        self.tell_anew();
        let name = self.player.with_value(Player::run_name);
        self.remark(say::back_in(&name));
    }

    /// What is to be kept for a page that is loaded again.
    pub fn to_keep(&self) -> Kept {
        self.player.with_value(|player| {
            let mut runs =
                vec![Restored { number: player.run_number(), called: player.run_called().into(), link: self.link() }];
            let with = |interventions| Recording { scenario: player.recording().scenario.clone(), interventions };
            runs.extend(player.forks().iter().map(|fork| {
                let mut link = Link::of_recording(with(fork.interventions.clone()), fork.at);
                // The count of the furthest moment is written since this one.
                link.moment.done = 0;
                link.newest = fork.newest;
                Restored { number: fork.number, called: fork.called.clone(), link }
            }));
            // Links hold acts in the order of their times; the last one undone is the earliest.
            let undone: Vec<_> = player.undone().iter().rev().cloned().collect();
            let undone = (!undone.is_empty()).then(|| Link::of_recording(with(undone), 0));
            Kept { runs, undone }
        })
    }

    /// Takes up what [`Session::to_keep`] kept. The run on the stage must have been opened.
    pub fn take_up(&self, kept: Kept) {
        self.player.update_value(|player| {
            if let Some(Shared::One(recording)) = kept.undone.map(|link| link.shared) {
                player.adopt_undone(recording.interventions.into_iter().rev().collect());
            }
            let mut kept = kept.runs.into_iter();
            let Some(here) = kept.next() else { return };
            let fork = |left: Restored| match left.link.shared {
                Shared::One(recording) if recording.scenario == player.recording().scenario => Some(Fork {
                    number: left.number,
                    at: left.link.moment.at,
                    interventions: recording.interventions,
                    newest: left.link.newest,
                    called: left.called,
                }),
                _ => None,
            };
            let forks = kept.filter_map(fork).collect();
            player.adopt_forks(here.number, forks);
            player.call_run(here.number, &here.called);
        });
        self.publish(Touched::default());
    }
}

fn selection(chosen: Chosen) -> Selection {
    match chosen {
        Chosen::Place(place) => Selection::Place(place),
        Chosen::Link(one, other) => Selection::Link(one, other),
        Chosen::Message(name) => Selection::Message(name),
    }
}
