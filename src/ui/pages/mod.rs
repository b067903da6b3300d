//! One file per page.

pub mod compare;
pub mod dialogs;
pub mod embed;
pub mod lab;
pub mod learn;
pub mod play;
pub mod stage_mount;
