//! `conclave-cli lab`: runs an experiment on all cores and prints what was read off, or what it comes to.

use crate::reading::{read, refuse};
use conclave::lab::batch::run_on;
use conclave::lab::experiment::Experiment;
use conclave::lab::samples::Samples;
use conclave::lab::trial::Bench;
use conclave::share::document::{Problem, read_experiment};
use conclave::share::json::writer::Writer;
use conclave::share::lab_rows::{header, read_rows, write_seed};
use conclave::share::lab_summary::write_lab_summary;
use rayon::prelude::*;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// Seeds that one core runs in one go.
const PORTION: u64 = 64;

#[derive(clap::Args)]
pub struct LabArguments {
    /// An experiment document (JSON); - reads it from standard input.
    file: String,
    /// How many seeds, in place of the document's number.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=conclave::lab::experiment::MOST_TRIALS))]
    trials: Option<u64>,
    /// Which seeds, both ends included: 1..1000. Several machines may share the work.
    #[arg(long, value_parser = parse_seeds, conflicts_with = "trials")]
    seeds: Option<(u64, u64)>,
    /// Print every reading, one row per seed and case, in place of the summary.
    #[arg(long)]
    csv: bool,
    /// Run nothing: read these rows, printed before with --csv, and go on from there. May be given several times, in
    /// the order of the seeds.
    #[arg(long, value_name = "ROWS.csv", conflicts_with_all = ["trials", "seeds"])]
    rows: Vec<String>,
}

fn parse_seeds(text: &str) -> Result<(u64, u64), String> {
    let ends = text.split_once("..").map(|(first, last)| (first, last.trim_start_matches('=')));
    let ends = ends.and_then(|(first, last)| Some((first.parse::<u64>().ok()?, last.parse::<u64>().ok()?)));
    match ends {
        Some((first, last)) if first <= last && last - first < conclave::lab::experiment::MOST_TRIALS => {
            Ok((first, last))
        }
        _ => Err("must be two whole numbers, the second not smaller: 1..1000".into()),
    }
}

pub fn lab(arguments: &LabArguments) -> ExitCode {
    let text = match read(&arguments.file) {
        Ok(text) => text,
        Err(message) => return refuse(&[format!("{}: {message}", arguments.file)]),
    };
    let experiment = match read_experiment(&text) {
        Ok(experiment) => experiment,
        Err(problems) => return refuse(&problems),
    };
    let first = arguments.seeds.map_or(experiment.first_seed, |(first, _)| first);
    let trials = match (arguments.seeds, arguments.trials) {
        (Some((first, last)), _) => last - first + 1,
        (None, trials) => trials.unwrap_or(experiment.trials),
    };
    let samples = match arguments.rows.is_empty() {
        true => run(&experiment, first, trials),
        false => match join(&experiment, &arguments.rows) {
            Ok(samples) => samples,
            Err(message) => return refuse(&[message]),
        },
    };
    match print(&experiment, &samples, arguments.csv) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read this has stopped reading: that is no failure of the run.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Portions are run by whichever core is free, and put back in order.
fn run(experiment: &Experiment, first: u64, trials: u64) -> Samples {
    let portions: Vec<(usize, u64)> = (0..experiment.cases.len())
        .flat_map(|case| (0..trials.div_ceil(PORTION)).map(move |portion| (case, portion * PORTION)))
        .collect();
    let run = |&(case, from): &(usize, u64)| {
        // The document was checked: its cases can be opened.
        let mut bench = Bench::new(&experiment.cases[case]).ok()?;
        Some((case, run_on(&mut bench, experiment, first + from, PORTION.min(trials - from))))
    };
    let read: Vec<Option<(usize, Vec<u64>)>> = portions.par_iter().map(run).collect();
    let mut samples = Samples::empty(experiment, first);
    for (case, readings) in read.into_iter().flatten() {
        readings.chunks(experiment.metrics.len()).for_each(|one| samples.push(case, one));
    }
    samples
}

/// What several runs printed, as one.
fn join(experiment: &Experiment, files: &[String]) -> Result<Samples, String> {
    let mut all: Option<Samples> = None;
    for file in files {
        let text = read(file).map_err(|message| format!("{file}: {message}"))?;
        let part = read_rows(experiment, &text).map_err(|problem: Problem| format!("{file}: {problem}"))?;
        match &mut all {
            None => all = Some(part),
            Some(all) => all.append(&part).map_err(|error| format!("{file}: {error}"))?,
        }
    }
    all.ok_or_else(|| "there are no rows".into())
}

fn print(experiment: &Experiment, samples: &Samples, csv: bool) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    if csv {
        writeln!(out, "{}", header(experiment))?;
        let mut rows = String::new();
        for seed in samples.first_seed..samples.first_seed + samples.trials() {
            rows.clear();
            write_seed(experiment, samples, seed, &mut rows);
            out.write_all(rows.as_bytes())?;
        }
        return out.flush();
    }
    let mut line = Writer::new();
    for case in 0..experiment.cases.len() {
        for metric in 0..experiment.metrics.len() {
            write_lab_summary(experiment, samples, case, metric, &mut line);
            let mut outcome = Ok(());
            line.take_line(|line| outcome = writeln!(out, "{line}"));
            outcome?;
        }
    }
    out.flush()
}
