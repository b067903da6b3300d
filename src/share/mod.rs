//! Runs as text: links, documents, event lines, summaries.

pub mod document;
pub mod event_lines;
pub mod json;
pub mod link;
pub mod parameters;
pub mod retelling;
pub mod shiviz;
pub mod summary;
