//! The page of the lab, in English: what stands around the experiments.

use crate::words::numbers::grouped;

pub const EXPERIMENT: &str = "Experiment";
pub const MEASURE_IT: &str = "Measure it";
pub const LEAD: &str = "The same engine as in Play, run many times with different luck.";
pub const QUESTION: &str = "Question";
pub const AS_PUBLISHED_AGAIN: &str = "As published again";
pub const RUNS_PER_CASE: &str = "Runs per case";
pub const FIRST_SEED: &str = "First seed";
pub const STOP: &str = "Stop";
pub const LOADING: &str = "Loading";
pub const RUNS_DONE: &str = "Runs done";
pub const NOTHING_HAS_BEEN_RUN_YET: &str = "Nothing has been run yet.";
pub const NO_RUN_NAMED: &str = "The address names no run of the experiment.";
pub const NO_SUCH_CASE: &str = "The experiment has no such case.";
pub const NOTHING: &str = "Nothing";
pub const APPROACH: &str = "Approach";
pub const COMPARED_WITH: &str = "Compared with";
pub const NODES: &str = "Nodes";
pub const FAULT: &str = "Fault";
pub const WHAT_VARIES: &str = "What varies";
pub const WHAT_IS_MEASURED: &str = "What is measured";
pub const FROM: &str = "From";
pub const STEPS: &str = "Steps";
pub const LOWER_END: &str = "The lower end of the range; the upper end grows along.";
pub const COPY_LINK: &str = "Copy link";
pub const RESULT: &str = "Result";
pub const SHOW_AS_PLOT: &str = "Show as plot";
pub const SHOW_AS_TABLE: &str = "Show as table";
pub const SAVE_ROWS_CSV: &str = "Save rows (CSV)";
pub const SAVE_PICTURE_PNG: &str = "Save picture (PNG)";
pub const SAVE_DOCUMENT_HINT: &str = "For the command line: conclave-cli lab";
pub const SAVE_DOCUMENT: &str = "Save document";
pub const IN_WORDS: &str = "In words";
pub const WHAT_TO_KNOW: &str = "What to know";
pub const PUBLISHED_AND_MEASURED: &str = "Published and measured: ";
pub const COPIED: &str = "Copied";
pub const NUMBERS: &str = "Numbers";
pub const CASE: &str = "Case";
pub const RUNS: &str = "Runs";
pub const WILSONS_INTERVAL: &str = "Wilson's interval";
pub const MEDIAN: &str = "Median";
pub const MEDIAN_INTERVAL: &str = "Of the median, from order statistics";
pub const MOST: &str = "Most";
pub const MEAN: &str = "Mean";
pub const NOT_IN_TIME: &str = "Not in time";
pub const NOT_IN_TIME_HINT: &str = "Runs that did not get there before the limit";
pub const DISTANCE: &str = "Distance";
pub const DISTANCE_HINT: &str = "Kolmogorov-Smirnov: the largest difference of shares";
pub const MEASURED_MEDIAN: &str = "Measured median";
pub const OF_THE_REAL_CLUSTER: &str = "Of the real cluster";
pub const FORMULA: &str = "Formula";
pub const PUBLISHED_MEDIAN: &str = "Published median";
pub const RECOVERY: &str = "Median time to a new leader";
pub const FALSE_ALARMS: &str = "Elections an hour though nobody crashed";
pub const HOW_IT_IS_COUNTED: &str = "Every case is run with the same seeds. While they run, the plot shows the first 2 000 of each case. Runs that did not get there before the limit count as such; a median among them is not known. Intervals hold with 95 % confidence. The command line runs the same experiments: conclave-cli lab.";
pub const TO_THE_RESULT: &str = "To the result";
pub const TO: &str = "To";
pub const INTERVAL: &str = "95 % interval";
pub const NOT_KNOWN: &str = "not known";
pub const NOT_IN_TIME_SMALL: &str = "not in time";
pub const THE_KNEE: &str = "the knee";
pub const DOTS_AND_FORMULA: &str = "dots: counted, dotted lines: formula";
pub const RUNS_THAT_ARE_DONE: &str = "runs that are done";
pub const PUBLISHED_DOTS: &str = "○ published";
pub const MEASURED_STEPS: &str = "dotted steps: measured";
pub const NO_WORKERS: &str = "This browser allows no workers: the lab cannot run.";
pub const NO_MODULE: &str = "The page does not say where its module is: the lab cannot run.";
pub const NO_START: &str = "A worker of the lab could not start. Reload the page to try again.";
pub const TIME_OF_THE_FAULT: &str = "Time of the fault";
pub const YOUR_OWN: &str = "Your own experiment";
pub const YOUR_OWN_ABOUT: &str =
    "Every combination of what you choose is run with the same seeds. Save the document to run it on the command line.";

