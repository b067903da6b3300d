//! What candidates ask the service, and what it answers.

use super::disk::Lease;
use crate::sim::message::{ABSENT, Facts, Kind, Message as Told, Shape};
use crate::sim::reign::Reign;

/// `ask` numbers what a candidate asks, so that late answers are told apart.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Message {
    Get {
        ask: u64,
    },
    /// Put this record if the version is still the one before.
    Put {
        ask: u64,
        lease: Lease,
    },
    Record {
        ask: u64,
        lease: Lease,
    },
    Done {
        ask: u64,
        lease: Lease,
    },
    /// Somebody else wrote first; here is what stands now.
    Conflict {
        ask: u64,
        lease: Lease,
    },
}

const LEASE: &[&str] = &["holder", "version", "transitions"];

impl Told for Message {
    const KINDS: &'static [Kind] = &[
        Kind { id: "get", fields: &[] },
        Kind { id: "put", fields: LEASE },
        Kind { id: "record", fields: LEASE },
        Kind { id: "done", fields: LEASE },
        Kind { id: "conflict", fields: LEASE },
    ];

    fn kind(&self) -> u8 {
        match self {
            Message::Get { .. } => 0,
            Message::Put { .. } => 1,
            Message::Record { .. } => 2,
            Message::Done { .. } => 3,
            Message::Conflict { .. } => 4,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Message::Get { .. } => Shape::Ask,
            Message::Put { .. } => Shape::Write,
            Message::Record { .. } => Shape::Reply,
            Message::Done { .. } => Shape::Grant,
            Message::Conflict { .. } => Shape::Refuse,
        }
    }

    fn reign(&self) -> Option<Reign> {
        match self {
            Message::Put { lease, .. } | Message::Done { lease, .. } => Some(Reign::counted(lease.transitions)),
            _ => None,
        }
    }

    fn facts(&self) -> Facts {
        match self {
            Message::Get { .. } => [ABSENT; 5],
            Message::Put { lease, .. }
            | Message::Record { lease, .. }
            | Message::Done { lease, .. }
            | Message::Conflict { lease, .. } => {
                [lease.holder.into(), lease.version, lease.transitions, ABSENT, ABSENT]
            }
        }
    }
}
