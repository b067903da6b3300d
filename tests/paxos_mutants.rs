//! Paxos with one rule taken out: each mutation of protocols.md 3.8 shows what its rule is for.
#![cfg(feature = "mutants")]

mod story;

use conclave::protocols::paxos::{Acceptance, Ballot, Mode, Mutant, Paxos, PaxosDisk, PaxosSettings, Value};
use conclave::sim::fault::{Fault, Which, Who};
use conclave::sim::place::Place;
use conclave::sim::reign::Role;
use conclave::sim::request::Word;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{Micros, SECOND};
use story::{Story, ms, n};

type Tale = Story<Paxos>;

/// Plays the same story with the rule and without it; names the promises that broke.
fn broken_without(mutant: Mutant, settings: PaxosSettings, play: impl Fn(PaxosSettings) -> Tale) -> Vec<&'static str> {
    play(settings.clone()).keeps_its_promises();
    let broken = play(settings.without(mutant)).broken();
    assert!(!broken.is_empty(), "without the rule ({mutant:?}) a promise must break");
    broken
}

/// One decree; nobody tries again by itself for as long as the stories last.
fn single() -> PaxosSettings {
    PaxosSettings {
        mode: Mode::Single,
        round: 100 * SECOND,
        back_off: (100 * SECOND, 100 * SECOND),
        ..PaxosSettings::default()
    }
}

fn multi() -> PaxosSettings {
    PaxosSettings::default()
}

fn ballot(number: u64, by: u8) -> Ballot {
    Ballot { number, by }
}

fn value(text: &str) -> Value {
    Value::Write { request: 0, word: Word::new(text).expect("short") }
}

fn disk(promised: Ballot, slots: &[(u64, Ballot, &str)]) -> PaxosDisk {
    let mut disk = PaxosDisk { promised, ..PaxosDisk::default() };
    for &(slot, ballot, text) in slots {
        disk.accepted.insert(slot, Acceptance { ballot, value: value(text) });
    }
    disk
}

fn like(story: &Tale, kind: &str, from: u8, to: u8) -> Which {
    Which::Like { kind: Some(story.kind(kind)), from: Some(Who::At(n(from))), to: Some(Who::At(n(to))) }
}

fn delay(story: &mut Tale, kind: &str, from: u8, to: u8, by: Micros) {
    let which = like(story, kind, from, to);
    story.act(Fault::Delay(which, by));
}

/// N1's ballot 1 is promised by N1 and N2, and its accepts, also its own, are late; then N3's ballot is promised
/// by N2 and N3, and its accept to N2 is later still.
fn late_accepts(settings: PaxosSettings) -> Tale {
    let mut story: Tale = Story::new(3, settings);
    story.cut(n(1), n(3)).request(n(1), "v").run(ms(20));
    delay(&mut story, "accept", 1, 2, ms(200));
    story.run(ms(10)).request(n(3), "w").run(ms(20));
    delay(&mut story, "accept", 3, 2, ms(400));
    story
}

#[test]
fn m_p1_promises_must_be_durable() {
    let broken = broken_without(Mutant::PromisesForgotten, single(), |settings| {
        let mut story = late_accepts(settings);
        story.crash(n(2)).restart(n(2)).run(ms(1_000));
        story
    });
    assert!(broken.contains(&"one_value_chosen"), "{broken:?}");
}

#[test]
fn m_p2_accepted_pairs_must_be_durable() {
    let broken = broken_without(Mutant::AcceptedForgotten, single(), |settings| {
        let mut story: Tale = Story::new(3, settings);
        story.isolate(n(3)).request(n(1), "v").run(ms(100)).crash(n(2)).restart(n(2));
        story.heal().crash(n(1)).request(n(3), "w").run(ms(200));
        if story.process(n(3)).chosen().is_empty() {
            // Its first ballot was too low; it has heard of a higher one by now.
            story.hup(n(3)).run(ms(200));
        }
        story
    });
    assert!(broken.contains(&"one_value_chosen"), "{broken:?}");
}

#[test]
fn m_p3_a_proposer_must_adopt() {
    let broken = broken_without(Mutant::NothingAdopted, single(), |settings| {
        let mut story: Tale = Story::new(3, settings);
        story.isolate(n(3)).request(n(1), "v").run(ms(100));
        story.heal().crash(n(1)).request(n(3), "w").run(ms(200));
        story
    });
    assert!(broken.contains(&"accepted_is_safe"), "{broken:?}");
    assert!(broken.contains(&"one_value_chosen"), "{broken:?}");
}

