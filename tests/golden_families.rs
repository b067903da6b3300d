//! Golden traces of Bully, Paxos, a lease and an appointed leader: short runs told line by line, for people to read and for machines to compare.
//! To write them anew after a rule changed: `CONCLAVE_GOLDEN=write cargo test --test golden_families`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it reads and writes the traces")]

mod story;

use conclave::protocols::appointed::{self, AppointedSettings};
use conclave::protocols::bully::{Bully, BullySettings};
use conclave::protocols::lease::{self, LeaseSettings};
use conclave::protocols::paxos::{Mode, Paxos, PaxosSettings};
use conclave::sim::event::What;
use conclave::sim::place::Place;
use conclave::sim::protocol::Protocol;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::HOUR;
use conclave::words::event_line::event_line;
use conclave::words::lookup::Words;
use story::{Story, ms, n};

/// Everything but heartbeats, in sentences, with the rule or the reason.
fn trace<P: Protocol>(family: &str, story: &Story<P>) -> String {
    let words = Words::of(family);
    let mut lines = String::new();
    for event in story.world.history().events() {
        let kinds = story.world.kinds();
        let kind = match event.what {
            What::Sent { message, .. } | What::Delivered { message } | What::Lost { message, .. } => {
                kinds[usize::from(message.kind)].id
            }
            What::TimerFired { timer } => story.world.timer_names()[usize::from(timer)],
            _ => "",
        };
        if kind.starts_with("heartbeat") {
            continue;
        }
        let text = event_line(&words, &story.world, event).text;
        let why = match (event.rule, event.reason) {
            (_, Some(reason)) => format!("  [{}]", words.name("reason", reason.0)),
            (Some(rule), None) => format!("  [{rule}]"),
            (None, None) => String::new(),
        };
        let (whole, part) = (event.at / 1_000, event.at % 1_000);
        lines += &format!("{whole:>6}.{part:03} ms  {text}{why}\n");
    }
    lines
}

#[track_caller]
fn matches_golden<P: Protocol>(name: &str, family: &str, story: &Story<P>) {
    let path = format!("tests/golden/{name}.txt");
    let told = trace(family, story);
    if std::env::var("CONCLAVE_GOLDEN").is_ok_and(|wish| wish == "write") {
        std::fs::write(&path, &told).expect("tests/golden can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = golden.lines().zip(told.lines()).position(|(old, new)| old != new);
    assert!(golden == told, "{path} differs from line {:?} on; it now reads:\n{told}", differs.map(|line| line + 1));
}

fn patient() -> BullySettings {
    BullySettings { silence: HOUR, ..BullySettings::default() }
}

#[test]
fn bully_cascade_and_comeback() {
    let mut story: Story<Bully> = Story::new(4, patient());
    story.run(ms(500)).crash(n(4)).run(ms(100)).hup(n(1)).run(ms(400)).restart(n(4)).run(ms(300));
    matches_golden("bully_cascade_and_comeback", "bully", &story);
}

#[test]
fn bully_split_brain() {
    let mut story: Story<Bully> = Story::new(3, BullySettings::default());
    story.run(ms(500)).partition(&[&[1, 2], &[3]]).run(ms(700)).heal().run(ms(200));
    matches_golden("bully_split_brain", "bully", &story);
}

#[test]
fn paxos_clean_round() {
    let mut story: Story<Paxos> = Story::new(3, PaxosSettings { mode: Mode::Single, ..PaxosSettings::default() });
    story.request(n(1), "v").run(ms(200));
    matches_golden("paxos_clean_round", "paxos", &story);
}

#[test]
fn paxos_duel_and_back_off() {
    let mut story: Story<Paxos> = Story::new(3, PaxosSettings { mode: Mode::Single, ..PaxosSettings::default() });
    story.request(n(1), "v").run(ms(15)).request(n(3), "w").run(ms(400));
    matches_golden("paxos_duel_and_back_off", "paxos", &story);
}

#[test]
fn paxos_new_leader_adopts() {
    let hasty = PaxosSettings { window: ms(300), slack: 0, ..PaxosSettings::default() };
    let mut story: Story<Paxos> =
        Story::with(3, PaxosSettings::default(), |opening| opening.own_settings = vec![(n(1), hasty)]);
    story.run(ms(500)).request(n(1), "v").run(ms(15)).crash(n(1));
    story.until_elected();
    story.run(ms(200));
    matches_golden("paxos_new_leader_adopts", "paxos", &story);
}

#[test]
fn lease_runs_out_and_is_taken() {
    let settings = LeaseSettings { jitter: 30, ..LeaseSettings::quick() };
    let mut story: Story<lease::Process> = Story::new(3, settings);
    let holder = story.until_elected();
    story.run(ms(500)).crash(holder);
    story.until_elected();
    story.run(ms(200));
    matches_golden("lease_runs_out_and_is_taken", "lease", &story);
}

#[test]
fn appointed_leader_is_replaced_and_truncates() {
    let mut story: Story<appointed::Process> = Story::new(3, AppointedSettings::quick());
    story.until_elected();
    story.request(n(1), "a").run(ms(500)).isolate(n(1)).request(n(1), "alone");
    story.until("the next one is appointed", |story| story.leaders().contains(&n(2)));
    story.request(n(2), "b").run(ms(500)).heal().run(ms(700)).crash(Place::Server(1)).run(ms(100));
    matches_golden("appointed_leader_is_replaced_and_truncates", "appointed", &story);
}
