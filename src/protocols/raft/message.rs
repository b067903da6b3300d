//! What servers say to each other (Raft figure 2; thesis 3.10 and 9.6).

use super::log::Entry;
use crate::sim::message::{Facts, Kind, Shape};
use crate::sim::reign::Reign;

/// A request for a vote or a pre-vote. For a pre-vote `term` is the term asked about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ballot {
    pub term: u64,
    pub last_index: u64,
    pub last_term: u64,
    /// The old leader wants this election: loyal voters answer too.
    pub force: bool,
}

/// AppendEntries; a heartbeat is one without entries.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Append {
    pub term: u64,
    pub prev_index: u64,
    pub prev_term: u64,
    pub entries: Vec<Entry>,
    pub commit: u64,
    /// Counts the quorum rounds that reads wait for; sent back in the reply.
    pub round: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct AppendReply {
    pub term: u64,
    pub success: bool,
    /// On success the last index known to match, else the hint.
    pub index: u64,
    /// The term at the hint.
    pub hint_term: u64,
    pub round: u64,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Message {
    VoteRequest(Ballot),
    Vote {
        term: u64,
        granted: bool,
    },
    PreVoteRequest(Ballot),
    /// Granted: the term asked about. Refused: the refuser's own term.
    PreVote {
        term: u64,
        granted: bool,
    },
    Append(Append),
    AppendReply(AppendReply),
    TimeoutNow {
        term: u64,
    },
}

/// The numbers of the kinds, for `Fault::Drop` and tests.
pub const VOTE_REQUEST: u8 = 0;
pub const VOTE: u8 = 1;
pub const PRE_VOTE_REQUEST: u8 = 2;
pub const PRE_VOTE: u8 = 3;
pub const APPEND: u8 = 4;
pub const HEARTBEAT: u8 = 5;
pub const APPEND_REPLY: u8 = 6;
pub const TIMEOUT_NOW: u8 = 7;

impl Message {
    pub fn term(&self) -> u64 {
        match self {
            Message::VoteRequest(ballot) | Message::PreVoteRequest(ballot) => ballot.term,
            Message::Vote { term, .. } | Message::PreVote { term, .. } | Message::TimeoutNow { term } => *term,
            Message::Append(append) => append.term,
            Message::AppendReply(reply) => reply.term,
        }
    }
}

impl crate::sim::message::Message for Message {
    const KINDS: &'static [Kind] = &[
        Kind { id: "vote_request", fields: &["term", "last_index", "last_term", "force"] },
        Kind { id: "vote", fields: &["term", "granted"] },
        Kind { id: "pre_vote_request", fields: &["term", "last_index", "last_term"] },
        Kind { id: "pre_vote", fields: &["term", "granted"] },
        Kind { id: "append", fields: &["term", "prev_index", "prev_term", "commit", "entries"] },
        Kind { id: "heartbeat", fields: &["term", "prev_index", "prev_term", "commit"] },
        Kind { id: "append_reply", fields: &["term", "success", "index", "hint_term"] },
        Kind { id: "timeout_now", fields: &["term"] },
    ];

    fn kind(&self) -> u8 {
        match self {
            Message::VoteRequest(_) => VOTE_REQUEST,
            Message::Vote { .. } => VOTE,
            Message::PreVoteRequest(_) => PRE_VOTE_REQUEST,
            Message::PreVote { .. } => PRE_VOTE,
            Message::Append(append) if append.entries.is_empty() => HEARTBEAT,
            Message::Append(_) => APPEND,
            Message::AppendReply(_) => APPEND_REPLY,
            Message::TimeoutNow { .. } => TIMEOUT_NOW,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Message::VoteRequest(_) | Message::PreVoteRequest(_) => Shape::Ask,
            Message::Vote { granted: true, .. } | Message::PreVote { granted: true, .. } => Shape::Grant,
            Message::Vote { .. } | Message::PreVote { .. } => Shape::Refuse,
            Message::Append(append) if append.entries.is_empty() => Shape::Beat,
            Message::Append(_) => Shape::Entries,
            Message::AppendReply(_) => Shape::Reply,
            Message::TimeoutNow { .. } => Shape::Order,
        }
    }

    fn reign(&self) -> Option<Reign> {
        Some(Reign::counted(self.term()))
    }

    fn facts(&self) -> Facts {
        use crate::sim::message::ABSENT;
        match *self {
            Message::VoteRequest(b) | Message::PreVoteRequest(b) => {
                [b.term, b.last_index, b.last_term, u64::from(b.force), ABSENT]
            }
            Message::Vote { term, granted } | Message::PreVote { term, granted } => {
                [term, u64::from(granted), ABSENT, ABSENT, ABSENT]
            }
            Message::Append(ref a) => [a.term, a.prev_index, a.prev_term, a.commit, a.entries.len() as u64],
            Message::AppendReply(r) => [r.term, u64::from(r.success), r.index, r.hint_term, ABSENT],
            Message::TimeoutNow { term } => [term, ABSENT, ABSENT, ABSENT, ABSENT],
        }
    }
}
