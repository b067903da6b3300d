//! `conclave-cli run`: plays a document and prints its events and its summary.

use crate::reading::{read, refuse};
use conclave::playback::director::Director;
use conclave::playback::recording::Recording;
use conclave::playback::runner;
use conclave::share::document::{parse_span, read_document};
use conclave::share::event_lines::write_event;
use conclave::share::json::writer::Writer;
use conclave::share::summary::write_summary;
use conclave::sim::history::BOUND;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::Micros;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::time::Instant;

#[derive(clap::Args)]
pub struct RunArguments {
    /// A scenario document (JSON); - reads it from standard input.
    file: String,
    /// How long to run, in simulated time: 500ms, 10s, 2min.
    #[arg(long, default_value = "10s", value_parser = parse_span)]
    until: Micros,
    /// Use this seed in place of the document's.
    #[arg(long)]
    seed: Option<u64>,
    /// Print every event, one object a line, before the summary.
    #[arg(long)]
    events: bool,
}

pub fn run(arguments: &RunArguments) -> ExitCode {
    let text = match read(&arguments.file) {
        Ok(text) => text,
        Err(message) => return refuse(&[format!("{}: {message}", arguments.file)]),
    };
    let mut recording = match read_document(&text) {
        Ok(recording) => recording,
        Err(problems) => return refuse(&problems),
    };
    if let Some(seed) = arguments.seed {
        recording.scenario.seed = seed;
    }
    let bound = if arguments.events { BOUND } else { 0 };
    let mut simulation = match recording.scenario.open_with_history(bound) {
        Ok(simulation) => simulation,
        Err(error) => return refuse(&[error]),
    };
    let mut printer = Printer { out: BufWriter::new(io::stdout().lock()), line: Writer::new(), printed: 0 };
    match play(&recording, simulation.as_mut(), arguments, &mut printer) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read this has stopped reading: that is no failure of the run.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn play(
    recording: &Recording,
    simulation: &mut dyn Simulation,
    arguments: &RunArguments,
    printer: &mut Printer<impl Write>,
) -> io::Result<()> {
    let begun = Instant::now();
    let algorithm = recording.scenario.algorithm;
    let mut director = Director::new(recording);
    let acts = &recording.interventions;
    if arguments.events {
        let mut outcome = printer.print_events(simulation, recording);
        runner::run(simulation, &mut director, acts, arguments.until, |simulation| {
            outcome = printer.print_events(simulation, recording);
            outcome.is_ok()
        });
        outcome?;
    } else {
        runner::run_through(simulation, &mut director, acts, arguments.until);
    }
    let wall = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    write_summary(simulation, algorithm, wall, &mut printer.line);
    printer.end_line()?;
    printer.out.flush()
}

struct Printer<W: Write> {
    out: W,
    line: Writer,
    /// Every event before this one has been printed.
    printed: u64,
}

impl<W: Write> Printer<W> {
    fn print_events(&mut self, simulation: &dyn Simulation, recording: &Recording) -> io::Result<()> {
        let history = simulation.history();
        while let Some(event) = history.event(self.printed) {
            write_event(event, simulation, recording.scenario.algorithm, &mut self.line);
            self.end_line()?;
            self.printed += 1;
        }
        Ok(())
    }

    fn end_line(&mut self) -> io::Result<()> {
        let out = &mut self.out;
        let mut outcome = Ok(());
        self.line.take_line(|line| outcome = writeln!(out, "{line}"));
        outcome
    }
}
