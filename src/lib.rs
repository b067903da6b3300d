//! Conclave: watch a cluster choose its leader, break it, and see what holds.
//!
//! # Code map
//! ```text
//! sim         a small world: time, chance, wires, crashes. Knows no election rule
//! protocols   the algorithms, each readable beside its paper
//! scenarios   stories: a cluster, its settings, and what befalls it when
//! playback    playing a recording: forwards, backwards, anew from any moment
//! lab         many runs, one question
//! words       every sentence a person reads, by id
//! picture     a cluster drawn as SVG text: the page's stage, and every exported picture
//! share       runs as text: links, documents, event lines, summaries, experiments; the space-time diagram as shapes
//! lessons     texts that drive runs: walkthroughs, predictions, interview cards, systems in the wild
//! ui          the browser app: the only folder that knows Leptos (feature `ui`)
//! ```
//! A folder uses only folders above it. Nothing left of `ui` reads a clock, the environment or a file;
//! nothing there uses floats for time, or iterates a hash map. `tests/architecture.rs` holds this.

pub mod lab;
pub mod lessons;
pub mod picture;
pub mod playback;
pub mod protocols;
pub mod scenarios;
pub mod share;
pub mod sim;
pub mod ui;
pub mod words;
