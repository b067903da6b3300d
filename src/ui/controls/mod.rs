//! The bars around the stage: what runs, and when.

pub mod clock;
pub mod header;
pub mod keys;
pub mod nav;
pub mod rules;
pub mod setup_bar;
pub mod timing_rule;
pub mod transport;
pub mod walk_menu;
