//! `conclave-cli run`: plays a document or a link and prints its events and its summary.

use crate::reading::{read, refuse};
use conclave::playback::director::Director;
use conclave::playback::player::Moment;
use conclave::playback::recording::Recording;
use conclave::playback::runner;
use conclave::scenarios::scenario::OpenError;
use conclave::share::document::{parse_span, read_document, write_document};
use conclave::share::event_lines::write_event;
use conclave::share::json::writer::Writer;
use conclave::share::link::Link;
use conclave::share::retelling::retell;
use conclave::share::shiviz::Clocks;
use conclave::share::summary::write_summary;
use conclave::sim::event::Event;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{Micros, SECOND};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::time::Instant;

/// Documents do not say how long they are to run.
const USUAL_LENGTH: Micros = 10 * SECOND;

#[derive(clap::Args)]
pub struct RunArguments {
    /// A scenario document (JSON) or a link: a file, - for standard input, or the link itself in quotes.
    file: String,
    /// How long to run, in simulated time: 500ms, 10s, 2min. [default: 10s; a link's own moment]
    #[arg(long, value_parser = parse_span)]
    until: Option<Micros>,
    /// Use this seed in place of the document's.
    #[arg(long)]
    seed: Option<u64>,
    /// Print every event, one object a line, before the summary.
    #[arg(long)]
    events: bool,
    /// Print the events as a log for ShiViz, and nothing else.
    #[arg(long, conflicts_with = "events")]
    shiviz: bool,
    /// Print the run as a document, and nothing else.
    #[arg(long, conflicts_with_all = ["events", "shiviz", "until"])]
    document: bool,
}

impl RunArguments {
    fn is_link(&self) -> bool {
        self.file == "-" || is_link(&self.file)
    }
}

/// What is to be run: two, if a link holds a pair.
struct Task {
    recordings: Vec<Recording>,
    until: Moment,
    link: Option<Link>,
}

pub fn run(arguments: &RunArguments) -> ExitCode {
    let mut task = match task(&arguments.file) {
        Ok(task) => task,
        Err(problems) => return refuse(&problems),
    };
    if let Some(at) = arguments.until {
        task.until = Moment { at, done: u64::MAX };
    }
    let mut printer = Printer { out: BufWriter::new(io::stdout().lock()), line: Writer::new() };
    for (index, recording) in task.recordings.iter_mut().enumerate() {
        if let Some(seed) = arguments.seed {
            recording.scenario.seed = seed;
        }
        match print(recording, task.until, arguments, &mut printer) {
            Ok(Ok(simulation)) => tell_difference(&task.link, index, recording, simulation.as_deref(), arguments),
            Ok(Err(error)) => return refuse(&[error]),
            // Whoever read this has stopped reading: that is no failure of the run.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("cannot write: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

/// Reads the argument: a link, or a file or standard input with a document or a link in it.
fn task(argument: &str) -> Result<Task, Vec<String>> {
    let one = |recording, at| Task { recordings: vec![recording], until: Moment { at, done: u64::MAX }, link: None };
    let text = match is_link(argument) {
        true => argument.to_owned(),
        false => read(argument).map_err(|message| vec![format!("{argument}: {message}")])?,
    };
    if !is_link(&text) {
        return match read_document(&text) {
            Ok(recording) => Ok(one(recording, USUAL_LENGTH)),
            Err(problems) => Err(problems.iter().map(ToString::to_string).collect()),
        };
    }
    let link = Link::read(&text).map_err(|error| vec![error.to_string()])?;
    Ok(Task { recordings: link.recordings(), until: link.moment, link: Some(link) })
}

/// An address with a run in it, or the bare payload.
pub fn is_link(text: &str) -> bool {
    Link::is_like(text) && !std::path::Path::new(text).exists()
}

/// Says on standard error if the run is not the one that was sent.
fn tell_difference(
    link: &Option<Link>,
    index: usize,
    recording: &Recording,
    simulation: Option<&dyn Simulation>,
    arguments: &RunArguments,
) {
    if let (Some(link), Some(simulation)) = (link, simulation)
        && arguments.until.is_none()
        && arguments.seed.is_none()
        && let Some(said) = link.difference(index, recording, simulation)
    {
        eprintln!("{said}");
    }
}

/// Prints a run as the arguments want it. Answers with the simulation at its end, if its history was kept.
#[allow(clippy::type_complexity, reason = "two ways to fail")]
fn print(
    recording: &Recording,
    until: Moment,
    arguments: &RunArguments,
    printer: &mut Printer<impl Write>,
) -> io::Result<Result<Option<Box<dyn Simulation>>, OpenError>> {
    if arguments.document {
        write!(printer.out, "{}", write_document(recording))?;
        printer.out.flush()?;
        return Ok(Ok(None));
    }
    let begun = Instant::now();
    let algorithm = recording.scenario.algorithm;
    let mut outcome = Ok(());
    let simulation = if arguments.events || arguments.shiviz {
        let mut clocks = Clocks::new(recording);
        if arguments.shiviz {
            write!(printer.out, "{}", Clocks::head())?;
        }
        retell(recording, until, &mut |event, simulation| {
            outcome = match arguments.shiviz {
                true => printer.print_clock(&mut clocks, event, simulation),
                false => printer.print_event(event, simulation, recording),
            };
            outcome.is_ok()
        })
    } else {
        // The digest of a link's history is checked; a document needs none, and runs faster without.
        let bound = usize::from(arguments.is_link());
        recording.scenario.open_with_history(bound).map(|mut simulation| {
            let mut director = Director::new(recording);
            let acts = &recording.interventions;
            match until.done {
                u64::MAX => runner::run_through(simulation.as_mut(), &mut director, acts, until.at),
                _ => runner::run_to(simulation.as_mut(), &mut director, acts, until, |_| true),
            };
            simulation
        })
    };
    outcome?;
    let simulation = match simulation {
        Ok(simulation) => simulation,
        Err(error) => return Ok(Err(error)),
    };
    if !arguments.shiviz {
        let wall = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        write_summary(simulation.as_ref(), algorithm, wall, &mut printer.line);
        printer.end_line()?;
    }
    printer.out.flush()?;
    Ok(Ok(Some(simulation)))
}

struct Printer<W: Write> {
    out: W,
    line: Writer,
}

impl<W: Write> Printer<W> {
    fn print_event(&mut self, event: &Event, simulation: &dyn Simulation, recording: &Recording) -> io::Result<()> {
        write_event(event, simulation, recording.scenario.algorithm, &mut self.line);
        self.end_line()
    }

    fn print_clock(&mut self, clocks: &mut Clocks, event: &Event, simulation: &dyn Simulation) -> io::Result<()> {
        let mut text = String::new();
        clocks.write(event, simulation, &mut text);
        write!(self.out, "{text}")
    }

    fn end_line(&mut self) -> io::Result<()> {
        let out = &mut self.out;
        let mut outcome = Ok(());
        self.line.take_line(|line| outcome = writeln!(out, "{line}"));
        outcome
    }
}
