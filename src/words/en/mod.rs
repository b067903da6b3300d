//! English.

pub mod appointed;
pub mod bully;
pub mod common;
pub mod families;
pub mod lab;
pub mod lease;
pub mod paxos;
pub mod raft;
pub mod zab;
pub mod zookeeper;

pub use families::family;
