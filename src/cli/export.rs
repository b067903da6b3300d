//! `conclave-cli export`: draws a run for pages on which no script runs.

use crate::reading::{BAD_INPUT, refuse};
use crate::source::source;
use conclave::share::document::parse_span;
use conclave::share::export::animated::animated;
use conclave::share::export::frame::Origin;
use conclave::share::export::mermaid::mermaid;
use conclave::share::export::sequence::sequence;
use conclave::share::export::sheet::{Look, Sheets};
use conclave::share::export::snapshot::snapshot;
use conclave::share::export::span::{Span, telling_moment, world_at};
use conclave::sim::time::Micros;
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
    let shown = || match arguments.at.or(source.at) {
        Some(at) => Ok(at),
        None => telling_moment(recording),
    };
    if arguments.svg {
        let world = shown().and_then(|at| world_at(recording, at)).map_err(alone)?;
        return Ok(snapshot(world.as_ref(), &origin));
    }
    let span = Span::around(arguments.from, arguments.to, shown().map_err(alone)?);
    let picture = match (arguments.animated_svg, arguments.sequence) {
        (true, _) => animated(recording, span, &origin),
        (_, true) => sequence(recording, span, &origin),
        _ => mermaid(recording, span, &origin),
    };
    picture.map_err(alone)
}
