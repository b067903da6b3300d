//! The lab: what it reads off runs, and that the published numbers come out of the experiments on the page.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it reads the experiments that the page reads")]

use conclave::lab::batch::{Batch, run_case};
use conclave::lab::experiment::Experiment;
use conclave::lab::formula;
use conclave::lab::metric::Metric;
use conclave::lab::samples::Samples;
use conclave::lab::show::ReferencePoints;
use conclave::lab::statistics;
use conclave::lab::summary::{Summary, sorted};
use conclave::share::document::read_experiment;
use conclave::share::lab_rows::{header, read_rows, write_seed};

fn page_experiment(name: &str) -> Experiment {
    let text = std::fs::read_to_string(format!("assets/lab/{name}.json")).expect("an experiment of the page");
    read_experiment(&text).unwrap_or_else(|problems| panic!("{name}: {problems:?}"))
}

fn case_named(experiment: &Experiment, name: &str) -> usize {
    let cases = 0..experiment.cases.len();
    cases.into_iter().find(|&case| experiment.case_name(case) == name).unwrap_or_else(|| panic!("no case {name}"))
}

/// The readings of one metric of one case.
fn readings(experiment: &Experiment, name: &str, metric: Metric, trials: u64) -> Vec<u64> {
    let case = case_named(experiment, name);
    let rows = run_case(experiment, case, experiment.first_seed, trials).expect("it opens");
    let index = experiment.metric(metric).expect("it is measured");
    rows.chunks(experiment.metrics.len()).map(|row| row[index]).collect()
}

fn summary(experiment: &Experiment, name: &str, metric: Metric, trials: u64) -> Summary {
    Summary::of(metric, &readings(experiment, name, metric, trials))
}

fn mean_ms(summary: &Summary) -> f64 {
    summary.mean.expect("readings") as f64 / 1e6
}

// ---- reproducibility ------------------------------------------------------------------------------------------

fn all(experiment: &Experiment, first: u64, trials: u64) -> Samples {
    let mut batch = Batch::new(experiment, first, trials).expect("it opens");
    while batch.work(7).done < batch.work(0).total {}
    batch.samples().clone()
}

#[test]
fn the_same_seeds_are_the_same_numbers_however_the_work_is_cut() {
    for name in ["figure-16-range", "messages", "approaches"] {
        let experiment = page_experiment(name);
        let whole = all(&experiment, 3, 12);
        let mut parts = all(&experiment, 3, 5);
        parts.append(&all(&experiment, 8, 7)).expect("they fit");
        assert_eq!(whole, parts, "{name}");
        for case in 0..experiment.cases.len() {
            let alone = run_case(&experiment, case, 3, 12).expect("it opens");
            for (trial, row) in alone.chunks(experiment.metrics.len()).enumerate() {
                for (metric, reading) in row.iter().enumerate() {
                    assert_eq!(whole.readings(case, metric)[trial], *reading, "{name}, case {case}");
                }
            }
        }
    }
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let experiment = page_experiment("wide-area");
    let mut first = all(&experiment, 1, 3);
    let gap = first.append(&all(&experiment, 5, 2)).expect_err("seed 4 is missing");
    assert_eq!(gap.to_string(), "seed 4 should follow, not 5");
    let other = all(&page_experiment("messages"), 4, 1);
    assert!(first.append(&other).is_err());
}

#[test]
fn rows_are_read_back_as_they_were() {
    let experiment = page_experiment("approaches");
    let whole = all(&experiment, 1, 4);
    let mut text = String::new();
    for seed in 1..=4 {
        text.push_str(&header(&experiment));
        text.push('\n');
        write_seed(&experiment, &whole, seed, &mut text);
    }
    assert_eq!(read_rows(&experiment, &text), Ok(whole));
    let cut = text.rsplit_once("\n4,").expect("rows").0;
    assert_eq!(read_rows(&experiment, cut).expect_err("cut short").message, "the last seed is not complete");
    let strange = read_rows(&experiment, "a,b\n").expect_err("no rows");
    assert!(strange.message.starts_with("is no row of this experiment") && strange.line == 1);
}

