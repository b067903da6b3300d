//! The families that a scenario can run. A new one is added by one line in [`FAMILIES`].
//!
//! With the feature `split` the engines of all but the first family are a part of the program that arrives when it is
//! first wanted: until [`bring_all`] has run, [`Algorithm::is_here`] is false for them, and they open nothing.

use super::scenario::{OpenError, Scenario};
use crate::sim::message::{Kind, Message};
use crate::sim::office::{STORE_KIND, STORE_KINDS};
use crate::sim::place::{Census, Place};
use crate::sim::protocol::Protocol;
use crate::sim::settings::{Field, Settings, Value};
use crate::sim::simulation::Simulation;
use crate::sim::world::{Opening, World};
use std::fmt;
use std::sync::OnceLock;

/// What the rest of the program knows of a family without its types.
pub struct Family {
    /// Stable id, used in documents and addresses: `"raft"`.
    pub id: &'static str,
    /// Stable number, used in links. Never reuse one.
    pub key: u8,
    pub fields: &'static [Field],
    pub kinds: &'static [Kind],
    /// For an engine that is part of the program from the start.
    make: Option<fn() -> Engine>,
    engine: OnceLock<Engine>,
}

/// The code of a family, behind types that know none of its own.
#[derive(Clone, Copy)]
struct Engine {
    presets: fn() -> Vec<&'static str>,
    value: fn(&str, u8) -> Option<Value>,
    servers: fn(&Scenario) -> u8,
    has_tokens: fn(&Scenario) -> bool,
    open: fn(&Scenario) -> Result<Box<dyn Simulation>, OpenError>,
}

impl Engine {
    fn of<P: Protocol>() -> Engine {
        Engine {
            presets: preset_names::<P::Settings>,
            value: preset_value::<P::Settings>,
            servers: |scenario| settings::<P>(scenario).map_or(0, |settings| P::servers(&settings)),
            has_tokens: |scenario| settings::<P>(scenario).is_ok_and(|settings| P::has_tokens(&settings)),
            open: |scenario| Ok(Box::new(World::<P>::new(opening(scenario)?))),
        }
    }
}

impl Family {
    pub const fn of<P: Protocol>(id: &'static str, key: u8) -> Family {
        let here = key == FIRST || cfg!(not(feature = "split"));
        let make: Option<fn() -> Engine> = if here { Some(Engine::of::<P>) } else { None };
        Family { id, key, fields: P::Settings::FIELDS, kinds: P::Message::KINDS, make, engine: OnceLock::new() }
    }

    /// `None` while it has not arrived.
    fn engine(&self) -> Option<&Engine> {
        match self.make {
            Some(make) => Some(self.engine.get_or_init(make)),
            None => self.engine.get(),
        }
    }
}

/// A family, as scenarios name it.
#[derive(Clone, Copy)]
pub struct Algorithm(pub &'static Family);

impl Algorithm {
    pub fn all() -> impl Iterator<Item = Algorithm> + Clone {
        FAMILIES.iter().map(Algorithm)
    }

    pub fn by_id(id: &str) -> Option<Algorithm> {
        Algorithm::all().find(|algorithm| algorithm.0.id == id)
    }

    pub fn by_key(key: u8) -> Option<Algorithm> {
        Algorithm::all().find(|algorithm| algorithm.0.key == key)
    }

    pub fn id(self) -> &'static str {
        self.0.id
    }

    pub fn key(self) -> u8 {
        self.0.key
    }

    pub fn fields(self) -> &'static [Field] {
        self.0.fields
    }

    pub fn kinds(self) -> &'static [Kind] {
        self.0.kinds
    }

    /// The kind of message with this number, of the family or of the store.
    pub fn kind(self, number: u8) -> Option<&'static Kind> {
        match number.checked_sub(STORE_KIND) {
            Some(of_store) => STORE_KINDS.get(usize::from(of_store)),
            None => self.0.kinds.get(usize::from(number)),
        }
    }

    /// Whether its engine has arrived.
    pub fn is_here(self) -> bool {
        self.0.engine().is_some()
    }

    /// The first is the default.
    pub fn presets(self) -> Vec<&'static str> {
        self.0.engine().map_or_else(Vec::new, |engine| (engine.presets)())
    }

    /// What a preset says of a setting; `None` if there is no such preset.
    pub fn preset_value(self, preset: &str, key: u8) -> Option<Value> {
        self.0.engine().and_then(|engine| (engine.value)(preset, key))
    }

    pub(super) fn servers(self, scenario: &Scenario) -> u8 {
        self.0.engine().map_or(0, |engine| (engine.servers)(scenario))
    }

    pub(super) fn has_tokens(self, scenario: &Scenario) -> bool {
        self.0.engine().is_some_and(|engine| (engine.has_tokens)(scenario))
    }

    pub(super) fn open(self, scenario: &Scenario) -> Result<Box<dyn Simulation>, OpenError> {
        let engine = self.0.engine();
        let engine =
            engine.ok_or_else(|| OpenError::new("algorithm", format!("{} has not been fetched yet", self.id())))?;
        (engine.open)(scenario)
    }
}

