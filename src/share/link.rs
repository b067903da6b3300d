//! Runs as links: everything that makes a run, the moment looked at, and how the history read, in a few hundred
//! characters. `docs/links.md` describes every byte.
//!
//! A link of any past version stays readable, and plays the same run: what a link leaves out is what a *frozen* preset
//! says, and tests/golden/links.txt keeps presets, keys and numbers from changing under it.

mod acts;
mod bytes;
pub mod envelope;
mod pair;
mod run;
mod values;

pub use envelope::{LONGEST, VERSION};

use crate::playback::player::{Moment, Player};
use crate::playback::recording::{Intervention, Recording};
use crate::playback::trail::{ENGINE, MOST, Mark, same_until};
use crate::scenarios::scenario::Scenario;
use crate::sim::event::EventId;
use crate::sim::fault::MessageName;
use crate::sim::place::Place;
use crate::sim::simulation::Simulation;
use crate::sim::time::{END_OF_TIME, Micros};
use crate::words::en::links as say;
use bytes::{Eye, Pen};
use std::fmt;
use values::{read_place, write_place};

/// Some chat tools cut longer ones.
pub const LONG: usize = 2_000;

#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
pub enum Shared {
    One(Recording),
    /// Two scenarios and what befalls both; a role that an act names is resolved on each side.
    Pair(Box<[Scenario; 2]>, Vec<Intervention>),
}

/// What was chosen on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chosen {
    Place(Place),
    Link(Place, Place),
    Message(MessageName),
}

/// How the history of one run read at the moment that is shared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Witness {
    pub events: EventId,
    pub digest: u32,
    /// The same on the way there.
    pub marks: Vec<Mark>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    pub shared: Shared,
    /// The moment looked at, and the furthest one played to.
    pub moment: Moment,
    pub newest: Moment,
    pub chosen: Option<Chosen>,
    /// The revision of the engine that played it.
    pub engine: u32,
    /// One for each run; none if nobody has played it yet.
    pub witnesses: Vec<Witness>,
}

/// Why a link cannot be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkError {
    /// Cut, or changed on the way.
    Damaged,
    /// Of this version, which is not known here.
    Newer(u32),
    TooLong,
    /// Whole, but there is no such run, and why.
    Impossible(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            LinkError::Damaged => say::DAMAGED.into(),
            LinkError::Newer(version) => say::newer(*version, VERSION),
            LinkError::TooLong => say::TOO_LONG.into(),
            LinkError::Impossible(why) => say::impossible(why),
        })
    }
}

impl std::error::Error for LinkError {}

impl Witness {
    /// Of a simulation that stands at the moment to be shared. `marks` may reach further.
    pub fn of(simulation: &dyn Simulation, marks: &[Mark]) -> Witness {
        let events = simulation.events();
        let marks = marks.iter().filter(|mark| mark.events <= events).copied().collect();
        Witness { events, digest: simulation.history().digest() as u32, marks }
    }

    fn agrees(&self, simulation: &dyn Simulation) -> bool {
        self.events == simulation.events() && self.digest == simulation.history().digest() as u32
    }
}

impl Link {
    /// What the player shows now.
    pub fn of(player: &Player, chosen: Option<Chosen>) -> Link {
        Link {
            shared: Shared::One(player.recording().clone()),
            moment: player.moment(),
            newest: player.newest_moment(),
            chosen,
            engine: ENGINE,
            witnesses: vec![Witness::of(player.sim(), player.trail())],
        }
    }

    /// A recording that is to be opened at this time.
    pub fn of_recording(recording: Recording, at: Micros) -> Link {
        let moment = Moment { at, done: u64::MAX };
        let shared = Shared::One(recording);
        Link { shared, moment, newest: moment, chosen: None, engine: ENGINE, witnesses: Vec::new() }
    }

    /// What to say of the run with this index (0 but for pairs), played to this link's moment, if it is not the one
    /// that was sent.
    pub fn difference(&self, index: usize, recording: &Recording, played: &dyn Simulation) -> Option<String> {
        let witness = self.witnesses.get(index).filter(|witness| !witness.agrees(played))?;
        Some(say::differs(self.engine, ENGINE, same_until(recording, &witness.marks)))
    }

    /// `1.<base64url>.<check>`.
    pub fn write(&self) -> String {
        let mut pen = Pen::default();
        pen.number(u64::from(self.engine));
        match &self.shared {
            Shared::One(recording) => {
                pen.byte(0);
                run::write_scenario(&recording.scenario, &mut pen);
                run::write_interventions(&recording.interventions, &mut pen);
            }
            Shared::Pair(scenarios, interventions) => {
                pen.byte(1);
                scenarios.iter().for_each(|scenario| run::write_scenario(scenario, &mut pen));
                run::write_interventions(interventions, &mut pen);
            }
        }
        write_moment(self.moment, Moment::default(), &mut pen);
        write_moment(self.newest, self.moment, &mut pen);
        write_chosen(self.chosen, &mut pen);
        pen.count(self.witnesses.len());
        self.witnesses.iter().for_each(|witness| write_witness(witness, &mut pen));
        envelope::seal(&pen.out)
    }

