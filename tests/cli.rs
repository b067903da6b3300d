//! The command line: what it prints, and how it refuses.
#![cfg(feature = "cli")]
#![allow(clippy::disallowed_methods, reason = "runs the command line")]

use conclave::playback::player::Player;
use conclave::playback::recording::Recording;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::scenario::Scenario;
use conclave::share::document::read_document;
use conclave::share::link::Link;
use conclave::share::retelling::{json_lines, shiviz};
use conclave::sim::fault::{Fault, Who};
use conclave::sim::time::MILLISECOND;
use std::io::Write;
use std::process::{Command, Output, Stdio};

const EVERYTHING: &str = "docs/examples/everything.json";

fn cli(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_conclave-cli"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command line starts");
    // It may refuse its arguments without reading.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn lines(output: &Output) -> Vec<String> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("text").lines().map(String::from).collect()
}

/// The number after a name in a line of JSON.
fn number(line: &str, name: &str) -> u64 {
    let at = line.find(&format!("\"{name}\":")).unwrap_or_else(|| panic!("no {name} in {line}"));
    let rest = &line[at + name.len() + 3..];
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().expect("a number")
}

/// Without the one figure that differs from run to run.
fn timeless(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| line.split(",\"wall_ms\"").next().unwrap_or("").to_string()).collect()
}

#[test]
fn a_run_ends_with_a_summary() {
    let lines = lines(&cli(&["run", EVERYTHING], ""));
    let [summary] = lines.as_slice() else { panic!("one line: {lines:?}") };
    assert!(summary.starts_with("{\"kind\":\"summary\""));
    assert_eq!((number(summary, "at_us"), number(summary, "seed")), (10_000_000, 7));
    for name in [
        "leaders",
        "leaderless_us",
        "majority_leaderless_us",
        "multi_leader_us",
        "messages",
        "broken",
        "nodes",
        "events",
        "wall_ms",
    ] {
        assert!(summary.contains(&format!("\"{name}\":")), "{name}");
    }
    for fact in [
        "\"reign\":",
        "\"from_us\":",
        "\"until_us\":",
        "\"vote_request\":{\"sent\":",
        "\"role\":\"leader\"",
        "\"term\":",
        "\"vote\":",
        "\"log\":[",
        "\"commit\":",
    ] {
        assert!(summary.contains(fact), "{fact}");
    }
    assert!(number(summary, "leaderless_us") > 0);
}

#[test]
fn events_come_one_a_line_before_the_same_summary() {
    let short = lines(&cli(&["run", EVERYTHING], ""));
    let long = lines(&cli(&["run", EVERYTHING, "--events"], ""));
    let (summary, events) = long.split_last().expect("lines");
    assert_eq!(timeless(std::slice::from_ref(summary)), timeless(&short));
    assert_eq!(events.len() as u64, number(summary, "events"));
    let mut last = 0;
    for (index, event) in events.iter().enumerate() {
        assert!(
            event.starts_with("{\"at_us\":") && event.contains("\"cause\":") && event.contains("\"rule\":"),
            "{event}"
        );
        assert_eq!(number(event, "event"), index as u64);
        assert!(number(event, "at_us") >= last);
        last = number(event, "at_us");
    }
    let has = |part: &str| assert!(events.iter().any(|event| event.contains(part)), "{part}");
    has("\"kind\":\"sent\",\"event\":");
    has("\"message\":{\"kind\":\"vote_request\",\"from\":");
    has("\"kind\":\"became\"");
    has("\"rule\":\"R-");
    has("\"act\":{\"crash\":\"leader\"},\"target\":");
}

#[test]
fn the_same_seed_is_the_same_run_and_another_is_another() {
    let run =
        |seed: &str| timeless(&lines(&cli(&["run", EVERYTHING, "--seed", seed, "--events", "--until", "2s"], "")));
    assert_eq!(run("1"), run("1"));
    assert_ne!(run("1"), run("2"));
}

#[test]
fn a_document_comes_from_standard_input_too() {
    let lines = lines(&cli(&["run", "-", "--until", "1.5s"], "{\"algorithm\": \"raft\", \"nodes\": 3}"));
    assert_eq!(number(&lines[0], "at_us"), 1_500_000);
}

