//! Multi-Paxos with an elected leader, rule by rule (protocols.md 3.5), and its stories.

mod story;

use conclave::protocols::paxos::{Acceptance, Ballot, Part, Paxos, PaxosDisk, PaxosSettings, Value};
use conclave::sim::event::What;
use conclave::sim::fault::{Fault, Waking, Which, Who};
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::reign::Role;
use conclave::sim::request::{Answer, Word};
use conclave::sim::rng::Pcg;
use conclave::sim::settings::Settings;
use conclave::sim::simulation::Simulation;
use story::{Story, ms, n};

fn five() -> Story<Paxos> {
    Story::new(5, PaxosSettings::default())
}

fn no_lease() -> PaxosSettings {
    PaxosSettings { leases: false, ..PaxosSettings::default() }
}

fn ballot(number: u64, by: u8) -> Ballot {
    Ballot { number, by }
}

fn value(text: &str) -> Value {
    Value::Write { request: 0, word: Word::new(text).expect("short") }
}

fn log(story: &Story<Paxos>, node: Place) -> Vec<String> {
    story.process(node).chosen().iter().map(Value::to_string).collect()
}

fn answers(story: &Story<Paxos>) -> Vec<Answer> {
    let answer = |event: &conclave::sim::event::Event| match event.what {
        What::Answered { answer, .. } => Some(answer),
        _ => None,
    };
    story.world.history().events().filter_map(answer).collect()
}

fn last_answer(story: &Story<Paxos>) -> Option<Answer> {
    answers(story).last().copied()
}

fn is_refused(answer: Option<Answer>, why: &str) -> bool {
    matches!(answer, Some(Answer::Refused(reason)) if reason.0 == why)
}

#[test]
fn a_leader_stands_within_a_second_and_writes_are_chosen() {
    let mut story = five();
    let leader = story.until_elected();
    assert!(story.now() < ms(1_000), "{}", story.now());
    assert_eq!(story.standing(leader).token, story.process(leader).ballot(), "P-14: the ballot is the token");
    for word in ["a", "b", "c"] {
        story.request(leader, word).run(ms(20));
    }
    let written = |index| Answer::Written { index };
    assert_eq!(answers(&story), [written(1), written(2), written(3)]);
    story.run(ms(200));
    for node in story.nodes() {
        assert_eq!(log(&story, node), ["a", "b", "c"], "{node}");
    }
    story.keeps_its_promises();
}

#[test]
fn p8_a_leader_is_elected_with_one_phase_1_for_all_slots() {
    let hasty = PaxosSettings { window: ms(300), ..PaxosSettings::default() };
    let mut story: Story<Paxos> =
        Story::with(5, PaxosSettings::default(), |opening| opening.own_settings = vec![(n(4), hasty)]);
    let leader = story.until_elected();
    assert_eq!(leader, n(4));
    assert_eq!((story.sent("prepare"), story.sent("promise")), (4, 4));
    for _ in 0..10 {
        story.request(leader, "v");
    }
    story.run(ms(100));
    assert_eq!(story.sent("prepare"), 4, "P-10: no further phase 1");
    assert_eq!((story.sent("accept"), story.sent("accepted")), (40, 40));
}

#[test]
fn s_p5_p9_a_new_leader_adopts_values_and_fills_holes() {
    let mut one = PaxosDisk { promised: ballot(3, 1), ..PaxosDisk::default() };
    one.accepted.insert(1, Acceptance { ballot: ballot(3, 1), value: value("x") });
    one.accepted.insert(3, Acceptance { ballot: ballot(3, 1), value: value("z") });
    let two = PaxosDisk { promised: ballot(3, 1), ..one.clone() };
    let mut story: Story<Paxos> = Story::with(3, PaxosSettings::default(), |opening| {
        opening.disks = vec![(n(1), one), (n(2), two)];
        opening.down = vec![n(1)];
    });
    let leader = story.until_elected();
    story.run(ms(300));
    assert_eq!(log(&story, leader), ["x", "no-op", "z"]);
    assert_eq!((story.told("hole_filled"), story.told("adopted")), (1, 2));
    // Re-stamped with the new ballot.
    let stamped = story.process(leader).accepted(1).expect("accepted");
    assert_eq!(Some(stamped.ballot), story.process(leader).ballot());
    story.restart(n(1)).run(ms(500));
    assert_eq!(log(&story, n(1)), ["x", "no-op", "z"]);
    story.keeps_its_promises();
}

