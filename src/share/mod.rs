//! Runs as text: documents, event lines, summaries, and what the lab found.

pub mod document;
pub mod event_lines;
pub mod json;
pub mod lab_rows;
pub mod lab_summary;
pub mod summary;
