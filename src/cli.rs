//! Runs recordings without a browser.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a command line reads files and a clock, and answers on standard output"
)]

#[path = "cli/export.rs"]
mod export;
#[path = "cli/lab.rs"]
mod lab;
#[path = "cli/reading.rs"]
mod reading;
#[path = "cli/run.rs"]
mod run;
#[path = "cli/source.rs"]
mod source;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Watch a cluster choose its leader, break it, and see what holds.
#[derive(Parser)]
#[command(name = "conclave-cli", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a scenario document or a link and print what came of it, as JSON lines.
    Run(run::RunArguments),
    /// Draw a moment or a span of a run, for pages on which no script runs.
    Export(export::ExportArguments),
    /// Run an experiment document, many seeds on all cores, and print what was measured, as JSON lines or rows.
    Lab(lab::LabArguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Export(arguments) => export::export(&arguments),
        Command::Lab(arguments) => lab::lab(&arguments),
    }
}
