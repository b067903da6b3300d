//! Sharing the run on the page: the dialog with its tabs, and what they need of the browser.
//!
//! [`dialog`] is the one entry point, so that all of this can be loaded when it is first opened.

pub mod dialog;
mod embed_tab;
mod link_tab;
mod page_sheets;
mod painting;
mod picture_tab;
pub mod pieces;
mod size;
mod start;
