//! English.

pub mod appointed;
pub mod asking;
pub mod bully;
pub mod cheat_sheet;
pub mod common;
pub mod families;
pub mod faults;
pub mod files;
pub mod lab;
pub mod lab_page;
pub mod learn;
pub mod lease;
pub mod links;
pub mod panels;
pub mod paxos;
pub mod raft;
pub mod store;
pub mod zab;
pub mod zookeeper;

pub use families::{bring_all, family};
