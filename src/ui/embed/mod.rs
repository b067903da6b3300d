//! The page inside somebody else's page: what its address asks for, and how the two talk.
//!
//! [`wishes`] reads the address; [`protocol`] is every message that may be exchanged, checked field by field; [`news`]
//! tells what is worth a message; [`size`] how much room a frame wants. These are pure and tested without a browser.
//! `post` listens and posts; the page itself is `pages/embed.rs`. `docs/embedding.md` describes all of it for authors.

pub mod news;
pub mod protocol;
pub mod size;
pub mod wishes;

#[cfg(feature = "ui")]
pub mod pieces;
#[cfg(feature = "ui")]
pub mod post;
