//! What brokers and the controller say.

use super::disk::{Entry, Partition};
use crate::sim::message::{ABSENT, Facts, Kind, Message as Told, Shape};
use crate::sim::reign::Reign;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Message {
    /// Broker to controller: I live.
    Beat,
    /// Controller to broker: this is decided.
    State(Partition),
    /// Leader to controller: let these be in sync, if nothing was decided since.
    AlterIsr {
        leader_epoch: u32,
        version: u64,
        isr: u32,
    },
    /// Follower to leader: I have everything before this offset, the last of it of this epoch.
    Fetch {
        epoch: u32,
        from: u32,
        last_epoch: u32,
    },
    Records {
        epoch: u32,
        from: u32,
        entries: Vec<Entry>,
        committed: u32,
    },
    /// The logs differ before the offset of that fetch: keep only so much. It names the fetch, since a late copy
    /// must not cut what was fetched since.
    Diverged {
        epoch: u32,
        from: u32,
        last_epoch: u32,
        keep: u32,
    },
    /// The follower's epoch is older than the leader's.
    Fenced {
        epoch: u32,
    },
}

impl Told for Message {
    const KINDS: &'static [Kind] = &[
        Kind { id: "beat", fields: &[] },
        Kind { id: "state", fields: &["epoch", "leader", "version"] },
        Kind { id: "alter_isr", fields: &["epoch", "version"] },
        Kind { id: "fetch", fields: &["epoch", "offset"] },
        Kind { id: "records", fields: &["epoch", "offset", "count"] },
        Kind { id: "diverged", fields: &["epoch", "offset"] },
        Kind { id: "fenced", fields: &["epoch"] },
    ];

    fn kind(&self) -> u8 {
        match self {
            Message::Beat => 0,
            Message::State(_) => 1,
            Message::AlterIsr { .. } => 2,
            Message::Fetch { .. } => 3,
            Message::Records { .. } => 4,
            Message::Diverged { .. } => 5,
            Message::Fenced { .. } => 6,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Message::Beat => Shape::Beat,
            Message::State(_) => Shape::Order,
            Message::AlterIsr { .. } => Shape::Write,
            Message::Fetch { .. } => Shape::Ask,
            Message::Records { entries, .. } if entries.is_empty() => Shape::Reply,
            Message::Records { .. } => Shape::Entries,
            Message::Diverged { .. } | Message::Fenced { .. } => Shape::Refuse,
        }
    }

    fn reign(&self) -> Option<Reign> {
        let epoch = match self {
            Message::Beat => return None,
            Message::State(partition) => partition.leader_epoch,
            Message::AlterIsr { leader_epoch, .. } => *leader_epoch,
            Message::Fetch { epoch, .. }
            | Message::Records { epoch, .. }
            | Message::Diverged { epoch, .. }
            | Message::Fenced { epoch } => *epoch,
        };
        (epoch > 0).then(|| Reign::counted(epoch.into()))
    }

    fn facts(&self) -> Facts {
        let three = |a: u64, b: u64, c: u64| [a, b, c, ABSENT, ABSENT];
        match self {
            Message::Beat => [ABSENT; 5],
            Message::State(p) => three(p.leader_epoch.into(), p.leader.into(), p.version),
            Message::AlterIsr { leader_epoch, version, .. } => three((*leader_epoch).into(), *version, ABSENT),
            Message::Fetch { epoch, from, .. } => three((*epoch).into(), (*from).into(), ABSENT),
            Message::Records { epoch, from, entries, .. } => {
                three((*epoch).into(), (*from).into(), entries.len() as u64)
            }
            Message::Diverged { epoch, keep, .. } => three((*epoch).into(), (*keep).into(), ABSENT),
            Message::Fenced { epoch } => three((*epoch).into(), ABSENT, ABSENT),
        }
    }
}
