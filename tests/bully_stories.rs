//! Bully's stories (protocols.md 2.8) and its message counts.

mod story;

use conclave::protocols::bully::{Bully, BullySettings, Part};
use conclave::sim::fault::Waking;
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::rng::Pcg;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{END_OF_TIME, HOUR};
use story::{Story, ms, n};

/// A settled cluster whose nodes suspect nobody by themselves: who detects is for the story to say.
fn patient(nodes: u8) -> Story<Bully> {
    let mut story = Story::new(nodes, BullySettings { silence: HOUR, ..BullySettings::default() });
    story.run(ms(1_000));
    story
}

/// How many messages of an election were sent: heartbeats are detection and do not count.
fn sent(story: &Story<Bully>) -> [u64; 3] {
    ["election", "ok", "coordinator"].map(|kind| story.sent(kind))
}

/// Crashes the highest node, lets these suspect it, and counts until all is quiet.
fn count(nodes: u8, detectors: &[u8]) -> ([u64; 3], Place) {
    let mut story = patient(nodes);
    story.crash(n(nodes)).run(ms(100));
    let before = sent(&story);
    for &detector in detectors {
        story.hup(n(detector));
    }
    story.run(ms(1_000));
    story.keeps_its_promises();
    let after = sent(&story);
    assert_eq!(story.leaders().len(), 1);
    ([0, 1, 2].map(|kind| after[kind] - before[kind]), story.leaders()[0])
}

#[test]
fn q11_best_case_is_one_election_and_n_minus_2_announcements() {
    for nodes in 3..=10_u8 {
        let (counts, winner) = count(nodes, &[nodes - 1]);
        assert_eq!(counts, [1, 0, u64::from(nodes) - 2]);
        assert_eq!(winner, n(nodes - 1));
    }
}

#[test]
fn q11_worst_case_is_n_squared_minus_n_minus_1() {
    for (nodes, printed) in [(3_u8, 5), (5, 19), (7, 41), (10, 89)] {
        let size = u64::from(nodes);
        let expected = [size * (size - 1) / 2, (size - 1) * (size - 2) / 2, size - 2];
        assert_eq!(expected.iter().sum::<u64>(), printed);
        let everybody: Vec<u8> = (1..nodes).collect();
        assert_eq!(count(nodes, &[1]), (expected, n(nodes - 1)), "the lowest detects");
        assert_eq!(count(nodes, &everybody), (expected, n(nodes - 1)), "CB-03: everybody detects at once");
    }
}

#[test]
fn q11_recovery_of_the_highest_is_n_minus_1_announcements_and_nothing_else() {
    for nodes in 2..=10_u8 {
        let mut story: Story<Bully> = Story::new(nodes, BullySettings::default());
        story.run(ms(1_000));
        story.crash(n(nodes)).run(ms(2_000));
        let before = sent(&story);
        story.restart(n(nodes)).run(ms(2_000));
        assert_eq!(sent(&story), [before[0], before[1], before[2] + u64::from(nodes) - 1]);
        assert_eq!(story.leaders(), [n(nodes)]);
        story.keeps_its_promises();
    }
}

#[test]
fn s_b1_cascade() {
    assert_eq!(count(5, &[1]), ([10, 6, 3], n(4)));
}

#[test]
fn s_b2_best_case() {
    assert_eq!(count(5, &[4]), ([1, 0, 3], n(4)));
}

#[test]
fn s_b3_comeback() {
    let mut story = patient(5);
    story.crash(n(5)).hup(n(4)).run(ms(500));
    let before = sent(&story);
    story.restart(n(5)).run(ms(500));
    assert_eq!(sent(&story), [before[0], before[1], before[2] + 4]);
    assert_eq!(story.leaders(), [n(5)]);
}

#[test]
fn s_b4_split_brain_is_shown_and_was_not_promised() {
    let mut story: Story<Bully> = Story::new(5, BullySettings::default());
    story.run(ms(1_000));
    assert_eq!(story.world.properties()[0].verdict, Verdict::Kept);
    story.partition(&[&[1, 2], &[3, 4, 5]]).run(ms(1_000));
    assert_eq!(story.leaders(), [n(2), n(5)]);
    let verdict = story.world.properties()[0].verdict;
    assert!(matches!(verdict, Verdict::Suspended { why: "message_lost", then: Some(_), .. }), "{verdict:?}");
    assert_eq!(story.world.properties()[1].verdict, Verdict::NotPromised);
    story.heal().run(ms(500));
    assert_eq!(story.leaders(), [n(5)]);
    story.run(ms(2_000));
    assert_eq!(story.world.properties()[0].verdict, Verdict::Kept, "promised again once the wires are whole");
}