#[test]
fn p9_of_several_reported_values_the_highest_ballots_counts() {
    let disk = |ballot: Ballot, text: &str| {
        let mut disk = PaxosDisk { promised: ballot, ..PaxosDisk::default() };
        disk.accepted.insert(1, Acceptance { ballot, value: value(text) });
        disk
    };
    for (first, second) in [(n(1), n(2)), (n(2), n(1))] {
        let mut story: Story<Paxos> = Story::with(3, PaxosSettings::default(), |opening| {
            opening.disks = vec![(first, disk(ballot(1, 1), "old")), (second, disk(ballot(2, 2), "new"))];
            opening.down = vec![n(3)];
        });
        let leader = story.until_elected();
        story.run(ms(100));
        assert_eq!(log(&story, leader), ["new"]);
        story.keeps_its_promises();
    }
}

#[test]
fn p10_what_is_lost_is_asked_for_again_and_laggards_catch_up() {
    let mut story = five();
    let leader = story.until_elected();
    story.drop_kind("accept").request(leader, "v").run(ms(50));
    assert_eq!(answers(&story), []);
    story.heal().run(ms(400));
    assert_eq!(answers(&story), [Answer::Written { index: 1 }]);
    let other = story.nodes().find(|&node| node != leader).expect("others");
    story.crash(other);
    for _ in 0..100 {
        story.request(leader, "w");
    }
    story.run(ms(500)).restart(other).run(ms(500));
    assert_eq!(log(&story, other).len(), 101);
    assert!(story.sent("chosen") >= 2);
    story.keeps_its_promises();
}

#[test]
fn p11_a_leader_stops_when_it_hears_of_a_higher_ballot() {
    let mut story: Story<Paxos> = Story::new(5, no_lease());
    let old = story.until_elected();
    let new = story.nodes().find(|&node| node != old).expect("others");
    story.hup(new).run(ms(10));
    assert_eq!(story.role(old), Role::Follower, "by the prepare it granted");
    story.run(ms(10));
    assert_eq!(story.leaders(), [new]);
    story.keeps_its_promises();

    // By the nack of a heartbeat.
    let mut story: Story<Paxos> = Story::new(5, no_lease());
    let old = story.until_elected();
    story.isolate(old).run(ms(2_000));
    assert_eq!(story.leaders().len(), 2, "the cut-off leader still believes");
    story.heal().run(ms(200));
    assert_eq!(story.leaders().len(), 1);
    assert_ne!(story.leaders(), [old]);
    story.keeps_its_promises();
}

#[test]
fn a_leader_can_resign_and_the_next_token_is_greater() {
    let mut story = five();
    let leader = story.until_elected();
    let token = story.standing(leader).token.expect("a leader has one");
    story.act(Fault::Resign(Who::At(leader)));
    assert_eq!(story.role(leader), Role::Follower);
    let next = story.until_elected();
    assert!(story.standing(next).token > Some(token), "tokens only grow");
}

#[test]
fn p12_silence_for_the_window_and_no_earlier() {
    // CP-13 in our own numbers: a heartbeat before the window is over keeps everybody quiet.
    let settings = PaxosSettings { slack: 0, ..PaxosSettings::default() };
    let mut story: Story<Paxos> = Story::with(3, settings, |opening| opening.down = vec![n(2), n(3)]);
    story.run(ms(499));
    assert_eq!(story.role(n(1)), Role::Follower);
    story.run(ms(1));
    assert_eq!(story.role(n(1)), Role::Candidate);
    let mut story = five();
    story.until_elected();
    let prepares = story.sent("prepare");
    story.run(ms(60_000));
    assert_eq!(story.sent("prepare"), prepares, "heartbeats keep the peace");
}

