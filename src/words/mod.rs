//! Every sentence a person reads, by id. Engines emit ids; this turns them into words, per language,
//! for page, command line and pictures alike.

pub mod en;
pub mod vocabulary;