#[test]
fn every_experiment_of_the_page_runs() {
    let files = std::fs::read_dir("assets/lab").expect("the folder");
    let mut count = 0;
    for file in files.flatten() {
        let name = file.file_name().to_string_lossy().trim_end_matches(".json").to_owned();
        let experiment = page_experiment(&name);
        let samples = all(&experiment, 1, 2);
        assert_eq!(samples.trials(), 2, "{name}");
        let names: Vec<String> = (0..experiment.cases.len()).map(|case| experiment.case_name(case)).collect();
        let known =
            |beside: &String| names.contains(beside) || experiment.series.iter().any(|series| series.name == *beside);
        for reference in &experiment.show.references {
            assert!(known(&reference.beside), "{name}: {} is no case", reference.beside);
            assert!(!reference.source.is_empty(), "{name}: {} has no source", reference.name);
            if let ReferencePoints::Measured { file, run, .. } = &reference.points {
                let text = std::fs::read_to_string(format!("assets/measured/{file}")).expect("measured times");
                assert!(text.lines().any(|line| line.split(',').next() == Some(run)), "{file}: no {run}");
            }
        }
        let ours = &experiment.show.ours;
        assert!(known(ours) || experiment.points.iter().any(|point| point.name == *ours), "{name}: {ours}");
        count += 1;
    }
    assert!(count >= 11, "{count} experiments");
}

#[test]
fn what_waits_for_nobody_is_censored_and_what_never_begins_is_told_apart() {
    let text = r#"{ "base": { "algorithm": "raft", "script": [ { "at": "2s", "crash": "leader" }, { "when": "two leaders", "heal": true } ] },
        "points": [ { "name": "nobody left", "set": { "initial": { "2": { "down": true }, "3": { "down": true } } } }, { "name": "no cue" } ],
        "since": 0, "limit": "5s", "metrics": ["new_leader", "leaderless"] }"#;
    let experiment = read_experiment(text).expect("a good document");
    let waits = summary(&experiment, "nobody left", Metric::NewLeader, 20);
    assert_eq!((waits.runs, waits.censored, waits.median(), waits.mean), (20, 20, None, None));
    let leaderless = summary(&experiment, "nobody left", Metric::Leaderless, 20);
    assert_eq!(leaderless.median(), Some(5_000_000), "the whole time until the limit");
    let never = text.replace("\"since\": 0", "\"since\": 1");
    let never = summary(&read_experiment(&never).expect("good"), "no cue", Metric::NewLeader, 3);
    assert_eq!((never.runs, never.never_began), (0, 3));
}

// ---- published numbers ----------------------------------------------------------------------------------------

#[test]
fn q_1_figure_16() {
    let chance = page_experiment("figure-16");
    let range = page_experiment("figure-16-range");
    let recommended = summary(&chance, "150–300 ms", Metric::NewLeader, 1_000);
    assert!((mean_ms(&recommended) - 181.0).abs() <= 9.0, "mean {:.1}", mean_ms(&recommended));
    let shortest = mean_ms(&summary(&range, "12–24 ms", Metric::NewLeader, 1_000));
    assert!((30.0..=40.0).contains(&shortest), "mean {shortest:.1}");
    let fifty = summary(&chance, "150–200 ms", Metric::NewLeader, 1_000);
    assert!(fifty.most.expect("readings") < 700_000);
    let five = summary(&chance, "150–155 ms", Metric::NewLeader, 1_000).median().expect("a median");
    assert!((150_000..=450_000).contains(&five), "median {five}");
    let none = summary(&chance, "150–150 ms", Metric::NewLeader, 100);
    assert!(none.censored >= 90, "{} of 100 beyond ten seconds", none.censored);
    let one = mean_ms(&summary(&chance, "150–151 ms", Metric::NewLeader, 300));
    let more = mean_ms(&summary(&chance, "150–175 ms", Metric::NewLeader, 300));
    assert!(one > five as f64 / 1_000.0 && five as f64 / 1_000.0 > more);
}

