//! Raft elections: starting, campaigning, winning, giving way.
#![cfg(not(target_arch = "wasm32"))]

mod story;

use conclave::protocols::raft::{Raft, Settings};
use story::{Story, ms};

#[test]
fn five_servers_elect_one_leader_and_replace_it_when_it_dies() {
    let mut c = Story::<Raft>::new(5, Settings::paper());
    let old = c.until_elected();
    assert!(c.now() < ms(1_000));
    c.run(ms(500));
    c.crash(old);
    let new = c.until_elected();
    assert_ne!(new, old);
    assert!(c.process(new).current_term > 1);
    c.restart(old).run(ms(500));
    assert_eq!(c.standing(old).follows, Some(new));
    c.keeps_its_promises();
}
