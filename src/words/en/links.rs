//! What is said of links and files, in English.

use crate::sim::time::Micros;
use crate::words::numbers::instant;

pub const DAMAGED: &str =
    "This link is incomplete: its check code does not match. It may have been cut when it was copied.";
pub const TOO_LONG: &str = "This link is too long to be one of Conclave's.";
pub const NONSENSE: &str = "what it says does not make a run";
pub const TOO_FAR: &str = "The way to that moment is too long to be played at once: this is as far as it went.";

/// Said after what is wrong with a link.
pub const DEFAULT_INSTEAD: &str = "Here is the default scenario.";

pub const FIRST_OF_TWO: &str =
    "This link holds two runs side by side. Here is the first; Conclave's page Compare shows both.";
pub const NOT_A_PAIR: &str = "This link holds one run, and two are compared here. Play shows it.";

pub fn bad_parameter(key: &str, value: &str, instead: &str) -> String {
    format!("{key}={value} is not known; using {instead}.")
}

pub fn back_in(run: &str) -> String {
    format!("Back in {run}.")
}

/// `format` is the link's, `known` the newest that this copy reads.
pub fn newer(format: u32, known: u32) -> String {
    format!("This link was made with a newer Conclave (format {format}). This copy understands format {known}.")
}

pub fn impossible(why: &str) -> String {
    format!("This link is whole, but there is no such run here: {why}.")
}

/// The run is the same up to `since`. `made` and `here` are revisions of the engine.
pub fn differs(made: u32, here: u32, since: Micros) -> String {
    let from = match since {
        0 => "this run differs from its start on".into(),
        _ => format!("this run differs from {} ms on", instant(since)),
    };
    match made.cmp(&here) {
        std::cmp::Ordering::Less => format!("Made with an earlier engine ({made}, here it is {here}); {from}."),
        std::cmp::Ordering::Equal => format!("What this link says of its own history does not fit; {from}."),
        std::cmp::Ordering::Greater => format!("Made with a newer engine ({made}, here it is {here}); {from}."),
    }
}
