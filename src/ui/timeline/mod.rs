//! The space-time diagram as the timeline: who led, ran or was down when, and every message. It is the scrubber: drag
//! it, zoom it, click what is in it.
//!
//! [`diagram`] is the component, [`view`] what it shows and how hands and keys change that, [`brush`] puts a picture of
//! `share::spacetime` on a canvas.

mod brush;
mod diagram;
mod view;

pub use diagram::{Scrubber, Timeline, lane_count};
