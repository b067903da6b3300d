//! Runs as text: links, documents, pictures.

pub mod document;
pub mod event_lines;
pub mod json;
pub mod summary;
