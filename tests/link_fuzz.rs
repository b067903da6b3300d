//! A hundred thousand links that were changed by chance or by malice: none makes the engine stop, or takes much time or
//! memory.
#![allow(clippy::disallowed_methods, reason = "looks at the clock and at its own memory")]

use conclave::playback::arrival::Arrival;
use conclave::playback::player::{Moment, Player};
use conclave::playback::recording::{Intervention, Recording};
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::catalogue::Story;
use conclave::scenarios::scenario::Scenario;
use conclave::share::document::read_document;
use conclave::share::link::envelope::{open, seal};
use conclave::share::link::{Link, Shared};
use conclave::sim::fault::{Fault, Waking, Which, Who};
use conclave::sim::place::Place;
use conclave::sim::rng::Pcg;
use conclave::sim::settings::Value;
use conclave::sim::time::{END_OF_TIME, MILLISECOND, SECOND};
use std::time::{Duration, Instant};

const LINKS: u64 = 300_000;

/// Disks with numbers as great as they may be, to be made greater.
fn seeded_disks() -> [Recording; 7] {
    let disks = [
        r#"{ "algorithm": "raft", "initial": { "1": { "term": 2000000000, "vote": 2, "log": [1, 2000000000] } } }"#,
        r#"{ "algorithm": "paxos", "initial": { "1": { "promised": [2000000000, 2], "used": 2000000000 }, "2": { "accepted": { "1": [[3, 1], "x"] } } } }"#,
        r#"{ "algorithm": "zab", "initial": { "1": { "accepted_epoch": 2000000000, "zxid": [3, 5] }, "2": { "log": [1, 2, 2000000000] } } }"#,
        r#"{ "algorithm": "bully", "initial": { "1": { "incarnation": 2000000000 } } }"#,
        r#"{ "algorithm": "zookeeper", "initial": { "S1": { "created": 2000000000 } } }"#,
        r#"{ "algorithm": "lease", "initial": { "S1": { "transitions": 2000000000 } } }"#,
        r#"{ "algorithm": "appointed", "initial": { "1": { "log": [1, 2, 2000000000] } } }"#,
    ];
    disks.map(|text| read_document(text).unwrap_or_else(|error| panic!("{text} {error:?}")))
}

fn seeds() -> Vec<Vec<u8>> {
    let document = read_document(include_str!("../docs/examples/everything.json")).expect("the example");
    let stories = Story::all().map(|story| Recording::new(story.scenario()));
    let openings = Algorithm::all().map(|algorithm| {
        let mut recording = Recording::new(Scenario::opening_view(algorithm));
        let acts = [
            Fault::Crash(Who::Leader),
            Fault::Drift(Who::At(Place::Node(2)), 100_000),
            Fault::Duplicate(Which::Like { kind: None, from: None, to: None }),
            Fault::Pause(Who::Followed),
            Fault::Resume(Who::At(Place::Node(1)), Waking::Either),
            Fault::Partition(vec![vec![Who::At(Place::Node(1))], vec![Who::At(Place::Node(2))]]),
        ];
        let act = |(index, fault)| Intervention { at: 100 * MILLISECOND * (1 + index as u64), after: 0, fault };
        recording.interventions = acts.into_iter().enumerate().map(act).collect();
        recording
    });
    let ones = stories.chain(openings).chain([document]).chain(seeded_disks()).map(|recording| {
        let mut player = Player::new(recording).expect("it opens");
        player.seek(SECOND);
        Link::of(&player, None)
    });
    let sides = ["raft", "zookeeper"].map(|id| Scenario::opening_view(Algorithm::by_id(id).expect("known")));
    let pair = Link {
        shared: Shared::Pair(Box::new(sides.clone()), Vec::new()),
        ..Link::of_recording(Recording::new(sides[0].clone()), SECOND)
    };
    ones.chain([pair]).map(|link| open(&link.write()).expect("whole")).collect()
}

/// Changes, drops, doubles or inserts a byte or a few.
fn mutate(bytes: &mut Vec<u8>, chance: &mut Pcg) {
    for _ in 0..=chance.between(0, 1) {
        let at = chance.between(0, bytes.len().max(1) as u64 - 1) as usize;
        let byte = [0, 1, 0x7f, 0x80, 0xff, chance.next_u32() as u8][chance.between(0, 5) as usize];
        match chance.between(0, 5) {
            0 => drop(bytes.splice(at..(at + 1).min(bytes.len()), [])),
            1 => bytes.insert(at, byte),
            2 => bytes.truncate(at),
            3 => drop(bytes.splice(at..at, [0xff, 0xff, 0xff, 0xff, 0x0f])),
            _ => {
                if let Some(old) = bytes.get_mut(at) {
                    *old = byte;
                }
            }
        }
    }
}

