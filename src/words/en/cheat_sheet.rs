//! The cheat sheet, in English; its rows are a text of their own.

pub const TITLE: &str = "Leader election on one page";
pub const TABLE: &str = "Trade-offs";
pub const COLUMNS: [&str; 9] = [
    "Approach",
    "Who wins",
    "Consistency",
    "Fail-over",
    "Messages",
    "Two leaders if cut",
    "Both write",
    "Fencing token",
    "Used by",
];
pub const MEASURED: &str = "Measured with this engine, each number a way to a run behind it: five nodes, 10 to 20 ms wires, each family at the settings it opens with, the same 100 seeds. Fail-over: median from the crash of the leader to a new one. Messages: median from the crash to the new leader, signs of life left out. Two leaders and both write: runs in which the old leader was cut off from the others but not from the store, fence off, Raft without CheckQuorum. A leader that is paused instead overlaps with queue and lease, too: their holders stop by their own clock.";
pub const EXPERIMENT: &str = "#/lab/one-page?seeds=1..100";
pub const RUN_AGAIN: &str = "Measure it again";
