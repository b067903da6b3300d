//! Bully with one rule taken out: each mutation of protocols.md 2.8 shows what its rule is for.
#![cfg(feature = "mutants")]

mod story;

use conclave::protocols::bully::{Bully, BullySettings, Mutant, Part};
use conclave::sim::fault::{Fault, LinkWires, Who};
use conclave::sim::property::Verdict;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::HOUR;
use story::{Story, ms, n};

/// Plays the same story with the rule and without it.
fn with_and_without(mutant: Mutant, settings: BullySettings, play: impl Fn(BullySettings) -> bool) {
    assert!(play(settings.clone()), "with the rule it ends well");
    assert!(!play(settings.without(mutant)), "without the rule ({mutant:?}) it must not");
}

fn patient() -> BullySettings {
    BullySettings { silence: HOUR, ..BullySettings::default() }
}

fn kept(story: &Story<Bully>) -> bool {
    story.world.properties()[0].verdict == Verdict::Kept
}

#[test]
fn m_b1_without_answers_every_detector_announces_itself() {
    with_and_without(Mutant::NoAnswer, patient(), |settings| {
        let mut story: Story<Bully> = Story::new(5, settings);
        story.run(ms(1_000));
        story.crash(n(5)).hup(n(1)).hup(n(2)).run(ms(300));
        kept(&story)
    });
}

#[test]
fn m_b2_without_starting_over_nobody_coordinates() {
    with_and_without(Mutant::NoStartingOver, patient(), |settings| {
        let mut story: Story<Bully> = Story::new(3, settings);
        story.run(ms(1_000));
        story.crash(n(3)).hup(n(1)).run(ms(20)).crash(n(2)).run(ms(5_000));
        story.leaders() == [n(1)]
    });
}

#[test]
fn m_b2_breaks_the_promise_once_its_deadline_is_over() {
    with_and_without(Mutant::NoStartingOver, BullySettings::default(), |settings| {
        let mut story: Story<Bully> = Story::new(3, settings);
        story.run(ms(1_000));
        story.crash(n(3)).hup(n(1)).run(ms(20)).crash(n(2)).run(ms(5_000));
        story.heal();
        kept(&story)
    });
}

#[test]
fn m_b3_without_the_lower_id_test_a_returned_node_follows_a_lower_one() {
    with_and_without(Mutant::AnyClaim, BullySettings::default(), |settings| {
        let mut story: Story<Bully> = Story::new(5, settings);
        story.run(ms(1_000));
        story.crash(n(5)).run(ms(1_000));
        // A heartbeat of N4 is on its way when N5 comes back.
        story.until("a heartbeat of N4", |story| story.sent("heartbeat") % 4 == 0 && story.role(n(4)) as u8 == 2);
        let before = story.sent("heartbeat");
        story.until("a heartbeat", |story| story.sent("heartbeat") > before);
        story.restart(n(5)).run(ms(100));
        kept(&story)
    });
}

#[test]
fn m_b4_with_t_too_short_several_coordinate_without_any_failure() {
    with_and_without(Mutant::ShortAnswerTimeout, BullySettings::default(), |settings| {
        let mut story: Story<Bully> = Story::with(5, settings, |opening| opening.wires.latency = (ms(40), ms(40)));
        story.run(ms(1_000));
        assert!(story.leaders() == [n(5)] && kept(&story));
        story.hup(n(1)).run(ms(79));
        kept(&story)
    });
}

#[test]
fn m_b5_without_attempt_numbers_it_waits_for_nobody() {
    with_and_without(Mutant::NoAttemptNumber, patient(), |settings| {
        let mut story: Story<Bully> = Story::new(3, settings);
        story.run(ms(1_000));
        // N3's answer takes so long that it reaches N1 in its second attempt; both higher nodes are dead by then.
        let slow = LinkWires { latency: Some((ms(260), ms(260))), loss: None };
        story.act(Fault::Rewire { from: Who::At(n(3)), to: Who::At(n(1)), both: false, wires: slow });
        story.hup(n(1)).run(ms(15)).crash(n(3)).run(ms(10)).crash(n(2));
        // T' of the first attempt is over 240 ms after the start; T of the second 110 ms later.
        story.run(ms(240 + 110 - 25 + 5));
        story.process(n(1)).part == Part::Coordinator
    });
}

#[test]
fn m_b6_without_the_incarnation_an_answer_to_an_earlier_life_counts() {
    with_and_without(Mutant::NoIncarnation, patient(), |settings| {
        let mut story: Story<Bully> = Story::new(3, settings);
        story.run(ms(1_000));
        story.crash(n(3)).crash(n(1)).run(ms(100)).restart(n(1));
        // N2 answers; then both die, and only N1 comes back, before the answer arrives.
        story.run(ms(15)).crash(n(2)).crash(n(1)).restart(n(1));
        story.run(ms(120));
        story.process(n(1)).part == Part::Coordinator
    });
}

#[test]
fn every_mutation_has_an_id() {
    let ids: Vec<&str> = Mutant::ALL.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, ["M-B1", "M-B2", "M-B3", "M-B4", "M-B5", "M-B6"]);
}