#[test]
fn p12_who_has_seen_a_foreign_prepare_defers() {
    let settings = PaxosSettings { slack: 0, leases: false, ..PaxosSettings::default() };
    let mut story: Story<Paxos> = Story::new(3, settings);
    story.run(ms(400)).hup(n(1)).run(ms(10)).crash(n(1));
    // N2 and N3 would have run at 500 ms; now they wait the deference of 750 ms from 410 ms on.
    assert!(!story.within(ms(740), |story| story.role(n(2)) == Role::Candidate));
    assert!(story.within(ms(20), |story| story.role(n(2)) == Role::Candidate));
    story.keeps_its_promises();
}

#[test]
fn p13_a_granted_lease_refuses_everybody_else() {
    let mut story = five();
    let leader = story.until_elected();
    story.run(ms(300));
    let rival = story.nodes().find(|&node| node != leader).expect("others");
    story.hup(rival);
    assert_eq!(story.reasons("lease_granted"), 1, "its own acceptor refuses already");
    // One that granted nothing is refused by the others.
    story.isolate(rival).run(ms(700)).heal();
    story.until("a rival runs", |story| story.role(rival) == Role::Candidate || story.leaders() != [leader]);
    story.run(ms(3_000));
    assert_eq!(story.leaders().len(), 1);
    story.keeps_its_promises();
}

#[test]
fn p13_reads_under_a_lease_are_served_at_once_and_never_stale() {
    let mut story = five();
    let leader = story.until_elected();
    story.request(leader, "v").run(ms(100));
    story.read(leader);
    assert_eq!(last_answer(&story), Some(Answer::Read { as_of: 1 }));
    let other = story.nodes().find(|&node| node != leader).expect("others");
    story.read(other);
    assert!(is_refused(last_answer(&story), "not_the_leader"));
    story.keeps_its_promises();
}

#[test]
fn cp18_without_a_lease_a_read_waits_for_a_quorum() {
    let mut story: Story<Paxos> = Story::new(3, no_lease());
    let leader = story.until_elected();
    story.request(leader, "v").run(ms(100));
    let before = answers(&story).len();
    story.read(leader);
    assert_eq!(answers(&story).len(), before, "not trusted: the followers are asked first");
    story.run(ms(20));
    assert_eq!(last_answer(&story), Some(Answer::Read { as_of: 1 }));
    // Followers do not answer: neither does the leader. After healing a read is served again.
    story.isolate(leader).read(leader).run(ms(300));
    assert_eq!(answers(&story).len(), before + 1);
    story.heal().run(ms(5_000));
    let leader = story.until_elected();
    story.read(leader).run(ms(50));
    assert!(matches!(last_answer(&story), Some(Answer::Read { .. })));
    story.keeps_its_promises();
}

#[test]
fn s_p6_a_leader_that_slept_past_its_lease_does_not_answer_reads() {
    for waking in [Waking::InboxFirst, Waking::TimersFirst] {
        let mut story = five();
        let old = story.until_elected();
        story.request(old, "v").run(ms(100));
        story.pause(old).run(ms(2_000));
        let new = story.leaders().into_iter().find(|&leader| leader != old).expect("a new leader");
        story.request(new, "w").run(ms(100));
        let before = answers(&story).len();
        story.resume(old, waking).read(old);
        assert_eq!(story.role(old), Role::Leader, "it still believes");
        assert_eq!(answers(&story).len(), before, "but it does not answer");
        story.run(ms(300));
        assert!(is_refused(last_answer(&story), "not_the_leader"));
        story.keeps_its_promises();
    }
}

#[test]
fn p13_a_restarted_acceptor_waits_out_what_it_may_have_granted() {
    let mut story: Story<Paxos> = Story::new(3, PaxosSettings::default());
    let leader = story.until_elected();
    story.run(ms(100));
    let [a, b] = [1, 2, 3].map(n).into_iter().filter(|&node| node != leader).collect::<Vec<_>>()[..] else {
        panic!("two others")
    };
    story.isolate(leader).crash(a).restart(a).crash(b).restart(b);
    story.hup(a);
    assert_eq!(story.role(a), Role::Follower);
    assert!(story.reasons("lease_granted") >= 1);
    story.run(ms(3_000));
    assert_eq!(story.leaders().len(), 2, "after the lease they elect");
    story.keeps_its_promises();
}

