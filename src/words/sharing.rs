//! The words of the dialog that shares a run.

pub const AUTO: &str = "auto";
pub const LIGHT: &str = "light";
pub const DARK: &str = "dark";
pub const TITLE: &str = "Share or embed";
pub const TABS: [&str; 3] = ["Link", "Embed", "Picture"];
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const SELECTED: &str = "Selected: copy it with Ctrl+C";
pub const START_AT: &str = "Start at";
pub const THIS_MOMENT: &str = "This moment";
pub const BEGINNING: &str = "The beginning";
pub const EVENT: &str = "Event";
pub const EVENT_NUMBER: &str = "Number of the event";
pub const STOP_AT: &str = "Stop at (ms)";
pub const SIZE: &str = "Size";
pub const SIZES: [&str; 4] = ["640 x 400", "320 x 480", "960 x 680", "Custom"];
pub const WIDTH: &str = "Width in pixels";
pub const HEIGHT: &str = "Height in pixels";
pub const CONTROLS: &str = "Controls";
pub const THEME: &str = "Theme";
pub const LOCKED: &str = "Faults locked";
pub const AUTOPLAY: &str = "Plays by itself";
pub const REPEATS: &str = "Repeats";
pub const STORE: &str = "Store";
pub const SENTENCE: &str = "Sentence";
pub const FORM: &str = "Form";
pub const FORMS: [&str; 6] = ["iframe", "Custom element", "Markdown", "mdBook", "Docusaurus", "MkDocs"];
pub const STARTS: &str = "A link opens the run held at that moment, with everything that you did in it.";
pub const LONG: &str =
    "This run is long. Some chat tools cut links over 2 000 characters; save it as a file instead (Run).";
pub const PREVIEW: &str = "Preview";
pub const MARKDOWN: &str =
    "Where scripts are stripped, a picture that leads here. Save the moving picture as conclave.svg beside your text.";
pub const OFFLINE: &str = "Save as one offline page";
pub const OFFLINE_HINT: &str =
    "One HTML file with the simulator and this run in it. It opens from disk, without a network.";
pub const OFFLINE_WORKS: &str = "Putting the page together";
pub const OFFLINE_DONE: &str = "Saved";
pub const OFFLINE_FAILED: &str = "A part of this page could not be read";
pub const STILL: &str = "This moment";
pub const MOVING: &str = "Moving";
pub const DIAGRAM: &str = "Sequence";
pub const SPACE_TIME: &str = "Space-time";
pub const TRANSCRIPT: &str = "Text";
pub const WHAT: &str = "What";
pub const SPAN: &str = "From, to (ms)";
pub const FROM: &str = "From, in milliseconds";
pub const TO: &str = "To, in milliseconds";
pub const MOVING_HINT: &str = "Plays without script, also in a README; stands still for readers who want less motion.";
pub const SAVE_SVG: &str = "Save SVG";
pub const SAVE_PNG: &str = "Save PNG";
pub const SAVE_TEXT: &str = "Save text";
pub const COPY_MERMAID: &str = "Copy as Mermaid";

/// Why a span cannot be drawn.
pub fn no_picture(problem: &str) -> String {
    format!("No picture: {problem}.")
}

/// `212 characters`.
pub fn length(characters: usize) -> String {
    format!("{} characters", super::numbers::grouped(characters as u64))
}

/// The title of a frame: `A split vote`, or `Raft, 5 nodes`.
pub fn frame_title(title: &str, family: &str, nodes: u8) -> String {
    if title.is_empty() { format!("{family}, {nodes} nodes") } else { title.to_owned() }
}
