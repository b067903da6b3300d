//! Fast Leader Election and Zab with 3 servers: every run within a bound, with the shipped step functions.
#![cfg(not(target_arch = "wasm32"))]

mod models;

use conclave::protocols::zab::disk::{Disk, Txn};
use conclave::protocols::zab::message::Message;
use conclave::protocols::zab::timer::Timer;
use conclave::protocols::zab::vote::{Ballot, State};
use conclave::protocols::zab::zxid::Zxid;
use conclave::protocols::zab::{Zab, ZabSettings};
use conclave::sim::place::Place;
use conclave::sim::protocol::{Protocol, Timer as _};
use conclave::sim::reign::Role;
use models::{Cluster, Exploration, Remembers, Wires, explore};
use stateright::{Checker, Property};
use std::collections::BTreeSet;

/// Who served as leader in which epoch.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
struct Reigns(BTreeSet<(u64, Place)>);

impl Remembers<Zab> for Reigns {
    fn stepped(&mut self, by: Place, process: &Zab) {
        let standing = process.standing();
        if standing.role == Role::Leader {
            self.0.extend(standing.reign.map(|reign| (reign.number, by)));
        }
    }
}

type World = Cluster<Zab, Reigns>;
type Explored = Exploration<Zab, Reigns>;

/// A disk with this many transactions of epoch 1.
fn disk(count: u32) -> Disk {
    let txn = |counter| Txn { zxid: Zxid { epoch: 1, counter }, value: counter.into(), by: 0, request: 0 };
    Disk { accepted_epoch: 1, current_epoch: 1, history: (1..=count).map(txn).collect(), in_snapshot: 0 }
}

/// Those who cast this vote while they looked, in this round. Votes stay under way for ever, so none is missed.
fn voters(world: &World, leader: Place, round: u32) -> usize {
    let cast = |message: &Message| match message {
        Message::Notification(Ballot { vote, round: of, state: State::Looking, .. }) => {
            Place::Node(vote.leader) == leader && *of == round
        }
        _ => false,
    };
    let voters: BTreeSet<Place> =
        world.flights.iter().filter(|flight| cast(&flight.message)).map(|flight| flight.from).collect();
    voters.len()
}

/// In state LEADING: elected, whether it ever serves or not.
fn elected(world: &World) -> impl Iterator<Item = (Place, &Zab)> {
    let places = (1..).map(Place::Node).zip(&world.processes);
    places.filter(|(_, process)| process.state() == State::Leading)
}

fn elected_by_a_quorum(world: &World) -> bool {
    elected(world).all(|(place, process)| voters(world, place, process.round()) >= 2)
}

/// N3 lacks what both others have: no quorum could prefer it.
fn newest_of_a_quorum(world: &World) -> bool {
    elected(world).all(|(place, _)| place != Place::Node(3))
}

/// Whoever follows, follows one that voted for itself.
fn follows_a_candidate(world: &World) -> bool {
    let follows = |process: &Zab| process.standing().follows;
    let followers = (1..).map(Place::Node).zip(&world.processes).filter(|(_, p)| p.state() == State::Following);
    let candidate = |leader: Place| {
        world.flights.iter().any(|flight| {
            let Message::Notification(Ballot { vote, .. }) = &flight.message else { return false };
            flight.from == leader && Place::Node(vote.leader) == leader
        })
    };
    followers.filter_map(|(_, process)| follows(process)).all(candidate)
}

/// N1 has 2 transactions, N2 has 1, N3 none. Only votes are carried; what has been elected gets no further.
fn elections(settings: ZabSettings, fires: [u8; 3], mortal: &[u8]) -> Explored {
    Exploration {
        timers: vec![Timer::Settle.number()],
        fires: fires.to_vec(),
        crashes: u8::from(!mortal.is_empty()),
        mortal: mortal.iter().map(|&server| Place::Node(server)).collect(),
        carries: |_, message| matches!(message, Message::Notification(_)),
        seeded: vec![disk(2), disk(1), disk(0)],
        promises: vec![
            Property::always("a quorum elected it", |_, world: &World| elected_by_a_quorum(world)),
            Property::always("it has the newest history of a quorum", |_, world: &World| newest_of_a_quorum(world)),
            Property::always("who follows, follows a candidate", |_, world: &World| follows_a_candidate(world)),
            Property::sometimes("N1 is elected", |_, world: &World| elected(world).any(|(p, _)| p == Place::Node(1))),
            Property::sometimes("N2 is elected", |_, world: &World| elected(world).any(|(p, _)| p == Place::Node(2))),
            // Not promised: elected is not established.
            Property::sometimes("two are elected at once", |_, world: &World| elected(world).count() == 2),
        ],
        ..Exploration::of(3, settings)
    }
}

