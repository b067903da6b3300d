//! Bully, rule by rule (protocols.md 2.5), and the cases of other projects' tests that apply.

mod story;

use conclave::protocols::bully::{Acceptance, Attempt, Bully, BullyMessage, BullySettings, Part};
use conclave::sim::effects::{Effect, Effects};
use conclave::sim::fault::Waking;
use conclave::sim::place::{Census, Place};
use conclave::sim::protocol::{Protocol, Ticket};
use conclave::sim::reign::Role;
use conclave::sim::request::Answer;
use conclave::sim::rng::Pcg;
use conclave::sim::settings::Settings;
use conclave::sim::simulation::Simulation;
use story::{Story, ms, n};

fn five() -> Story<Bully> {
    Story::new(5, BullySettings::default())
}

/// Everybody follows this node, which coordinates.
#[track_caller]
fn all_follow(story: &Story<Bully>, coordinator: Place, followers: &[u8]) {
    assert_eq!(story.process(coordinator).part, Part::Coordinator);
    for &follower in followers {
        assert_eq!(story.process(n(follower)).coordinator(), Some(coordinator), "N{follower}");
    }
}

#[test]
fn b1_everybody_elects_at_the_start_and_the_highest_coordinates() {
    for nodes in [2, 3, 5, 7] {
        let mut story: Story<Bully> = Story::new(nodes, BullySettings::default());
        story.run(ms(50));
        let others: Vec<u8> = (1..nodes).collect();
        all_follow(&story, n(nodes), &others);
        story.keeps_its_promises();
    }
}

#[test]
fn cb01_a_single_node_coordinates_without_a_message() {
    let mut story: Story<Bully> = Story::new(1, BullySettings::default());
    story.run(ms(5_000));
    assert_eq!(story.leaders(), [n(1)]);
    assert!(story.world.kernel().tallies.iter().all(|tally| tally.sent == 0));
}

#[test]
fn b1_silence_of_the_coordinator_starts_an_election() {
    let mut story = five();
    story.run(ms(1_000));
    story.crash(n(5));
    assert!(!story.within(ms(180), |story| story.role(n(1)) == Role::Candidate), "heartbeats were heard until now");
    assert!(story.within(ms(320), |story| story.role(n(1)) == Role::Candidate));
    story.run(ms(1_000));
    all_follow(&story, n(4), &[1, 2, 3]);
    story.keeps_its_promises();
}

#[test]
fn b2_a_lower_node_asks_every_higher_one_and_nobody_else() {
    let mut story = five();
    story.run(ms(1_000));
    let before = story.sent("election");
    story.hup(n(3));
    assert_eq!(story.sent("election") - before, 2);
    assert_eq!(story.process(n(3)).part, Part::Electing);
}

#[test]
fn b4_a_request_of_a_higher_node_is_ignored() {
    let mut node = Alone::boot(2, 5, BullySettings::default());
    let out = node.hears(4, BullyMessage::Election { attempt: attempt(1, 1) });
    assert!(sends(&out).is_empty());
    assert!(out.contains(&Effect::Ignore(conclave::sim::rule::Reason("asked_by_a_higher_node"))));
}

#[test]
fn b5_nobody_answers_within_t_so_it_coordinates_and_tells_the_lower_ones() {
    let mut story = five();
    story.run(ms(1_000));
    story.crash(n(5));
    story.crash(n(4));
    story.hup(n(3));
    let announced = story.sent("coordinator");
    story.run(ms(109));
    assert_eq!(story.process(n(3)).part, Part::Electing);
    story.run(ms(1));
    assert_eq!(story.process(n(3)).part, Part::Coordinator);
    assert_eq!(story.sent("coordinator") - announced, 2);
    story.run(ms(10));
    all_follow(&story, n(3), &[1, 2]);
}

#[test]
fn b6_an_answer_means_waiting_and_no_announcement_means_starting_over() {
    let mut story = five();
    story.run(ms(1_000));
    story.crash(n(5));
    story.hup(n(3));
    story.run(ms(20));
    assert_eq!(story.process(n(3)).part, Part::Waiting { highest: n(4) });
    story.crash(n(4));
    story.run(ms(219));
    assert_eq!(story.process(n(3)).part, Part::Waiting { highest: n(4) });
    story.run(ms(1));
    assert_eq!(story.process(n(3)).part, Part::Electing);
    story.run(ms(120));
    all_follow(&story, n(3), &[1, 2]);
    story.keeps_its_promises();
}