impl PartialEq for Algorithm {
    fn eq(&self, other: &Algorithm) -> bool {
        self.0.key == other.0.key
    }
}

impl Eq for Algorithm {}

impl fmt::Debug for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.id)
    }
}

fn preset_names<S: Settings>() -> Vec<&'static str> {
    S::PRESETS.iter().map(|&(name, _)| name).collect()
}

fn preset<S: Settings>(name: &str) -> Option<S> {
    S::PRESETS.iter().find(|&&(known, _)| known == name).map(|(_, make)| make())
}

fn preset_value<S: Settings>(name: &str, key: u8) -> Option<Value> {
    preset::<S>(name).map(|settings| settings.value(key))
}

fn settings<P: Protocol>(scenario: &Scenario) -> Result<P::Settings, OpenError> {
    let mut settings = preset::<P::Settings>(scenario.preset)
        .ok_or_else(|| OpenError::new("settings.preset", format!("there is no preset \"{}\"", scenario.preset)))?;
    change(&mut settings, &scenario.settings, "settings")?;
    Ok(settings)
}

/// Sets each of these, checked against the family's description.
fn change<S: Settings>(settings: &mut S, changes: &[(u8, Value)], path: &str) -> Result<(), OpenError> {
    for &(key, value) in changes {
        let field = S::FIELDS.iter().find(|field| field.key == key);
        let field = field.ok_or_else(|| OpenError::new(path, format!("there is no setting with key {key}")))?;
        if !field.kind.admits(value) {
            return Err(OpenError::new(format!("{path}.{}", field.id), "is out of range"));
        }
        settings.set(key, value);
    }
    Ok(())
}

fn opening<P: Protocol>(scenario: &Scenario) -> Result<Opening<P>, OpenError> {
    let settings = settings::<P>(scenario)?;
    let census = Census { nodes: scenario.nodes, servers: P::servers(&settings) };
    let mut opening = Opening::<P>::new(scenario.nodes, scenario.seed, settings.clone());
    opening.wires = scenario.wires;
    opening.pauses = scenario.pauses;
    opening.work = scenario.work;
    opening.guard = scenario.guard;
    opening.links.clone_from(&scenario.links);
    for initial in &scenario.initial {
        let place = initial.place;
        let path = format!("initial.{}", super::who::place_name(place));
        if !census.contains(place) || place == Place::Store {
            return Err(OpenError::new(path, format!("there is no {}", super::who::place_in_words(place))));
        }
        if initial.down {
            opening.down.push(place);
        }
        if !initial.settings.is_empty() {
            let mut own = settings.clone();
            change(&mut own, &initial.settings, &path)?;
            opening.own_settings.push((place, own));
        }
        let mut disk = P::Disk::default();
        for (field, value) in &initial.disk {
            P::seed_disk(&mut disk, census, place, field, value)
                .map_err(|message| OpenError::new(format!("{path}.{field}"), message))?;
        }
        opening.disks.push((place, disk));
    }
    Ok(opening)
}

/// The key of the family that every visitor meets first.
const FIRST: u8 = 1;

macro_rules! families {
    ($($id:literal $key:literal $process:path,)*) => {
        /// Every family, in the order in which people choose among them.
        pub static FAMILIES: [Family; [$($key),*].len()] = [$(Family::of::<$process>($id, $key)),*];

        /// Makes every engine known. Whatever calls this contains them all.
        pub fn bring_all() {
            let engines: &[fn() -> Engine] = &[$(Engine::of::<$process>),*];
            for (family, make) in FAMILIES.iter().zip(engines) {
                family.engine.get_or_init(make);
            }
        }
    };
}

families! {
    "raft" 1 crate::protocols::raft::Raft,
    "paxos" 3 crate::protocols::paxos::Paxos,
    "zab" 4 crate::protocols::zab::Zab,
    "bully" 2 crate::protocols::bully::Bully,
    "zookeeper" 5 crate::protocols::zookeeper::Process,
    "lease" 6 crate::protocols::lease::Process,
    "appointed" 7 crate::protocols::appointed::Process,
}
