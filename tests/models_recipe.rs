//! The ZooKeeper recipe with 3 clients: every run within a bound, with the shipped step functions.
//!
//! The three servers take part as shipped, but what they tell each other takes no time: clients see one service.
#![cfg(not(target_arch = "wasm32"))]

mod models;

use conclave::protocols::zookeeper::message::{Message, Reply};
use conclave::protocols::zookeeper::timer::Timer;
use conclave::protocols::zookeeper::tree::{Tree, Znode};
use conclave::protocols::zookeeper::{Process, RecipeSettings};
use conclave::sim::place::Place;
use conclave::sim::protocol::{Protocol, Timer as _};
use conclave::sim::reign::Role;
use conclave::sim::time::MILLISECOND;
use models::{Cluster, Exploration, Remembers, Wires, explore};
use stateright::{Checker, Property};
use std::collections::BTreeSet;

/// Who led with which token.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
struct Turns(BTreeSet<(u64, Place)>);

impl Remembers<Process> for Turns {
    fn stepped(&mut self, by: Place, process: &Process) {
        self.0.extend(process.standing().token.map(|token| (token.number, by)));
    }
}

type World = Cluster<Process, Turns>;
type Explored = Exploration<Process, Turns>;

/// The server that leads the others in every run: the first whose outage is over.
const FIRST: Place = Place::Server(1);
const SLOT_OF_FIRST: usize = 3;

fn tree(world: &World) -> &Tree {
    &world.disks[SLOT_OF_FIRST].tree
}

fn leads(process: &Process) -> bool {
    process.standing().role == Role::Leader
}

/// Leaders whose znode the service still keeps.
fn rightful(world: &World) -> Vec<Znode> {
    let own = |process: &Process| process.client().filter(|_| leads(process)).and_then(|client| client.own());
    world.processes.iter().filter_map(own).filter(|own| tree(world).znodes.get(&own.sequence) == Some(own)).collect()
}

fn the_lowest_leads(world: &World) -> bool {
    rightful(world).iter().all(|own| tree(world).lowest() == Some(own))
}

fn one_leader_per_token(world: &World) -> bool {
    let tokens: BTreeSet<u64> = world.history.0.iter().map(|&(token, _)| token).collect();
    tokens.len() == world.history.0.len()
}

/// Whoever is connected and waits for a znode that is gone has something coming to it.
fn nobody_waits_in_vain(world: &World) -> bool {
    let clients = world.processes.iter().enumerate().filter_map(|(slot, process)| Some((slot, process.client()?)));
    clients.filter(|(_, client)| client.is_connected()).all(|(slot, client)| {
        let is_coming = || {
            world.flights.iter().any(|flight| {
                let tells = !matches!(flight.message, Message::Reply { reply: Reply::Pong, .. });
                flight.to == Place::Node(slot as u8 + 1) && flight.from == client.server() && tells
            })
        };
        client.waits_for().is_none_or(|sequence| tree(world).znodes.contains_key(&sequence) || is_coming())
    })
}

fn led_by(world: &World, client: u8) -> bool {
    leads(&world.processes[usize::from(client) - 1])
}

fn two_believe(world: &World) -> bool {
    (1..=3).filter(|&client| led_by(world, client)).count() >= 2
}

/// The service is there; no client has come yet.
fn service_is_up(exploration: &Explored, world: &mut World) {
    exploration.settle(world, &exploration.census.all().collect::<Vec<Place>>());
    exploration.run_out(world, FIRST, Timer::Takeover.number());
    exploration.settle(world, &exploration.census.all().collect::<Vec<Place>>());
}

/// One client after the other has queued.
fn all_have_queued(exploration: &Explored, world: &mut World) {
    service_is_up(exploration, world);
    for client in 1..=3 {
        exploration.run_out(world, Place::Node(client), Timer::Connect.number());
        exploration.settle(world, &exploration.census.all().collect::<Vec<Place>>());
    }
}

