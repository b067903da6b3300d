//! English.

pub mod appointed;
pub mod asking;
pub mod bully;
pub mod cheat_sheet;
pub mod common;
pub mod comparing;
pub mod controls;
pub mod families;
pub mod faults;
pub mod files;
pub mod framed;
pub mod keys;
pub mod lab;
pub mod lab_page;
pub mod learn;
pub mod lease;
pub mod links;
pub mod panels;
pub mod paxos;
pub mod raft;
pub mod run;
pub mod stage;
pub mod store;
pub mod zab;
pub mod zookeeper;

pub use families::{bring_all, family};
