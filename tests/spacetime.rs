//! The space-time diagram: its index grows with the run, forgets with it, and says the same however one goes about it.

use conclave::playback::milestones::MilestoneKind;
use conclave::playback::player::Player;
use conclave::playback::recording::Recording;
use conclave::playback::spacetime::Spacetime;
use conclave::playback::spacetime::lanes::Life;
use conclave::playback::spacetime::messages::Fate;
use conclave::playback::walk::Stop;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::scenario::Scenario;
use conclave::share::spacetime::draw::{Scene, draw};
use conclave::share::spacetime::frame::{Frame, Lane, Window, lanes};
use conclave::share::spacetime::hit::hit;
use conclave::share::spacetime::picture::{Ink, Pen, Picture, Shape};
use conclave::share::spacetime::usual::Need;
use conclave::sim::fault::{Fault, Which, Who};
use conclave::sim::measures::Status;
use conclave::sim::place::Place;
use conclave::sim::reign::Role;
use conclave::sim::settings::Value;
use conclave::sim::store::Job;
use conclave::sim::time::{MILLISECOND, MINUTE, Micros, SECOND};
use conclave::words::lookup::Words;

fn scenario(family: &str, nodes: u8) -> Scenario {
    let algorithm = Algorithm::by_id(family).expect("it is built in");
    Scenario { seed: 3, nodes, ..Scenario::new(algorithm) }
}

fn player(scenario: Scenario) -> Player {
    Player::new(Recording::new(scenario)).expect("it opens")
}

fn frame(player: &Player, from: Micros, length: Micros) -> Frame {
    let window = Window { from: from as f64, length: length as f64 };
    Frame { width: 1_280.0, height: 175.0, rem: 16.0, window, lanes: lanes(player.sim()), slim: false }
}

fn scene<'a>(player: &'a Player, words: &'a Words, frame: &'a Frame) -> Scene<'a> {
    let (sim, index, marks) = (player.sim(), player.spacetime(), player.milestones());
    Scene { words, sim, index, marks, frame, now: player.now(), newest: player.newest() }
}

fn said(picture: &Picture) -> Vec<&str> {
    let texts = picture.shapes.iter().filter_map(|shape| match shape {
        Shape::Text(text) => Some(text.text.as_str()),
        Shape::Path(_) => None,
    });
    texts.collect()
}

fn has_ink(picture: &Picture, ink: Ink) -> bool {
    picture.shapes.iter().any(|shape| matches!(shape, Shape::Path(path) if path.ink == ink))
}

fn assert_same(a: &Spacetime, b: &Spacetime, slots: usize, until: Micros) {
    for slot in 0..slots {
        assert_eq!(a.lanes.of(slot), b.lanes.of(slot), "lane {slot}");
        assert_eq!(a.traffic.sent(slot, 0, until), b.traffic.sent(slot, 0, until), "traffic of {slot}");
    }
    assert_eq!(a.messages.list(), b.messages.list());
    assert_eq!(a.lanes.several_led().collect::<Vec<_>>(), b.lanes.several_led().collect::<Vec<_>>());
}

#[test]
fn a_leader_has_a_bar_a_candidate_dashes_a_crash_ends_both() {
    let mut player = player(scenario("raft", 5));
    player.advance(600 * MILLISECOND);
    let leader = player.sim().kernel().resolve(Who::Leader).expect("somebody leads");
    player.intervene(Fault::Crash(Who::Leader));
    player.advance(100 * MILLISECOND);
    let slot = player.sim().kernel().census.slot(leader);
    let lives: Vec<Life> = player.spacetime().lanes.of(slot).iter().map(|span| span.life).collect();
    assert_eq!(lives.first(), Some(&Life::Up));
    assert!(lives.ends_with(&[Life::Leads, Life::Down]), "{lives:?}");
    assert!(lives.contains(&Life::Runs));
}

#[test]
fn every_message_has_its_way() {
    let mut player = player(scenario("raft", 5));
    player.advance(2 * SECOND);
    let kernel = player.sim().kernel();
    let sent: u64 = kernel.tallies.iter().map(|tally| tally.sent).sum();
    let list = player.spacetime().messages.list();
    assert_eq!(list.len() as u64, sent);
    let delivered: u64 = kernel.tallies.iter().map(|tally| tally.delivered).sum();
    assert_eq!(list.iter().filter(|segment| segment.fate == Fate::Arrived).count() as u64, delivered);
    for segment in list.iter().filter(|segment| segment.fate == Fate::Flying) {
        assert!(segment.end > player.now(), "what flies is due later");
    }
    assert!(list.is_sorted_by_key(|segment| segment.sent_event));
}

