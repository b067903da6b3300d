//! Runs as text: links, documents, event lines, summaries; and as pictures that live where no script runs.

pub mod document;
pub mod event_lines;
pub mod export;
pub mod json;
pub mod lab_rows;
pub mod lab_summary;
pub mod link;
pub mod parameters;
pub mod retelling;
pub mod shiviz;
pub mod snippets;
pub mod spacetime;
pub mod summary;