/// What can befall one's own experiment, by id.
pub const FAULTS: &[(&str, &str)] = &[
    ("crash", "The leader crashes"),
    ("pause", "The leader pauses for 5 s"),
    ("cut", "The leader is cut off for 5 s"),
    ("none", "Nothing happens"),
];

/// Groups of experiments: a heading, and the experiments by id and short name.
pub const SHELF: &[(&str, &[(&str, &str)])] = &[
    (
        "Published results, run again",
        &[
            ("figure-16", "Raft's figure 16: chance in timeouts"),
            ("figure-16-range", "Raft's figure 16: short timeouts"),
            ("wide-area", "Elections across a continent"),
            ("split-votes", "How often votes split"),
        ],
    ),
    (
        "Trade-offs",
        &[
            ("trade-off", "The price of a short timeout"),
            ("messages", "Messages per fail-over"),
            ("approaches", "Seven approaches, the same faults"),
            ("one-page", "The numbers of the cheat sheet"),
        ],
    ),
    (
        "Held against real clusters",
        &[
            ("etcd", "etcd"),
            ("etcd-fast", "etcd, fast"),
            ("zookeeper", "ZooKeeper"),
            ("recipe", "ZooKeeper's election recipe"),
        ],
    ),
    ("Yours", &[("own", "Your own experiment")]),
];

/// `Run 6 × 1 000`.
pub fn run(cases: u64, trials: u64) -> String {
    match cases {
        1 => format!("Run {}", grouped(trials)),
        _ => format!("Run {cases} × {}", grouped(trials)),
    }
}

pub fn done_of(done: u64, total: u64) -> String {
    format!("{} of {}", grouped(done), grouped(total))
}

pub fn seconds_left(of: &str, seconds: u64) -> String {
    format!("{of}, about {} s left", grouped(seconds))
}

pub fn nearly_done(of: &str) -> String {
    format!("{of}, less than a second left")
}

pub fn stopped_after(of: &str) -> String {
    format!("Stopped after {of}.")
}

pub fn runs_took(runs: u64, milliseconds: u64) -> String {
    format!("{} runs in {} ms.", grouped(runs), grouped(milliseconds))
}

pub fn run_failed(error: &str) -> String {
    format!("A run failed: {error}")
}

pub fn name_and_median(name: &str, median: &str) -> String {
    format!("{name}: median {median}")
}

pub fn median(median: &str) -> String {
    format!("median {median}")
}

pub fn none(name: &str) -> String {
    format!("{name}: none")
}

/// A dot of the trade-off.
pub fn balance(name: &str, recovery: &str, alarms: u64) -> String {
    format!("{name}: median {recovery}, {} an hour", grouped(alarms))
}

/// A point of a cumulative curve; `name` ends in a colon, or is empty.
pub fn within(name: &str, share: &str, time: &str) -> String {
    format!("{name}{share} within {time}")
}

pub fn later_than(share: &str, time: &str) -> String {
    format!("{share} later than {time}")
}

pub fn and_simulated(kinds: &[&str]) -> String {
    format!("{}; lines: simulated", kinds.join(", "))
}

pub fn click_to_open(words: &str, run: u64) -> String {
    format!("{words}. Click to open run {} in Play.", grouped(run))
}

pub fn open_run(run: u64) -> String {
    format!("Open run {} in Play", grouped(run))
}

pub fn title_of_run(title: &str, case: &str, run: u64) -> String {
    format!("{title} ({case}), run {run}")
}

pub fn no_range_of_seeds(shown: &str) -> String {
    format!("seeds={shown} is not a range of seeds such as 1..1000.")
}

pub fn no_whole_number(text: &str) -> String {
    format!("\"{text}\" is no whole number")
}

pub fn not_json(way: &str, value: &str) -> String {
    format!("{way}: \"{value}\" is not JSON")
}

pub fn file_missing(address: &str) -> String {
    format!("The file {address} did not arrive. Reload the page to try again.")
}