#[test]
fn mistakes_go_to_standard_error_one_a_line_with_code_two() {
    let output = cli(&["run", "-"], "{\"algorithm\": \"raft\",\n\"nods\": 3,\n\"seed\": \"x\"}");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let text = String::from_utf8(output.stderr).expect("text");
    let found: Vec<&str> = text.lines().collect();
    assert_eq!(
        found,
        [
            "nods: there is no field \"nods\"; did you mean \"nodes\"? (line 2)",
            "seed: must be a whole number, 0 or greater (line 3)",
        ]
    );
    for arguments in [&["run", "no-such-file.json"][..], &["run", "-", "--until", "5"], &["run"], &["walk"]] {
        let output = cli(arguments, "{}");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
}

/// A visitor's session in the example, in the middle of an instant.
fn session() -> Player {
    let recording = read_document(&std::fs::read_to_string(EVERYTHING).expect("the example")).expect("good");
    let mut player = Player::new(recording).expect("it opens");
    player.advance(1_700 * MILLISECOND);
    player.intervene(Fault::Crash(Who::Follower));
    player.advance(2_345 * MILLISECOND);
    player.step();
    player
}

#[test]
fn a_link_prints_the_history_that_the_page_shows() {
    let player = session();
    let payload = Link::of(&player, None).write();
    let page = json_lines(player.recording(), player.moment()).expect("it opens");
    assert!(page.whole);
    let history: Vec<&str> = page.text.lines().collect();
    assert_eq!(history.len() as u64, player.sim().events());
    let file = std::env::temp_dir().join(format!("conclave-link-{}.txt", std::process::id()));
    std::fs::write(&file, format!("{payload}\n")).expect("written");
    let name = file.to_string_lossy().into_owned();
    for (argument, input) in [
        (payload.as_str(), ""),
        (&format!("#s={payload}"), ""),
        (&format!("https://example.org/a/b/#/play/raft?theme=dark&s={payload}"), ""),
        ("-", &format!("https://example.org/#s={payload}\n")),
        (&name, ""),
    ] {
        let output = cli(&["run", argument, "--events"], input);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        let printed = lines(&output);
        let (summary, events) = printed.split_last().expect("lines");
        assert_eq!(events, history);
        assert_eq!(number(summary, "at_us"), player.now());
    }
    let _ = std::fs::remove_file(file);
}

#[test]
fn a_link_of_two_runs_prints_both_histories() {
    let side = |family: &str| {
        let scenario = Scenario::opening_view(Algorithm::by_id(family).expect("known"));
        let mut player = Player::new(Recording::new(scenario)).expect("it opens");
        player.advance(1_500 * MILLISECOND + 1);
        player.intervene(Fault::Crash(Who::Leader));
        player.advance(900 * MILLISECOND);
        player
    };
    let sides = ["raft", "bully"].map(side);
    let [left, right] = sides.each_ref().map(|player| Link::of(player, None));
    let link = Link::of_pair(left, right, true).expect("two runs").write();
    let output = cli(&["run", &format!("https://example.org/#/compare/raft+bully/none?s={link}"), "--events"], "");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "both are what the page showed");
    let printed = lines(&output);
    let history = |player: &Player| json_lines(player.recording(), player.moment()).expect("it opens").text;
    let [left, right] = sides.each_ref().map(history);
    let expected: Vec<&str> = left.lines().chain(right.lines()).collect();
    let events: Vec<&String> = printed.iter().filter(|line| !line.starts_with("{\"kind\":\"summary\"")).collect();
    assert_eq!(events, expected);
}

#[test]
fn a_link_can_be_had_as_a_document_and_as_a_log_for_shiviz() {
    let player = session();
    let payload = Link::of(&player, None).write();
    let output = cli(&["run", &payload, "--document"], "");
    let document = String::from_utf8(output.stdout).expect("text");
    assert_eq!(read_document(&document).as_ref(), Ok(player.recording()));
    let output = cli(&["run", &payload, "--shiviz"], "");
    let log = shiviz(player.recording(), player.moment()).expect("it opens");
    assert_eq!(String::from_utf8(output.stdout).expect("text"), log.text);
}

#[test]
fn a_bad_link_is_refused_in_a_sentence() {
    let payload = Link::of(&session(), None).write();
    for (link, said) in [
        (format!("#s={}", &payload[..payload.len() - 3]), "This link is incomplete"),
        ("#s=1.A.B".into(), "This link is incomplete"),
    ] {
        let output = cli(&["run", &link], "");
        assert_eq!(output.status.code(), Some(2));
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.starts_with(said), "{text}");
    }
}
// ---- lab --------------------------------------------------------------------------------------------------------

