//! The stage and the lanes of time, in English.

pub const TIME_AND_FAULTS: &str = "Time and faults";
pub const SHARED_STORE: &str = "Shared store";
pub const SHARED_STORE_RIGHT_SIDE: &str = "Shared store, right side";
pub const DRAW_A_LINE_BETWEEN_THE_NODES: &str = "Draw a line between the nodes";
pub const PUT_NODES_BACK: &str = "Put nodes back";
pub const ENSEMBLE: &str = "Ensemble";
pub const HOW_THE_SERVERS_REPLACE_THEIR_LEADER: &str = "How the servers replace their leader is abridged to an outage of a set length; sessions survive it, and their timers restart.";
pub const CLOSE: &str = "Close";
pub const THREE_SERVERS: &str = "3 servers";
pub const KEY: &str = "Key";
pub const TIMELINE: &str = "Timeline";
pub const THE_WHOLE_RUN: &str = "The whole run";
pub const ZOOM_OF_THE_TIMELINE: &str = "Zoom of the timeline";
pub const SHOW_A_LONGER_TIME_MINUS_OR: &str = "Show a longer time (minus, or the wheel)";
pub const ZOOM_OUT: &str = "Zoom out";
pub const SHOW_A_SHORTER_TIME_PLUS_OR: &str = "Show a shorter time (plus, or the wheel)";
pub const ZOOM_IN: &str = "Zoom in";
pub const MOMENT_OF_THE_RUN: &str = "Moment of the run";
pub const TIMELINE_MOMENT_OF_THE_RUN: &str = "Timeline: moment of the run";

pub fn stage(nodes: u8) -> String {
    format!("Stage, {nodes} nodes")
}

/// As a slider speaks it.
pub fn moment(ms: u64, title: &str) -> String {
    format!("{ms} milliseconds. {title}")
}
