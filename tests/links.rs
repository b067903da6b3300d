//! Links: what is shared is what is seen, links of the past stay readable, and no link does harm.

use conclave::playback::arrival::Arrival;
use conclave::playback::player::{Moment, Player};
use conclave::playback::recording::{Intervention, Recording};
use conclave::playback::trail::Mark;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::catalogue::Story;
use conclave::scenarios::cue::Cue;
use conclave::scenarios::scenario::Scenario;
use conclave::scenarios::script::{Entry, Trigger};
use conclave::share::document::read_document;
use conclave::share::link::{Chosen, LONGEST, Link, LinkError, Shared, payload};
use conclave::sim::fault::{Fault, LinkWires, MessageName, Scope, Waking, Which, Who};
use conclave::sim::place::Place;
use conclave::sim::request::Word;
use conclave::sim::rng::Pcg;
use conclave::sim::settings::Value;
use conclave::sim::time::{MILLISECOND, SECOND};

const EVERYTHING: &str = include_str!("../docs/examples/everything.json");

fn raft() -> Algorithm {
    Algorithm::by_id("raft").expect("raft")
}

fn node(number: u8) -> Who {
    Who::At(Place::Node(number))
}

/// A visitor who plays with a wide-area cluster for half a minute: twenty faults, at times as they come.
fn session() -> Player {
    let mut scenario = Scenario::opening_view(raft());
    scenario.seed = 4_127;
    scenario.wires.loss = 20_000;
    let mut player = Player::new(Recording::new(scenario)).expect("it opens");
    let acts = [
        Fault::Crash(Who::Leader),
        Fault::Restart(node(1)),
        Fault::Pause(node(2)),
        Fault::Request(Word::new("x").expect("short"), Who::Leader),
        Fault::Resume(node(2), Waking::Either),
        Fault::Partition(vec![vec![node(1), node(2)], vec![node(3), node(4), node(5)]]),
        Fault::Request(Word::new("y").expect("short"), Who::Leader),
        Fault::Heal,
        Fault::Isolate(Who::Leader),
        Fault::TimeOutNow(node(4)),
        Fault::Rejoin(node(3)),
        Fault::Cut { from: node(1), to: node(3), both: false },
        Fault::Drift(node(5), 200_000),
        Fault::Drop(Which::Like { kind: Some(1), from: Some(node(2)), to: None }),
        Fault::Tune(Scope::Wires, 3, Value::Chance(50_000)),
        Fault::Tune(Scope::Protocol, 0, Value::Range(300_000, 600_000)),
        Fault::Crash(node(5)),
        Fault::Heal,
        Fault::Restart(node(5)),
        Fault::Transfer { from: Who::Leader, to: None },
    ];
    let mut chance = Pcg::new(7, 7);
    let mut done = 0;
    for act in acts.iter().cycle() {
        player.advance(chance.between(700_003, 2_100_001));
        if player.intervene(act.clone()).refused.is_none() {
            done += 1;
        }
        if done == acts.len() {
            break;
        }
    }
    player.advance(1_234_567);
    player
}

fn reopened(text: &str) -> (Player, Link) {
    let link = Link::read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let Shared::One(recording) = link.shared.clone() else { panic!("one run") };
    let mut player = Player::new(recording).expect("it opens");
    assert!(player.arrive(Arrival::Moment(link.newest)) && player.arrive(Arrival::Moment(link.moment)));
    (player, link)
}

#[test]
fn a_session_of_twenty_faults_fits_into_600_characters_and_shows_the_same_elsewhere() {
    let player = session();
    let text = Link::of(&player, Some(Chosen::Place(Place::Node(3)))).write();
    assert_eq!(player.recording().interventions.len(), 20);
    assert!(text.len() < 600 - "https://conclave.example.org/#s=".len(), "{} characters: {text}", text.len());
    let (other, link) = reopened(&format!("https://conclave.example.org/some/path/#s={text}"));
    assert_eq!(other.recording(), player.recording());
    assert_eq!(other.moment(), player.moment());
    assert_eq!(other.sim().history().digest(), player.sim().history().digest());
    assert_eq!(link.chosen, Some(Chosen::Place(Place::Node(3))));
    assert_eq!(link.difference(0, other.recording(), other.sim()), None);
}

