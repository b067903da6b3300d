//! Which table belongs to which family.

use super::super::vocabulary::Vocabulary;
use super::{appointed, bully, lease, paxos, raft, zab, zookeeper};

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
