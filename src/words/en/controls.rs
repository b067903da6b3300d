//! The controls around the stage, in English.

pub const TO_THE_STAGE: &str = "To the stage";
pub const TABLE: &str = "Table";
pub const LINKS: &str = "Links";
pub const KEYS: &str = "Keys";
pub const RUN: &str = "Run";
pub const PROJECTOR_MODE: &str = "Projector mode";
pub const SHARE_OR_EMBED: &str = "Share or embed";
pub const SET_UP_AND_MORE: &str = "Set-up and more";
pub const GO_TO_IN_MILLISECONDS: &str = "Go to, in milliseconds";
pub const GO_TO_A_TIME: &str = "Go to a time";
pub const SIMULATED_TIME_BEFORE: &str = "Simulated time ";
pub const MS_AFTER: &str = " ms";
pub const PLAY: &str = "Play";
pub const COMPARE: &str = "Compare";
pub const LEARN: &str = "Learn";
pub const LAB: &str = "Lab";
pub const PAGES: &str = "Pages";
pub const RULES_AND_TIMING_OF_THIS_RUN: &str = "Rules and timing of this run";
pub const CHANGES_ACT_AT_ONCE_AT_EVERY: &str = "Changes act at once, at every node, and can be undone.";
pub const PROTOCOL: &str = "Protocol";
pub const NETWORK_AND_DISKS: &str = "Network and disks";
pub const RANDOM_PAUSES: &str = "Random pauses";
pub const WORK_OF_THE_LEADER: &str = "Work of the leader";
pub const THE_STORE: &str = "The store";
pub const WARNING_BEFORE: &str = "Warning. ";
pub const SET_UP: &str = "Set-up";
pub const RULES_AND_TIMING: &str = "Rules and timing";
pub const PARTITION: &str = "Partition";
pub const LINKS_AND_MESSAGES: &str = "Links and messages";
pub const LOG_OF_EVENTS: &str = "Log of events";
pub const NODES_AS_A_TABLE: &str = "Nodes as a table";
pub const RUN_FILES_AND_HISTORY: &str = "Run: files and history";
pub const ALGORITHM: &str = "Algorithm";
pub const NODES: &str = "Nodes";
pub const TIMING: &str = "Timing";
pub const RULES_TIMING_AND_WIRES_OF_THIS: &str = "Rules, timing and wires of this run";
pub const RULES: &str = "Rules";
pub const ELECTIONS: &str = "Elections";
pub const LEADERS_AT_THE_STORE: &str = "Leaders at the store";
pub const OPENED_RUN: &str = "Opened run";
pub const SCENARIO: &str = "Scenario";
pub const NO_SCENARIO: &str = "No scenario";
pub const SEED: &str = "Seed";
pub const ANOTHER_RUN_SEED_PLUS_1: &str = "Another run: seed plus 1";
pub const ANOTHER_RUN_THE_NEXT_SEED: &str = "Another run: the next seed";
pub const THE_SAME_RUN_FROM_ITS_START: &str = "The same run from its start, without your acts";
pub const RESET: &str = "Reset";
pub const PAUSE: &str = "Pause";
pub const HOLD_THE_SIMULATION: &str = "Hold the simulation";
pub const PLAY_THE_SIMULATION: &str = "Play the simulation";
pub const SIMULATED_TIME_PER_REAL_TIME: &str = "Simulated time per real time";
pub const SPEED: &str = "Speed";
pub const TIME: &str = "Time";
pub const BACK_TO_START: &str = "Back to start";
pub const STEP_BACK_ONE_EVENT: &str = "Step back one event";
pub const STEP_FORWARD_ONE_EVENT: &str = "Step forward one event";
pub const PREVIOUS_MILESTONE: &str = "Previous milestone";
pub const NEXT_MILESTONE: &str = "Next milestone";
pub const JUMP_TO_THE_NEWEST_MOMENT: &str = "Jump to the newest moment";
pub const GO_TO_LIVE: &str = "Go to live";
pub const LIVE: &str = "Live";
pub const LEADER_CHANGES: &str = "Leader changes";
pub const FAULTS: &str = "Faults";
pub const REFUSALS: &str = "Refusals";
pub const DECISIONS: &str = "Decisions";
pub const BROKEN_PROMISES: &str = "Broken promises";
pub const WHAT_THE_PREVIOUS_AND_NEXT_BUTTONS: &str = "What the previous and next buttons stop at";
pub const WHAT_THE_BUTTONS_AND_ARROWS_STOP_AT: &str =
    "What the previous and next buttons, and Shift with the arrow keys, stop at";
pub const ANY: &str = "Any";

pub fn theme(name: &str) -> String {
    format!("Theme: {name}")
}

/// The lower end of a range.
pub fn from(setting: &str) -> String {
    format!("{setting}, from")
}

/// The upper end of a range.
pub fn to(setting: &str) -> String {
    format!("{setting}, to")
}

pub fn switch(setting: &str, on: bool) -> String {
    format!("{setting} {}", if on { "on" } else { "off" })
}

pub fn followers_run(silence: &str, patience: &str) -> String {
    format!(
        "Too short: up to {silence} pass between two heartbeats, and after {patience} a follower runs. A healthy leader is overthrown again and again."
    )
}

pub fn votes_come_too_late(round: &str, patience: &str) -> String {
    format!(
        "Too short: asking for votes and hearing back takes up to {round}, longer than the {patience} a candidate waits."
    )
}

pub fn votes_split(round: &str, patience: &str) -> String {
    format!("Tight: a round of votes takes up to {round} of the {patience} that a candidate waits. Expect split votes.")
}

pub fn one_loss_is_enough(patience: &str) -> String {
    format!("Tight: one lost heartbeat and the silence lasts longer than {patience}. Expect needless elections.")
}

pub fn keeps_the_timing_rule(round: &str, patience: &str) -> String {
    format!("Keeps the timing rule: a round of votes takes up to {round}, the shortest election timeout is {patience}.")
}