#[test]
fn a_lost_a_delayed_and_a_doubled_message_are_told_apart() {
    let mut player = player(scenario("raft", 5));
    player.advance(600 * MILLISECOND);
    while player.sim().kernel().flights.iter().all(|flight| flight.state != conclave::sim::kernel::FlightState::Flying)
    {
        player.step();
    }
    let any = Which::Like { kind: None, from: None, to: None };
    player.intervene(Fault::Delay(any, 500 * MILLISECOND));
    let due: Vec<Micros> = player.sim().kernel().flights.iter().map(|flight| flight.arrives_at).collect();
    let list = player.spacetime().messages.list();
    let flying: Vec<Micros> = list.iter().filter(|segment| segment.fate == Fate::Flying).map(|it| it.end).collect();
    assert!(!flying.is_empty() && flying.iter().all(|end| due.contains(end)), "the new time of arrival is known");
    let before = list.len();
    player.intervene(Fault::Duplicate(any));
    player.advance(2 * SECOND);
    let doubled = player.spacetime().messages.list().windows(2).filter(|two| two[0].sent_event == two[1].sent_event);
    assert!(doubled.count() > 0);
    player.intervene(Fault::Isolate(Who::Leader));
    player.advance(SECOND);
    let list = player.spacetime().messages.list();
    assert!(list.len() > before && list.iter().any(|segment| matches!(segment.fate, Fate::Lost(_))));
}

#[test]
fn two_leaders_at_once_are_a_span_of_alarm() {
    let mut setup = scenario("raft", 5);
    let key = setup.algorithm.fields().iter().find(|field| field.id == "check_quorum").expect("it has it").key;
    setup.settings.push((key, Value::Switch(false)));
    let mut player = player(setup);
    player.advance(600 * MILLISECOND);
    player.intervene(Fault::Isolate(Who::Leader));
    player.advance(2 * SECOND);
    let measured = player.sim().kernel().measures.multi_leader;
    let now = player.now();
    let spans: Vec<_> = player.spacetime().lanes.several_led().collect();
    let drawn: Micros = spans.iter().map(|&(from, until)| until.unwrap_or(now) - from).sum();
    assert!(drawn > 0);
    assert!(drawn.abs_diff(measured) <= MILLISECOND || measured <= drawn, "{drawn} drawn, {measured} measured");
    let frame = frame(&player, 0, now);
    assert!(has_ink(&draw(&scene(&player, &Words::of("raft"), &frame), true), Ink::AlarmWash));
}

/// Seeking, stepping back, acting in the past: the index is that of a run played straight.
#[test]
fn the_index_is_the_same_however_one_got_there() {
    let mut wandering = player(scenario("raft", 5));
    wandering.advance(900 * MILLISECOND);
    wandering.intervene(Fault::Crash(Who::Leader));
    wandering.advance(SECOND);
    wandering.seek(300 * MILLISECOND);
    wandering.step();
    wandering.step_back();
    wandering.seek(1_500 * MILLISECOND);
    wandering.undo();
    wandering.seek(700 * MILLISECOND);
    wandering.intervene(Fault::Pause(Who::At(Place::Node(2))));
    wandering.advance(SECOND);
    let mut straight = player(scenario("raft", 5));
    straight.advance(700 * MILLISECOND);
    straight.intervene(Fault::Pause(Who::At(Place::Node(2))));
    straight.advance(SECOND);
    assert_eq!(wandering.now(), straight.now());
    assert_same(wandering.spacetime(), straight.spacetime(), 5, 10 * SECOND);
}

#[test]
fn arrows_when_close_density_when_far() {
    let mut setup = scenario("raft", 9);
    setup.work.job = Job::Database;
    let mut player = player(setup);
    player.advance(20 * SECOND);
    let words = Words::of("raft");
    let close = frame(&player, 19 * SECOND, 500 * MILLISECOND);
    let near = draw(&scene(&player, &words, &close), true);
    let far = frame(&player, 0, 20 * SECOND);
    let whole = draw(&scene(&player, &words, &far), true);
    let is_column = |shape: &Shape| matches!(shape, Shape::Path(path) if path.opacity == 45 && path.pen == Pen::Fill && path.ink == Ink::Ink3);
    assert!(whole.shapes.iter().any(is_column), "columns");
    assert!(!near.shapes.iter().any(is_column), "no columns");
    assert!(said(&near).contains(&"Store") && said(&near).contains(&"N9"));
    assert!(said(&whole).iter().any(|text| text.starts_with("leader, term ")), "{:?}", said(&whole));
}

