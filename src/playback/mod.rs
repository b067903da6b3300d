//! Playing a recording: forwards, backwards, anew from any moment.
//!
//! [`director`] is the loop that lets the world, the script and the visitor act in the right order; the player, the
//! command line and the lab all go through it. [`player`] adds time travel to it: [`checkpoints`], [`milestones`] and
//! the way from one to the next of a kind ([`walk`]), undo ([`acting`]), futures that were left behind ([`forks`]) and
//! entering a run at any moment ([`arrival`]). [`spacetime`] is what the timeline is drawn from.

pub mod acting;
pub mod arrival;
pub mod checkpoints;
pub mod director;
pub mod forks;
pub mod milestones;
pub mod player;
pub mod recording;
pub mod runner;
pub mod spacetime;
pub mod trail;
pub mod travel;
pub mod walk;
