//! Leader election by ephemeral sequential znodes: the ZooKeeper recipe.
//!
//! The nodes are clients. Each keeps a [`session`](client) with one of three servers, and follows the [`recipe`]:
//! it creates a znode that dies with its session, and leads while its znode has the lowest number.
//!
//! The [`servers`](server) each have their own connections, watches and last zxid. They agree through one of them
//! that numbers all changes and has a majority log them ([`ensemble`]). Only how that one is replaced is abridged:
//! after a settable outage a server that a majority follows takes over; sessions survive, their timers restart
//! ([`expiry`]). Other simplifications: zxids count on across epochs; a list of children carries what `exists`
//! would tell of each; clients ping after a third of the session timeout sharp; a sync is
//! numbered like a change.

pub mod client;
pub mod disk;
pub mod ensemble;
pub mod expiry;
pub mod inspect;
pub mod message;
pub mod mutants;
pub mod process;
pub mod properties;
pub mod recipe;
pub mod server;
pub mod settings;
pub mod timer;
pub mod tree;

pub use process::Process;
pub use settings::RecipeSettings;
