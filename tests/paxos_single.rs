//! Paxos for a single decree, rule by rule (protocols.md 3.3), its stories, and the cases of cocagne/paxos.

mod story;

use conclave::protocols::paxos::{Acceptance, Ballot, Mode, Part, Paxos, PaxosSettings, Value};
use conclave::sim::datum::Datum;
use conclave::sim::event::What;
use conclave::sim::fault::{Fault, Which, Who};
use conclave::sim::place::{Census, Place};
use conclave::sim::protocol::Protocol;
use conclave::sim::request::Answer;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::Micros;
use conclave::sim::world::Opening;
use story::{Story, ms, n};

fn single() -> PaxosSettings {
    PaxosSettings { mode: Mode::Single, ..PaxosSettings::default() }
}

fn three() -> Story<Paxos> {
    Story::new(3, single())
}

fn ballot(number: u64, by: u8) -> Ballot {
    Ballot { number, by }
}

/// The value a node has learned, as text.
fn learned(story: &Story<Paxos>, node: u8) -> Option<String> {
    story.process(n(node)).chosen().first().map(Value::to_string)
}

fn accepted(story: &Story<Paxos>, node: u8) -> Option<(Ballot, String)> {
    story.process(n(node)).accepted(1).map(|Acceptance { ballot, value }| (ballot, value.to_string()))
}

fn answers(story: &Story<Paxos>) -> Vec<Answer> {
    let answer = |event: &conclave::sim::event::Event| match event.what {
        What::Answered { answer, .. } => Some(answer),
        _ => None,
    };
    story.world.history().events().filter_map(answer).collect()
}

/// All messages of this kind that are under way take longer.
fn delay(story: &mut Story<Paxos>, kind: &str, from: u8, to: u8, by: Micros) {
    let kind = Some(story.kind(kind));
    let which = Which::Like { kind, from: Some(Who::At(n(from))), to: Some(Who::At(n(to))) };
    story.act(Fault::Delay(which, by));
}

#[test]
fn s_p1_a_clean_round() {
    let mut story = three();
    story.request(n(1), "v");
    assert_eq!(story.sent("prepare"), 2);
    story.run(ms(20));
    assert_eq!((story.sent("promise"), story.sent("accept")), (2, 2));
    story.run(ms(20));
    assert_eq!(learned(&story, 1).as_deref(), Some("v"));
    assert_eq!(answers(&story), [Answer::Written { index: 1 }]);
    story.run(ms(20));
    for node in 1..=3 {
        assert_eq!(accepted(&story, node), Some((ballot(1, 1), "v".into())));
        assert_eq!(learned(&story, node).as_deref(), Some("v"));
    }
    assert_eq!(story.sent("nack"), 0);
    story.keeps_its_promises();
}

#[test]
fn p1_a_ballot_is_above_all_used_or_seen() {
    // CP-01: preparing twice uses a new ballot, and forgets the promises of the old one.
    let mut story = three();
    story.isolate(n(1));
    story.hup(n(1));
    assert_eq!(story.process(n(1)).ballot(), Some(ballot(1, 1)));
    story.hup(n(1));
    assert_eq!(story.process(n(1)).ballot(), Some(ballot(2, 1)));
    assert!(matches!(story.process(n(1)).part, Part::Preparing { promises, .. } if promises.len() == 1));
    // CP-09: a foreign ballot seen in a prepare is passed.
    story.hup(n(1)).hup(n(1)).heal().hup(n(1)).run(ms(11));
    story.hup(n(2));
    assert_eq!(story.process(n(2)).ballot(), Some(ballot(6, 2)));
    // And a used ballot is not used again after a crash.
    story.crash(n(2)).restart(n(2)).hup(n(2));
    assert_eq!(story.process(n(2)).ballot(), Some(ballot(7, 2)));
    story.keeps_its_promises();
}

