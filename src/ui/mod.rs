//! The page: the only folder that knows Leptos and the browser.
//!
//! [`session`] holds the run and is the only file that touches the player; [`frame`] lets time pass;
//! components receive a [`session::Session`] and call its verbs. What needs no browser is built and tested without.

pub mod embed;
pub mod selection;
pub mod setup;
pub mod stage;

#[cfg(feature = "ui")]
pub mod address;
#[cfg(feature = "ui")]
pub mod app;
#[cfg(feature = "ui")]
pub mod bookmark;
#[cfg(feature = "ui")]
pub mod compare;
#[cfg(feature = "ui")]
pub mod controls;
#[cfg(feature = "ui")]
pub mod doors;
#[cfg(feature = "ui")]
pub mod faults;
#[cfg(feature = "ui")]
pub mod files;
#[cfg(feature = "ui")]
pub mod frame;
#[cfg(feature = "ui")]
pub mod keyboard;
#[cfg(feature = "ui")]
pub mod lab;
#[cfg(feature = "ui")]
pub mod learn;
#[cfg(feature = "ui")]
pub mod letters;
#[cfg(feature = "ui")]
pub mod opening;
#[cfg(feature = "ui")]
pub mod pages;
#[cfg(feature = "ui")]
pub mod panels;
#[cfg(feature = "ui")]
pub mod parts;
#[cfg(feature = "ui")]
pub mod preferences;
#[cfg(feature = "ui")]
pub mod rescue;
#[cfg(feature = "ui")]
pub mod session;
#[cfg(feature = "ui")]
pub mod share;
#[cfg(feature = "ui")]
pub mod store;
#[cfg(feature = "ui")]
pub mod timeline;
#[cfg(feature = "ui")]
pub mod turning;
#[cfg(feature = "ui")]
pub mod widgets;