fn peak_memory_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("");
    line.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u64>().unwrap_or(0) / 1_024
}

fn play(link: &Link, steps: u64) {
    for recording in link.recordings() {
        let mut player = Player::new(recording).expect("what reads can be opened");
        for _ in 0..steps {
            player.step();
        }
    }
}

#[test]
fn no_mutated_link_does_harm() {
    let seeds = seeds();
    let mut chance = Pcg::new(2_026, 1);
    let (mut readable, mut slowest) = (0, Duration::ZERO);
    for number in 0..LINKS {
        let mut bytes = seeds[chance.between(0, seeds.len() as u64 - 1) as usize].clone();
        let text = if number % 4 == 0 {
            // Changed on the way: the check tells.
            let mut text = seal(&bytes).into_bytes();
            mutate(&mut text, &mut chance);
            String::from_utf8_lossy(&text).into_owned()
        } else {
            // Changed by somebody who made a new check.
            mutate(&mut bytes, &mut chance);
            seal(&bytes)
        };
        let began = Instant::now();
        let read = Link::read(&text);
        slowest = slowest.max(began.elapsed());
        if let Ok(link) = read {
            readable += 1;
            assert_eq!(Link::read(&link.write()).as_ref(), Ok(&link), "{text}");
            // Marks that do not fit are looked for in a run of their own.
            if readable % 2_000 == 0 {
                for recording in link.recordings() {
                    let fresh = recording.scenario.open_with_history(1).expect("it opens");
                    link.difference(0, &recording, fresh.as_ref());
                }
            }
            let steps = if readable % 400 == 0 { 20_000 } else { 60 };
            let played = std::panic::catch_unwind(|| play(&link, steps));
            assert!(played.is_ok(), "{text}\n{link:?}");
        }
    }
    assert!(readable > LINKS / 20, "too few could be read: {readable}");
    assert!(slowest < Duration::from_secs(2), "reading one took {slowest:?}");
    assert!(peak_memory_megabytes() < 1_500, "{} MB", peak_memory_megabytes());
}

#[test]
fn the_busiest_link_that_can_be_written_is_given_up_in_time() {
    let mut scenario = Scenario::new(Algorithm::by_id("raft").expect("raft"));
    scenario.nodes = 25;
    scenario.wires.latency = (60 * SECOND, 60 * SECOND);
    for field in scenario.algorithm.fields() {
        if let conclave::sim::settings::FieldKind::Range { low, .. } = field.kind {
            scenario.settings.push((field.key, Value::Range(low, low)));
        }
        if let conclave::sim::settings::FieldKind::Span { low, .. } = field.kind {
            scenario.settings.push((field.key, Value::Span(low)));
        }
    }
    give_up(Recording::new(scenario));
    // Everything under way is doubled, sixty times.
    let mut doubled = Recording::new(Scenario::new(Algorithm::by_id("raft").expect("raft")));
    doubled.scenario.wires.latency = (SECOND, SECOND);
    let double = Fault::Duplicate(Which::Like { kind: None, from: None, to: None });
    let acts = (0..60).map(|_| Intervention { at: 2 * SECOND, after: 0, fault: double.clone() });
    doubled.interventions = acts.collect();
    give_up(doubled);
}

fn give_up(recording: Recording) {
    let link =
        Link { moment: Moment { at: END_OF_TIME, done: u64::MAX }, ..Link::of_recording(recording, END_OF_TIME) };
    let read = Link::read(&link.write()).expect("it reads");
    let Shared::One(recording) = read.shared else { panic!("one run") };
    let began = Instant::now();
    let mut player = Player::new(recording).expect("it opens");
    assert!(!player.arrive(Arrival::Moment(read.moment)));
    // And whoever plays on from there is safe as well.
    for _ in 0..200 {
        player.step();
    }
    assert!(began.elapsed() < Duration::from_secs(120));
    assert!(peak_memory_megabytes() < 1_500, "{} MB", peak_memory_megabytes());
}