#[test]
fn cp02_promises_count_once_and_for_their_ballot_only() {
    let mut story: Story<Paxos> = Story::new(5, single());
    story.hup(n(1));
    story.act(Fault::Duplicate(Which::Like { kind: None, from: None, to: Some(Who::At(n(2))) }));
    story.isolate(n(3)).isolate(n(4)).isolate(n(5)).run(ms(100));
    assert!(matches!(story.process(n(1)).part, Part::Preparing { promises, .. } if promises.len() == 2));
    assert!(story.reasons("counted_already") > 0);
    // Promises for an earlier ballot arrive after a new one was begun.
    story.heal().hup(n(1)).run(ms(12)).hup(n(1)).run(ms(10));
    assert!(story.reasons("promises_another_ballot") >= 3);
    story.keeps_its_promises();
}

#[test]
fn p2_an_acceptor_promises_higher_ballots_only_but_repeats_itself_to_the_owner() {
    // CP-04
    let mut story = three();
    story.hup(n(1));
    story.act(Fault::Duplicate(Which::Like { kind: None, from: None, to: Some(Who::At(n(2))) }));
    story.run(ms(15));
    assert_eq!((story.sent("promise"), story.sent("nack")), (3, 0));
    assert_eq!(story.process(n(2)).promised(), ballot(1, 1));
    // A lower ballot is refused.
    let mut story = three();
    story.isolate(n(1)).hup(n(1)).hup(n(1)).heal();
    story.hup(n(1)).run(ms(9)).hup(n(2)).run(ms(12));
    assert_eq!(story.process(n(3)).promised(), ballot(3, 1));
    assert!(story.sent("nack") >= 1, "(1,N2) is below (3,N1)");
    story.keeps_its_promises();
}

#[test]
fn p2_the_promise_reports_what_was_accepted() {
    let mut story = three();
    story.isolate(n(3)).request(n(1), "v").run(ms(100)).heal();
    story.request(n(3), "w").run(ms(100));
    assert_eq!(learned(&story, 3).as_deref(), Some("v"));
    assert_eq!(accepted(&story, 3), Some((ballot(1, 3), "v".into())));
    story.keeps_its_promises();
}

#[test]
fn p3_without_a_value_nothing_is_sent_until_one_arrives() {
    // CP-12
    let mut story = three();
    story.hup(n(1)).run(ms(100));
    assert!(matches!(story.process(n(1)).part, Part::Accepting { value: None, .. }));
    assert_eq!(story.sent("accept"), 0);
    story.request(n(1), "foo");
    assert_eq!(story.sent("accept"), 2);
    story.run(ms(40));
    assert_eq!(story.sent("accept"), 2, "once per ballot");
    assert_eq!(learned(&story, 1).as_deref(), Some("foo"));
}

#[test]
fn p4_an_acceptor_accepts_without_having_promised() {
    // CP-05: N3 never sees the prepare.
    let mut story = three();
    story.act(Fault::Drop(Which::Like { kind: Some(0), from: None, to: Some(Who::At(n(3))) }));
    story.request(n(1), "v");
    story.run(ms(50));
    assert_eq!(story.process(n(3)).promised(), ballot(1, 1));
    assert_eq!(accepted(&story, 3), Some((ballot(1, 1), "v".into())));
    story.keeps_its_promises();
}

#[test]
fn p4_an_accept_below_the_promise_is_refused() {
    let mut story = three();
    story.request(n(1), "v").run(ms(20));
    delay(&mut story, "accept", 1, 2, ms(500));
    delay(&mut story, "accept", 1, 3, ms(500));
    story.cut(n(1), n(2)).cut(n(1), n(3)).request(n(3), "w").run(ms(100));
    assert_eq!(learned(&story, 3).as_deref(), Some("w"));
    story.run(ms(500));
    assert_eq!(accepted(&story, 2), Some((ballot(2, 3), "w".into())));
    assert!(story.reasons("promised_a_higher_ballot") >= 2);
    story.keeps_its_promises();
}

