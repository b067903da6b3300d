//! `conclave-cli export`: draws a run for pages on which no script runs.

use crate::reading::{BAD_INPUT, refuse};
use crate::source::source;
use conclave::playback::arrival::Arrival;
use conclave::playback::player::Player;
use conclave::share::document::parse_span;
use conclave::share::export::animated::animated;
use conclave::share::export::frame::Origin;
use conclave::share::export::lanes::space_time;
use conclave::share::export::mermaid::mermaid;
use conclave::share::export::sequence::sequence;
use conclave::share::export::sheet::{Look, Sheets};
use conclave::share::export::snapshot::snapshot;
use conclave::share::export::span::{Span, telling_moment};
use conclave::share::export::transcript::transcript;
use conclave::sim::time::Micros;
use conclave::words::en::links::TOO_FAR;
use std::io::Write;
use std::process::ExitCode;

/// What the pictures look like is what the page looks like.
const SHEETS: Sheets<'static> =
    Sheets { tokens: include_str!("../../style/tokens.css"), stage: include_str!("../../style/stage.css") };

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("kind").required(true).multiple(false))]
pub struct ExportArguments {
    /// A scenario document, - for standard input, a link, a short address, or the name of a story (raft-split-vote).
    #[arg(value_name = "LINK|FILE")]
    run: String,
    /// One moment as a picture.
    #[arg(long, group = "kind")]
    svg: bool,
    /// A span as a picture that moves by itself, without script.
    #[arg(long, group = "kind")]
    animated_svg: bool,
    /// A span as a sequence diagram.
    #[arg(long, group = "kind")]
    sequence: bool,
    /// A span as a space-time diagram.
    #[arg(long, group = "kind")]
    space_time: bool,
    /// A span as plain text.
    #[arg(long, group = "kind")]
    transcript: bool,
    /// A span as Mermaid text.
    #[arg(long, group = "kind")]
    mermaid: bool,
    /// The moment: 500ms, 2s. By default the link's, else a little after the first leader.
    #[arg(long, value_parser = parse_span)]
    at: Option<Micros>,
    /// Where the span begins. By default a second before its end.
    #[arg(long, value_parser = parse_span)]
    from: Option<Micros>,
    /// Where the span ends. By default the moment.
    #[arg(long, value_parser = parse_span)]
    to: Option<Micros>,
    /// auto (as the reader's system), light, dark.
    #[arg(long, default_value = "auto", value_parser = look)]
    theme: Look,
    /// The address to print on the picture, where it is not the one given.
    #[arg(long)]
    link: Option<String>,
    /// Where Conclave lives: put before an address that says only which run it is.
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// The file to write; standard output otherwise.
    #[arg(short, long)]
    output: Option<String>,
}

fn look(name: &str) -> Result<Look, String> {
    Look::from_name(name).ok_or_else(|| "it is auto, light or dark".to_owned())
}

pub fn export(arguments: &ExportArguments) -> ExitCode {
    let text = match drawn(arguments) {
        Ok(text) => text,
        Err(problems) => return refuse(&problems),
    };
    let outcome = match &arguments.output {
        Some(file) => std::fs::write(file, text),
        None => std::io::stdout().write_all(text.as_bytes()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::from(if arguments.output.is_some() { BAD_INPUT } else { 1 })
        }
    }
}

fn drawn(arguments: &ExportArguments) -> Result<String, Vec<String>> {
    let source = source(&arguments.run)?;
    let recording = &source.recording;
    let given = arguments.link.as_ref().or(source.link.as_ref()).map_or("", String::as_str);
    let link = match &arguments.base {
        Some(base) if given.starts_with('#') => format!("{base}{given}"),
        _ => given.to_owned(),
    };
    let origin = Origin::of(recording, &link, SHEETS, arguments.theme);
    let alone = |problem: String| vec![problem];
    let arrival = match arguments.at.map(Arrival::At).or(source.at) {
        Some(arrival) => arrival,
        None => Arrival::At(telling_moment(recording).map_err(alone)?),
    };
    // As the page does it, so that what is drawn is what the page shows.
    let mut player = Player::new(recording.clone()).map_err(|error| alone(error.to_string()))?;
    if !player.arrive(arrival) {
        return Err(alone(TOO_FAR.to_owned()));
    }
    if arguments.svg {
        return Ok(snapshot(player.sim(), &origin));
    }
    let span = Span::around(arguments.from, arguments.to, player.now());
    let draw = match arguments {
        ExportArguments { animated_svg: true, .. } => animated,
        ExportArguments { sequence: true, .. } => sequence,
        ExportArguments { space_time: true, .. } => space_time,
        ExportArguments { transcript: true, .. } => transcript,
        _ => mermaid,
    };
    draw(recording, span, &origin).map_err(alone)
}
