//! The words stories are written with.

use crate::scenarios::algorithm::{Algorithm, FAMILIES};
use crate::scenarios::scenario::{Initial, Scenario};
use crate::sim::datum::Datum;
use crate::sim::duty::Work;
use crate::sim::fault::{Fault, Scope, Who};
use crate::sim::place::Place;
use crate::sim::request::Word;
use crate::sim::settings::Value;
use crate::sim::store::{Fencing, Job};
use crate::sim::time::{MILLISECOND, Micros};

pub const fn ms(milliseconds: u64) -> Micros {
    milliseconds * MILLISECOND
}

pub const fn node(number: u8) -> Who {
    Who::At(Place::Node(number))
}

/// Links between machines in one room.
pub const LOCAL: (Micros, Micros) = (ms(10), ms(20));

/// A family as the page opens it, its leaders at work on the store, which accepts whatever comes.
pub fn at_store(family: &str, job: Job, title: &str, about: &str) -> Scenario {
    let family = Algorithm::by_id(family).unwrap_or(Algorithm(&FAMILIES[0]));
    let mut scenario = Scenario::opening_view(family);
    scenario.title = title.into();
    scenario.about = about.into();
    scenario.guard.fencing = Fencing::Off;
    scenario.work = Work { job, pace: ms(200), takes: ms(60), ..Work::default() };
    scenario
}

/// Raft with the paper's timing, five nodes.
pub fn raft(title: &str, about: &str) -> Scenario {
    let mut scenario = Scenario::new(Algorithm(&FAMILIES[0]));
    scenario.title = title.into();
    scenario.about = about.into();
    scenario
}

impl Scenario {
    /// Sets a setting of the family, by its id; one that the family has not is left alone.
    pub(super) fn set(&mut self, id: &str, value: Value) {
        if let Some(field) = self.algorithm.fields().iter().find(|field| field.id == id) {
            self.settings.push((field.key, value));
        }
    }

    /// How this node starts.
    pub(super) fn initial(&mut self, number: u8) -> &mut Initial {
        let place = Place::Node(number);
        let index = self.initial.iter().position(|known| known.place == place);
        let index = index.unwrap_or_else(|| {
            self.initial.push(Initial::new(place));
            self.initial.len() - 1
        });
        &mut self.initial[index]
    }

    /// This node's own range of election timeouts.
    pub(super) fn patience(&mut self, number: u8, low: Micros, high: Micros) {
        let key = self.algorithm.fields().iter().find(|field| field.id == "election_timeout").map(|field| field.key);
        self.initial(number).settings.extend(key.map(|key| (key, Value::Range(low, high))));
    }

    /// N1 is the first to lose patience, so that it leads.
    pub(super) fn patience_of_first(&mut self) {
        self.patience(1, ms(150), ms(160));
    }

    /// What is on this Raft node's disk.
    pub(super) fn raft_disk(&mut self, number: u8, term: u64, log: &[u64]) {
        let log = log.iter().copied().map(Datum::Number).collect();
        self.initial(number).disk = vec![("term".into(), Datum::Number(term)), ("log".into(), Datum::List(log))];
    }

    /// A change of a setting everywhere, as an act.
    pub(super) fn tune(&self, id: &str, value: Value) -> Fault {
        let key = self.algorithm.fields().iter().find(|field| field.id == id).map_or(u8::MAX, |field| field.key);
        Fault::Tune(Scope::Protocol, key, value)
    }
}

/// Cuts what one place sends to another, not the way back.
pub fn cut_one_way(from: u8, to: u8) -> Fault {
    Fault::Cut { from: node(from), to: node(to), both: false }
}

/// Cuts the cluster in two.
pub fn partition(one: &[u8], other: &[u8]) -> Fault {
    let group = |numbers: &[u8]| numbers.iter().map(|&number| node(number)).collect();
    Fault::Partition(vec![group(one), group(other)])
}

/// Parts one node from all others, and from servers; the store it still reaches.
pub fn part_from_all(who: Who) -> Fault {
    Fault::Partition(vec![Vec::new(), vec![who]])
}

/// A client writes this word; at most eight letters.
pub fn write(word: &str, to: Who) -> Fault {
    Fault::Request(Word::new(word).unwrap_or_default(), to)
}
