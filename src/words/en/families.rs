//! Which table belongs to which family.

use super::super::vocabulary::Vocabulary;
use super::{appointed, bully, lease, paxos, raft, zab, zookeeper};
use std::sync::OnceLock;

type Tables = fn(&str) -> Option<&'static Vocabulary>;

/// With the feature `split` the tables of all but the first family arrive with their engines.
static OTHERS: OnceLock<Tables> = OnceLock::new();

/// The table of the family with this id, if it has arrived.
pub fn family(id: &str) -> Option<&'static Vocabulary> {
    if id == "raft" {
        return Some(&raft::RAFT);
    }
    if cfg!(not(feature = "split")) {
        return other(id);
    }
    OTHERS.get().and_then(|tables| tables(id))
}

/// Makes every table known. Whatever calls this contains them all.
pub fn bring_all() {
    OTHERS.get_or_init(|| other);
}

fn other(id: &str) -> Option<&'static Vocabulary> {
    Some(match id {
        "paxos" => &paxos::PAXOS,
        "zab" => &zab::ZAB,
        "bully" => &bully::BULLY,
        "appointed" => &appointed::APPOINTED,
        "lease" => &lease::LEASE,
        "zookeeper" => &zookeeper::ZOOKEEPER,
        _ => return None,
    })
}
