//! Two runs side by side under one clock: the [`pair`], what can be [`done`](acts) to both, a [`lane`] each, and what was
//! [`measured`]. Nothing outside this folder needs it but the page that shows it.

pub mod acts;
pub mod address;
pub mod bookmark;
pub mod lane;
pub mod measured;
pub mod pair;
