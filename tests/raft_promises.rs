//! The promises themselves: that they are put to the test, and what a lost disk does to them.
#![cfg(not(target_arch = "wasm32"))]

mod quiet;
mod story;

use conclave::protocols::raft::{Raft, Settings};
use conclave::sim::property::Verdict;
use conclave::sim::simulation::Simulation;
use quiet::{Case, quiet, still};
use story::{Story, ms, n};

#[test]
fn after_a_wipe_promises_are_withdrawn_and_one_then_breaks() {
    let mut c = quiet(3, still(), &[]);
    c.only(&[1, 2]).hupped(1).writes(1, "x").beats(1);
    c.wipe(n(2)).dies(1).returns(2);
    c.only(&[2, 3]).hupped(3);
    c.writes(3, "y").beats(3);
    let of = |id: &str| c.world.properties().iter().find(|p| p.promise.id == id).map(|p| p.verdict);
    assert!(
        matches!(of("one_leader_per_term"), Some(Verdict::Withdrawn { then: Some(_), .. })),
        "{:?}",
        of("one_leader_per_term")
    );
    assert!(matches!(of("committed_survive"), Some(Verdict::Withdrawn { .. })));
    assert_eq!(of("commit_never_falls"), Some(Verdict::Kept), "a lost disk does not void it");
}

#[test]
fn every_promise_is_put_to_the_test_and_one_is_not_made() {
    let mut c = Story::<Raft>::new(5, Settings::paper());
    let leader = c.until_elected();
    c.run(ms(300)).request(leader, "x").run(ms(100)).read(leader).run(ms(300)).crash(leader);
    c.until_elected();
    for property in c.world.properties() {
        assert_eq!(property.promise.promised, property.checks > 0, "{}", property.promise.id);
    }
    let believes = c.world.properties().iter().find(|p| p.promise.id == "one_believes").map(|p| p.verdict);
    assert_eq!(believes, Some(Verdict::NotPromised));
}

#[test]
fn two_may_believe_they_lead_and_no_promise_breaks() {
    let mut c = Story::<Raft>::new(5, Settings::paper());
    let old = c.until_elected();
    c.run(ms(200)).isolate(old);
    c.until("a second leader", |c| c.leaders().len() == 2);
    c.run(ms(1_000));
    assert!(c.world.kernel().measures.multi_leader >= ms(1_000));
    c.keeps_its_promises();
}