#[test]
fn b7_a_claim_of_a_lower_node_is_answered_with_an_election() {
    let mut node = Alone::boot(3, 5, BullySettings::default());
    node.process.part = Part::Follower { coordinator: Some(n(5)) };
    let out = node.hears(2, BullyMessage::Coordinator { asked: None });
    assert_eq!(sends(&out), [(n(4), "election"), (n(5), "election")]);
    assert_eq!(node.process.part, Part::Electing);
}

#[test]
fn cb06_the_variant_accepts_whoever_is_not_below_the_present_coordinator() {
    let settings = BullySettings { acceptance: Acceptance::NotBelowPresent, ..BullySettings::default() };
    for (claimant, follows) in [(4, 4), (2, 3), (3, 3)] {
        let mut node = Alone::boot(1, 5, settings.clone());
        node.process.part = Part::Follower { coordinator: Some(n(3)) };
        node.hears(claimant, BullyMessage::Coordinator { asked: None });
        assert_eq!(node.process.coordinator(), Some(n(follows)), "claim of N{claimant}");
    }
}

#[test]
fn b8_a_recovered_highest_node_takes_over_at_once() {
    let mut story = five();
    story.run(ms(1_000));
    story.crash(n(5)).run(ms(2_000));
    all_follow(&story, n(4), &[1, 2, 3]);
    story.restart(n(5));
    assert_eq!(story.process(n(5)).part, Part::Coordinator);
    story.run(ms(10));
    all_follow(&story, n(5), &[1, 2, 3, 4]);
    story.keeps_its_promises();
}

#[test]
fn b9_an_answer_to_an_earlier_attempt_does_not_count() {
    let mut node = Alone::boot(3, 5, BullySettings::default());
    assert_eq!(node.process.part, Part::Electing);
    node.hears(4, BullyMessage::Ok { attempt: attempt(1, 9) });
    assert_eq!(node.process.part, Part::Electing);
    node.hears(4, BullyMessage::Ok { attempt: attempt(1, 1) });
    assert_eq!(node.process.part, Part::Waiting { highest: n(4) });
    node.hears(5, BullyMessage::Coordinator { asked: Some(attempt(1, 0)) });
    assert_eq!(node.process.part, Part::Waiting { highest: n(4) }, "announced to an earlier attempt");
    node.hears(5, BullyMessage::Coordinator { asked: Some(attempt(1, 1)) });
    assert_eq!(node.process.coordinator(), Some(n(5)));
}

#[test]
fn b9_nobody_starts_a_second_election_while_one_runs() {
    let mut story = five();
    story.run(ms(1_000));
    story.crash(n(5));
    story.hup(n(3));
    let asked = story.sent("election");
    let before = story.reasons("election_runs");
    story.hup(n(3)).hup(n(3));
    assert_eq!(story.sent("election"), asked);
    assert_eq!(story.reasons("election_runs") - before, 2);
}

#[test]
fn cb08_whoever_starts_all_agree() {
    for starter in 1..=5 {
        let mut story = five();
        story.run(ms(1_000));
        story.hup(n(starter));
        story.run(ms(500));
        all_follow(&story, n(5), &[1, 2, 3, 4]);
        story.keeps_its_promises();
    }
}

#[test]
fn a_slow_disk_delays_the_election_until_the_incarnation_is_kept() {
    let mut story: Story<Bully> =
        Story::with(3, BullySettings::default(), |opening| opening.wires.disk = (ms(30), ms(30)));
    assert_eq!(story.sent("election") + story.sent("coordinator"), 0);
    story.run(ms(30));
    assert_eq!(story.process(n(3)).part, Part::Coordinator);
    assert_eq!(story.world.disk(n(3)).incarnation, 1);
    story.crash(n(3)).restart(n(3)).run(ms(100));
    assert_eq!(story.world.disk(n(3)).incarnation, 2);
    story.keeps_its_promises();
}

