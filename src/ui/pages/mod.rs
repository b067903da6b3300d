//! One file per page.

pub mod dialogs;
pub mod embed;
pub mod lab;
pub mod play;
pub mod stage_mount;