#[test]
fn fast_leader_election_of_three_elects_the_newest_of_a_quorum() {
    let bound = "FLE, 3 servers that settle once each, votes lost, doubled and late";
    explore(bound, elections(ZabSettings::default(), [1, 1, 1], &[])).assert_properties();
}

#[test]
fn fast_leader_election_of_three_with_one_crash() {
    let bound = "FLE, 3 servers, votes lost, doubled and late, one crash";
    explore(bound, elections(ZabSettings::default(), [1, 1, 1], &[1, 2, 3])).assert_properties();
}

fn one_leader_per_epoch(world: &World) -> bool {
    let epochs: BTreeSet<u64> = world.history.0.iter().map(|&(epoch, _)| epoch).collect();
    epochs.len() == world.history.0.len()
}

fn promised_before_adopted(world: &World) -> bool {
    world.disks.iter().all(|disk| disk.accepted_epoch >= disk.current_epoch)
}

/// From the first vote until somebody serves, over connections.
fn reigns(settings: ZabSettings, fires: [u8; 3], mortal: &[u8]) -> Explored {
    Exploration {
        timers: vec![Timer::Settle.number()],
        fires: fires.to_vec(),
        crashes: u8::from(!mortal.is_empty()),
        mortal: mortal.iter().map(|&server| Place::Node(server)).collect(),
        wires: Wires::InOrder,
        promises: vec![
            Property::always("one leader serves per epoch", |_, world: &World| one_leader_per_epoch(world)),
            Property::always("promised before adopted", |_, world: &World| promised_before_adopted(world)),
            Property::sometimes("N3 serves", |_, world: &World| world.history.0.iter().any(|r| r.1 == Place::Node(3))),
            Property::sometimes("N2 serves", |_, world: &World| world.history.0.iter().any(|r| r.1 == Place::Node(2))),
        ],
        ..Exploration::of(3, settings)
    }
}

#[test]
fn one_leader_serves_per_epoch() {
    let bound = "Zab, 3 servers that settle once each, over connections, until they serve";
    explore(bound, reigns(ZabSettings::default(), [1, 1, 1], &[])).assert_properties();
}

/// N3 serves with N2; what N1 says and is told is still under way.
fn n3_serves_with_n2(exploration: &Explored, world: &mut World) {
    let pair = [Place::Node(2), Place::Node(3)];
    exploration.settle(world, &pair);
    exploration.run_out(world, Place::Node(3), Timer::Settle.number());
    exploration.run_out(world, Place::Node(2), Timer::Settle.number());
    exploration.settle(world, &pair);
    assert!(!world.history.0.is_empty(), "it serves");
}

/// What may come after that when N2 crashes.
fn second_reign(settings: ZabSettings) -> Explored {
    Exploration { prelude: n3_serves_with_n2, ..reigns(settings, [1, 1, 0], &[2]) }
}

#[test]
fn one_leader_serves_per_epoch_with_a_crash() {
    let bound = "Zab, N3 serves with N2 before N1 is heard; N2 crashes once, N1 and N2 settle once each";
    explore(bound, second_reign(ZabSettings::default())).assert_properties();
}

/// The same explorations find what is wrong with rules taken out.
#[cfg(feature = "mutants")]
mod mutants {
    use super::*;
    use conclave::protocols::zab::mutants::{Mutant, Mutants};

    fn without(mutant: Mutant) -> ZabSettings {
        ZabSettings { mutants: Mutants::of(&[mutant]), ..ZabSettings::default() }
    }

    #[test]
    fn comparing_server_ids_only_is_found() {
        let checker = explore("FLE by server id only", elections(without(Mutant::ServerIdOnly), [1, 1, 1], &[]));
        assert!(checker.discovery("it has the newest history of a quorum").is_some());
    }

    #[test]
    fn epochs_that_are_not_on_disk_are_found() {
        let checker = explore("Zab without its epochs on disk", second_reign(without(Mutant::EpochsNotDurable)));
        assert!(checker.discovery("one leader serves per epoch").is_some());
    }
}
