//! Roles. Each holds its own data and nothing else's.

use super::node_set::NodeSet;
use crate::sim::place::Place;
use crate::sim::request::RequestId;
use std::collections::VecDeque;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    Follower {
        leader: Option<Place>,
    },
    /// Asks whether it would be elected.
    PreCandidate {
        votes: Votes,
    },
    Candidate {
        votes: Votes,
    },
    Leader(Leader),
}

/// Who answered, by distinct voter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Votes {
    pub granted: NodeSet,
    pub refused: NodeSet,
    /// Grants counted once more than their voter allows; moves only where R-3 is broken on purpose.
    pub doubles: u8,
}

/// What a leader knows of a server's log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Progress {
    /// The next entry to send.
    pub next: u64,
    /// The last entry known to be durable there. Never falls within a term.
    pub matched: u64,
    /// The newest round it answered.
    pub round: u64,
    /// Heartbeats sent since it last answered; counted no further than [`Leader::patience`] plus one.
    pub quiet: u8,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Leader {
    /// By node; the own entry is what is durable here.
    pub progress: Vec<Progress>,
    /// Index of the first entry of its own term.
    pub first_index: u64,
    /// Who answered since the last check.
    pub heard: NodeSet,
    /// How many heartbeats an election timeout holds: whoever leaves more unanswered is not heard.
    pub patience: u8,
    /// The newest quorum round.
    pub round: u64,
    /// To whom it hands over.
    pub transfer: Option<Place>,
    /// Writes appended and not yet committed, oldest first.
    pub writes: VecDeque<PendingWrite>,
    /// Reads not yet confirmed, oldest first.
    pub reads: VecDeque<PendingRead>,
}

impl Leader {
    /// Whether this server answered within about one election timeout.
    pub fn hears(&self, node: Place) -> bool {
        self.progress[seat(node)].quiet <= self.patience
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PendingWrite {
    pub id: RequestId,
    pub index: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PendingRead {
    pub id: RequestId,
    /// The round that must be answered by a quorum; absent until the leader's own term is committed.
    pub round: Option<u64>,
    /// The commit index when that round began: the read must see everything up to it.
    pub index: u64,
}

/// The place of a node in [`Leader::progress`].
pub(super) fn seat(node: Place) -> usize {
    usize::from(node.number()).saturating_sub(1)
}
