//! Documents: everything in them is read, every mistake is named, and what is written reads the same.

use conclave::playback::director::Director;
use conclave::playback::player::Player;
use conclave::playback::recording::Recording;
use conclave::playback::runner;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::catalogue::STORIES;
use conclave::scenarios::cue::Cue;
use conclave::scenarios::script::Trigger;
use conclave::share::document::{read_document, write_document};
use conclave::sim::fault::{Fault, LinkWires, MessageName, Scope, Waking, Which, Who};
use conclave::sim::place::Place;
use conclave::sim::request::Word;
use conclave::sim::settings::Value;
use conclave::sim::time::{HOUR, MILLISECOND, Micros, SECOND};
use proptest::prelude::*;

const EVERYTHING: &str = include_str!("../docs/examples/everything.json");

fn ms(milliseconds: u64) -> Micros {
    milliseconds * MILLISECOND
}

fn node(number: u8) -> Who {
    Who::At(Place::Node(number))
}

fn read(text: &str) -> Recording {
    match read_document(text) {
        Ok(recording) => recording,
        Err(problems) => panic!("{text}\n{problems:?}"),
    }
}

fn problems(text: &str) -> Vec<String> {
    read_document(text).expect_err(text).iter().map(ToString::to_string).collect()
}

/// The one act of a script of one entry.
fn act(text: &str) -> Fault {
    let recording = read(&format!("{{ \"algorithm\": \"raft\", \"script\": [ {{ \"at\": \"1s\", {text} }} ] }}"));
    let [entry] = recording.scenario.script.as_slice() else { panic!("one entry") };
    entry.act.clone()
}

fn digest(recording: &Recording, until: Micros) -> u64 {
    let mut simulation = recording.scenario.open_with_history(1 << 20).unwrap();
    runner::run(simulation.as_mut(), &mut Director::new(recording), &recording.interventions, until, |_| true);
    simulation.history().digest()
}

#[test]
fn the_example_in_the_guide_is_the_one_that_is_tested() {
    assert!(include_str!("../docs/documents.md").contains(EVERYTHING.trim_end()));
}

#[test]
fn everything_in_the_example_is_read() {
    let recording = read(EVERYTHING);
    let scenario = &recording.scenario;
    assert_eq!((scenario.algorithm.id(), scenario.nodes, scenario.seed, scenario.preset), ("raft", 5, 7, "paper"));
    assert_eq!(scenario.setting(0), Some(Value::Range(ms(150), ms(300))));
    assert_eq!((scenario.wires.latency, scenario.wires.disk), ((ms(10), ms(20)), (0, 0)));
    assert_eq!((scenario.wires.tail_chance, scenario.wires.tail_latency), (1_000, (ms(200), ms(400))));
    assert_eq!((scenario.pauses.every, scenario.pauses.length), (30 * SECOND, (ms(50), ms(400))));
    assert_eq!(scenario.initial[0].settings, [(0, Value::Range(HOUR, HOUR))]);
    assert_eq!(scenario.initial[0].disk.len(), 3);
    let triggers: Vec<Trigger> = scenario.script.iter().map(|entry| entry.trigger).collect();
    assert_eq!(
        triggers[..3],
        [Trigger::At(SECOND, ms(1_075)), Trigger::After(ms(500), ms(500)), Trigger::When(Cue::Elected)]
    );
    let acts: Vec<Fault> = scenario.script.iter().map(|entry| entry.act.clone()).collect();
    let x = Word::new("x").unwrap();
    assert_eq!(
        acts,
        [
            Fault::Crash(Who::Leader),
            Fault::Restart(node(1)),
            Fault::Pause(Who::Leader),
            Fault::Cut { from: node(1), to: node(3), both: false },
            Fault::Partition(vec![vec![node(1), node(2)], vec![node(3), node(4), node(5)]]),
            Fault::Heal,
            Fault::TimeOutNow(node(2)),
            Fault::Request(x, Who::Leader),
            Fault::Read(x, node(1)),
            Fault::Transfer { from: Who::Leader, to: Some(node(3)) },
            Fault::Drop(Which::Like { kind: Some(1), from: Some(node(2)), to: None }),
        ]
    );
}

#[test]
fn an_algorithm_is_enough() {
    let scenario = read("{\"algorithm\": \"raft\"}").scenario;
    assert_eq!((scenario.nodes, scenario.seed, scenario.preset), (5, 1, "paper"));
    assert!(scenario.script.is_empty());
}