#[test]
fn q_2_wide_area() {
    let experiment = page_experiment("wide-area");
    for (name, mean, p99) in [("all up", 430.0, 834.0), ("one down", 469.0, 1_007.0), ("two down", 627.0, 1_930.0)] {
        let found = summary(&experiment, name, Metric::NewLeader, 10_000);
        assert!((mean_ms(&found) / mean - 1.0).abs() <= 0.02, "{name}: mean {:.1}", mean_ms(&found));
        let ours = found.quantile(990).expect("p99") as f64 / 1_000.0;
        assert!((ours / p99 - 1.0).abs() <= 0.10, "{name}: p99 {ours:.0}");
        let interval = found.median_interval.expect("an interval");
        assert!(interval.low <= found.median().expect("a median") && found.median() <= interval.high);
    }
}

#[test]
fn q_3_split_votes() {
    let experiment = page_experiment("split-votes");
    for (name, nodes, up) in [("5 servers, 4 up", 5, 4), ("5 servers, 3 up", 5, 3), ("9 servers, 6 up", 9, 6)] {
        for latency in [5, 10, 20] {
            let found = summary(&experiment, &format!("{name}, {latency} %"), Metric::Split, 2_000);
            let formula = formula::split_share(nodes, up, latency * 10_000);
            let (low, high) = found.share_interval.expect("a share");
            assert!(
                (low.saturating_sub(10_000)..=high + 10_000).contains(&formula),
                "{name}, {latency} %: {low} to {high}, formula {formula}"
            );
        }
    }
}

#[test]
fn q_6_and_q_7_a_longer_timeout_recovers_later_and_errs_less() {
    let experiment = page_experiment("trade-off");
    let points: Vec<(f64, f64)> = experiment
        .points
        .iter()
        .map(|point| {
            let fail_over = summary(&experiment, &format!("fail-over, {}", point.name), Metric::NewLeader, 200);
            let quiet = summary(&experiment, &format!("quiet hours, {}", point.name), Metric::Reigns, 200);
            assert_eq!(fail_over.never_began, 0);
            (fail_over.median().expect("a median") as f64, quiet.mean.expect("a mean") as f64)
        })
        .collect();
    assert!(points.is_sorted_by(|a, b| a.0 < b.0), "recovery takes longer: {points:?}");
    assert!(points.is_sorted_by(|a, b| a.1 >= b.1), "false alarms get rarer: {points:?}");
    assert!(points[0].1 > 5.0 * points[points.len() - 2].1);
    assert!(statistics::knee(&points).is_some());
}

#[test]
fn q_6_the_expected_time_of_an_election_is_the_formulas() {
    // Unit: timeouts in [1, 2], crash uniform in half a minimum timeout, latency 0.05, no disk. s = 4 of n = 5 vote.
    let text = r#"{ "base": { "algorithm": "raft", "settings": { "election_timeout": ["1s", "2s"], "heartbeat": "500ms" },
        "wires": { "latency": "50ms" }, "initial": { "5": { "election_timeout": ["1h", "1h"] } },
        "script": [ { "at": ["0ms", "500ms"], "crash": 5 } ] }, "metrics": ["new_leader"] }"#;
    let found = mean_ms(&summary(&read_experiment(text).expect("good"), "", Metric::NewLeader, 4_000)) / 1_000.0;
    let split = formula::split_share(5, 4, 50_000) as f64 / 1e6;
    let expected = (1.0 + 1.0 / 5.0 + 0.05) / (1.0 - split) + 0.05 - 0.25;
    assert!((found / expected - 1.0).abs() < 0.02, "{found:.4} s, formula {expected:.4} s");
}

#[test]
fn q_11_q_12_q_17_messages() {
    let experiment = page_experiment("messages");
    let count = |series: &str, nodes: u64| summary(&experiment, &format!("{series}, {nodes}"), Metric::Messages, 40);
    for nodes in [3, 5, 7, 9, 11] {
        let exactly = |series: &str, expected: u64| {
            let found = count(series, nodes);
            assert_eq!((found.least, found.most), (Some(expected), Some(expected)), "{series}, {nodes}");
        };
        exactly("Bully, the best placed notices", nodes - 1);
        exactly("Bully, the worst placed notices", nodes * nodes - nodes - 1);
        exactly("Recipe, watching the predecessor", 2);
        exactly("Recipe, all watch the first", 2 * (nodes - 1));
        let together = count("Zab, all start together", nodes);
        let (least, most) = (together.least.expect("some"), together.most.expect("some"));
        let id = |name| formula::count(name, nodes).expect("known");
        assert!(least >= id("notifications_least") && most <= id("notifications_most"), "{nodes}: {least} to {most}");
        // Uncontended, and the dead one does not answer.
        assert_eq!(count("Raft", nodes).median(), Some(2 * (nodes - 1) - 1));
        assert_eq!(count("Raft with PreVote", nodes).median(), Some(4 * (nodes - 1) - 2));
    }
}

