//! The parts of the Learn page.
//!
//! [`route`] reads the address, [`fetching`] brings the texts, [`guide`] leads through a walk on the one stage of
//! [`stage_pane`], [`walker`] shows its steps and [`predict`] its questions. The other files are one page each.

pub mod fetching;
pub mod guide;
pub mod index;
pub mod interview;
pub mod keys;
pub mod lesson;
pub mod mock;
pub mod practice;
pub mod predict;
pub mod route;
pub mod sheet;
pub mod stage_pane;
pub mod still;
pub mod teach;
pub mod top;
pub mod walker;
pub mod wild;
