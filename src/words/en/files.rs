//! What is said of files and of the runs of a session, in English.

use crate::sim::time::Micros;
use crate::words::numbers::{grouped, instant};

pub const FILE_HINT: &str = "A JSON document with everything you did, the same that conclave-cli runs. To open one, you can also drop it anywhere on the page.";
pub const HISTORY_HINT: &str =
    "Every event with its cause and its rule. ShiViz draws its log as a space-time diagram, by vector clocks.";
pub const RUNS_HINT: &str = "Acting in the past starts a new run and keeps the old one here.";
pub const DROP: &str = "Drop the file to open its run";
pub const NOT_SAVED: &str = "This browser did not let the file be saved.";
pub const HISTORY_CUT: &str = "The history is too long for one file: the file holds its beginning.";

/// `short` is how long links may be that arrive everywhere.
pub fn link_length(length: usize, short: usize) -> String {
    let length_told = grouped(length as u64);
    if length > short {
        let short = grouped(short as u64);
        return format!(
            "As a link it takes {length_told} characters. Some chat tools cut links over {short}: save it as a file instead."
        );
    }
    format!("As a link it takes {length_told} characters: the address of this page.")
}

pub fn saved(name: &str) -> String {
    format!("Saved as {name}.")
}

pub fn opened(name: &str) -> String {
    format!("Opened {name}.")
}

pub fn too_large(name: &str) -> String {
    format!("{name} is larger than 4 MB: that is no run of Conclave's.")
}

pub fn unreadable(name: &str) -> String {
    format!("{name} could not be read.")
}

pub fn name_of(run: &str) -> String {
    format!("Name of {run}")
}

/// `parted at 1 046 ms, played to 4 000 ms, 3 acts`
pub fn run_facts(parted: Option<Micros>, newest: Micros, acts: usize) -> String {
    let parted = parted.map_or(String::new(), |at| format!("left at {} ms, ", instant(at)));
    let acts = match acts {
        0 => "no acts".into(),
        1 => "1 act".into(),
        acts => format!("{} acts", grouped(acts as u64)),
    };
    format!("{parted}played to {} ms, {acts}", instant(newest))
}
pub const PUT_AWAY: &str = "Put away";
pub const RUN: &str = "Run";
pub const FILE: &str = "File";
pub const SAVE_THIS_RUN: &str = "Save this run";
pub const OPEN_A_RUN: &str = "Open a run";
pub const HISTORY_UP_TO_THIS_MOMENT: &str = "History up to this moment";
pub const SAVE_AS_JSON_LINES: &str = "Save as JSON lines";
pub const SAVE_FOR_SHIVIZ: &str = "Save for ShiViz";
pub const RUNS_OF_THIS_SESSION: &str = "Runs of this session";
pub const RETURN: &str = "Return";
pub const ON_THE_STAGE: &str = "on the stage";

pub fn and_more(count: usize) -> String {
    format!("And {count} more.")
}

pub fn return_to(name: &str) -> String {
    format!("Return to {name}")
}