#[test]
fn s_b5_a_pause_makes_a_second_coordinator_and_the_old_one_still_believes() {
    let mut story: Story<Bully> = Story::new(5, BullySettings::default());
    story.run(ms(1_000));
    story.pause(n(5)).run(ms(1_000));
    assert_eq!(story.process(n(4)).part, Part::Coordinator);
    story.resume(n(5), Waking::TimersFirst);
    assert_eq!(story.process(n(5)).part, Part::Coordinator);
    let verdict = story.world.properties()[0].verdict;
    assert!(matches!(verdict, Verdict::Suspended { why: "node_pauses", then: Some(_), .. }), "{verdict:?}");
    story.run(ms(300));
    assert_eq!(story.leaders(), [n(5)]);
}

#[test]
fn s_b6_a_flapping_highest_node_takes_over_each_time() {
    let mut story: Story<Bully> = Story::new(5, BullySettings::default());
    for _ in 0..10 {
        story.run(ms(500)).crash(n(5)).run(ms(1_000));
        assert_eq!(story.leaders(), [n(4)]);
        story.restart(n(5)).run(ms(100));
        assert_eq!(story.leaders(), [n(5)]);
    }
    assert!(story.world.kernel().measures.tenures.len() >= 20, "leadership never settles");
    story.keeps_its_promises();
}

#[test]
fn a_delay_longer_than_t_makes_several_coordinators_and_voids_the_promise() {
    let mut story: Story<Bully> =
        Story::with(5, BullySettings::default(), |opening| opening.wires.latency = (ms(120), ms(120)));
    story.run(ms(115));
    assert_eq!(story.leaders().len(), 5);
    assert!(matches!(story.world.properties()[0].verdict, Verdict::Suspended { why: "message_late", .. }));
}

#[test]
fn a_single_lost_answer_is_enough() {
    let mut story = patient(5);
    story.crash(n(5)).run(ms(50)).drop_kind("ok").hup(n(3)).run(ms(125));
    assert_eq!(story.leaders(), [n(3), n(4)]);
    assert!(matches!(story.world.properties()[0].verdict, Verdict::Suspended { then: Some(_), .. }));
}

/// Crashes and restarts, which the model allows, for a million events: the promise is judged all along.
#[test]
fn a_million_events_of_crashes_break_no_promise() {
    let mut story: Story<Bully> =
        Story::with(5, BullySettings::default(), |opening| opening.wires.latency = (ms(1), ms(50)));
    story.world.keep_history(0);
    let mut chance = Pcg::new(7, 7);
    while story.world.events() < 1_000_000 {
        story.run(chance.between(ms(1), ms(2_000)));
        let node = n(chance.between(1, 5) as u8);
        match chance.between(0, 3) {
            0 => story.crash(node),
            1 => story.hup(node),
            2 => story.wipe(node),
            _ => story.restart(node),
        };
    }
    assert_eq!(story.world.properties()[0].verdict, Verdict::Kept, "at {} us", story.now());
    assert!(story.world.properties()[0].checks > 1_000);
}

/// Every fault there is: nothing is promised then, but nothing gets stuck, and afterwards all agree again.
#[test]
fn a_million_events_of_every_fault_end_in_agreement() {
    let mut story: Story<Bully> = Story::with(5, BullySettings::default(), |opening| {
        opening.wires.loss = 50_000;
        opening.wires.duplicate = 20_000;
        opening.wires.tail_chance = 10_000;
        opening.pauses.every = ms(5_000);
    });
    story.world.keep_history(0);
    let mut chance = Pcg::new(8, 8);
    while story.world.events() < 1_000_000 {
        story.run(chance.between(ms(1), ms(1_000)));
        let (a, b) = (n(chance.between(1, 5) as u8), n(chance.between(1, 5) as u8));
        match chance.between(0, 7) {
            0 => story.crash(a),
            1 => story.cut(a, b),
            2 => story.cut_one_way(a, b),
            3 => story.isolate(a),
            4 => story.heal(),
            5 => story.hup(a),
            6 => story.act(conclave::sim::fault::Fault::Drift(conclave::sim::fault::Who::At(a), 100_000)),
            _ => story.restart(a),
        };
    }
    assert!(story.now() < END_OF_TIME);
    story.keeps_its_promises();
    calm(&mut story);
    story.run(ms(20_000));
    assert_eq!(story.leaders(), [n(5)]);
}

fn calm(story: &mut Story<Bully>) {
    use conclave::sim::fault::{Fault, Scope, Who};
    use conclave::sim::settings::Value;
    story.heal();
    for key in [1, 3, 4] {
        story.act(Fault::Tune(Scope::Wires, key, Value::Chance(0)));
    }
    story.act(Fault::Tune(Scope::Pauses, 0, Value::Span(0)));
    for node in 1..=5 {
        story.act(Fault::Resume(Who::At(n(node)), Waking::Either)).restart(n(node));
        story.act(Fault::Drift(Who::At(n(node)), 0));
    }
}