#[test]
fn p5_a_learner_counts_one_ballot_at_a_time() {
    // CP-07, third row: A says (1,A) bar, B says (5,A) foo, A says (5,A) foo.
    use conclave::protocols::paxos::PaxosMessage;
    use conclave::sim::effects::Effects;
    use conclave::sim::request::Word;
    use conclave::sim::rng::Pcg;
    let value = |text: &str| Value::Write { request: 0, word: Word::new(text).expect("short") };
    let rows: [&[(u8, u64, &str, bool)]; 3] = [
        &[(1, 1, "foo", false), (1, 1, "foo", false), (2, 1, "foo", true)],
        &[(1, 5, "foo", false), (1, 1, "bar", false), (2, 5, "foo", true)],
        &[(1, 1, "bar", false), (2, 5, "foo", false), (1, 5, "foo", true)],
    ];
    for row in rows {
        let settings = single();
        let (mut chance, mut running, mut tickets, mut out) = (Pcg::new(1, 1), 0, 0, Vec::new());
        let census = Census { nodes: 3, servers: 0 };
        let mut fx = Effects::outside(n(3), census, &settings, 0, &mut chance, &mut running, &mut tickets, &mut out);
        let mut learner = Paxos::boot(&Default::default(), &mut fx);
        for &(from, number, text, decides) in row {
            let message = PaxosMessage::Accepted { ballot: ballot(number, 1), slot: 1, value: value(text) };
            learner.on_message(n(from), message, &mut fx);
            assert_eq!(learner.chosen().first(), decides.then_some(&value(text)), "{row:?}");
        }
    }
}

#[test]
fn s_p3_a_value_survives_its_proposer() {
    let mut story: Story<Paxos> = Story::new(3, single());
    story.cut(n(1), n(3)).request(n(1), "v").run(ms(30));
    assert_eq!(accepted(&story, 2), Some((ballot(1, 1), "v".into())));
    story.crash(n(1));
    story.request(n(3), "w").run(ms(200));
    assert_eq!(learned(&story, 3).as_deref(), Some("v"));
    story.keeps_its_promises();
}

#[test]
fn s_p4_a_value_that_was_not_chosen_may_or_may_not_survive() {
    for (with, survives) in [(2, false), (1, true)] {
        let mut story = three();
        story.request(n(1), "v").run(ms(20));
        // v is accepted at N1 alone.
        story.drop_kind("accept");
        story.act(Fault::Drop(Which::Like { kind: Some(2), from: None, to: None }));
        story.heal();
        assert!(accepted(&story, 1).is_some() && accepted(&story, 2).is_none() && accepted(&story, 3).is_none());
        let without = if with == 1 { 2 } else { 1 };
        if without == 1 {
            story.crash(n(1));
        } else {
            story.crash(n(1)).restart(n(1)).crash(n(2));
        }
        story.request(n(3), "w").run(ms(300));
        assert_eq!(learned(&story, 3).as_deref(), Some(if survives { "v" } else { "w" }));
        story.keeps_its_promises();
    }
}

#[test]
fn s_p7_nothing_is_chosen_in_a_minority() {
    let mut story: Story<Paxos> = Story::new(5, single());
    story.partition(&[&[1, 2], &[3, 4, 5]]).request(n(1), "v").run(ms(5_000));
    assert_eq!(story.told("chosen"), 0);
    story.request(n(4), "w").run(ms(200));
    assert_eq!(learned(&story, 5).as_deref(), Some("w"));
    story.heal().run(ms(5_000));
    assert_eq!(learned(&story, 1).as_deref(), Some("w"), "the duel's loser learns what was chosen");
    story.keeps_its_promises();
}

/// Two nodes want their own value, one after the other with half a message's flight between them.
fn duel(back_off: (Micros, Micros), growing: bool, seed: u64) -> Story<Paxos> {
    let settings = PaxosSettings { back_off, growing, ..single() };
    let mut story: Story<Paxos> = Story::with(3, settings, |opening: &mut Opening<Paxos>| opening.seed = seed);
    story.request(n(1), "v").run(ms(15));
    story.request(n(3), "w");
    story
}

#[test]
fn s_p2_cp22_a_duel_with_equal_delays_never_ends() {
    let mut story = duel((ms(3), ms(3)), false, 1);
    story.until("100 rounds", |story| story.sent("prepare") >= 200);
    assert_eq!(story.told("chosen"), 0);
    story.keeps_its_promises();
}

