//! The player: the same recording is the same run, however it is cut up and wherever one goes in it.

mod toy;

use conclave::playback::director::Director;
use conclave::playback::milestones::MilestoneKind;
use conclave::playback::player::Player;
use conclave::playback::recording::{Intervention, Recording};
use conclave::playback::runner;
use conclave::playback::walk::Stop;
use conclave::scenarios::cue::Cue;
use conclave::scenarios::scenario::Scenario;
use conclave::scenarios::script::{Entry, Trigger};
use conclave::sim::event::{Event, What};
use conclave::sim::fault::{Fault, Waking, Who};
use conclave::sim::place::Place;
use conclave::sim::rule::Reason;
use conclave::sim::time::{MILLISECOND, MINUTE, Micros, SECOND};
use proptest::prelude::*;
use toy::toy;

fn ms(milliseconds: u64) -> Micros {
    milliseconds * MILLISECOND
}

fn node(number: u8) -> Who {
    Who::At(Place::Node(number))
}

/// A script with every kind of trigger, and much chance in the wires.
fn eventful() -> Scenario {
    let mut scenario = Scenario::new(toy());
    scenario.seed = 7;
    scenario.wires.loss = 20_000;
    scenario.wires.duplicate = 20_000;
    scenario.wires.disk = (0, ms(3));
    scenario.pauses.every = 700 * MILLISECOND;
    scenario.script = vec![
        Entry::when(Cue::Elected, Fault::Crash(Who::Leader)),
        Entry::after(ms(900), Fault::Restart(Who::Followed)),
        Entry { trigger: Trigger::At(ms(800), ms(1_600)), act: Fault::Isolate(Who::Leader) },
        Entry::when(Cue::Elected, Fault::Heal),
        Entry::when(Cue::Quiet(ms(120)), Fault::Pause(Who::Leader)),
        Entry::after(ms(250), Fault::Resume(node(2), Waking::Either)),
    ];
    scenario
}

fn interventions() -> Vec<Intervention> {
    vec![
        Intervention { at: ms(700), after: 0, fault: Fault::Cut { from: node(1), to: node(2), both: false } },
        Intervention { at: ms(1_900), after: 0, fault: Fault::Crash(node(4)) },
        Intervention { at: ms(1_900), after: 0, fault: Fault::Restart(node(4)) },
        Intervention { at: ms(2_200), after: 0, fault: Fault::Heal },
    ]
}

fn recording() -> Recording {
    Recording { scenario: eventful(), interventions: interventions() }
}

fn events_of(player: &Player) -> Vec<Event> {
    player.sim().history().events().copied().collect()
}

/// The run played in one go.
fn straight(recording: &Recording, until: Micros) -> Player {
    let mut player = Player::new(recording.clone()).unwrap();
    player.advance(until);
    player
}

fn assert_same(a: &Player, b: &Player) {
    assert_eq!(a.now(), b.now());
    assert_eq!(a.sim().events(), b.sim().events());
    assert_eq!(a.sim().history().digest(), b.sim().history().digest());
    assert_eq!(a.sim().history().acts, b.sim().history().acts);
    // A history that went back may begin later.
    let (a, b) = (events_of(a), events_of(b));
    let shared = a.len().min(b.len());
    assert_eq!(a[a.len() - shared..], b[b.len() - shared..]);
    assert!(shared > 0);
}

#[test]
fn boots_are_the_first_events_of_the_history() {
    let player = Player::new(Recording::new(Scenario::new(toy()))).unwrap();
    let first = player.sim().history().event(0).unwrap();
    assert_eq!(first.what, What::Booted { life: 1 });
}

#[test]
fn a_step_back_is_the_exact_state_before() {
    let mut player = Player::new(recording()).unwrap();
    player.advance(ms(650));
    let mut stops = Vec::new();
    for _ in 0..200 {
        stops.push((
            player.now(),
            player.sim().events(),
            player.sim().history().digest(),
            format!("{:?}", player.sim().kernel().standings),
        ));
        player.step();
    }
    for stop in stops.into_iter().rev() {
        player.step_back();
        let here = (
            player.now(),
            player.sim().events(),
            player.sim().history().digest(),
            format!("{:?}", player.sim().kernel().standings),
        );
        assert_eq!(here.1, stop.1);
        assert_eq!((here.2, here.3), (stop.2, stop.3));
    }
    assert!(!player.is_live());
}

