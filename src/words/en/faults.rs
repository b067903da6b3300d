//! Faults and acts, in English: the bar, the menus, the lists.

use crate::sim::place::Place;

pub const FAULTS_AND_ACTS: &str = "Faults and acts";
pub const PARTITION_THE_NETWORK: &str = "Partition the network";
pub const PARTITION: &str = "Partition";
pub const NOTHING_TO_UNDO: &str = "Nothing to undo";
pub const REDO: &str = "Redo";
pub const HEAL_ALL_LINKS: &str = "Heal all links";
pub const RESTART: &str = "Restart";
pub const CRASH: &str = "Crash";
pub const RESUME: &str = "Resume";
pub const PAUSE: &str = "Pause";
pub const RECONNECT: &str = "Reconnect";
pub const CUT_OFF: &str = "Cut off";
pub const TIME_OUT_NOW: &str = "Time out now";
pub const WRITE: &str = "Write";
pub const READ: &str = "Read";
pub const HEAL: &str = "Heal";
pub const HAND_OVER: &str = "Hand over";
pub const RESIGN: &str = "Resign";
pub const FORGET_THE_LEADER: &str = "Forget the leader";
pub const WIPE_DISK: &str = "Wipe disk";
pub const CLOCK_RIGHT_AGAIN: &str = "Clock right again";
pub const CLOCK_20_FAST: &str = "Clock 20 % fast";
pub const CLOCK_20_SLOW: &str = "Clock 20 % slow";
pub const THERE_IS_NO_LEADER_NOW: &str = "There is no leader now. Choose a node first.";
pub const CUT_BOTH_WAYS: &str = "Cut both ways";
pub const SLOW_120_MS: &str = "Slow (120 ms)";
pub const LOSE_30: &str = "Lose 30 %";
pub const RESTORE: &str = "Restore";
pub const IS_CUT_BOTH_WAYS: &str = "cut both ways";
pub const LINKS_AND_MESSAGES: &str = "Links and messages";
pub const MESSAGES_UNDER_WAY: &str = "Messages under way";
pub const WAITS_FOR_THE_LINK: &str = "waits for the link";
pub const WAITS_IN_THE_INBOX: &str = "waits in the inbox";
pub const NO_MESSAGE_IS_UNDER_WAY: &str = "No message is under way.";
pub const PAUSE_THE_RUN: &str = "Pause the run";
pub const WIPING_A_DISK_BREAKS: &str = "Wiping a disk breaks what every protocol here rests on.";
pub const DROP: &str = "Drop";
pub const DELAY_100_MS: &str = "Delay 100 ms";
pub const DUPLICATE: &str = "Duplicate";
pub const DELIVER_NOW: &str = "Deliver now";
pub const EVERYBODY_IS_ON_ONE_SIDE: &str = "Everybody is on one side: nothing is cut.";
pub const DRAG_A_LINE_ACROSS: &str = "Drag a line across the stage. Escape leaves it.";
pub const THIS_SIDE: &str = "This side";
pub const PRESETS: &str = "Presets";
pub const LEADER_ALONE: &str = "Leader alone";
pub const HALVES: &str = "Halves";
pub const DRAW_A_LINE_INSTEAD: &str = "Draw a line instead";
pub const CUT_THE_LINKS_BETWEEN: &str = "Cut the links between";
pub const IS_SLOW: &str = "slow, 120 ms";
pub const TO_HOLD_THEM_STILL: &str = " to hold them still.";
pub const LINKS_MORE: &str = "Links…";
pub const MORE_ACTS: &str = "More…";
pub const LEADER_AND_ONE: &str = "Leader + 1";

pub fn write_through(place: Place) -> String {
    format!("Write through {place}")
}

pub fn read_from(place: Place) -> String {
    format!("Read from {place}")
}

pub fn time_out_now(place: Place) -> String {
    format!("Time out now: {place}")
}

pub fn hand_over_from(place: Place) -> String {
    format!("Hand over from {place}")
}

pub fn wipe_disk_of(place: Place) -> String {
    format!("Wipe disk of {place}")
}

pub fn cut(a: Place, b: Place) -> String {
    format!("Cut {a} to {b}")
}

pub fn cannot_reach(a: Place, b: Place) -> String {
    format!("{a} cannot reach {b}")
}

pub fn link(a: Place, b: Place) -> String {
    format!("Link {a} to {b}")
}

pub fn what_to_do(name: &str) -> String {
    format!("{name}: what to do")
}

pub fn two_sides(one: &str, other: &str) -> String {
    format!("{one} on one side, {other} on the other.")
}

pub fn alone(name: &str) -> String {
    format!("{name} alone")
}
