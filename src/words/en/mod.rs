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
    Some(match id {
        "raft" => &raft::RAFT,
        "paxos" => &paxos::PAXOS,
        "zab" => &zab::ZAB,
        "bully" => &bully::BULLY,
        "appointed" => &appointed::APPOINTED,
        "lease" => &lease::LEASE,
        "zookeeper" => &zookeeper::ZOOKEEPER,
        _ => return None,
    })
}