#[test]
fn one_step_and_back_returns_to_the_very_time() {
    let mut player = Player::new(recording()).unwrap();
    player.advance(1_234_567);
    player.step();
    assert_ne!(player.now(), 1_234_567);
    player.step_back();
    assert_eq!(player.now(), 1_234_567);
}

#[test]
fn stepping_back_to_the_start_and_further_stays_there() {
    let mut player = Player::new(recording()).unwrap();
    for _ in 0..5 {
        player.step();
    }
    for _ in 0..8 {
        player.step_back();
    }
    assert_eq!(player.now(), 0);
    player.seek(ms(3_000));
    assert_same(&player, &straight(&recording(), ms(3_000)));
}

#[test]
fn going_back_far_keeps_some_of_the_log() {
    let mut player = straight(&Recording::new(Scenario::new(toy())), 20 * MINUTE);
    assert!(player.sim().history().first() > 0, "the history is bounded");
    player.seek(10 * MINUTE);
    let history = player.sim().history();
    assert!(history.end() - history.first() >= 4_096);
    assert_eq!(history.end(), player.sim().events());
    assert!(player.checkpoints_kept() <= 64);
    player.seek(19 * MINUTE);
    assert_same(&player, &straight(&Recording::new(Scenario::new(toy())), 19 * MINUTE));
}

#[test]
fn a_visitor_act_is_replayed_exactly_where_it_was_done() {
    let mut player = Player::new(Recording::new(eventful())).unwrap();
    player.advance(ms(640));
    for _ in 0..7 {
        player.step();
    }
    assert!(player.intervene(Fault::Isolate(node(3))).refused.is_none());
    player.step();
    player.intervene(Fault::Request(conclave::sim::request::Word::new("x").unwrap(), Who::Leader));
    player.advance(ms(900));
    let again = straight(player.recording(), player.now());
    assert_same(&player, &again);
}

#[test]
fn an_act_in_the_past_keeps_the_old_future() {
    let mut player = straight(&recording(), ms(3_000));
    let old = player.sim().history().digest();
    player.seek(ms(1_000));
    assert!(!player.is_live());
    assert_eq!(player.newest(), ms(3_000));
    let outcome = player.intervene(Fault::Crash(node(5)));
    assert_eq!((outcome.refused, outcome.left), (None, Some(0)));
    assert!(player.is_live());
    assert_eq!(player.recording().interventions.len(), 2, "the later ones are in the fork");
    assert_eq!(player.forks()[0].name(), "Run A");
    assert_eq!(player.run_name(), "Run B");
    player.advance(ms(2_000));
    assert_ne!(player.sim().history().digest(), old);
    let mine = player.sim().history().digest();

    player.return_to(0).unwrap();
    assert_eq!((player.now(), player.newest()), (ms(3_000), ms(3_000)));
    assert_same(&player, &straight(&recording(), ms(3_000)));
    assert_eq!(player.forks().iter().map(|fork| fork.name()).collect::<Vec<_>>(), ["Run B"]);
    player.return_to(1).unwrap();
    assert_eq!(player.sim().history().digest(), mine);
}

#[test]
fn a_refused_act_leaves_no_trace() {
    let mut player = straight(&recording(), ms(400));
    let outcome = player.intervene(Fault::Restart(node(1)));
    assert_eq!(outcome.refused, Some(Reason("already_up")));
    assert_same(&player, &straight(&recording(), ms(400)));
    assert_eq!(player.recording().interventions.len(), 4);
}

#[test]
fn undo_and_redo_walk_over_the_acts() {
    let mut player = Player::new(Recording::new(Scenario::new(toy()))).unwrap();
    player.advance(ms(500));
    assert!(player.intervene(Fault::Crash(node(1))).refused.is_none());
    assert!(player.intervene(Fault::Crash(node(2))).refused.is_none());
    player.advance(ms(500));
    player.intervene(Fault::Restart(node(1)));
    player.advance(ms(500));
    let whole = player.recording().clone();

    player.undo().unwrap();
    assert_eq!(player.now(), ms(1_000));
    player.undo().unwrap();
    assert_eq!(player.now(), ms(500));
    assert_eq!(player.sim().history().acts.iter().filter(|act| act.fault == Fault::Crash(node(1))).count(), 1);
    assert_eq!(player.recording().interventions.len(), 1);
    player.undo().unwrap();
    assert!(player.undo().is_none());
    assert_same(&player, &straight(&Recording::new(Scenario::new(toy())), ms(500)));
    while player.redo().is_some() {}
    assert_eq!(player.recording(), &whole);
    player.seek(ms(1_500));
    assert_same(&player, &straight(&whole, ms(1_500)));
}

