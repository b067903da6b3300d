//! Small pieces that many parts of the page use.

pub mod dialog;
pub mod full_screen;
pub mod icon;
pub mod roving;
pub mod seal;