#[test]
fn a_moment_in_the_past_is_shared_with_the_future_that_was_seen() {
    let mut player = session();
    let newest = player.newest_moment();
    player.seek(9 * SECOND);
    player.step();
    let (other, _) = reopened(&Link::of(&player, None).write());
    assert_eq!((other.moment(), other.newest_moment()), (player.moment(), newest));
    assert_eq!(other.sim().history().digest(), player.sim().history().digest());
    assert!(!other.is_live());
}

#[test]
fn every_story_and_document_travels_whole() {
    let documents = [EVERYTHING].map(|text| read_document(text).expect("the example"));
    let stories = Story::all().map(|story| Recording::new(story.scenario()));
    let openings = Algorithm::all().map(|algorithm| Recording::new(Scenario::opening_view(algorithm)));
    for recording in documents.into_iter().chain(stories).chain(openings) {
        let text = Link::of_recording(recording.clone(), SECOND).write();
        assert!(text.len() < 600, "{} characters: {}", text.len(), recording.scenario.title);
        let link = Link::read(&text).expect("it reads");
        assert_eq!(link.shared, Shared::One(recording));
        assert_eq!(link.moment, Moment { at: SECOND, done: u64::MAX });
        assert_eq!(link.write(), text);
    }
}

/// One of each, with every branch.
fn every_act() -> Vec<Fault> {
    let x = Word::new("x").expect("short");
    let wires = LinkWires { latency: Some((1_000, 2_000)), loss: Some(500_000) };
    let name = MessageName { from: Place::Node(1), to: Place::Store, nth: 70_000 };
    let like = Which::Like { kind: None, from: Some(Who::Followed), to: Some(node(2)) };
    vec![
        Fault::Crash(Who::OldLeader),
        Fault::Restart(Who::At(Place::Store)),
        Fault::Wipe(node(25)),
        Fault::Pause(Who::At(Place::Server(3))),
        Fault::Resume(Who::Candidate, Waking::TimersFirst),
        Fault::Resume(Who::Follower, Waking::InboxFirst),
        Fault::Cut { from: node(1), to: node(2), both: true },
        Fault::Mend { from: node(1), to: node(2), both: false },
        Fault::Isolate(node(1)),
        Fault::Rejoin(node(1)),
        Fault::Partition(vec![vec![node(1)], vec![Who::Leader, node(2)]]),
        Fault::Heal,
        Fault::Rewire { from: node(1), to: node(2), both: true, wires },
        Fault::Rewire { from: node(1), to: node(2), both: false, wires: LinkWires::default() },
        Fault::Drop(Which::One(name)),
        Fault::Drop(Which::Every { kind: Some(200), from: None, to: None }),
        Fault::Duplicate(like),
        Fault::Delay(like, 90 * SECOND),
        Fault::Deliver(Which::One(name)),
        Fault::Drift(node(1), -900_000),
        Fault::Request(x, Who::Leader),
        Fault::Read(x, node(3)),
        Fault::TimeOutNow(node(1)),
        Fault::Transfer { from: Who::Leader, to: Some(node(2)) },
        Fault::Resign(Who::Leader),
        Fault::ForgetLeader(node(1)),
        Fault::Tune(Scope::Protocol, 1, Value::Span(5)),
        Fault::Tune(Scope::Node(Place::Node(2)), 1, Value::Count(u64::MAX)),
        Fault::Tune(Scope::Wires, 1, Value::Chance(1)),
        Fault::Tune(Scope::Pauses, 0, Value::Span(0)),
        Fault::Tune(Scope::Work, 0, Value::Choice(2)),
        Fault::Tune(Scope::Store, 1, Value::Switch(true)),
    ]
}

fn busy_recording() -> Recording {
    let mut recording = Recording::new(Scenario::opening_view(raft()));
    let act = |(index, fault)| Intervention { at: SECOND + index as u64 * 123_457, after: index as u32 % 3, fault };
    recording.interventions = every_act().into_iter().enumerate().map(act).collect();
    recording.scenario.title = "A title".into();
    recording.scenario.about = "A remark".into();
    recording
}

