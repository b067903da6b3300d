//! JSON, read and written by hand: a general library would be a tenth of everything the page loads.

pub mod reader;
pub mod rewrite;
pub mod writer;