#[test]
fn a_message_and_a_flag_are_found_under_the_finger() {
    let mut player = player(scenario("raft", 5));
    player.advance(600 * MILLISECOND);
    player.intervene(Fault::Crash(Who::Leader));
    player.advance(400 * MILLISECOND);
    let words = Words::of("raft");
    let segment = *player.spacetime().messages.list().iter().find(|it| it.fate == Fate::Arrived).expect("one arrived");
    let frame = frame(&player, segment.sent - 20 * MILLISECOND, 100 * MILLISECOND);
    let census = player.sim().kernel().census;
    let rows = [segment.from, segment.to].map(|slot| frame.y(frame.row(census, slot).expect("a lane")));
    let middle = ((segment.sent + segment.end) / 2) as f64;
    let found = hit(&scene(&player, &words, &frame), (frame.x(middle), (rows[0] + rows[1]) / 2.0)).expect("a message");
    assert_eq!(found.message.map(|name| name.nth), Some(segment.nth));
    assert_eq!(found.event, segment.sent_event);
    let far = Frame { window: Window { from: 0.0, length: SECOND as f64 }, ..frame };
    let flag = hit(&scene(&player, &words, &far), (far.x(600_000.0), 8.0)).expect("the flag of the crash");
    assert_eq!(flag.message, None);
    assert_eq!(player.sim().history().event(flag.event).map(|event| event.at), Some(600 * MILLISECOND));
    assert_eq!(hit(&scene(&player, &words, &far), (far.x(300.0), 8.0)), None);
}

#[test]
fn a_service_has_one_lane_and_the_store_another() {
    let mut setup = scenario("zookeeper", 5);
    setup.work.job = Job::Database;
    let player = player(setup);
    let found = lanes(player.sim());
    assert_eq!(found.len(), 7);
    assert_eq!(found[5..], [Lane::Service, Lane::Store]);
}

/// Every family, whatever happened, draws; no number in the paths is broken.
#[test]
fn every_family_is_drawn() {
    for algorithm in Algorithm::all() {
        let mut setup = Scenario { nodes: 5, ..Scenario::new(algorithm) };
        setup.work.job = Job::Database;
        let mut player = player(setup);
        player.advance(2 * SECOND);
        player.intervene(Fault::Isolate(Who::Leader));
        player.advance(2 * SECOND);
        player.intervene(Fault::Pause(Who::Leader));
        player.advance(SECOND);
        let words = Words::of(algorithm.id());
        for (from, length) in [(0, 5 * SECOND), (2 * SECOND, 300 * MILLISECOND), (SECOND, 20 * SECOND), (0, MINUTE)] {
            let frame = frame(&player, from, length);
            let picture = draw(&scene(&player, &words, &frame), true);
            assert!(picture.shapes.len() > 5);
            for shape in &picture.shapes {
                if let Shape::Path(path) = shape {
                    let fine = |letter: char| letter.is_ascii_digit() || " .-MLhvaz".contains(letter);
                    assert!(path.data.starts_with('M') && path.data.chars().all(fine), "{}", path.data);
                }
            }
        }
        assert!(player.sim().kernel().census.nodes().any(|node| {
            let slot = player.sim().kernel().census.slot(node);
            player.spacetime().lanes.of(slot).iter().any(|span| span.role == Role::Leader)
        }));
    }
}

/// Ten minutes of nine nodes: all of it is remembered, and a picture of all of it is small.
#[test]
fn ten_minutes_of_nine_nodes_stay_small() {
    let mut player = player(scenario("raft", 9));
    player.advance(10 * MINUTE);
    let list = player.spacetime().messages.list();
    assert!(list.len() > 50_000, "{}", list.len());
    assert!(list.first().is_some_and(|first| first.sent < 5 * SECOND), "from the start on");
    let words = Words::of("raft");
    for (from, length) in [(0, 10 * MINUTE), (5 * MINUTE, 2 * SECOND), (9 * MINUTE, 30 * SECOND)] {
        let frame = frame(&player, from, length);
        let picture = draw(&scene(&player, &words, &frame), true);
        let bytes: usize = picture
            .shapes
            .iter()
            .map(|shape| match shape {
                Shape::Path(path) => path.data.len(),
                Shape::Text(text) => text.text.len(),
            })
            .sum();
        assert!(bytes < 300_000, "{bytes} bytes of paths");
        assert!(picture.shapes.len() < 120, "{} shapes", picture.shapes.len());
    }
}