    /// Reads a payload, a fragment such as `#s=...`, or a whole address. What it answers can be opened.
    ///
    /// # Errors
    /// It is no link, was damaged, is from a newer version, or describes a run that cannot be.
    pub fn read(text: &str) -> Result<Link, LinkError> {
        let bytes = envelope::open(payload(text).unwrap_or(text.trim()))?;
        let mut eye = Eye::new(&bytes);
        let link = read_link(&mut eye).filter(|_| eye.is_good() && eye.is_at_end());
        let link = link.ok_or_else(|| LinkError::Impossible(say::NONSENSE.into()))?;
        for scenario in link.scenarios() {
            scenario.open().map_err(|error| LinkError::Impossible(error.to_string()))?;
        }
        Ok(link)
    }

    /// Whether a text means to be a link: an address with a run in it, or a bare payload.
    pub fn is_like(text: &str) -> bool {
        let text = text.trim();
        let is_payload = text.split('.').count() == 3 && text.starts_with(|first: char| first.is_ascii_digit());
        text.lines().count() == 1 && (is_payload || payload(text).is_some())
    }

    /// Its runs: one, or the two of a pair.
    pub fn recordings(&self) -> Vec<Recording> {
        match &self.shared {
            Shared::One(recording) => vec![recording.clone()],
            Shared::Pair(sides, acts) => {
                let side = |side: &Scenario| Recording { scenario: side.clone(), interventions: acts.clone() };
                sides.iter().map(side).collect()
            }
        }
    }

    /// The scenarios of its runs: one or two.
    pub fn scenarios(&self) -> &[Scenario] {
        match &self.shared {
            Shared::One(recording) => std::slice::from_ref(&recording.scenario),
            Shared::Pair(scenarios, _) => scenarios.as_slice(),
        }
    }
}

/// The payload in a fragment or an address: what follows `s=`.
pub fn payload(text: &str) -> Option<&str> {
    let parts = text.trim().split(['#', '?', '&']);
    parts.filter_map(|part| part.strip_prefix("s=")).next()
}

fn read_link(eye: &mut Eye<'_>) -> Option<Link> {
    let engine = eye.number_to(u64::from(u32::MAX)) as u32;
    let shared = if eye.flag() {
        let scenarios = [run::read_scenario(eye)?, run::read_scenario(eye)?];
        Shared::Pair(Box::new(scenarios), run::read_interventions(eye))
    } else {
        let scenario = run::read_scenario(eye)?;
        Shared::One(Recording { scenario, interventions: run::read_interventions(eye) })
    };
    let moment = read_moment(Moment::default(), eye);
    let newest = read_moment(moment, eye);
    let chosen = read_chosen(eye);
    let count = eye.count(2);
    let witnesses = (0..count).map(|_| read_witness(eye)).collect();
    Some(Link { shared, moment, newest, chosen, engine, witnesses })
}

/// The time and the count of things done since another moment; all that are due by then are written as 0.
fn write_moment(moment: Moment, since: Moment, pen: &mut Pen) {
    pen.number(moment.at.saturating_sub(since.at));
    let done = moment.done.saturating_sub(since.done);
    pen.number(if moment.done == u64::MAX { 0 } else { done.saturating_add(1) });
}

fn read_moment(since: Moment, eye: &mut Eye<'_>) -> Moment {
    let at = since.at + eye.number_to(END_OF_TIME);
    let done = eye.number().checked_sub(1).map_or(u64::MAX, |done| since.done.saturating_add(done));
    Moment { at: at.min(END_OF_TIME), done }
}

fn write_chosen(chosen: Option<Chosen>, pen: &mut Pen) {
    match chosen {
        None => pen.byte(0),
        Some(Chosen::Place(place)) => {
            pen.byte(1);
            write_place(place, pen);
        }
        Some(Chosen::Link(one, other)) => {
            pen.byte(2);
            write_place(one, pen);
            write_place(other, pen);
        }
        Some(Chosen::Message(name)) => {
            pen.byte(3);
            acts::write_name(name, pen);
        }
    }
}

fn read_chosen(eye: &mut Eye<'_>) -> Option<Chosen> {
    match eye.number_to(3) {
        0 => None,
        1 => Some(Chosen::Place(read_place(eye))),
        2 => Some(Chosen::Link(read_place(eye), read_place(eye))),
        _ => Some(Chosen::Message(acts::read_name(eye))),
    }
}

fn write_witness(witness: &Witness, pen: &mut Pen) {
    pen.number(witness.events);
    pen.out.extend_from_slice(&witness.digest.to_le_bytes());
    pen.count(witness.marks.len());
    let mut before = 0;
    for mark in &witness.marks {
        pen.number(mark.events.saturating_sub(before));
        pen.byte(mark.digest);
        before = mark.events;
    }
}

fn read_witness(eye: &mut Eye<'_>) -> Witness {
    let events = eye.number();
    let digest = u32::from_le_bytes([eye.byte(), eye.byte(), eye.byte(), eye.byte()]);
    let count = eye.count(MOST);
    let mut before = 0u64;
    let mut read = |eye: &mut Eye<'_>| {
        before = before.saturating_add(eye.number());
        Mark { events: before, digest: eye.byte() }
    };
    Witness { events, digest, marks: (0..count).map(|_| read(eye)).collect() }
}
