//! Runs as text: documents, event lines, summaries.

pub mod document;
pub mod event_lines;
pub mod json;
pub mod summary;
