//! What Paxos nodes say to one another.

use super::value::Value;
use super::{Ballot, Slot};
use crate::sim::message::{ABSENT, Facts, Kind, Message, Shape};
use crate::sim::reign::Reign;

/// One accepted pair in a promise.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Report {
    pub slot: Slot,
    pub ballot: Ballot,
    pub value: Value,
}

/// Why a request of a ballot is refused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Nack {
    /// A ballot at least as high was promised.
    Outbid,
    /// A lease was granted to another leader, or may have been before a crash.
    Leased,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum PaxosMessage {
    /// 1a, for all slots from this one on.
    Prepare {
        ballot: Ballot,
        from: Slot,
    },
    /// 1b.
    Promise {
        ballot: Ballot,
        accepted: Vec<Report>,
    },
    /// 2a. The leader adds up to where everything is chosen.
    Accept {
        ballot: Ballot,
        slot: Slot,
        value: Value,
        chosen: Slot,
    },
    /// 2b.
    Accepted {
        ballot: Ballot,
        slot: Slot,
        value: Value,
    },
    /// Refuses `ballot`, since `promised` was promised.
    Nack {
        ballot: Ballot,
        promised: Ballot,
        why: Nack,
    },
    Heartbeat {
        ballot: Ballot,
        beat: u64,
        chosen: Slot,
    },
    /// Grants a lease, where leases are used, and says how far its sender has learned.
    HeartbeatReply {
        ballot: Ballot,
        beat: u64,
        chosen: Slot,
    },
    /// Chosen values from this slot on, for one that lags.
    Chosen {
        ballot: Ballot,
        from: Slot,
        values: Vec<Value>,
    },
}

impl PaxosMessage {
    /// The ballot that the message speaks for or about.
    pub fn ballot(&self) -> Ballot {
        use PaxosMessage::*;
        match *self {
            Prepare { ballot, .. }
            | Promise { ballot, .. }
            | Accept { ballot, .. }
            | Accepted { ballot, .. }
            | Nack { ballot, .. }
            | Heartbeat { ballot, .. }
            | HeartbeatReply { ballot, .. }
            | Chosen { ballot, .. } => ballot,
        }
    }
}

impl Message for PaxosMessage {
    const KINDS: &'static [Kind] = &[
        Kind { id: "prepare", fields: &["ballot", "by", "slot"] },
        Kind { id: "promise", fields: &["ballot", "by", "accepted_slots", "accepted_ballot", "accepted_by"] },
        Kind { id: "accept", fields: &["ballot", "by", "slot", "value", "chosen"] },
        Kind { id: "accepted", fields: &["ballot", "by", "slot", "value"] },
        Kind { id: "nack", fields: &["ballot", "by", "promised", "promised_by", "leased"] },
        Kind { id: "heartbeat", fields: &["ballot", "by", "beat", "chosen"] },
        Kind { id: "heartbeat_reply", fields: &["ballot", "by", "beat", "chosen"] },
        Kind { id: "chosen", fields: &["ballot", "by", "slot", "count"] },
    ];

    fn kind(&self) -> u8 {
        match self {
            PaxosMessage::Prepare { .. } => 0,
            PaxosMessage::Promise { .. } => 1,
            PaxosMessage::Accept { .. } => 2,
            PaxosMessage::Accepted { .. } => 3,
            PaxosMessage::Nack { .. } => 4,
            PaxosMessage::Heartbeat { .. } => 5,
            PaxosMessage::HeartbeatReply { .. } => 6,
            PaxosMessage::Chosen { .. } => 7,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            PaxosMessage::Prepare { .. } => Shape::Ask,
            PaxosMessage::Promise { .. } => Shape::Grant,
            PaxosMessage::Accept { .. } | PaxosMessage::Chosen { .. } => Shape::Entries,
            PaxosMessage::Nack { .. } => Shape::Refuse,
            PaxosMessage::Heartbeat { .. } => Shape::Beat,
            PaxosMessage::Accepted { .. } | PaxosMessage::HeartbeatReply { .. } => Shape::Reply,
        }
    }

    fn reign(&self) -> Option<Reign> {
        match self {
            PaxosMessage::Nack { promised, .. } => Some(*promised),
            other => Some(other.ballot()),
        }
    }

    fn facts(&self) -> Facts {
        let Ballot { number, by } = self.ballot();
        let facts = |a, b, c| [number, u64::from(by), a, b, c];
        match self {
            PaxosMessage::Prepare { from, .. } => facts(*from, ABSENT, ABSENT),
            PaxosMessage::Promise { accepted, .. } => {
                let highest = accepted.iter().map(|report| report.ballot).max();
                let of = |part: fn(Ballot) -> u64| highest.map_or(ABSENT, part);
                facts(accepted.len() as u64, of(|ballot| ballot.number), of(|ballot| u64::from(ballot.by)))
            }
            PaxosMessage::Accept { slot, value, chosen, .. } => facts(*slot, value.number(), *chosen),
            PaxosMessage::Accepted { slot, value, .. } => facts(*slot, value.number(), ABSENT),
            PaxosMessage::Nack { promised, why, .. } => {
                facts(promised.number, u64::from(promised.by), u64::from(*why == Nack::Leased))
            }
            PaxosMessage::Heartbeat { beat, chosen, .. } | PaxosMessage::HeartbeatReply { beat, chosen, .. } => {
                facts(*beat, *chosen, ABSENT)
            }
            PaxosMessage::Chosen { from, values, .. } => facts(*from, values.len() as u64, ABSENT),
        }
    }
}