#[test]
fn m_p4_of_several_values_it_must_adopt_the_highest_ballots() {
    let broken = broken_without(Mutant::LowestAdopted, single(), |settings| {
        let mut story: Tale = Story::with(3, settings, |opening| {
            // Ballot 1: v at N1 alone. Ballot 2 chose w at N2 and N3.
            opening.disks = vec![
                (n(1), disk(ballot(1, 1), &[(1, ballot(1, 1), "v")])),
                (n(2), disk(ballot(2, 2), &[(1, ballot(2, 2), "w")])),
                (n(3), disk(ballot(2, 2), &[(1, ballot(2, 2), "w")])),
            ];
            opening.down = vec![n(3)];
        });
        story.hup(n(2)).run(ms(200));
        story
    });
    assert!(broken.contains(&"one_value_chosen"), "{broken:?}");
}

#[test]
fn m_p5_an_acceptor_must_check_its_promise() {
    let broken = broken_without(Mutant::AnyBallotAccepted, single(), |settings| {
        let mut story = late_accepts(settings);
        story.run(ms(1_000));
        story
    });
    assert!(broken.contains(&"one_value_chosen"), "{broken:?}");
}

#[test]
fn m_p6_ballots_must_be_unique() {
    let broken = broken_without(Mutant::BallotsShared, single(), |settings| {
        let mut story: Tale = Story::new(3, settings);
        // N1 and N3, apart, both use the ballot after none; N2 promises to both.
        story.cut(n(1), n(3)).request(n(1), "v").request(n(3), "w").run(ms(1_000));
        story
    });
    assert!(broken.contains(&"one_value_per_ballot"), "{broken:?}");
}

#[test]
fn m_p7_a_learner_must_count_one_ballot() {
    let broken = broken_without(Mutant::CountedByValue, single(), |settings| {
        let mut story: Tale = Story::new(5, settings);
        // v is accepted under ballot 1 at N1 and N2 alone.
        story.request(n(1), "v").run(ms(20));
        for to in 3..=5 {
            let which = like(&story, "accept", 1, to);
            story.act(Fault::Drop(which));
        }
        story.run(ms(15));
        // N5 asks N3 and N4, which know of nothing, and gets w accepted at itself alone.
        story.partition(&[&[1, 2], &[3, 4, 5]]).request(n(5), "w").run(ms(20));
        for to in 1..=4 {
            let which = like(&story, "accept", 5, to);
            story.act(Fault::Drop(which));
        }
        story.run(ms(50)).heal();
        // N3 asks N1 and N2, adopts v, and gets it accepted at itself alone: v was accepted by three, never at once.
        story.cut(n(3), n(5)).cut(n(3), n(4)).hup(n(3)).run(ms(20));
        for to in [1, 2] {
            let which = like(&story, "accept", 3, to);
            story.act(Fault::Drop(which));
        }
        story.run(ms(50));
        story
    });
    assert_eq!(broken, ["learned_is_chosen"]);
}

#[test]
fn m_p8_a_proposer_must_remember_its_ballots() {
    let broken = broken_without(Mutant::BallotsForgotten, single(), |settings| {
        // N1 crashes before its own acceptance is on disk; its request to N2 is late.
        let mut story: Tale = Story::with(3, settings, |opening| opening.wires.disk = (ms(30), ms(30)));
        story.cut(n(1), n(3)).request(n(1), "v").run(ms(85));
        delay(&mut story, "accept", 1, 2, ms(500));
        story.crash(n(1)).restart(n(1)).request(n(1), "w").run(ms(1_000));
        story
    });
    assert!(broken.contains(&"one_value_per_ballot"), "{broken:?}");
}

#[test]
fn m_p9_promises_must_report_from_the_slot_asked_for() {
    let broken = broken_without(Mutant::ReportedFromOwnEnd, multi(), |settings| {
        let mut story: Tale = Story::with(3, settings, |opening| opening.down = vec![n(3)]);
        let old = story.until_elected();
        story.request(old, "a").run(ms(500)).restart(n(3)).crash(old);
        // N3, which knows nothing, must win: the other is too slow to run.
        story.run(ms(450)).hup(n(3));
        story.until("N3 leads", |story| story.leaders() == [n(3)]);
        story.request(n(3), "b").run(ms(500));
        story
    });
    assert!(broken.contains(&"one_value_chosen"), "{broken:?}");
}

