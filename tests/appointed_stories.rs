//! Stories of an appointed leader, and a million random events of it.

mod chaos;
mod story;

use chaos::{Allowed, Chaos};
use conclave::protocols::appointed::{AppointedSettings, Process};
use conclave::sim::event::What;
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::request::Answer;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, SECOND};
use conclave::sim::world::Opening;
use story::{Story, ms, n};

type Brokers = Story<Process>;

const CONTROLLER: Place = Place::Server(1);

fn appointed(settings: AppointedSettings) -> Brokers {
    let mut brokers = Brokers::new(3, settings);
    assert_eq!(brokers.until_elected(), n(1), "the first in the list");
    brokers.run(ms(1_000));
    brokers
}

fn written(brokers: &Brokers) -> usize {
    let done = |what: &What| matches!(what, What::Answered { answer: Answer::Written { .. }, .. });
    brokers.world.history().events().filter(|event| done(&event.what)).count()
}

// ---- a dead leader is replaced by the next in sync ------------------------------------------------

#[test]
fn the_next_in_sync_is_appointed() {
    let mut brokers = appointed(AppointedSettings::kraft());
    brokers.request(n(1), "a").run(ms(2_000)).crash(n(1));
    let since = brokers.now();
    assert_eq!(brokers.until_elected(), n(2));
    let took = brokers.now() - since;
    assert!(took > ms(6_900) && took < ms(11_100), "{took} us");
    brokers.run(ms(1_000)).keeps_its_promises();
}

#[test]
fn leadership_is_handed_back_to_the_first() {
    let mut brokers = appointed(AppointedSettings { preferred: true, ..AppointedSettings::quick() });
    brokers.crash(n(1)).run(ms(4_000));
    assert_eq!(brokers.leaders(), [n(2)]);
    brokers.restart(n(1)).run(ms(4_000));
    assert_eq!(brokers.leaders(), [n(1)]);
    brokers.keeps_its_promises();
}

// ---- a leader that is cut off ---------------------------------------------------------------

#[test]
fn a_cut_off_leader_can_commit_nothing() {
    let mut brokers = appointed(AppointedSettings::quick());
    brokers.request(n(1), "a").run(ms(1_000));
    assert_eq!(written(&brokers), 1);
    brokers.isolate(n(1)).request(n(1), "b").run(ms(5_000));
    assert_eq!(brokers.leaders(), [n(1), n(2)], "the old one does not know");
    assert_eq!(written(&brokers), 1, "nobody was told that b is done");
    brokers.request(n(2), "c").run(ms(1_000)).heal().run(ms(3_000));
    assert_eq!(brokers.leaders(), [n(2)]);
    assert_eq!(brokers.told("truncated"), 1);
    assert_eq!(brokers.world.disk(n(1)).log, brokers.world.disk(n(2)).log);
    brokers.keeps_its_promises();
}

#[test]
fn what_a_leader_answers_alone_can_be_lost() {
    let mut brokers = appointed(AppointedSettings { acks_all: false, ..AppointedSettings::quick() });
    brokers.isolate(n(1)).request(n(1), "lost").run(ms(5_000));
    assert_eq!(written(&brokers), 1);
    brokers.heal().run(ms(3_000));
    assert!(brokers.world.disk(n(1)).log.is_empty());
    assert!(matches!(brokers.world.properties()[2].verdict, Verdict::Suspended { .. }));
}

// ---- nobody in sync lives ------------------------------------------------------------------------

/// Only broker 1 is in sync, has a committed record more, and dies.
fn last_one_in_sync_dies(unclean: bool) -> Brokers {
    let mut brokers = appointed(AppointedSettings { min_insync: 1, unclean, ..AppointedSettings::quick() });
    brokers.crash(n(2)).crash(n(3)).run(ms(5_000)).request(n(1), "only").run(ms(1_000));
    assert_eq!(written(&brokers), 1);
    brokers.crash(n(1)).restart(n(2)).run(ms(5_000));
    brokers
}

#[test]
fn without_anybody_in_sync_nobody_leads() {
    let mut brokers = last_one_in_sync_dies(false);
    assert!(brokers.leaders().is_empty());
    brokers.restart(n(1)).run(ms(3_000));
    assert_eq!(brokers.leaders(), [n(1)]);
    assert_eq!(brokers.world.disk(n(2)).log.len(), 1);
    brokers.keeps_its_promises();
}

#[test]
fn an_unclean_appointment_loses_records() {
    let mut brokers = last_one_in_sync_dies(true);
    assert_eq!(brokers.leaders(), [n(2)]);
    brokers.restart(n(1)).run(ms(5_000));
    assert!(brokers.world.disk(n(1)).log.is_empty());
    assert!(matches!(brokers.world.properties()[1].verdict, Verdict::Suspended { then: Some(_), .. }));
}

#[test]
fn a_new_controller_changes_nothing_by_itself() {
    let mut brokers = appointed(AppointedSettings::quick());
    let epoch = brokers.standing(n(1)).reign;
    brokers.crash(CONTROLLER).run(ms(3_000)).restart(CONTROLLER).run(ms(3_000));
    assert_eq!((brokers.leaders(), brokers.standing(n(1)).reign), (vec![n(1)], epoch));
    brokers.keeps_its_promises();
}

// ---- a million random events ------------------------------------------------------------------------------

fn a_million(nodes: u8, seed: u64, settings: AppointedSettings) {
    let mut opening: Opening<Process> = Opening::new(nodes, seed, settings);
    opening.wires.latency = (MILLISECOND, 50 * MILLISECOND);
    opening.wires.loss = 20_000;
    opening.wires.duplicate = 20_000;
    opening.wires.disk = (0, 20 * MILLISECOND);
    let mut chaos = Chaos::new(opening, seed, Allowed { wipe: false, ..Allowed::all() });
    chaos.run(1_000_000);
    chaos.report("appointed");
    chaos.keeps_its_promises();
    chaos.recover(60 * SECOND);
    chaos.keeps_its_promises();
    assert!(chaos.world.kernel().measures.majority_is_led(), "nobody leads in the end");
}

#[test]
fn a_million_events_of_three_brokers() {
    a_million(3, 3, AppointedSettings { min_insync: 1, ..AppointedSettings::quick() });
}

#[test]
fn a_million_events_of_five_brokers() {
    a_million(5, 4, AppointedSettings { preferred: true, ..AppointedSettings::quick() });
}