fn clients(settings: RecipeSettings, fires: [u8; 6], timers: &[Timer]) -> Explored {
    Exploration {
        timers: timers.iter().map(|timer| timer.number()).collect(),
        fires: fires.to_vec(),
        wires: Wires::InOrder,
        at_once: |flight| !flight.from.is_node() && !flight.to.is_node(),
        promises: vec![
            Property::always("of those with a znode the lowest leads", |_, world: &World| the_lowest_leads(world)),
            Property::always("one leader per token", |_, world: &World| one_leader_per_token(world)),
            Property::always("nobody waits in vain", |_, world: &World| nobody_waits_in_vain(world)),
            Property::sometimes("N1 leads", |_, world: &World| led_by(world, 1)),
            Property::sometimes("another leads", |_, world: &World| led_by(world, 2) || led_by(world, 3)),
        ],
        ..Exploration::of(3, settings)
    }
}

#[test]
fn three_clients_queue_in_any_order() {
    let entering = clients(RecipeSettings::quick(), [1, 1, 1, 0, 0, 0], &[Timer::Connect]);
    let bound = "Recipe, 3 clients that connect once each, over connections, to 3 servers";
    explore(bound, Exploration { prelude: service_is_up, ..entering }).assert_properties();
}

/// From a queue of three: time passes in leaps, so that sessions of the silent expire; connections time out and are
/// made anew; clients crash.
fn shaken(settings: RecipeSettings, fires: [u8; 6], crashes: u8, timers: &[Timer]) -> Explored {
    let mut exploration = clients(settings, fires, timers);
    exploration.promises.push(Property::sometimes("two believe that they lead", |_, world| two_believe(world)));
    Exploration {
        prelude: all_have_queued,
        moments: vec![0, 700 * MILLISECOND, 1_400 * MILLISECOND],
        crashes,
        mortal: (1..=3).map(Place::Node).collect(),
        ..exploration
    }
}

#[test]
fn a_queue_of_three_whose_sessions_expire() {
    let timers = [Timer::Ping, Timer::Expire, Timer::Beat];
    let exploration = shaken(RecipeSettings::quick(), [1, 1, 1, 3, 0, 0], 0, &timers);
    explore("Recipe, 3 clients in a queue that ping once each, three beats or times of expiry", exploration)
        .assert_properties();
}

#[test]
fn a_queue_of_three_that_moves_between_servers() {
    let timers = [Timer::Read, Timer::Connect, Timer::Expire];
    let exploration = shaken(RecipeSettings::quick(), [0, 2, 0, 1, 0, 0], 0, &timers);
    explore("Recipe, 3 clients in a queue of which the second changes its server, one expiry", exploration)
        .assert_properties();
}

#[test]
fn a_queue_of_three_with_one_crash() {
    let timers = [Timer::Ping, Timer::Expire];
    let exploration = shaken(RecipeSettings::quick(), [0, 1, 1, 1, 0, 0], 1, &timers);
    explore("Recipe, 3 clients in a queue, one crashes, one expiry", exploration).assert_properties();
}

/// The same explorations find what is wrong with rules taken out.
#[cfg(feature = "mutants")]
mod mutants {
    use super::*;
    use conclave::protocols::zookeeper::mutants::{Mutant, Mutants};

    fn without(mutant: Mutant) -> RecipeSettings {
        RecipeSettings { mutants: Mutants::of(&[mutant]), ..RecipeSettings::quick() }
    }

    #[test]
    fn leading_as_soon_as_the_watch_fires_is_found() {
        let timers = [Timer::Ping, Timer::Expire, Timer::Beat];
        let exploration = shaken(without(Mutant::LeadOnEvent), [1, 1, 1, 3, 0, 0], 0, &timers);
        let checker = explore("Recipe that leads on the event", exploration);
        assert!(checker.discovery("of those with a znode the lowest leads").is_some());
    }

    #[test]
    fn a_watch_that_is_not_set_again_is_found() {
        let timers = [Timer::Read, Timer::Connect, Timer::Expire];
        let exploration = shaken(without(Mutant::NoRearm), [0, 2, 0, 1, 0, 0], 0, &timers);
        let checker = explore("Recipe that sets no watch again", exploration);
        assert!(checker.discovery("nobody waits in vain").is_some());
    }
}