#[test]
fn s_p7_a_leader_in_the_minority_gets_nothing_chosen() {
    let mut story = five();
    let old = story.until_elected();
    let friend = story.nodes().find(|&node| node != old).expect("others");
    story.partition(&[&[old.number(), friend.number()]]);
    let others: Vec<u8> =
        story.nodes().map(Place::number).filter(|&node| n(node) != old && n(node) != friend).collect();
    story.heal().partition(&[&[old.number(), friend.number()], &others]);
    story.request(old, "lost").run(ms(3_000));
    assert_eq!(story.told("chosen"), 0);
    let new = story.leaders().into_iter().find(|&leader| leader != old).expect("a new leader");
    story.request(new, "kept").run(ms(100));
    story.heal().run(ms(1_000));
    assert!(answers(&story).iter().any(|&answer| is_refused(Some(answer), "outcome_unknown")));
    assert_eq!(log(&story, old), ["kept"]);
    story.keeps_its_promises();
}

#[test]
fn s_p3_a_chosen_value_survives_its_leader() {
    let mut story = five();
    let old = story.until_elected();
    story.request(old, "v").run(ms(20)).crash(old);
    assert_eq!(answers(&story), [Answer::Written { index: 1 }]);
    let new = story.until_elected();
    story.run(ms(100));
    assert_eq!(log(&story, new), ["v"]);
    story.keeps_its_promises();
}

#[test]
fn presets_elect_at_their_own_pace() {
    for (index, deadline) in [(0, 1_000), (1, 8_000), (2, 7_000)] {
        let (name, preset) = PaxosSettings::PRESETS[index];
        let mut story: Story<Paxos> = Story::new(5, preset());
        story.until_elected();
        assert!(story.now() < ms(deadline), "{name} took {} us", story.now());
        let leader = story.who(Who::Leader);
        story.request(leader, "v").run(ms(100)).crash(leader);
        story.until_elected();
        story.keeps_its_promises();
    }
}

#[test]
fn switching_between_one_decree_and_a_log_during_a_run_keeps_what_is_promised() {
    use conclave::sim::settings::Value as Setting;
    let mut story = five();
    let leader = story.until_elected();
    story.request(leader, "v").run(ms(100));
    story.tune(0, Setting::Choice(0)).run(ms(2_000));
    assert_eq!(story.leaders(), []);
    story.request(leader, "w").run(ms(500));
    assert!(is_refused(last_answer(&story), "already_chosen"));
    story.tune(0, Setting::Choice(1));
    story.until_elected();
    story.keeps_its_promises();
}

#[test]
fn clocks_that_differ_more_than_leases_allow_void_fresh_reads_only() {
    let mut story = five();
    let leader = story.until_elected();
    story.act(Fault::Drift(Who::At(leader), -5_000));
    assert_eq!(story.world.properties()[5].verdict, Verdict::Kept, "within what the lease takes off");
    story.act(Fault::Drift(Who::At(leader), -500_000));
    assert!(matches!(story.world.properties()[5].verdict, Verdict::Suspended { .. }));
    assert_eq!(story.world.properties()[0].verdict, Verdict::Kept);
    story.act(Fault::Drift(Who::At(leader), 0)).run(ms(3_000));
    assert_eq!(story.world.properties()[5].verdict, Verdict::Kept);
}

#[test]
fn the_picture_of_a_leader_shows_lease_and_bench() {
    let mut story = five();
    let leader = story.until_elected();
    story.run(ms(300));
    let page = story.world.inspect(leader);
    assert_eq!(page.bench.as_ref().map(|bench| bench.counts), Some("heard"));
    let ring = page.ring.expect("the lease runs");
    assert_eq!(story.world.timer_names()[usize::from(ring.timer)], "lease");
    story.request(leader, "v");
    assert_eq!(story.world.inspect(leader).bench.map(|bench| bench.counts), Some("accepts"));
    let follower = story.nodes().find(|&node| node != leader).expect("others");
    let ring = story.world.inspect(follower).ring.expect("the granted lease runs");
    assert_eq!(story.world.timer_names()[usize::from(ring.timer)], "grant");
    assert!(matches!(story.process(leader).part, Part::Leading(_)));
}

