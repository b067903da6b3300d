//! English.

pub mod appointed;
pub mod bully;
pub mod common;
pub mod lease;
pub mod paxos;
pub mod raft;
pub mod zab;
pub mod zookeeper;

use super::vocabulary::Vocabulary;

/// The table of the family with this id.
pub fn family(id: &str) -> Option<&'static Vocabulary> {
    match id {
        "raft" => Some(&raft::RAFT),
        "bully" => Some(&bully::BULLY),
        "zab" => Some(&zab::ZAB),
        _ => None,
    }
}