// ---- how much is shown if nobody zooms -----------------------------------------------------------------------------

const SHORTEST: Micros = 600 * MILLISECOND;

fn need(player: &Player) -> Need {
    Need::at(player.now(), player.milestones(), player.spacetime(), SHORTEST)
}

#[test]
fn the_last_two_elections_are_shown_or_600_ms() {
    let mut player = player(scenario("raft", 5));
    assert_eq!(need(&player).length(0.0, 0.8), SHORTEST as f64);
    for _ in 0..3 {
        player.next_stop(Stop::LeaderChange);
        player.advance(100 * MILLISECOND);
        player.intervene(Fault::Crash(Who::Leader));
        player.advance(50 * MILLISECOND);
        player.intervene(Fault::Restart(Who::At(crashed(&player))));
        player.next_stop(Stop::Election);
    }
    let elections: Vec<Micros> =
        player.milestones().iter().filter(|mark| mark.kind == MilestoneKind::Election).map(|mark| mark.at).collect();
    let [.., older, _] = elections[..] else { panic!("there were several") };
    let length = need(&player).length(0.0, 0.8);
    let from = player.now() as f64 - 0.8 * length;
    assert!(from < older as f64, "the older of the last two is in the window");
    assert!(from > older as f64 - 0.1 * length || length == SHORTEST as f64, "and not much before it");
    // What came later does not matter to who stands in the past.
    let then = player.now();
    player.advance(20 * SECOND);
    player.seek(then);
    assert_eq!(need(&player).length(0.0, 0.8), length);
}

fn crashed(player: &Player) -> Place {
    let kernel = player.sim().kernel();
    let down = |place: &Place| kernel.statuses[kernel.census.slot(*place)] == Status::Down;
    kernel.census.nodes().find(down).expect("one is down")
}

#[test]
fn however_long_nobody_runs_messages_can_still_be_told_apart() {
    let words = Words::of("raft");
    for nodes in [3, 5, 9] {
        let mut player = player(scenario("raft", nodes));
        player.advance(MINUTE);
        let length = need(&player).length(0.0, 0.8);
        assert!(length > SHORTEST as f64 && length < 20.0 * SECOND as f64, "{nodes} nodes: {length}");
        let frame = frame(&player, player.now() - (0.8 * length) as Micros, length as Micros);
        assert!(conclave::share::spacetime::arrows::are_arrows(&scene(&player, &words, &frame)), "{nodes} nodes");
    }
}

#[test]
fn the_scale_rests_between_two_elections() {
    let mut player = player(scenario("raft", 5));
    let (mut length, mut changes) = (need(&player).length(0.0, 0.8), 0);
    // A painting every ten milliseconds of the run, for twenty seconds of it.
    for _ in 0..2_000 {
        player.advance(10 * MILLISECOND);
        let next = need(&player).length(length, 0.8);
        changes += usize::from(next != length);
        length = next;
    }
    assert!((1..=12).contains(&changes), "the scale changed {changes} times");
    assert_eq!(
        Need { elections: 0, shortest: SHORTEST, legible: Micros::MAX }.length(length, 0.8),
        1.25 * SHORTEST as f64
    );
}

/// Rectangles that a picture's paths are made of, in all.
fn rectangles(picture: &Picture) -> usize {
    let parts = picture.shapes.iter().map(|shape| match shape {
        Shape::Path(path) => path.data.matches('v').count(),
        Shape::Text(_) => 0,
    });
    parts.sum()
}

#[test]
fn ten_minutes_of_nine_nodes_are_few_rectangles() {
    let words = Words::of("raft");
    let mut player = player(scenario("raft", 9));
    player.advance(10 * MINUTE);
    let frame = frame(&player, 0, 10 * MINUTE);
    let picture = draw(&scene(&player, &words, &frame), true);
    // A column every three pixels in nine lanes would be 3 600, and take a canvas 50 ms.
    assert!(rectangles(&picture) < 1_000, "{} rectangles", rectangles(&picture));
}