#[test]
fn p7_cp22_random_growing_back_off_ends_duels() {
    let within_20_rounds = (0..1_000).filter(|&seed| {
        let mut story = duel((ms(3), ms(30)), true, seed);
        story.until("a decision", |story| story.told("chosen") > 0);
        story.keeps_its_promises();
        story.sent("prepare") <= 40
    });
    let share = within_20_rounds.count();
    assert!(share >= 990, "{share} of 1000 duels ended within 20 rounds");
}

#[test]
fn the_barrier_holds_back_a_promise_until_it_is_durable() {
    let mut story: Story<Paxos> = Story::with(3, single(), |opening| opening.wires.disk = (ms(50), ms(50)));
    story.request(n(1), "v");
    assert_eq!(story.sent("prepare"), 0, "the ballot is written down first");
    story.run(ms(50));
    assert_eq!(story.sent("prepare"), 2);
    story.run(ms(59));
    assert_eq!(story.sent("promise"), 0);
    story.crash(n(2)).run(ms(1));
    assert_eq!(story.sent("promise"), 1, "N2 crashed in the gap, and never promised");
    story.run(ms(500));
    assert_eq!(learned(&story, 1).as_deref(), Some("v"));
    story.keeps_its_promises();
}

#[test]
fn documents_put_promises_and_pairs_on_disks() {
    let census = Census { nodes: 3, servers: 0 };
    let number = Datum::Number;
    let pair = Datum::List(vec![Datum::List(vec![number(2), number(3)]), Datum::Text("v".into())]);
    let seeds = [
        ("promised", Datum::List(vec![number(4), number(1)])),
        ("accepted", Datum::Map(vec![("1".into(), pair)])),
        ("used", number(7)),
    ];
    let mut disk = Default::default();
    for (field, value) in &seeds {
        Paxos::seed_disk(&mut disk, census, n(1), field, value).expect("a good field");
    }
    assert_eq!((disk.promised, disk.used, disk.accepted[&1].ballot), (ballot(4, 1), 7, ballot(2, 3)));
    for (field, value) in [
        ("promised", Datum::List(vec![number(4), number(9)])),
        ("accepted", number(1)),
        ("accepted", Datum::List(vec![Datum::List(vec![number(0), number(1), number(1)])])),
        ("vote", Datum::Null),
    ] {
        assert!(Paxos::seed_disk(&mut disk, census, n(1), field, &value).is_err(), "{field} {value:?}");
    }
    let mut story: Story<Paxos> = Story::with(3, single(), |opening| opening.disks.push((n(1), disk)));
    story.request(n(2), "w").run(ms(1_000));
    assert_eq!(learned(&story, 2).as_deref(), Some("v"), "N1 refused its first ballot, and told of v for its second");
}

#[test]
fn the_picture_shows_promised_and_accepted_and_the_bench_of_the_ballot() {
    let mut story = three();
    story.request(n(1), "v").run(ms(10));
    let page = story.world.inspect(n(1));
    assert_eq!(page.line.as_ref().map(|(id, _)| *id), Some("preparing"));
    assert_eq!(page.bench.as_ref().map(|bench| (bench.counts, bench.needed)), Some(("promises", 2)));
    story.run(ms(15));
    assert_eq!(story.world.inspect(n(1)).bench.map(|bench| bench.counts), Some("accepts"));
    story.run(ms(100));
    let page = story.world.inspect(n(2));
    assert_eq!(page.card.len(), 2);
    assert!(page.card.iter().all(|row| row.durable));
    assert!(page.strip.len() == 1 && page.strip[0].settled && page.strip[0].reign == ballot(1, 1));
    story.crash(n(2));
    let page = story.world.inspect(n(2));
    assert!(page.rows.iter().all(|row| row.durable) && page.card.len() == 2);
}

#[test]
fn place_of_a_ballot_is_its_owner() {
    let mut story = three();
    story.request(n(2), "v").run(ms(5));
    assert_eq!(story.standing(n(2)).reign, Some(ballot(1, 2)));
    assert_eq!(story.standing(n(2)).follows, None::<Place>);
}
