//! The picture of a cluster, without a browser: the page's stage and every exported picture are drawn by it.
//!
//! Where things stand: [`geometry`], [`layout`], `placing` (nothing overlaps). What is drawn, taken from a world:
//! [`scene`], [`uses`], [`motion`] (where things are at an instant). The drawing as SVG text: [`portrait`] (a node),
//! [`bench`], [`links`], [`glyphs`] and [`courses`] (messages), [`partition`], [`queue`] (of znodes) or [`record`] (of another service), [`ledger`] and [`work`] (of leaders), [`legend`], [`defs`]. The few words: [`phrases`].

pub mod bench;
pub mod courses;
pub mod defs;
pub mod geometry;
pub mod glyphs;
pub mod layout;
pub mod ledger;
pub mod legend;
pub mod links;
pub mod motion;
pub mod partition;
pub mod phrases;
pub mod placing;
pub mod portrait;
pub mod queue;
pub mod record;
pub mod scene;
pub mod uses;
pub mod votes;
pub mod work;