/// Every fault that Paxos allows, for a million events, with clients writing and reading.
fn a_million_events(settings: PaxosSettings, seed: u64, disk: (u64, u64)) -> Story<Paxos> {
    let mut story: Story<Paxos> = Story::with(5, settings, |opening| {
        opening.seed = seed;
        opening.wires.latency = (ms(1), ms(40));
        opening.wires.loss = 50_000;
        opening.wires.duplicate = 50_000;
        opening.wires.tail_chance = 20_000;
        opening.wires.disk = disk;
        opening.pauses.every = ms(20_000);
        opening.pauses.length = (ms(50), ms(3_000));
    });
    story.world.keep_history(0);
    let mut chance = Pcg::new(seed, 99);
    while story.world.events() < 1_000_000 {
        story.run(chance.between(ms(1), ms(400)));
        let [a, b] = [0; 2].map(|_| n(chance.between(1, 5) as u8));
        match chance.between(0, 19) {
            0 => story.crash(a),
            1 => story.cut(a, b),
            2 => story.cut_one_way(a, b),
            3 => story.isolate(a),
            4 | 5 => story.heal(),
            6 => story.hup(a),
            7 => story.act(Fault::Drift(Who::At(a), chance.between(0, 10_000) as i32 - 5_000)),
            8 => story.pause(a),
            9 => story.act(Fault::Resume(Who::At(a), Waking::Either)),
            10 => story.act(Fault::Delay(Which::Like { kind: None, from: Some(Who::At(a)), to: None }, ms(700))),
            11 => story.act(Fault::Duplicate(Which::Like { kind: None, from: Some(Who::At(a)), to: None })),
            12 | 13 => story.restart(a),
            14 | 15 => story.act(Fault::Read(Word::default(), Who::Leader)),
            16 => story.act(Fault::Read(Word::default(), Who::OldLeader)),
            _ => story.act(Fault::Request(Word::from_number(chance.between(1, 1 << 40)), Who::Leader)),
        };
    }
    story.keeps_its_promises();
    story
}

#[test]
fn a_million_events_of_every_fault_break_no_promise() {
    for (seed, settings) in [(1, PaxosSettings::default()), (2, no_lease())] {
        let story = a_million_events(settings, seed, (0, 0));
        let checks: Vec<u64> = story.world.properties().iter().map(|property| property.checks).collect();
        assert!(checks[..6].iter().all(|&checks| checks > 300), "{checks:?}");
        assert!(story.world.properties()[..6].iter().all(|property| property.verdict == Verdict::Kept));
    }
}

#[test]
fn a_million_events_with_slow_disks_break_no_promise() {
    a_million_events(PaxosSettings::default(), 3, (ms(1), ms(30)));
}

#[test]
fn a_million_events_of_many_small_decrees_break_no_promise() {
    let mut chance = Pcg::new(5, 5);
    let mut events = 0;
    let mut decided = 0;
    for seed in 0.. {
        let mut story: Story<Paxos> = Story::with(5, PaxosSettings::PRESETS[3].1(), |opening| {
            opening.seed = seed;
            opening.wires.latency = (ms(1), ms(60));
            opening.wires.loss = 100_000;
            opening.wires.duplicate = 50_000;
            opening.wires.disk = (0, ms(20));
        });
        story.world.keep_history(0);
        for _ in 0..30 {
            let a = n(chance.between(1, 5) as u8);
            match chance.between(0, 5) {
                0 => story.crash(a),
                1 | 2 => story.restart(a),
                3 => story.hup(a),
                _ => story.act(Fault::Request(Word::from_number(chance.between(1, 9)), Who::At(a))),
            };
            story.run(chance.between(1, ms(100)));
        }
        story.keeps_its_promises();
        events += story.world.events();
        decided +=
            u64::from(story.nodes().any(|node| story.world.process(node).is_some_and(|p| !p.chosen().is_empty())));
        if events >= 1_000_000 {
            break;
        }
    }
    assert!(decided > 100, "{decided} decided");
}
