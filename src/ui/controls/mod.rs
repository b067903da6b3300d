//! The bars around the stage: what runs, and when.

pub mod clock;
pub mod header;
pub mod keys;
pub mod lanes;
pub mod nav;
pub mod rules;
pub mod scrubber;
pub mod setup_bar;
pub mod timing_rule;
pub mod transport;
