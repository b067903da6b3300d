//! The algorithms, each readable beside its paper. None names another.

pub mod appointed;
pub mod bully;
pub mod lease;
pub mod paxos;
pub mod raft;
pub mod zab;
pub mod zookeeper;
