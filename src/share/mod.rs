//! Runs as text: documents, event lines, summaries; and as pictures: the space-time diagram.

pub mod document;
pub mod event_lines;
pub mod json;
pub mod spacetime;
pub mod summary;
