//! Runs as text: links, documents, pictures.

pub mod document;
pub mod json;