#[test]
fn two_hundred_acts_can_be_undone_and_redone() {
    let mut player = Player::new(Recording::new(Scenario::new(toy()))).unwrap();
    for round in 0..100 {
        player.advance(ms(20));
        let other = node(1 + round % 5);
        assert!(player.intervene(Fault::Crash(other)).refused.is_none());
        player.advance(ms(20));
        assert!(player.intervene(Fault::Restart(other)).refused.is_none());
    }
    let digest = player.sim().history().digest();
    for _ in 0..200 {
        player.undo().unwrap();
    }
    assert!(!player.can_undo());
    for _ in 0..200 {
        player.redo().unwrap();
    }
    assert_eq!(player.sim().history().digest(), digest);
}

#[test]
fn milestones_are_walked_in_both_directions() {
    let mut player = Player::new(recording()).unwrap();
    let mut there = Vec::new();
    while player.now() < 2 * SECOND {
        assert!(player.next_milestone());
        there.push((player.now(), player.sim().events()));
    }
    assert!(player.milestones().iter().any(|known| known.kind == MilestoneKind::Leader));
    assert!(player.milestones().iter().any(|known| matches!(known.kind, MilestoneKind::Act(_))));
    there.pop();
    while let Some(stop) = there.pop() {
        assert!(player.previous_milestone());
        assert_eq!((player.now(), player.sim().events()), stop);
    }
    assert!(!player.previous_milestone());
}

#[test]
fn the_runner_without_a_player_runs_the_same() {
    let recording = recording();
    let player = straight(&recording, ms(4_000));
    let mut alone = recording.scenario.open_with_history(1 << 20).unwrap();
    let mut director = Director::new(&recording);
    runner::run(alone.as_mut(), &mut director, &recording.interventions, ms(4_000), |_| true);
    assert_eq!(alone.history().digest(), player.sim().history().digest());
    let mut fast = recording.scenario.open_with_history(1 << 20).unwrap();
    let mut director = Director::new(&recording);
    runner::run_through(fast.as_mut(), &mut director, &recording.interventions, ms(4_000));
    assert_eq!(fast.history().digest(), player.sim().history().digest());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_slicing_and_seeking_gives_the_same_history(
        seed in 0u64..1_000,
        moves in prop::collection::vec((0u8..5, 0u64..900_000), 1..24),
    ) {
        let mut recording = recording();
        recording.scenario.seed = seed;
        let mut player = Player::new(recording.clone()).unwrap();
        for (how, by) in moves {
            match how {
                0 => { player.advance(by); }
                1 => { player.seek(by * 4); }
                2 => { for _ in 0..by % 40 { player.step(); } }
                3 => { for _ in 0..by % 6 { player.step_back(); } }
                _ => { player.previous_milestone(); }
            }
        }
        player.seek(ms(3_500));
        assert_same(&player, &straight(&recording, ms(3_500)));
    }
}

#[test]
fn a_run_is_walked_by_meaning_in_both_directions() {
    for stop in [Stop::Election, Stop::LeaderChange, Stop::Fault] {
        let mut player = Player::new(recording()).unwrap();
        let mut moments = Vec::new();
        for _ in 0..3 {
            assert!(player.next_stop(stop), "{stop:?}");
            let newest = player.sim().events() - 1;
            let is_here = player.milestones().iter().any(|known| stop.is_at(known.kind) && known.event <= newest);
            assert!(is_here, "{stop:?}");
            moments.push((player.now(), player.sim().events()));
        }
        assert!(moments.is_sorted());
        moments.pop();
        for moment in moments.into_iter().rev() {
            assert!(player.previous_stop(stop), "{stop:?}");
            assert_eq!((player.now(), player.sim().events()), moment, "{stop:?}");
        }
        assert!(!player.previous_stop(stop), "{stop:?}: none before the first");
    }
}

#[test]
fn a_search_in_vain_leaves_no_trace() {
    let mut player = Player::new(recording()).unwrap();
    player.advance(ms(650));
    let untouched = straight(&recording(), ms(650));
    assert!(!player.next_stop(Stop::Commit));
    assert!(player.is_live());
    assert_eq!(player.newest(), ms(650));
    assert_eq!(player.milestones(), untouched.milestones());
    assert_eq!(player.spacetime().messages.list(), untouched.spacetime().messages.list());
    assert_same(&player, &untouched);
}
