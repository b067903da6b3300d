//! A million random events of every family with sound fencing, every fault but a lost disk: no token is ever accepted behind a
//! newer one, and no leader destroys another's work.

mod chaos;

use chaos::{Allowed, Chaos};
use conclave::protocols::appointed::{self, AppointedSettings};
use conclave::protocols::bully::{Bully, BullySettings};
use conclave::protocols::lease::{self, LeaseSettings};
use conclave::protocols::paxos::{Paxos, PaxosSettings};
use conclave::protocols::raft::{Raft, Settings};
use conclave::protocols::zab::{Zab, ZabSettings};
use conclave::protocols::zookeeper::{self, RecipeSettings};
use conclave::sim::fault::{By, Fault, Who};
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::protocol::Protocol;
use conclave::sim::reign::Token;
use conclave::sim::simulation::Simulation;
use conclave::sim::store::{Fencing, Guard, Job, Outcome};
use conclave::sim::time::{MILLISECOND, Micros};
use conclave::sim::world::Opening;
use std::collections::BTreeMap;

const EVENTS: u64 = 1_000_000;
const SLICE: u64 = 1_000;

struct Watched {
    /// The highest token of an accepted write, as seen from outside.
    accepted: Option<Token>,
    holders: BTreeMap<Token, Place>,
    rows: u64,
    refused: u64,
}

impl Watched {
    /// Reads the rows that are new since it last looked.
    fn look<P: Protocol>(&mut self, chaos: &Chaos<P>) {
        let store = &chaos.world.kernel().store;
        let fresh = (store.written - self.rows) as usize;
        assert!(fresh <= store.rows.len(), "{fresh} rows in a slice are more than the ledger keeps");
        for row in store.rows.iter().skip(store.rows.len() - fresh) {
            match row.outcome {
                Outcome::Accepted => {
                    assert!(row.token >= self.accepted, "{row:?} after {:?}", self.accepted);
                    self.accepted = row.token;
                    let token = row.token.expect("a sound token source gives every writer a token");
                    assert_eq!(*self.holders.entry(token).or_insert(row.writer), row.writer, "F-3: {row:?}");
                }
                Outcome::Repeated => {}
                Outcome::Refused => self.refused += 1,
                Outcome::Stale | Outcome::Overwrote => panic!("{row:?}"),
            }
        }
        self.rows = store.written;
    }
}

fn a_million<P: Protocol>(settings: P::Settings, job: Job, grants_tokens: bool, nodes: u8, pace: Micros) {
    let mut opening: Opening<P> = Opening::new(nodes, 11, settings);
    opening.wires.latency = (MILLISECOND, 40 * MILLISECOND);
    opening.wires.tail_chance = 10_000;
    opening.wires.tail_latency = (MILLISECOND, 3_000 * MILLISECOND);
    opening.wires.loss = 10_000;
    opening.wires.duplicate = 20_000;
    opening.wires.disk = (0, 5 * MILLISECOND);
    opening.guard = Guard { fencing: Fencing::On, grants_tokens };
    opening.work.job = job;
    opening.work.pace = 60 * MILLISECOND;
    opening.work.takes = 25 * MILLISECOND;
    let mut chaos = Chaos::new(opening, 11, Allowed { wipe: false, ..Allowed::all() });
    chaos.pace = pace;
    let mut watched = Watched { accepted: None, holders: BTreeMap::new(), rows: 0, refused: 0 };
    let mut slice = 0;
    while chaos.world.events() < EVENTS {
        let so_far = chaos.world.events();
        chaos.run(so_far + SLICE);
        watched.look(&chaos);
        slice += 1;
        // The store restarts now and then, and is away for a slice.
        let store = Who::At(Place::Store);
        match slice % 20 {
            7 => drop(chaos.world.inject(By::Script, &Fault::Crash(store))),
            8 => drop(chaos.world.inject(By::Script, &Fault::Restart(store))),
            _ => {}
        }
    }
    let store = &chaos.world.kernel().store;
    let damage = store.damage;
    assert!(damage.accepted > 500 && watched.refused > 0 && watched.holders.len() > 10, "the run put it to the test");
    assert_eq!((damage.corrupted, damage.lost_updates, damage.double_runs, damage.diverged), (0, 0, 0, 0));
    let promise = chaos.world.properties().iter().find(|property| property.promise.id == "store_tokens_never_go_back");
    assert_eq!(promise.map(|property| property.verdict), Some(Verdict::Kept));
}

#[test]
fn raft() {
    a_million::<Raft>(Settings::paper(), Job::Database, false, 5, 150 * MILLISECOND);
}

#[test]
fn paxos() {
    a_million::<Paxos>(PaxosSettings::default(), Job::Partition, false, 5, 150 * MILLISECOND);
}

#[test]
fn zab() {
    a_million::<Zab>(ZabSettings::quick(), Job::Scheduler, false, 5, 600 * MILLISECOND);
}

#[test]
fn bully_with_tokens_from_the_store() {
    a_million::<Bully>(BullySettings::default(), Job::Database, true, 5, 150 * MILLISECOND);
}

#[test]
fn recipe() {
    a_million::<zookeeper::Process>(RecipeSettings::quick(), Job::Scheduler, false, 4, 600 * MILLISECOND);
}

#[test]
fn lease_with_tokens_from_the_store() {
    a_million::<lease::Process>(LeaseSettings::quick(), Job::Scheduler, true, 4, 600 * MILLISECOND);
}

#[test]
fn lease_with_a_sequencer() {
    let settings = LeaseSettings { sequencer: true, ..LeaseSettings::quick() };
    a_million::<lease::Process>(settings, Job::Database, false, 4, 600 * MILLISECOND);
}

#[test]
fn appointed() {
    a_million::<appointed::Process>(AppointedSettings::quick(), Job::Partition, false, 4, 400 * MILLISECOND);
}
