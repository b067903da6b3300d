//! A scenario: everything that determines a run but what a visitor does during it.

use super::algorithm::Algorithm;
use super::script::Entry;
use crate::sim::datum::Datum;
use crate::sim::duty::Work;
use crate::sim::fault::LinkWires;
use crate::sim::network::Wires;
use crate::sim::pauses::Pauses;
use crate::sim::place::{Census, Place};
use crate::sim::settings::{Settings, Value};
use crate::sim::simulation::Simulation;
use crate::sim::store::{Fencing, Guard};
use crate::sim::time::MILLISECOND;
use std::fmt;

/// As many nodes as a scenario may have.
pub const MOST_NODES: u8 = 25;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scenario {
    pub title: String,
    /// One line: what to look at.
    pub about: String,
    pub algorithm: Algorithm,
    /// One of the algorithm's presets.
    pub preset: &'static str,
    /// Settings that differ from the preset, by key.
    pub settings: Vec<(u8, Value)>,
    pub nodes: u8,
    pub seed: u64,
    pub wires: Wires,
    pub pauses: Pauses,
    /// What leaders do, and how the store guards itself.
    pub work: Work,
    pub guard: Guard,
    /// Directed links with wires of their own: from, to, how.
    pub links: Vec<(Place, Place, LinkWires)>,
    pub initial: Vec<Initial>,
    pub script: Vec<Entry>,
}

/// How one place starts, where that differs from the others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Initial {
    pub place: Place,
    /// Not started.
    pub down: bool,
    /// What is on its disk, by the family's own field names.
    pub disk: Vec<(String, Datum)>,
    /// Settings of its own, by key.
    pub settings: Vec<(u8, Value)>,
}

impl Initial {
    pub fn new(place: Place) -> Initial {
        Initial { place, down: false, disk: Vec::new(), settings: Vec::new() }
    }
}

/// Why a scenario cannot be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenError {
    /// Where in a document it would stand: `initial.1.vote`.
    pub path: String,
    pub message: String,
}

impl OpenError {
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> OpenError {
        OpenError { path: path.into(), message: message.into() }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for OpenError {}

impl Scenario {
    /// Five nodes, the algorithm's first preset, a cold start, no script.
    pub fn new(algorithm: Algorithm) -> Scenario {
        Scenario {
            title: String::new(),
            about: String::new(),
            algorithm,
            preset: algorithm.presets().first().copied().unwrap_or(""),
            settings: Vec::new(),
            nodes: 5,
            seed: 1,
            wires: Wires::default(),
            pauses: Pauses::default(),
            work: Work::default(),
            guard: Guard::default(),
            links: Vec::new(),
            initial: Vec::new(),
            script: Vec::new(),
        }
    }

    /// What a visitor meets first: five nodes a wide area apart, none started before.
    pub fn opening_view(algorithm: Algorithm) -> Scenario {
        let mut scenario = Scenario::new(algorithm);
        if let Some(wide) = algorithm.presets().into_iter().find(|&preset| preset == "wide") {
            scenario.preset = wide;
            // What the preset's timeouts are made for.
            scenario.wires.latency = (30 * MILLISECOND, 40 * MILLISECOND);
        }
        scenario
    }

    /// The places this scenario has.
    pub fn census(&self) -> Census {
        Census { nodes: self.nodes, servers: self.algorithm.servers(self) }
    }

    /// A setting as every node starts with it, unless it has its own.
    pub fn setting(&self, key: u8) -> Option<Value> {
        let changed = self.settings.iter().rev().find(|&&(changed, _)| changed == key).map(|&(_, value)| value);
        changed.or_else(|| self.algorithm.preset_value(self.preset, key))
    }

    /// Whether its leaders have fencing tokens of their own.
    pub fn has_tokens(&self) -> bool {
        self.algorithm.has_tokens(self)
    }

    /// The same with sound fencing: F-1, F-2 and F-4, and a token that only grows. Where the family has none, the store
    /// grants them.
    pub fn with_sound_fencing(mut self) -> Scenario {
        self.guard = Guard { fencing: Fencing::On, grants_tokens: self.guard.grants_tokens || !self.has_tokens() };
        (self.work.raise_fence, self.work.clock_token) = (true, false);
        self
    }

    /// The world at its start, not keeping history.
    ///
    /// # Errors
    /// Something in it is out of range or names what does not exist.
    pub fn open(&self) -> Result<Box<dyn Simulation>, OpenError> {
        self.check_ranges()?;
        self.algorithm.open(self)
    }

    /// The world at its start, keeping history from the first boot on.
    ///
    /// # Errors
    /// As [`Scenario::open`].
    pub fn open_with_history(&self, bound: usize) -> Result<Box<dyn Simulation>, OpenError> {
        let mut simulation = self.open()?;
        simulation.keep_history(bound);
        simulation.restart(self.seed);
        Ok(simulation)
    }

    fn check_ranges(&self) -> Result<(), OpenError> {
        if self.nodes == 0 || self.nodes > MOST_NODES {
            return Err(OpenError::new("nodes", format!("must be 1 to {MOST_NODES}")));
        }
        check(&self.wires, "wires")?;
        check(&self.pauses, "pauses")?;
        check(&self.work, "work")?;
        check(&self.guard, "store")?;
        let census = self.census();
        for (index, &(from, to, wires)) in self.links.iter().enumerate() {
            let path = format!("links[{index}]");
            if !census.contains(from) || !census.contains(to) || from == to {
                return Err(OpenError::new(path, "must name two places that exist"));
            }
            check(&wires_of(wires), &path)?;
        }
        Ok(())
    }
}

/// A link's own wires on top of the defaults, to check them like the others.
fn wires_of(link: LinkWires) -> Wires {
    let wires = Wires::default();
    Wires { latency: link.latency.unwrap_or(wires.latency), loss: link.loss.unwrap_or(wires.loss), ..wires }
}

fn check<S: Settings>(settings: &S, path: &str) -> Result<(), OpenError> {
    match S::FIELDS.iter().find(|field| !field.kind.admits(settings.value(field.key))) {
        Some(field) => Err(OpenError::new(format!("{path}.{}", field.id), "is out of range")),
        None => Ok(()),
    }
}