const MESSAGES: &str = "assets/lab/messages.json";

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("text")
}

#[test]
fn an_experiment_gives_one_line_per_case_and_metric() {
    let lines = lines(&cli(&["lab", "assets/lab/wide-area.json", "--trials", "50"], ""));
    assert_eq!(lines.len(), 6);
    assert!(lines[0].starts_with(
        "{\"kind\":\"lab\",\"series\":\"\",\"point\":\"all up\",\"metric\":\"new_leader\",\"seeds\":[1,50]"
    ));
    for name in ["median_us", "p99_us", "median_95_us", "mean_us", "censored", "never_began"] {
        assert!(lines[0].contains(&format!("\"{name}\":")), "{name}");
    }
    assert!(lines[1].contains("\"metric\":\"split\"") && lines[1].contains("\"mean_95\":["));
}

#[test]
fn ranges_of_seeds_join_into_the_same_result() {
    let whole = text(&cli(&["lab", MESSAGES, "--seeds", "1..30"], ""));
    let rows = |seeds: &str| text(&cli(&["lab", MESSAGES, "--seeds", seeds, "--csv"], ""));
    let (first, second) = (rows("1..11"), rows("12..30"));
    let without_header = second.split_once('\n').expect("a header").1;
    assert_eq!(format!("{first}{without_header}"), rows("1..30"));
    let folder = std::env::temp_dir().join(format!("conclave-lab-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (a, b) = (folder.join("a.csv"), folder.join("b.csv"));
    std::fs::write(&a, &first).expect("written");
    std::fs::write(&b, &second).expect("written");
    let (a, b) = (a.to_str().expect("a path"), b.to_str().expect("a path"));
    assert_eq!(text(&cli(&["lab", MESSAGES, "--rows", a, "--rows", b], "")), whole);
    let swapped = cli(&["lab", MESSAGES, "--rows", b, "--rows", a], "");
    assert_eq!(swapped.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&swapped.stderr).contains("seed 31 should follow, not 1"));
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn the_command_line_and_the_page_read_off_the_same_numbers() {
    // The page runs cases by `run_case`, in portions of its own.
    let document = std::fs::read_to_string(MESSAGES).expect("a document");
    let experiment = conclave::share::document::read_experiment(&document).expect("a good one");
    let mut samples = conclave::lab::samples::Samples::empty(&experiment, 1);
    for case in 0..experiment.cases.len() {
        for (first, count) in [(1, 3), (4, 5), (9, 2)] {
            let portion = conclave::lab::batch::run_case(&experiment, case, first, count).expect("it opens");
            portion.chunks(experiment.metrics.len()).for_each(|row| samples.push(case, row));
        }
    }
    let mut rows = conclave::share::lab_rows::header(&experiment) + "\n";
    (1..=10).for_each(|seed| conclave::share::lab_rows::write_seed(&experiment, &samples, seed, &mut rows));
    assert_eq!(text(&cli(&["lab", MESSAGES, "--seeds", "1..10", "--csv"], "")), rows);
}

#[test]
fn a_bad_experiment_goes_to_standard_error_with_line_and_way() {
    let output = cli(&["lab", "-"], "{ \"base\": { \"algorithm\": \"raft\" },\n\"vary\": { \"nodes\": [3, 99] } }");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "base.nodes: must be a whole number, 1 to 25 (line 2)\n");
    for arguments in [
        &["lab", "no-such-file.json"][..],
        &["lab", MESSAGES, "--seeds", "9..1"],
        &["lab", MESSAGES, "--seeds", "7"],
        &["lab", MESSAGES, "--trials", "0"],
        &["lab", MESSAGES, "--rows", "no-such-file.csv"],
        &["lab", MESSAGES, "--trials", "5", "--seeds", "1..5"],
    ] {
        let output = cli(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn the_rows_of_an_experiment_stay_the_same_for_years() {
    let golden = std::fs::read_to_string("tests/golden/lab_wide_area.csv").expect("golden rows");
    assert_eq!(text(&cli(&["lab", "assets/lab/wide-area.json", "--seeds", "1..5", "--csv"], "")), golden);
}
