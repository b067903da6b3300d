//! Zab and Fast Leader Election, as in ZooKeeper: the server with the newest history leads.
//!
//! [`vote`] says which vote is better, [`fast_leader_election`] how servers agree on one, [`discovery`] how the
//! elected one finds a new epoch, [`synchronization`] how it brings the others to its own history, [`broadcast`]
//! how it goes on from there, and [`watching`] how each side notices that it has lost the other.
//!
//! Two simplifications. ZooKeeper votes over connections of their own with a queue one notification deep; here
//! votes share the connection of a pair, so that a cut delays them instead of replacing older by newer ones. And
//! the connection that a follower opens to its leader is a number carried by every packet on it, which both ends
//! forget when they close it.

pub mod broadcast;
pub mod discovery;
pub mod disk;
pub mod fast_leader_election;
pub mod inspect;
pub mod message;
pub mod mutants;
pub mod process;
pub mod properties;
pub mod seed;
pub mod settings;
pub mod synchronization;
pub mod timer;
pub mod vote;
pub mod watching;
pub mod zxid;

pub use process::Zab;
pub use settings::ZabSettings;
