//! Fencing with a rule switched off. The stores broken in other ways can be chosen by everybody: `fencing_stories`.
#![cfg(feature = "mutants")]

use conclave::playback::director::Director;
use conclave::playback::recording::Recording;
use conclave::playback::runner;
use conclave::scenarios::catalogue::Story;
use conclave::sim::simulation::Simulation;
use conclave::sim::store::{Fencing, Outcome};
use conclave::sim::time::SECOND;

/// A new leader raises the fence, reads, and then the late write of the old one arrives (S-F3, F-4).
fn race(fencing: Fencing) -> Box<dyn Simulation> {
    let mut scenario = Story::by_id("raft-read-then-write").expect("a story").scenario();
    scenario.work.raise_fence = true;
    scenario.guard.fencing = fencing;
    let mut simulation = scenario.open_with_history(1 << 20).expect("opens");
    runner::run(simulation.as_mut(), &mut Director::new(&Recording::new(scenario)), &[], 25 * SECOND, |_| true);
    simulation
}

#[test]
fn m_f7_a_fence_raised_on_one_resource_does_not_guard_another() {
    let sound = race(Fencing::On);
    let store = &sound.kernel().store;
    assert_eq!((store.damage.lost_updates, store.damage.refused), (0, 1), "where it was raised the late write bounces");

    let broken = race(Fencing::RaisedElsewhere);
    let store = &broken.kernel().store;
    assert_eq!((store.damage.lost_updates, store.damage.refused), (1, 0), "M-F7: {:?}", store.damage);
    let victim = store.worst.and_then(|row| row.victim).expect("whose write was lost");
    assert_ne!(Some(victim.writer), store.worst.map(|row| row.writer));
    let raised = broken.history().events().filter(|event| event.rule.is_some_and(|rule| rule.to_string() == "F-4"));
    assert!(raised.count() > 0, "it did raise the fence, and was told so");
    assert!(store.rows.iter().all(|row| row.outcome != Outcome::Refused));
}
