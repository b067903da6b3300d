//! The space-time diagram of a stretch of a run, as shapes: a lane per place, time from left to right. Whoever draws
//! (the page's canvas, an exported picture) only fills and strokes what [`draw`] lists; it decides nothing.
//!
//! [`frame`] says where things lie, [`picture`] what shapes there are, [`draw`] makes them from the index of
//! `playback::spacetime`, [`bars`], [`arrows`] and [`flags`] are parts of it, [`hit`] finds what lies under a finger,
//! [`usual`] how much is shown if nobody zooms.

pub mod arrows;
pub mod bars;
pub mod draw;
pub mod flags;
pub mod frame;
pub mod hit;
pub mod picture;
pub mod usual;
