//! The stage: a cluster as a picture that can be pointed at.
//!
//! # How a page uses it
//! ```text
//! let stage = StageSignals::new();                       // in a component
//! view! { <Stage signals=stage selected drawing projector with_store
//!                on_select on_menu on_partition_drawn on_heal> headline, ledger </Stage> }
//! stage.draw(&*sim, now, touched);                       // once a frame
//! ```
//! - `draw` is told what changed since it was last called ([`crate::sim::touched::Touched`]); after seeking, undoing or
//!   with another world that is `Touched::everything()`. With nothing touched it only moves rings and messages.
//! - The stage fills its container, whatever its size: `.stage` needs a width and a height from its parent. One unit of
//!   [`layout::Layout`] is a sixteenth of the root font size.
//! - `stage.layout` says where the headline and the store's ledger go (`headline`, `store`; absent where there is no room,
//!   then they belong above and below the stage). [`room_style`] turns such an area into a style for an element among
//!   the children.
//! - The page owns what is selected: `on_select` proposes, `selected` decides. `on_menu` follows `on_select`, with the place
//!   for a menu in window pixels. `on_partition_drawn` brings two groups; the page leaves drawing mode by itself.
//! - Where nodes are `movable`, a drag or Alt with an arrow key moves one: on this picture only, never in the run.
//! - Needs `style/stage.css` and the tokens.
//!
//! # Inside
//! What is drawn, and where, is [`crate::picture`]'s: pure, and the same in exported pictures. Here: `stage` and its parts
//! `node`, `divide`, `key`; `signals` (set where facts differ); `painter` (the only thing that runs every frame).

pub use crate::picture::{
    bench, courses, defs, geometry, glyphs, layout, legend, links, motion, partition, phrases, portrait, queue, scene,
    uses, votes,
};

#[cfg(feature = "ui")]
mod divide;
#[cfg(feature = "ui")]
mod ensemble;
#[cfg(feature = "ui")]
mod key;
#[cfg(feature = "ui")]
mod node;
#[cfg(feature = "ui")]
mod painter;
#[cfg(feature = "ui")]
mod signals;
#[cfg(feature = "ui")]
#[allow(clippy::module_inception)]
mod stage;

#[cfg(feature = "ui")]
pub use signals::StageSignals;
#[cfg(feature = "ui")]
pub use stage::{Stage, room_style};