#[test]
fn every_cue_travels() {
    let cues =
        [Cue::Elected, Cue::Leader, Cue::Leaderless, Cue::TwoLeaders, Cue::Followed, Cue::SplitVote, Cue::Broken];
    let mut recording = Recording::new(Scenario::new(raft()));
    let cues = cues.into_iter().chain([Cue::Quiet(SECOND), Cue::AtWork(7)]);
    recording.scenario.script = cues.map(|cue| Entry::when(cue, Fault::Heal)).collect();
    recording.scenario.script.push(Entry { trigger: Trigger::At(5, 9), act: Fault::Heal });
    recording.scenario.script.push(Entry { trigger: Trigger::After(0, 70_000), act: Fault::Heal });
    let link = Link::read(&Link::of_recording(recording.clone(), 0).write()).expect("it reads");
    assert_eq!(link.shared, Shared::One(recording));
}

#[test]
fn every_act_travels() {
    let recording = busy_recording();
    let link = Link::read(&Link::of_recording(recording.clone(), 0).write()).expect("it reads");
    assert_eq!(link.shared, Shared::One(recording));
}

#[test]
fn a_pair_of_scenarios_travels_with_what_befalls_both() {
    let sides = ["bully", "zab"].map(|id| Scenario::opening_view(Algorithm::by_id(id).expect("known")));
    let acts = vec![Intervention { at: SECOND, after: 2, fault: Fault::Crash(Who::Leader) }];
    let pair = Shared::Pair(Box::new(sides), acts);
    let link = Link { shared: pair.clone(), ..Link::of_recording(Recording::new(Scenario::new(raft())), 2 * SECOND) };
    let read = Link::read(&link.write()).expect("it reads");
    assert_eq!((read.shared, read.moment), (pair, link.moment));
}

#[test]
fn two_runs_side_by_side_become_one_link_that_plays_both() {
    let side = |id: &str| {
        let scenario = Scenario::opening_view(Algorithm::by_id(id).expect("known"));
        Player::new(Recording::new(scenario)).expect("it opens")
    };
    let mut sides = [side("raft"), side("bully")];
    for (index, player) in sides.iter_mut().enumerate() {
        player.advance(SECOND);
        player.intervene(Fault::Crash(Who::Leader));
        player.advance(SECOND);
        // An act that the right side skips.
        if index == 0 {
            player.intervene(Fault::Pause(Who::Leader));
        }
        player.advance(SECOND);
    }
    let [left, right] = sides.each_ref().map(|player| Link::of(player, None));
    let link = Link::of_pair(left, right, true).expect("two runs");
    let link = Link::read(&link.write()).expect("it reads");
    let [left, right] = <[Recording; 2]>::try_from(link.recordings()).expect("two");
    let told = |recording: &Recording| -> Vec<_> {
        recording.interventions.iter().map(|act| (act.at, act.fault.clone())).collect()
    };
    assert_eq!((&left.scenario, told(&left)), (&sides[0].recording().scenario, told(sides[0].recording())));
    assert_eq!(left.interventions.len(), 2);
    assert_eq!(left.interventions, right.interventions, "one list for both");
    assert!(link.witnesses.is_empty(), "one side skipped an act: its history reads a little differently");
    // With the same acts on both sides, both histories are vouched for.
    let same = Link::of_pair(Link::of(&sides[0], None), Link::of(&sides[0], None), true).expect("two runs");
    assert_eq!(same.witnesses.len(), 2);
    for (index, recording) in same.recordings().into_iter().enumerate() {
        let mut player = Player::new(recording.clone()).expect("it opens");
        player.seek(same.moment.at);
        assert_eq!(same.difference(index, &recording, player.sim()), None);
    }
}

#[test]
fn what_was_done_to_one_message_of_a_pair_is_left_out() {
    let mut player = Player::new(Recording::new(Scenario::new(raft()))).expect("it opens");
    while player.sim().kernel().flights.is_empty() {
        player.step();
    }
    let flight = player.sim().kernel().flights[0].message;
    let one = MessageName { from: flight.from, to: flight.to, nth: flight.nth };
    player.intervene(Fault::Drop(Which::One(one)));
    let other = Player::new(Recording::new(Scenario::new(raft()))).expect("it opens");
    let link = Link::of_pair(Link::of(&player, None), Link::of(&other, None), true).expect("two runs");
    assert!(matches!(link.shared, Shared::Pair(_, acts) if acts.is_empty()));
}