#[test]
fn m_p10_holes_must_be_filled() {
    let play = |settings: PaxosSettings| {
        let one = disk(ballot(3, 1), &[(1, ballot(3, 1), "x"), (3, ballot(3, 1), "z")]);
        let mut story: Tale = Story::with(3, settings, |opening| {
            opening.disks = vec![(n(1), one.clone()), (n(2), one)];
            opening.down = vec![n(1)];
        });
        let leader = story.until_elected();
        story.request(leader, "w").run(10 * SECOND);
        story.process(leader).chosen().len()
    };
    assert_eq!(play(multi()), 4);
    assert_eq!(play(multi().without(Mutant::HolesLeft)), 1, "the log is stuck at the hole");
}

/// N1 leads; its followers are N2 and N3. Reads it answers after N2 and N3 have moved on must not be stale.
fn hasty(node: Place, settings: &PaxosSettings) -> (Place, PaxosSettings) {
    (node, PaxosSettings { window: ms(300), slack: 0, ..settings.clone() })
}

#[test]
fn m_p11_the_lease_must_count_from_the_sending() {
    let settings = PaxosSettings { slack: 0, ..multi() };
    let broken = broken_without(Mutant::LeaseFromReceipt, settings, |settings| {
        let mut story: Tale =
            Story::with(3, settings.clone(), |opening| opening.own_settings = vec![hasty(n(1), &settings)]);
        assert_eq!(story.until_elected(), n(1));
        story.request(n(1), "v").run(ms(500));
        // The last answers take 700 ms, and nothing else gets through any more.
        story.until("answers are under way", |story| {
            let answers = |flight: &&conclave::sim::kernel::Flight| {
                flight.message.kind == 6 && flight.state == conclave::sim::kernel::FlightState::Flying
            };
            story.world.kernel().flights.iter().filter(answers).count() == 2
        });
        delay(&mut story, "heartbeat_reply", 2, 1, ms(700));
        delay(&mut story, "heartbeat_reply", 3, 1, ms(700));
        story.isolate(n(1));
        story.until("a new leader", |story| story.leaders().len() == 2);
        let new = story.leaders().into_iter().find(|&leader| leader != n(1)).expect("another");
        story.request(new, "w").run(ms(50));
        for _ in 0..20 {
            story.read(n(1)).run(ms(20));
        }
        story
    });
    assert_eq!(broken, ["reads_are_fresh"]);
}

#[test]
fn m_p12_a_restarted_acceptor_must_wait_out_the_lease() {
    let long = PaxosSettings { lease: ms(3_000), window: ms(3_500), slack: 0, deference: ms(4_000), ..multi() };
    let broken = broken_without(Mutant::LeaseForgotten, long, |settings| {
        let mut story: Tale =
            Story::with(3, settings.clone(), |opening| opening.own_settings = vec![hasty(n(1), &settings)]);
        assert_eq!(story.until_elected(), n(1));
        story.request(n(1), "v").run(ms(500));
        story.isolate(n(1)).crash(n(2)).restart(n(2)).crash(n(3)).restart(n(3));
        story.hup(n(2)).run(ms(100));
        if story.role(n(2)) == Role::Leader {
            story.request(n(2), "w").run(ms(100));
        }
        story.read(n(1)).run(ms(100));
        story
    });
    assert_eq!(broken, ["reads_are_fresh"]);
}

#[test]
fn m_p13_without_back_off_a_duel_lasts() {
    let duel = |settings: PaxosSettings| {
        let mut story: Tale = Story::new(3, settings);
        story.request(n(1), "v").run(ms(15)).request(n(3), "w");
        story.within(20 * SECOND, |story| story.told("chosen") > 0)
    };
    let settings = PaxosSettings { mode: Mode::Single, ..PaxosSettings::default() };
    assert!(duel(settings.clone()));
    assert!(!duel(settings.without(Mutant::NoBackOff)));
}

#[test]
fn every_mutation_has_an_id() {
    for (index, (id, mutant)) in Mutant::ALL.iter().enumerate() {
        assert_eq!(*id, format!("M-P{}", index + 1));
        assert_eq!(*mutant as usize, index);
    }
}
