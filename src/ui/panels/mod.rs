//! What the page says in words beside the picture.

pub mod announcer;
pub mod events;
pub mod headline;
pub mod hint;
pub mod log;
pub mod notice;
pub mod presenting;
pub mod promises;
pub mod rail;
pub mod selected;
pub mod table;
pub mod why;
pub mod why_chain;
