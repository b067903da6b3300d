//! Runs recordings without a browser.
#![allow(clippy::print_stdout, reason = "a command line answers on standard output")]

use clap::Parser;

/// Watch a cluster choose its leader, break it, and see what holds.
#[derive(Parser)]
#[command(version)]
struct Arguments {}

fn main() {
    Arguments::parse();
    println!("Nothing to run yet. See --help.");
}
