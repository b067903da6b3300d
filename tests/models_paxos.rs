//! Paxos with 3 acceptors and 2 proposers: every run within a bound, with the shipped step functions.
#![cfg(not(target_arch = "wasm32"))]

mod models;

use conclave::protocols::paxos::{Ballot, Mode, Paxos, PaxosMessage, PaxosRecord, PaxosSettings, PaxosTimer, Value};
use conclave::sim::place::Place;
use conclave::sim::protocol::Timer;
use conclave::sim::request::{Request, Word};
use models::{Cluster, Exploration, Remembers, explore};
use stateright::{Checker, Property};
use std::collections::BTreeSet;

/// All that was ever accepted.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
struct Acceptances(BTreeSet<(Ballot, Value, Place)>);

impl Remembers<Paxos> for Acceptances {
    fn saved(&mut self, by: Place, record: &PaxosRecord) {
        if let PaxosRecord::Accepted { ballot, value, .. } = *record {
            self.0.insert((ballot, value, by));
        }
    }
}

impl Acceptances {
    /// Values that a quorum of 3 accepted under one ballot.
    fn chosen(&self) -> BTreeSet<Value> {
        let votes = |ballot: Ballot| self.0.iter().filter(move |(of, ..)| *of == ballot);
        let chosen = |(ballot, value, _): &&(Ballot, Value, Place)| {
            votes(*ballot).filter(|(_, other, _)| other == value).count() >= 2
        };
        self.0.iter().filter(chosen).map(|(_, value, _)| *value).collect()
    }
}

type State = Cluster<Paxos, Acceptances>;

fn agreement(state: &State) -> bool {
    state.history.chosen().len() <= 1
}

fn one_value_per_ballot(state: &State) -> bool {
    let votes = &state.history.0;
    votes.iter().all(|(ballot, value, _)| votes.iter().all(|(other, of, _)| other != ballot || of == value))
}

fn learned_is_chosen(state: &State) -> bool {
    let chosen = state.history.chosen();
    state.processes.iter().filter_map(|process| process.chosen().first()).all(|value| chosen.contains(value))
}

fn validity(state: &State) -> bool {
    state.history.0.iter().all(|(_, value, _)| value.request().is_some())
}

/// N1 wants v and N2 wants w; after a failed round each may start over so often; any node may crash so often.
fn two_proposers(settings: PaxosSettings, crashes: u8, fires: [u8; 3]) -> Exploration<Paxos, Acceptances> {
    let wants = |node, text| (Place::Node(node), Request::Write(Word::new(text).expect("short")));
    let settings = PaxosSettings { mode: Mode::Single, ..settings };
    Exploration {
        timers: vec![PaxosTimer::BackOff.number()],
        fires: fires.to_vec(),
        crashes,
        mortal: (1..=3).map(Place::Node).collect(),
        requests: vec![wants(1, "v"), wants(2, "w")],
        // Of the learners only the ballot's own proposer is heard; nobody needs a refusal to be safe.
        carries: |to, message| match message {
            PaxosMessage::Accepted { ballot, .. } => to.number() == ballot.by,
            PaxosMessage::Nack { .. } => false,
            _ => true,
        },
        promises: vec![
            Property::always("at most one value is chosen", |_, state: &State| agreement(state)),
            Property::always("one value per ballot", |_, state: &State| one_value_per_ballot(state)),
            Property::always("what is learned was chosen", |_, state: &State| learned_is_chosen(state)),
            Property::always("what is accepted was asked for", |_, state: &State| validity(state)),
            Property::sometimes("v is chosen", |_, state: &State| chosen(state, "v")),
            Property::sometimes("w is chosen", |_, state: &State| chosen(state, "w")),
        ],
        ..Exploration::of(3, settings)
    }
}

fn chosen(state: &State, text: &str) -> bool {
    state.history.chosen().iter().any(|value| value.to_string() == text)
}

#[test]
fn two_proposers_with_loss_doubling_and_one_crash_agree() {
    let bound = "Paxos, 3 acceptors, 2 proposers with a ballot each, messages lost, doubled and late, one crash";
    explore(bound, two_proposers(PaxosSettings::default(), 1, [0, 0, 0])).assert_properties();
}

#[test]
fn two_proposers_of_which_one_tries_again_agree() {
    let bound = "Paxos, 3 acceptors, 2 proposers, one with two ballots, messages lost, doubled and late, no crash";
    explore(bound, two_proposers(PaxosSettings::default(), 0, [1, 0, 0])).assert_properties();
}

/// The same exploration finds what is wrong with rules taken out.
#[cfg(feature = "mutants")]
mod mutants {
    use super::*;
    use conclave::protocols::paxos::Mutant;

    fn finds(mutant: Mutant, crashes: u8, promise: &'static str) {
        let bound = format!("Paxos without {mutant:?}");
        let settings = PaxosSettings::default().without(mutant);
        let checker = explore(&bound, two_proposers(settings, crashes, [0, 0, 0]));
        assert!(checker.discovery(promise).is_some(), "{mutant:?} was not found");
    }

    #[test]
    fn a_proposer_that_adopts_nothing_is_found() {
        finds(Mutant::NothingAdopted, 0, "at most one value is chosen");
    }

    #[test]
    fn an_acceptor_that_forgets_its_acceptances_is_found() {
        finds(Mutant::AcceptedForgotten, 1, "at most one value is chosen");
    }
}
