//! Stories of a lease by compare-and-set, and a million random events of it.

mod chaos;
mod story;

use chaos::{Allowed, Chaos};
use conclave::protocols::lease::{LeaseSettings, Process};
use conclave::sim::fault::{Fault, LinkWires, Waking, Who};
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, SECOND};
use conclave::sim::world::Opening;
use story::{Story, ms, n};

type Candidates = Story<Process>;

const SERVICE: Place = Place::Server(1);

fn held(settings: LeaseSettings, seed: u64) -> (Candidates, Place) {
    let mut candidates = Candidates::with(3, settings, |opening| opening.seed = seed);
    let holder = candidates.until_elected();
    candidates.run(ms(5_000 + 170 * seed));
    (candidates, holder)
}

// ---- L-1, L-2, L-3: a dead holder is replaced when its lease has run out ------------------------------------

#[test]
fn a_dead_holder_is_replaced_within_13_to_24_seconds() {
    for seed in 1..=20 {
        let (mut candidates, holder) = held(LeaseSettings::kubernetes(), seed);
        let number = candidates.standing(holder).reign;
        candidates.crash(holder);
        let since = candidates.now();
        let next = candidates.until_elected();
        let took = candidates.now() - since;
        assert!(took > ms(13_000) && took < ms(24_000), "{took} us");
        assert!(candidates.standing(next).reign > number);
        candidates.keeps_its_promises();
    }
}

#[test]
fn two_takers_of_the_same_version_make_one_holder() {
    let settings = LeaseSettings { jitter: 0, ..LeaseSettings::quick() };
    let mut candidates = Candidates::new(5, settings);
    candidates.until_elected();
    candidates.run(ms(100));
    assert_eq!(candidates.leaders().len(), 1);
    assert_eq!(candidates.sent("conflict"), 4);
}

// ---- L-6: a released lease is taken at the next look --------------------------------------------------------

#[test]
fn a_released_lease_is_taken_at_once() {
    for seed in 1..=20 {
        let (mut candidates, holder) = held(LeaseSettings::kubernetes(), seed);
        candidates.act(Fault::Resign(Who::At(holder)));
        let since = candidates.now();
        let next = candidates.until_elected();
        assert_ne!(next, holder);
        assert!(candidates.now() - since <= ms(4_500));
    }
}

// ---- L-7: the lock delay ------------------------------------------------------------------------------------

#[test]
fn a_lock_delay_keeps_an_expired_lease_closed() {
    let (mut candidates, holder) = held(LeaseSettings::consul(), 1);
    candidates.crash(holder);
    let since = candidates.now();
    candidates.until_elected();
    let took = candidates.now() - since;
    assert!(took >= ms(40_000) && took < ms(51_000), "{took} us");
    assert!(candidates.reasons("lock_delay") > 0);
}

// ---- L-5: a holder that cannot renew stops before anybody else may start ------------------------------------

#[test]
fn a_cut_off_holder_stops_before_another_starts() {
    let (mut candidates, holder) = held(LeaseSettings::kubernetes(), 3);
    candidates.isolate(holder);
    candidates.until("it stops", |candidates| candidates.leaders().is_empty());
    let stopped = candidates.now();
    candidates.until_elected();
    assert!(candidates.now() - stopped > ms(3_000));
    candidates.keeps_its_promises();
}

#[test]
fn a_slow_service_leaves_nobody_leading() {
    let (mut candidates, holder) = held(LeaseSettings::kubernetes(), 2);
    for node in 1..=3 {
        let wires = LinkWires { latency: Some((ms(11_000), ms(11_000))), loss: None };
        candidates.act(Fault::Rewire { from: Who::At(SERVICE), to: Who::At(n(node)), both: false, wires });
    }
    candidates.run(ms(40_000));
    assert_ne!(candidates.leaders(), [holder]);
    candidates.keeps_its_promises();
}

// ---- what is not promised -----------------------------------------------------------------------------------

#[test]
fn a_paused_holder_wakes_up_beside_its_successor() {
    let (mut candidates, holder) = held(LeaseSettings::kubernetes(), 4);
    candidates.pause(holder).run(ms(25_000));
    assert_eq!(candidates.leaders().len(), 2);
    candidates.resume(holder, Waking::InboxFirst);
    candidates.run(ms(5_000));
    assert_eq!(candidates.leaders().len(), 1);
    let verdict = candidates.world.properties()[0].verdict;
    assert!(matches!(verdict, Verdict::Suspended { then: Some(_), .. }), "{verdict:?}");
}

#[test]
fn clocks_that_differ_by_more_than_the_ratio_make_two_holders() {
    let mut overlaps = 0;
    for (seed, slow) in (1..=10).map(|seed| (seed, seed % 2 == 0)) {
        let (mut candidates, holder) = held(LeaseSettings::kubernetes(), seed);
        // 10 s of the holder last 16.7 s: longer than the lease of 15 s. A tenth slow is harmless.
        candidates.act(Fault::Drift(Who::At(holder), if slow { -400_000 } else { -100_000 })).run(ms(10_000));
        candidates.isolate(holder);
        let two = candidates.within(ms(40_000), |candidates| candidates.leaders().len() == 2);
        assert!(slow || !two, "inside the bound");
        overlaps += u32::from(two);
    }
    assert!(overlaps > 0);
}

// ---- a million random events ------------------------------------------------------------------------------

fn a_million(seed: u64, allowed: Allowed) {
    let mut opening: Opening<Process> = Opening::new(4, seed, LeaseSettings::quick());
    opening.wires.latency = (MILLISECOND, 200 * MILLISECOND);
    opening.wires.loss = 20_000;
    opening.wires.duplicate = 20_000;
    opening.wires.disk = (0, 20 * MILLISECOND);
    let mut chaos = Chaos::new(opening, seed, Allowed { wipe: false, ..allowed });
    chaos.asks = 0;
    chaos.pace = 500 * MILLISECOND;
    chaos.run(1_000_000);
    chaos.report("lease");
    chaos.keeps_its_promises();
    chaos.recover(120 * SECOND);
    assert!(chaos.world.kernel().measures.majority_is_led());
}

#[test]
fn a_million_events_with_every_fault() {
    a_million(3, Allowed::all());
}

#[test]
fn a_million_events_within_the_assumptions() {
    a_million(4, Allowed { pause: false, drift: false, ..Allowed::all() });
}
