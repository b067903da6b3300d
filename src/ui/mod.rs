//! The browser app.

pub mod selection;
pub mod stage;
#[cfg(feature = "ui")]
pub mod widgets;