#[test]
fn measured_fail_overs_lie_near_the_simulated_ones() {
    let experiment = page_experiment("etcd");
    let rows = std::fs::read_to_string("assets/measured/etcd_kill.csv").expect("measured times");
    for (name, run) in [
        ("3 nodes, no PreVote", "etcd_kill_n3_hb100_el1000_pv0"),
        ("5 nodes, PreVote", "etcd_kill_n5_hb100_el1000_pv1"),
    ] {
        let of_run = rows.lines().filter(|line| line.split(',').next() == Some(run));
        let measured: Vec<u64> = of_run.filter_map(|line| line.split(',').nth(1)?.parse().ok()).collect();
        assert_eq!(measured.len(), 70);
        let ours = sorted(&readings(&experiment, name, Metric::NewLeader, 1_000));
        let distance = statistics::distance(&ours, &sorted(&measured)).expect("readings");
        assert!(distance.parts < 280_000, "{name}: {distance:?}");
    }
}

// ---- documents ------------------------------------------------------------------------------------------------

#[test]
fn mistakes_name_the_line_and_the_way() {
    for (text, expected) in [
        ("{ \"trails\": 5 }", "trails: there is no field \"trails\"; did you mean \"trials\"? (line 1)"),
        ("{}", "needs \"base\", the scenario to run (line 1)"),
        (
            "{ \"base\": { \"algorithm\": \"rft\" } }",
            "base.algorithm: there is no algorithm \"rft\"; did you mean \"raft\"? (line 1)",
        ),
        (
            "{ \"base\": { \"algorithm\": \"raft\" },\n\"vary\": { \"settings.hartbeat\": [\"75ms\"] } }",
            "base.settings.hartbeat: there is no field \"hartbeat\"; did you mean \"heartbeat\"? (line 2)",
        ),
        (
            "{ \"base\": { \"algorithm\": \"raft\" },\n\"vary\": { \"script[2].at\":\n[\"75ms\"] } }",
            "script[2].at: \"base.script[2].at\": there is no list there (line 3)",
        ),
        (
            "{ \"base\": { \"algorithm\": \"raft\" }, \"metrics\": [\"new_leader\",\n\"spilt\"] }",
            "metrics[1]: there is no metric \"spilt\"; did you mean \"split\"? (line 2)",
        ),
        (
            "{ \"base\": { \"algorithm\": \"raft\" }, \"since\": 0 }",
            "since: must be \"start\": there is no script (line 1)",
        ),
        (
            "{ \"base\": { \"algorithm\": \"raft\" }, \"trials\": 0 }",
            "trials: must be a whole number, 1 to 10000000 (line 1)",
        ),
        (
            "{ \"base\": { \"algorithm\": \"raft\" }, \"series\": [ { \"set\": {} } ] }",
            "series[0]: needs \"name\" (line 1)",
        ),
        (
            "{ \"base\": { \"algorithm\": \"raft\" },\n\"messages\": [\"votes\"] }",
            "messages[0]: there is no kind of message \"votes\"; did you mean \"vote\"? (line 2)",
        ),
        (
            "{ \"base\": { \"algorithm\": \"raft\" },\n\"points\": [ { \"name\": \"x\", \"set\": { \"nodes\": 99 } } ] }",
            "base.nodes: must be a whole number, 1 to 25 (line 2)",
        ),
    ] {
        let problems = read_experiment(text).expect_err(text);
        let found: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(found.iter().any(|line| line == expected), "{found:#?}\nexpected {expected}");
    }
}