#[test]
fn it_keeps_no_log_and_has_no_token() {
    let mut story = five();
    story.run(ms(1_000));
    assert_eq!(story.standing(n(5)).token, None);
    assert_eq!(story.standing(n(5)).reign, None);
    story.request(n(5), "v");
    let refused = |what: &_| {
        use conclave::sim::event::What;
        matches!(what, What::Answered { answer: Answer::Refused(reason), .. } if reason.0 == "keeps_no_log")
    };
    assert!(story.world.history().events().any(|event| refused(&event.what)));
}

#[test]
fn the_picture_says_whom_it_asked_waits_for_and_follows() {
    let mut story = five();
    story.run(ms(1_000));
    let line = |story: &Story<Bully>, node| story.world.inspect(node).line.map(|(id, _)| id);
    assert_eq!(line(&story, n(3)), Some("follows"));
    assert_eq!(line(&story, n(5)), Some("coordinates"));
    story.crash(n(5)).hup(n(3));
    assert_eq!(line(&story, n(3)), Some("asked"));
    assert!(story.world.inspect(n(3)).ring.is_some_and(|ring| ring.due_at == story.now() + ms(110)));
    story.run(ms(20));
    let page = story.world.inspect(n(3));
    assert_eq!(page.line.map(|(id, _)| id), Some("waits_for"));
    assert_eq!(page.waits_for, [n(4)]);
    assert!(page.bench.is_none(), "there is no quorum to count");
    assert!(story.world.inspect(n(5)).rows.iter().all(|row| row.durable));
}

#[test]
fn tuning_a_timeout_acts_on_what_runs() {
    let mut story = five();
    story.run(ms(1_000));
    let field = BullySettings::FIELDS.iter().find(|field| field.id == "silence").expect("a setting");
    story.tune(field.key, conclave::sim::settings::Value::Span(ms(1_000)));
    story.crash(n(5)).run(ms(900));
    assert_eq!(story.process(n(1)).coordinator(), Some(n(5)), "still patient");
    story.run(ms(500));
    all_follow(&story, n(4), &[1, 2, 3]);
}

#[test]
fn a_pause_of_the_coordinator_leaves_two_until_they_hear_of_each_other() {
    let mut story = five();
    story.run(ms(1_000));
    story.pause(n(5)).run(ms(800));
    assert_eq!(story.leaders(), [n(4), n(5)]);
    story.resume(n(5), Waking::InboxFirst);
    assert_eq!(story.leaders(), [n(4), n(5)], "it still believes");
    story.run(ms(200));
    all_follow(&story, n(5), &[1, 2, 3, 4]);
}

// ---- one node without a world ---------------------------------------------------------------------------

type Out = Vec<Effect<BullyMessage, conclave::protocols::bully::BullyRecord>>;

struct Alone {
    me: Place,
    census: Census,
    settings: BullySettings,
    chance: Pcg,
    running: u32,
    tickets: u32,
    process: Bully,
}

impl Alone {
    fn boot(me: u8, nodes: u8, settings: BullySettings) -> Alone {
        let census = Census { nodes, servers: 0 };
        let (mut chance, mut running, mut tickets, mut out) = (Pcg::new(1, 1), 0, 0, Vec::new());
        let mut fx = Effects::outside(n(me), census, &settings, 0, &mut chance, &mut running, &mut tickets, &mut out);
        let mut process = Bully::boot(&Default::default(), &mut fx);
        process.on_saved(Ticket(1), &mut fx);
        Alone { me: n(me), census, settings, chance, running, tickets, process }
    }

    fn hears(&mut self, from: u8, message: BullyMessage) -> Out {
        let mut out = Vec::new();
        let mut fx = Effects::outside(
            self.me,
            self.census,
            &self.settings,
            0,
            &mut self.chance,
            &mut self.running,
            &mut self.tickets,
            &mut out,
        );
        self.process.on_message(n(from), message, &mut fx);
        out
    }
}

fn attempt(incarnation: u32, number: u32) -> Attempt {
    Attempt { incarnation, number }
}

fn sends(out: &Out) -> Vec<(Place, &'static str)> {
    use conclave::sim::message::Message;
    let sent = |effect: &_| match effect {
        Effect::Send { to, message, .. } => {
            Some((*to, <BullyMessage as Message>::KINDS[usize::from(BullyMessage::kind(message))].id))
        }
        _ => None,
    };
    out.iter().filter_map(sent).collect()
}
