//! The panels beside the stage, in English.

use crate::sim::place::Place;
use crate::words::numbers::grouped;

pub const NOTHING_HAS_HAPPENED_YET_PRESS: &str = "Nothing has happened yet. Press Play.";
pub const NOTHING_BUT_SIGNS_OF_LIFE: &str = "Nothing but signs of life of late.";
pub const WHAT_HAPPENED: &str = "What happened";
pub const LOG: &str = "Log";
pub const TWO_LEADERS: &str = "Two leaders";
pub const DAMAGE: &str = "Damage";
pub const PROMISE_BROKEN: &str = "Promise broken";
pub const SPLIT_BRAIN: &str = "Split brain";
pub const CRASH_THE_LEADER_PRESS_K: &str = "Crash the leader: press K, or click it.";
pub const CRASH_THE_LEADER_TAP: &str = "Crash the leader: tap it.";
pub const CRASH_THE_LEADER_CLICK: &str = "Crash the leader: click it.";
pub const HIDE: &str = "Hide";
pub const TIMERS_AND_DISKS: &str = "Timers and disks";
pub const WHY: &str = "Why?";
pub const FILTER: &str = "Filter";
pub const HEARTBEATS_AND_OTHER_ROUTINE: &str = "Heartbeats and other routine";
pub const FIND_IN_THE_LOG: &str = "Find in the log";
pub const FIND_FOR_EXAMPLE_N3: &str = "Find, for example N3";
pub const NOTHING_FITS_THE_FILTER: &str = "Nothing fits the filter.";
pub const SHOW_OLDER: &str = "Show older";
pub const PROMISES: &str = "Promises";
pub const WHAT_HAPPENED_WHAT_IS_CHOSEN: &str = "What happened, what is chosen, what is promised";
pub const PANELS: &str = "Panels";
pub const CHOSEN: &str = "Chosen";
pub const NOTHING_CHOSEN: &str = "Nothing chosen";
pub const SELECT_A_NODE_TO_SEE: &str = "Select a node to see what it knows.";
pub const ACTS_ON_THE_LEADER: &str = "Acts on the leader";
pub const PARTITION: &str = "Partition";
pub const CHOOSE_A_NODE: &str = "Choose a node";
pub const ON_DISK: &str = "on disk";
pub const FACTS: &str = "Facts";
pub const LET_GO: &str = "Let go";
pub const MORE: &str = "More";
pub const WAS_LOST_ONCE: &str = "was lost once";
pub const MESSAGE_ARRIVED: &str = "Message, arrived";
pub const WHY_WAS_IT_SENT: &str = "Why was it sent?";
pub const WHEN_THE_LINK_IS_MENDED: &str = "when the link is mended";
pub const WHEN_THE_RECEIVER_WAKES: &str = "when the receiver wakes";
pub const NEVER_ARRIVES: &str = "Never arrives";
pub const NODES_AS_A_TABLE: &str = "Nodes as a table";
pub const BACK_TO_THE_PICTURE: &str = "Back to the picture";
pub const NODE: &str = "Node";
pub const STATE: &str = "State";
pub const FOLLOWS: &str = "Follows";
pub const TIMER: &str = "Timer";
pub const COUNT: &str = "Count";
pub const ON_DISK_HEAD: &str = "On disk";
pub const WHY_NOT_LEADER: &str = "Why not leader?";
pub const WHY_LEADER: &str = "Why leader?";
pub const NOW: &str = "now";
pub const CLOSE_THE_ANSWER: &str = "Close the answer";
pub const ASK_ALSO: &str = "Ask also";
pub const WHAT_DECIDED_COMES_FIRST_THEN: &str =
    "What decided comes first, then what led to it. Choose a step to go to its moment.";
pub const NOT_PROMISED_NOW: &str = "not promised now ";
pub const NOT_PROMISED: &str = "not promised";
pub const ACTS: &str = "Acts";
pub const LEADERSHIP: &str = "Leadership";
pub const CLIENTS: &str = "Clients";
pub const MESSAGES: &str = "Messages";
pub const CLOCK: &str = "Clock";
pub const DISK: &str = "Disk";
pub const SENT: &str = "Sent";
pub const DUE: &str = "Due";

pub fn is_leader(place: Place, reign: &str) -> String {
    format!("{place} is leader{reign}.")
}

pub fn asks_for_votes(place: Place, reign: &str) -> String {
    format!("{place} asks for votes{reign}.")
}

pub fn in_reign(reign: &str) -> String {
    format!(" in {reign}")
}

pub fn why_event(event: u64) -> String {
    format!("Why? Event {event}")
}

pub fn last_events(count: u64) -> String {
    format!("The last {} events that fit, newest first. Choose one to go to its moment.", grouped(count))
}

pub fn all_events(count: u64) -> String {
    format!("{} events, newest first. Choose one to go to its moment.", grouped(count))
}

pub fn kept(kept: usize) -> String {
    format!("{kept} kept, checked at every event")
}

pub fn kept_and_at_risk(kept: usize, risk: usize) -> String {
    format!("{kept} kept, {risk} at risk")
}

pub fn broken(broken: usize) -> String {
    format!("{broken} broken")
}

pub fn not_promised_since(place: Place) -> String {
    format!("not promised since {place} lost its disk ")
}

pub fn more_for(place: Place) -> String {
    format!("More for {place}")
}
