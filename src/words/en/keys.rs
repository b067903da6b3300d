//! The list of keys, in English.

/// What the `?` dialog lists: keys and what they do.
pub const KEYS: &[(&str, &str)] = &[
    ("Space", "Play or pause"),
    ("Left, Right", "One event back, one event on"),
    ("Shift + Left, Shift + Right", "Previous, next milestone, or what the menu between them names"),
    ("+, \u{2212}, 0", "On the timeline: closer, farther, the whole run"),
    ("Home, End", "To the start, to the newest moment"),
    ("[ and ]", "Slower, faster"),
    ("1 to 9", "Choose a node; Escape lets go"),
    ("Alt + arrow keys", "Move the node that has the focus, on the picture only"),
    ("K", "Crash or restart: the chosen node, else the leader"),
    ("P", "Pause or resume it"),
    ("C", "Cut it off, or mend its links"),
    ("T", "Make its timer run out"),
    ("W", "Ask the leader to write"),
    ("R", "Ask it to read"),
    ("F", "Fencing of the store: on or off"),
    ("X", "Partition the network"),
    ("H", "Heal every link"),
    ("L", "Links and messages as lists"),
    ("E", "The log of events"),
    ("Q", "Why is it so? The causes, step by step"),
    ("V", "The nodes as a table"),
    ("U", "Rules and timing"),
    ("O", "The run: files, history, and the runs of this session"),
    ("S", "Share or embed"),
    ("Ctrl + Z, Ctrl + Shift + Z", "Undo, redo"),
    ("D", "Theme: auto, light, dark"),
    ("J", "Projector mode"),
    ("?", "This list"),
];

pub const KEYS_TITLE: &str = "Keys";
pub const LETTERS_ARE_SHORTCUTS: &str = "Single letters are shortcuts";