#[test]
fn every_act_can_be_written() {
    let (two, three) = (node(2), node(3));
    for (text, fault) in [
        (r#""crash": "N2""#, Fault::Crash(two)),
        (r#""crash": "store""#, Fault::Crash(Who::At(Place::Store))),
        (r#""restart": "old leader""#, Fault::Restart(Who::OldLeader)),
        (r#""restart": "old_leader""#, Fault::Restart(Who::OldLeader)),
        (r#""wipe": "follower""#, Fault::Wipe(Who::Follower)),
        (r#""pause": "candidate""#, Fault::Pause(Who::Candidate)),
        (r#""resume": 2"#, Fault::Resume(two, Waking::Either)),
        (r#""resume": 2, "order": "inbox-first""#, Fault::Resume(two, Waking::InboxFirst)),
        (r#""resume": 2, "order": "timers first""#, Fault::Resume(two, Waking::TimersFirst)),
        (r#""cut": {"from": 2, "to": "store"}"#, Fault::Cut { from: two, to: Who::At(Place::Store), both: true }),
        (r#""mend": {"from": 2, "to": 3, "one_way": true}"#, Fault::Mend { from: two, to: three, both: false }),
        (r#""isolate": "followed""#, Fault::Isolate(Who::Followed)),
        (r#""rejoin": 3"#, Fault::Rejoin(three)),
        (r#""partition": [["leader"], [2, 3]]"#, Fault::Partition(vec![vec![Who::Leader], vec![two, three]])),
        (r#""heal": true"#, Fault::Heal),
        (
            r#""link": {"from": 2, "to": 3, "latency": "50ms", "loss": "5%"}"#,
            Fault::Rewire {
                from: two,
                to: three,
                both: true,
                wires: LinkWires { latency: Some((ms(50), ms(50))), loss: Some(50_000) },
            },
        ),
        (
            r#""rewire": {"from": 2, "to": 3, "one_way": true}"#,
            Fault::Rewire { from: two, to: three, both: false, wires: LinkWires::default() },
        ),
        (r#""drop": {}"#, Fault::Drop(Which::Like { kind: None, from: None, to: None })),
        (
            r#""drop": {"kind": "append_rep", "to": "leader", "every": true}"#,
            Fault::Drop(Which::Every { kind: Some(6), from: None, to: Some(Who::Leader) }),
        ),
        (r#""drop": {"kind": "store write"}"#, Fault::Drop(Which::Like { kind: Some(202), from: None, to: None })),
        (
            r#""duplicate": {"from": 2, "to": 3, "nth": 7}"#,
            Fault::Duplicate(Which::One(MessageName { from: Place::Node(2), to: Place::Node(3), nth: 7 })),
        ),
        (
            r#""delay": {"kind": "heartbeat", "by": "100ms"}"#,
            Fault::Delay(Which::Like { kind: Some(5), from: None, to: None }, ms(100)),
        ),
        (r#""deliver": {"to": 3}"#, Fault::Deliver(Which::Like { kind: None, from: None, to: Some(three) })),
        (r#""drift": 2, "rate": "-300ppm""#, Fault::Drift(two, -300)),
        (r#""drift": 2, "rate": "+20%""#, Fault::Drift(two, 200_000)),
        (r#""request": "a word", "to": 3"#, Fault::Request(Word::new("a word").unwrap(), three)),
        (r#""read": "x""#, Fault::Read(Word::new("x").unwrap(), Who::Leader)),
        (r#""timeout_now": 3"#, Fault::TimeOutNow(three)),
        (r#""transfer": "best""#, Fault::Transfer { from: Who::Leader, to: None }),
        (r#""transfer": 3, "from": 2"#, Fault::Transfer { from: two, to: Some(three) }),
        (r#""resign": "leader""#, Fault::Resign(Who::Leader)),
        (r#""forget_leader": 2"#, Fault::ForgetLeader(two)),
        (r#""tune": {"pre_vote": true}"#, Fault::Tune(Scope::Protocol, 3, Value::Switch(true))),
        (r#""tune": {"heartbeat": "50ms"}, "of": 2"#, Fault::Tune(Scope::Node(Place::Node(2)), 1, Value::Span(ms(50)))),
        (r#""tune": {"wires.loss": "3%"}"#, Fault::Tune(Scope::Wires, 3, Value::Chance(30_000))),
        (r#""tune": {"pauses.every": "2s"}"#, Fault::Tune(Scope::Pauses, 0, Value::Span(2 * SECOND))),
        (r#""tune": {"work.job": "scheduler"}"#, Fault::Tune(Scope::Work, 0, Value::Choice(2))),
        (r#""tune": {"store.fencing": "off"}"#, Fault::Tune(Scope::Store, 0, Value::Choice(0))),
    ] {
        assert_eq!(act(text), fault, "{text}");
        // And what is written of it reads the same.
        let mut recording = read("{\"algorithm\": \"raft\"}");
        recording.scenario.script = vec![conclave::scenarios::script::Entry::at(SECOND, fault)];
        assert_eq!(read(&write_document(&recording)), recording, "{}", write_document(&recording));
    }
}

#[test]
fn several_settings_are_tuned_at_one_instant() {
    let script = read(
        r#"{"algorithm": "raft", "script": [{"when": "leader", "tune": {"pre_vote": true, "check_quorum": true}}, {"after": "1s", "heal": true}]}"#,
    )
    .scenario
    .script;
    assert_eq!(script.len(), 3);
    assert_eq!(script[1].trigger, Trigger::After(0, 0));
}

#[test]
fn cues_are_spelled_freely() {
    for (text, cue) in [
        ("elected", Cue::Elected),
        ("split vote", Cue::SplitVote),
        ("split_vote", Cue::SplitVote),
        ("Split-Vote", Cue::SplitVote),
        ("two leaders", Cue::TwoLeaders),
        ("two_leaders", Cue::TwoLeaders),
        ("leaderless", Cue::Leaderless),
        ("leader", Cue::Leader),
        ("followed", Cue::Followed),
        ("broken promise", Cue::Broken),
        ("quiet for 500ms", Cue::Quiet(ms(500))),
        ("at work", Cue::AtWork(0)),
        ("at work after 3 writes", Cue::AtWork(3)),
        ("quiet_for_1.5s", Cue::Quiet(ms(1_500))),
    ] {
        let script = read(&format!(r#"{{"algorithm": "raft", "script": [{{"when": "{text}", "heal": true}}]}}"#))
            .scenario
            .script;
        assert_eq!(script[0].trigger, Trigger::When(cue), "{text}");
    }
}

#[test]
fn mistakes_are_named_with_line_and_path() {
    let document = "{ \"algorithm\": \"raft\",\n  \"seeds\": 3,\n  \"wires\": { \"latency\": 10 },\n  \"script\": [ { \"at\": \"1s\", \"crash\": 1 },\n    { \"at\": \"1s\", \"cut\": { \"from\": 9, \"to\": 1 } },\n    { \"at\": 5, \"crash\": \"laeder\" } ] }";
    assert_eq!(
        problems(document),
        [
            "seeds: there is no field \"seeds\"; did you mean \"seed\"? (line 2)",
            "wires.latency: a time needs a unit: \"10ms\", \"10s\" (line 3)",
            "script[1].cut.from: there is no node 9 (line 5)",
            "script[2].crash: there is no node or role \"laeder\"; did you mean \"leader\"? (line 6)",
        ]
    );
}

#[test]
fn every_bad_field_of_every_disk_is_reported_beside_the_rest() {
    let found = problems(
        r#"{ "algorithm": "raft", "seeds": 3, "initial": {
            "1": { "vote": 9, "log": [2, 1], "colour": 3 }, "2": { "log": "none", "term": 4 }, "3": { "vote": 8 } } }"#,
    );
    let of = |path: &str| found.iter().filter(|problem| problem.starts_with(&format!("{path}: "))).count();
    let paths = ["seeds", "initial.1.vote", "initial.1.log", "initial.1.colour", "initial.2.log", "initial.3.vote"];
    assert_eq!(paths.map(of), [1; 6], "{found:?}");
    assert_eq!(found.len(), 6, "{found:?}");
}

#[test]
fn every_kind_of_mistake_is_an_error() {
    let one = |fields: &str, path: &str| {
        let text = format!("{{ \"algorithm\": \"raft\", {fields} }}");
        let found = problems(&text);
        assert!(found.iter().any(|problem| problem.starts_with(&format!("{path}: "))), "{fields}: {found:?}");
    };
    one(r#""nodes": 0"#, "nodes");
    one(r#""nodes": 26"#, "nodes");
    one(r#""nodes": "5""#, "nodes");
    one(r#""seed": -1"#, "seed");
    one(r#""seed": 1.5"#, "seed");
    one(r#""seed": 18446744073709551616"#, "seed");
    one(r#""settings": []"#, "settings");
    one(r#""settings": { "preset": "papre" }"#, "settings.preset");
    one(r#""settings": { "pre_vote": 1 }"#, "settings.pre_vote");
    one(r#""settings": { "prevote": true }"#, "settings.prevote");
    one(r#""settings": { "election_timeout": ["300ms", "150ms"] }"#, "settings.election_timeout");
    one(r#""settings": { "election_timeout": ["1us", "150ms"] }"#, "settings.election_timeout");
    one(r#""settings": { "heartbeat": "75" }"#, "settings.heartbeat");
    one(r#""wires": { "loss": 0.1 }"#, "wires.loss");
    one(r#""wires": { "loss": "101%" }"#, "wires.loss");
    one(r#""wires": { "latency": ["0ms", "1ms"] }"#, "wires.latency");
    one(r#""wires": { "tail": { "chance": 1 } }"#, "wires.tail.chance");
    one(r#""wires": { "tail": { "chances": "1%" } }"#, "wires.tail.chances");
    one(r#""pauses": { "often": "1s" }"#, "pauses.often");
    one(r#""work": { "job": "sleep" }"#, "work.job");
    one(r#""store": { "fencing": "maybe" }"#, "store.fencing");
    one(r#""links": [{ "from": 1 }]"#, "links[0]");
    one(r#""links": [{ "from": "leader", "to": 1 }]"#, "links[0]");
    one(r#""initial": { "6": {} }"#, "initial.6");
    one(r#""initial": { "leader": {} }"#, "initial.leader");
    one(r#""initial": { "1": {}, "N1": {} }"#, "initial.N1");
    one(r#""initial": { "1": { "term": -1 } }"#, "initial.1.term");
    one(r#""initial": { "1": { "vote": 9 } }"#, "initial.1.vote");
    one(r#""initial": { "1": { "log": [2, 1] } }"#, "initial.1.log");
    one(r#""initial": { "1": { "colour": 3 } }"#, "initial.1.colour");
    one(r#""initial": { "1": { "down": "yes" } }"#, "initial.1.down");
    let entry = |fields: &str, path: &str| one(&format!("\"script\": [ {{ {fields} }} ]"), path);
    entry(r#""crash": 1"#, "script[0]");
    entry(r#""at": "1s""#, "script[0]");
    entry(r#""at": "1s", "after": "1s", "crash": 1"#, "script[0].after");
    entry(r#""at": "1s", "crash": 1, "restart": 2"#, "script[0].restart");
    entry(r#""at": "1s", "crsh": 1"#, "script[0].crsh");
    entry(r#""at": "1s", "crash": 1, "order": "inbox first""#, "script[0].order");
    entry(r#""at": "1s", "crash": 0"#, "script[0].crash");
    entry(r#""at": "1s", "crash": 300"#, "script[0].crash");
    entry(r#""at": "1s", "crash": [1]"#, "script[0].crash");
    entry(r#""at": "1s", "crash": "S1""#, "script[0].crash");
    entry(r#""at": "1s", "heal": false"#, "script[0].heal");
    entry(r#""at": "1s", "resume": 1, "order": "me first""#, "script[0].order");
    entry(r#""at": "1s", "cut": { "from": 1, "to": 1 }"#, "script[0].cut");
    entry(r#""at": "1s", "partition": [[1, 2]]"#, "script[0].partition");
    entry(r#""at": "1s", "partition": [[1], [1, 2]]"#, "script[0].partition[1][0]");
    entry(r#""at": "1s", "link": { "from": 1, "to": 2, "loss": "x" }"#, "script[0].link.loss");
    entry(r#""at": "1s", "drop": { "kind": "vot" }"#, "script[0].drop.kind");
    entry(r#""at": "1s", "drop": { "nth": 1 }"#, "script[0].drop");
    entry(r#""at": "1s", "delay": { "kind": "vote" }"#, "script[0].delay");
    entry(r#""at": "1s", "duplicate": { "every": true }"#, "script[0].duplicate.every");
    entry(r#""at": "1s", "drift": 1"#, "script[0]");
    entry(r#""at": "1s", "drift": 1, "rate": "-95%""#, "script[0].rate");
    entry(r#""at": "1s", "request": "nine-byte""#, "script[0].request");
    entry(r#""at": "1s", "tune": { "speed": 3 }"#, "script[0].tune.speed");
    entry(r#""at": "1s", "tune": { "wires.loss": "1%" }, "of": 1"#, "script[0].tune.wires.loss");
    entry(r#""at": "1s", "tune": {}"#, "script[0].tune");
    entry(r#""when": "quiet", "heal": true"#, "script[0].when");
    entry(r#""when": "elcted", "heal": true"#, "script[0].when");
    entry(r#""at": ["2s", "1s"], "heal": true"#, "script[0].at");
    one(r#""interventions": [{ "crash": 1 }]"#, "interventions[0]");
    one(r#""interventions": [{ "at": "2s", "heal": true }, { "at": "1s", "heal": true }]"#, "interventions[1]");
    assert!(problems("{}")[0].starts_with("needs \"algorithm\": raft, "));
    assert_eq!(
        problems(r#"{"algorithm": "rafft"}"#),
        ["algorithm: there is no algorithm \"rafft\"; did you mean \"raft\"? (line 1)"]
    );
    assert_eq!(problems("[]"), ["must be an object, not a list (line 1)"]);
    assert_eq!(problems("{\n\"algorithm\": }")[0], "expected a value, found '}' (line 2)");
}

#[test]
fn every_story_reads_back_as_it_was_written() {
    for story in STORIES {
        let recording = Recording::new(story.scenario());
        let text = write_document(&recording);
        let again = read(&text);
        assert_eq!(again, recording, "{text}");
        assert_eq!(digest(&again, 3 * SECOND), digest(&recording, 3 * SECOND));
    }
}

#[test]
fn a_run_with_interventions_reads_back_as_the_same_run() {
    let mut player = Player::new(read(EVERYTHING)).unwrap();
    player.advance(ms(1_300));
    player.intervene(Fault::Pause(node(2)));
    for _ in 0..9 {
        player.step();
    }
    player.intervene(Fault::Resume(node(2), Waking::TimersFirst));
    player.intervene(Fault::Tune(Scope::Wires, 3, Value::Chance(50_000)));
    player.advance(ms(5_000));
    assert_eq!(player.recording().interventions.len(), 3);
    let again = read(&write_document(player.recording()));
    assert_eq!(&again, player.recording());
    assert_eq!(digest(&again, player.now()), player.sim().history().digest());
}

#[test]
fn every_family_runs_from_a_document() {
    for algorithm in Algorithm::all() {
        let text = format!(
            r#"{{ "algorithm": "{}", "wires": {{ "loss": "1%", "disk": ["0ms", "2ms"] }}, "script": [
                {{ "when": "elected", "request": "x" }}, {{ "after": "2s", "crash": "leader" }},
                {{ "when": "elected", "restart": "followed" }}, {{ "at": "20s", "partition": [[1, 2], [3, 4, 5]] }},
                {{ "at": "30s", "heal": true }}, {{ "at": "31s", "pause": "leader" }}, {{ "at": "33s", "heal": true }} ] }}"#,
            algorithm.id()
        );
        let recording = read(&text);
        assert_eq!(read(&write_document(&recording)), recording);
        let mut simulation = recording.scenario.open_with_history(1 << 20).unwrap();
        runner::run(simulation.as_mut(), &mut Director::new(&recording), &[], 60 * SECOND, |_| true);
        assert!(!simulation.kernel().measures.tenures.is_empty(), "{algorithm:?} elects nobody");
        assert_eq!(simulation.history().digest(), digest(&recording, 60 * SECOND));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Mutilated documents are refused, or mean something; they never break the reader.
    #[test]
    fn no_text_breaks_the_reader(cuts in prop::collection::vec((0usize..1_400, 0usize..20, "[\\PC\\n\\\\\"{}\\[\\]]{0,4}"), 1..5)) {
        let mut text: Vec<char> = EVERYTHING.chars().collect();
        for (at, length, instead) in cuts {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, instead.chars());
        }
        let text: String = text.into_iter().collect();
        if let Err(problems) = read_document(&text) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(!problem.to_string().contains('\n'));
            }
        }
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        let _ = read_document(&text);
    }
}