/// Links as earlier copies wrote them. Never change a line; add one when something new can be written.
#[test]
fn links_of_every_past_version_open_and_show_what_they_showed() {
    let golden = include_str!("golden/links.txt");
    let lines: Vec<&str> = golden.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() >= 3);
    for line in lines {
        let (player, link) = reopened(line);
        assert_eq!(link.difference(0, player.recording(), player.sim()), None, "{line}");
        assert_eq!(link.write(), line);
    }
}

/// What links leave out, and the numbers they use, may grow but not change: or old links would say something else.
#[test]
fn presets_keys_and_numbers_are_frozen() {
    let mut now = Vec::new();
    for algorithm in Algorithm::all() {
        let (key, id) = (algorithm.key(), algorithm.id());
        now.push(format!("{key} {id}"));
        for (index, preset) in algorithm.presets().iter().enumerate() {
            let value = |field: &conclave::sim::settings::Field| {
                let value = algorithm.preset_value(preset, field.key).expect("a preset");
                format!("{}.{}={value:?}", field.key, field.id)
            };
            let values: Vec<String> = algorithm.fields().iter().map(value).collect();
            now.push(format!("{id} preset {index} {preset}: {}", values.join(" ")));
        }
        let kinds: Vec<&str> = algorithm.kinds().iter().map(|kind| kind.id).collect();
        now.push(format!("{id} messages: {}", kinds.join(" ")));
    }
    let Scenario { wires, pauses, work, guard, .. } = Scenario::new(raft());
    now.extend([format!("{wires:?}"), format!("{pauses:?}"), format!("{work:?}"), format!("{guard:?}")]);
    for frozen in include_str!("golden/link_numbers.txt").lines() {
        let stands =
            |line: &String| line.strip_prefix(frozen).is_some_and(|new| new.is_empty() || new.starts_with([' ', ',']));
        assert!(now.iter().any(stands), "links rely on this:\n{frozen}\nof what is now:\n{}", now.join("\n"));
    }
}

#[test]
fn damage_is_told_from_a_newer_version() {
    let text = Link::of(&session(), None).write();
    assert_eq!(Link::read(&text[..text.len() - 1]), Err(LinkError::Damaged));
    assert_eq!(Link::read(""), Err(LinkError::Damaged));
    assert_eq!(Link::read(&"x".repeat(LONGEST + 1)), Err(LinkError::TooLong));
    assert_eq!(payload("https://a/b?x=1#/play/raft?theme=dark&s=1.A.B&t=3"), Some("1.A.B"));
    assert_eq!(payload("#s=1.A.B"), Some("1.A.B"));
    assert_eq!(payload("#/play/raft?scene=x"), None);
}

#[test]
fn a_run_that_is_not_the_one_that_was_sent_says_from_when_on() {
    let player = session();
    let mut link = Link::of(&player, None);
    let witness = &mut link.witnesses[0];
    assert!(witness.marks.len() >= 8, "marks on the way");
    witness.digest ^= 1;
    let half = witness.marks.len() / 2;
    for Mark { digest, .. } in &mut witness.marks[half..] {
        *digest ^= 0x55;
    }
    link.engine = 0;
    let (other, link) = reopened(&link.write());
    let said = link.difference(0, other.recording(), other.sim()).expect("it differs");
    assert!(said.starts_with("Made with an earlier engine (0, here it is 1); this run differs from "), "{said}");
    let digits: String = said.split("from ").nth(1).unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    let since: u64 = digits.parse().expect("a time");
    let events_by = |at: u64| {
        let mut player = Player::new(session().recording().clone()).expect("it opens");
        player.seek(at * MILLISECOND);
        player.sim().events()
    };
    assert!(events_by(since) <= link.witnesses[0].marks[half].events);
    assert!(events_by(since + 1) >= link.witnesses[0].marks[half - 1].events);
}
