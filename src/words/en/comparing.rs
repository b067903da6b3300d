//! Two runs side by side, in English.

use crate::sim::place::Place;

pub const NO_SUCH_NODE: &str = "No such node";
pub const NO_LEADER: &str = "No leader";
pub const FAULTS_ON_BOTH_SIDES: &str = "Faults on both sides";
pub const CRASH_WHOM: &str = "Crash ";
pub const PAUSE_WHOM: &str = "Pause ";
pub const CUT_OFF_WHOM: &str = "Cut off ";
pub const NO_CANDIDATE: &str = "No candidate";
pub const CRASH_CANDIDATE: &str = "Crash candidate";
pub const NOBODY_IS_PAUSED: &str = "Nobody is paused";
pub const RESUME: &str = "Resume";
pub const NOBODY_IS_DOWN: &str = "Nobody is down";
pub const RESTART: &str = "Restart";
pub const NO_LINK: &str = "No link";
pub const HEAL: &str = "Heal";
pub const UNDO: &str = "Undo";
pub const DROP_IT_HERE: &str = "Drop it here";
pub const FENCING_ON: &str = "fencing on";
pub const FENCING_OFF: &str = "fencing off";
pub const TIMELINE_LEFT_SIDE: &str = "Timeline, left side";
pub const TIMELINE_RIGHT_SIDE: &str = "Timeline, right side";
pub const MEASURED: &str = "Measured";
pub const MEASURED_IN_THIS_RUN_SO_FAR: &str = "Measured in this run, so far";
pub const WHAT_TO_SAY_IN_ONE_MINUTE: &str = "What to say in one minute";
pub const SAME_ALGORITHM_TWICE_CHANGE_A_RULE: &str = "Same algorithm twice: change a rule on one side.";
pub const AS_IN_THE_LINK: &str = "As in the link";
pub const FAULTS_AND_TIME_OF_BOTH_SIDES: &str = "Faults and time of both sides";
pub const SAME_FAULTS_FOR_BOTH: &str = "Same faults for both";
pub const BACK_TO_START: &str = "Back to start";
pub const STEP_BACK_ONE_EVENT: &str = "Step back one event";
pub const STEP_FORWARD_ONE_EVENT: &str = "Step forward one event";
pub const COMPARE: &str = "Compare";
pub const LEADER: &str = "leader";
pub const LEFT: &str = "left";
pub const RIGHT: &str = "right";

pub fn is_on_this_side_only(from: Place, to: Place) -> String {
    format!("The message from {from} to {to} is on this side only: what you do to it has no counterpart. ")
}

pub fn side(at: &str) -> String {
    format!("The {at} side")
}

pub fn algorithm_on(at: &str) -> String {
    format!("Algorithm on the {at}")
}

pub fn fencing_on(at: &str) -> String {
    format!("Fencing on the {at}")
}

/// A side, told from the other of its family.
pub fn fenced(family: &str, fenced: bool) -> String {
    format!("{family}, {}fenced", if fenced { "" } else { "not " })
}
