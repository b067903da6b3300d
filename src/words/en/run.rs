//! A run and what is done to it, in English.

pub const THERE_IS_NONE_OR_NONE_COMES: &str = "There is none, or none comes within a minute.";
pub const BACK_AT_THE_NEWEST_MOMENT: &str = "Back at the newest moment.";
pub const UNDONE: &str = "Undone.";
pub const DONE_AGAIN: &str = "Done again.";
pub const A_NEW_RUN_FROM_THE_START: &str = "A new run from the start.";
pub const THE_USUAL_ONE: &str = "the usual one";
pub const NO_ALGORITHM_IS_BUILT_INTO_THIS: &str = "No algorithm is built into this copy.";
pub const A_PART_DID_NOT_ARRIVE: &str = "A part of the page did not arrive. Check the connection and try again.";

pub fn playing_at(speed: &str) -> String {
    format!("Playing at {speed}.")
}

pub fn paused_at(ms: u64) -> String {
    format!("Paused at {ms} ms.")
}

pub fn you(deed: &str) -> String {
    format!("You {deed}.")
}

pub fn nothing_came_of_it(reason: &str) -> String {
    format!("Nothing came of it: {reason}.")
}

pub fn old_future_kept_as(name: &str) -> String {
    format!("History changed here. The old future is kept as {name}.")
}

/// `one tenth`, `normal speed`.
pub fn speed(over: u32, under: u32) -> String {
    let parts = match under {
        1 if over == 1 => return "real speed".into(),
        1 => return format!("{over} times real speed"),
        2 => "half",
        5 => "one fifth",
        8 => "one eighth",
        10 => "one tenth",
        20 => "one twentieth",
        50 => "one fiftieth",
        100 => "one hundredth",
        200 => "one two-hundredth",
        500 => "one five-hundredth",
        _ => "one thousandth",
    };
    format!("{parts} of real speed")
}

/// `4 nodes: a majority is 3, so it survives only 1 failure.`
pub fn size(nodes: usize, majority: usize, survives: usize) -> String {
    let only = if nodes.is_multiple_of(2) { "only " } else { "" };
    let failures = if survives == 1 { "failure" } else { "failures" };
    format!("{nodes} nodes: a majority is {majority}, so it survives {only}{survives} {failures}.")
}

/// For the report of a failure.
pub fn circumstances(algorithm: &str, nodes: u8, seed: u64, preset: &str, at: u64) -> String {
    format!("algorithm {algorithm}, {nodes} nodes, seed {seed}, preset {preset}, at {at} ms")
}
