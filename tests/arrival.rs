//! Entering a recording at a moment of it: the same as playing there, within bounds.

use conclave::playback::arrival::Arrival;
use conclave::playback::player::{Moment, Player};
use conclave::playback::recording::{Intervention, Recording};
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::scenario::Scenario;
use conclave::sim::fault::{Fault, Who};
use conclave::sim::time::{END_OF_TIME, MILLISECOND, SECOND};

fn recording() -> Recording {
    let mut recording = Recording::new(Scenario::new(Algorithm::by_id("raft").unwrap()));
    let act = |at, fault| Intervention { at, after: 0, fault };
    recording.interventions =
        vec![act(2 * SECOND, Fault::Crash(Who::Leader)), act(4 * SECOND, Fault::Pause(Who::Leader))];
    recording
}

fn entered(at: Arrival) -> Player {
    let mut player = Player::new(recording()).unwrap();
    assert!(player.arrive(at));
    player
}

#[test]
fn a_time_is_entered_with_everything_that_was_done_by_then() {
    let player = entered(Arrival::At(3 * SECOND));
    let mut played = Player::new(recording()).unwrap();
    played.seek(3 * SECOND);
    assert_eq!(player.now(), 3 * SECOND);
    assert_eq!(player.sim().history().digest(), played.sim().history().digest());
    assert_eq!(player.sim().history().acts.len(), 1);
}

#[test]
fn every_step_of_a_run_is_a_moment_that_can_be_entered() {
    let mut walker = Player::new(recording()).unwrap();
    walker.seek(1_990 * MILLISECOND);
    let mut enterer = Player::new(recording()).unwrap();
    for _ in 0..60 {
        walker.step();
        // Forwards from before, backwards from after: the same moment.
        for from in [SECOND, 5 * SECOND] {
            enterer.seek(from);
            assert!(enterer.arrive(Arrival::Moment(walker.moment())));
            assert_eq!(enterer.moment(), walker.moment());
            assert_eq!(enterer.sim().history().digest(), walker.sim().history().digest());
            assert_eq!(enterer.sim().history().acts, walker.sim().history().acts);
        }
    }
}

#[test]
fn an_event_and_the_end_can_be_entered() {
    let event = entered(Arrival::Event(73));
    let last = event.sim().history().event(73).copied().unwrap();
    assert_eq!(event.now(), last.at);
    let end = entered(Arrival::End);
    assert_eq!(end.now(), 4_400 * MILLISECOND);
}

#[test]
fn a_moment_that_is_too_far_away_is_given_up() {
    for at in [Arrival::At(END_OF_TIME), Arrival::Moment(Moment { at: u64::MAX, done: u64::MAX })] {
        let mut player = Player::new(recording()).unwrap();
        assert!(!player.arrive(at));
        assert!(player.now() > SECOND);
    }
}

#[test]
fn waiting_for_a_moment_skips_nothing() {
    // As if the engine that wrote this had done less by then.
    let mut player = Player::new(recording()).unwrap();
    assert!(player.arrive(Arrival::Moment(Moment { at: 3 * SECOND, done: 20 })));
    let mut other = Player::new(recording()).unwrap();
    for player in [&mut player, &mut other] {
        player.seek(5 * SECOND);
    }
    assert_eq!(player.sim().history().digest(), other.sim().history().digest());
}
