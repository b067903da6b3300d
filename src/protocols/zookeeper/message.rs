//! What clients and servers say to each other, and servers among themselves.

use super::tree::{Operation, Origin, SessionId, Tree, Txn, Znode};
use crate::sim::message::{ABSENT, Facts, Kind, Message as Told, Shape};
use crate::sim::reign::Reign;
use crate::sim::time::Micros;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Message {
    /// On the connection that the client gave this number.
    Ask {
        connection: u64,
        ask: Ask,
    },
    /// `zxid` is the last change that the server has seen.
    Reply {
        connection: u64,
        zxid: u64,
        reply: Reply,
    },
    Ensemble(Peer),
}

/// Client to server.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Ask {
    /// With the session to go on with, if any, and the newest zxid seen.
    Connect {
        session: Option<SessionId>,
        seen: u64,
        timeout: Micros,
    },
    Ping,
    Create {
        guid: u64,
    },
    Children,
    Watch {
        sequence: u32,
    },
    Delete {
        sequence: u32,
    },
    CloseSession,
    /// Let me see everything that was done so far.
    Sync,
    /// Closes the connection, not the session.
    Bye,
}

/// Server to client.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Reply {
    Connected {
        session: SessionId,
        timeout: Micros,
    },
    /// That session is over.
    Expired,
    /// It does not serve, or has not seen what the client has seen.
    Refused,
    Created {
        znode: Znode,
    },
    Children {
        znodes: Vec<Znode>,
    },
    Watching {
        sequence: u32,
        exists: bool,
    },
    Deleted {
        sequence: u32,
    },
    Synced,
    /// The watched znode is gone.
    Event {
        sequence: u32,
    },
    Pong,
    /// The server closed the connection.
    Closed,
}

/// Server to server.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Peer {
    /// Who leads? I would follow.
    Join {
        promised: u32,
    },
    /// I do not know either.
    Idle,
    Claim {
        epoch: u32,
        last: (u32, u64),
    },
    Grant {
        epoch: u32,
    },
    /// Everything the leading server has.
    Install {
        epoch: u32,
        tree: Tree,
        tail: Vec<Txn>,
    },
    Propose {
        epoch: u32,
        txn: Txn,
    },
    /// Everything up to here is on my disk.
    Logged {
        epoch: u32,
        zxid: u64,
    },
    Commit {
        epoch: u32,
        zxid: u64,
    },
    Beat {
        epoch: u32,
    },
    /// With the sessions heard of since the last one.
    BeatReply {
        epoch: u32,
        heard: Vec<SessionId>,
    },
    Submit {
        operation: Operation,
        origin: Origin,
    },
    Validate {
        session: SessionId,
        origin: Origin,
    },
    Validated {
        session: SessionId,
        alive: bool,
        origin: Origin,
    },
}

const SESSION: &[&str] = &["session"];
const SEQUENCE: &[&str] = &["sequence"];
const ZXID: &[&str] = &["zxid"];

impl Told for Message {
    const KINDS: &'static [Kind] = &[
        Kind { id: "connect", fields: &["session", "zxid"] },
        Kind { id: "ping", fields: &[] },
        Kind { id: "create", fields: &[] },
        Kind { id: "get_children", fields: &[] },
        Kind { id: "watch", fields: SEQUENCE },
        Kind { id: "delete", fields: SEQUENCE },
        Kind { id: "close_session", fields: &[] },
        Kind { id: "bye", fields: &[] },
        Kind { id: "connected", fields: SESSION },
        Kind { id: "expired", fields: &[] },
        Kind { id: "refused", fields: &[] },
        Kind { id: "created", fields: &["sequence", "zxid"] },
        Kind { id: "children", fields: &["count", "zxid"] },
        Kind { id: "watching", fields: &["sequence", "exists"] },
        Kind { id: "deleted", fields: SEQUENCE },
        Kind { id: "event", fields: SEQUENCE },
        Kind { id: "pong", fields: ZXID },
        Kind { id: "closed", fields: &[] },
        Kind { id: "join", fields: &["epoch"] },
        Kind { id: "idle", fields: &[] },
        Kind { id: "claim", fields: &["epoch", "zxid"] },
        Kind { id: "grant", fields: &["epoch"] },
        Kind { id: "install", fields: &["epoch", "zxid"] },
        Kind { id: "propose", fields: &["epoch", "zxid"] },
        Kind { id: "logged", fields: &["epoch", "zxid"] },
        Kind { id: "commit", fields: &["epoch", "zxid"] },
        Kind { id: "beat", fields: &["epoch"] },
        Kind { id: "beat_reply", fields: &["epoch", "sessions"] },
        Kind { id: "submit", fields: &[] },
        Kind { id: "validate", fields: SESSION },
        Kind { id: "validated", fields: &["session", "alive"] },
        Kind { id: "sync", fields: &[] },
        Kind { id: "synced", fields: &["zxid"] },
    ];

    fn kind(&self) -> u8 {
        match self {
            Message::Ask { ask, .. } => match ask {
                Ask::Connect { .. } => 0,
                Ask::Ping => 1,
                Ask::Create { .. } => 2,
                Ask::Children => 3,
                Ask::Watch { .. } => 4,
                Ask::Delete { .. } => 5,
                Ask::CloseSession => 6,
                Ask::Bye => 7,
                Ask::Sync => 31,
            },
            Message::Reply { reply, .. } => match reply {
                Reply::Connected { .. } => 8,
                Reply::Expired => 9,
                Reply::Refused => 10,
                Reply::Created { .. } => 11,
                Reply::Children { .. } => 12,
                Reply::Watching { .. } => 13,
                Reply::Deleted { .. } => 14,
                Reply::Event { .. } => 15,
                Reply::Pong => 16,
                Reply::Closed => 17,
                Reply::Synced => 32,
            },
            Message::Ensemble(peer) => match peer {
                Peer::Join { .. } => 18,
                Peer::Idle => 19,
                Peer::Claim { .. } => 20,
                Peer::Grant { .. } => 21,
                Peer::Install { .. } => 22,
                Peer::Propose { .. } => 23,
                Peer::Logged { .. } => 24,
                Peer::Commit { .. } => 25,
                Peer::Beat { .. } => 26,
                Peer::BeatReply { .. } => 27,
                Peer::Submit { .. } => 28,
                Peer::Validate { .. } => 29,
                Peer::Validated { .. } => 30,
            },
        }
    }

    fn shape(&self) -> Shape {
        match self.kind() {
            0 | 3 | 4 | 18 | 20 | 29 | 31 => Shape::Ask,
            1 | 26 => Shape::Beat,
            2 | 5 | 6 | 28 => Shape::Write,
            8 | 21 => Shape::Grant,
            7 | 9 | 10 | 17 => Shape::Refuse,
            12 | 22 | 23 => Shape::Entries,
            15 | 25 => Shape::Order,
            _ => Shape::Reply,
        }
    }

    fn reign(&self) -> Option<Reign> {
        match self {
            Message::Reply { reply: Reply::Created { znode }, .. } => Some(Reign::counted(znode.czxid)),
            _ => None,
        }
    }

    fn facts(&self) -> Facts {
        let two = |a: u64, b: u64| [a, b, ABSENT, ABSENT, ABSENT];
        let one = |a: u64| two(a, ABSENT);
        match self {
            Message::Ask { ask, .. } => match ask {
                Ask::Connect { session, seen, .. } => two(session.unwrap_or(ABSENT), *seen),
                Ask::Watch { sequence } | Ask::Delete { sequence } => one((*sequence).into()),
                _ => [ABSENT; 5],
            },
            Message::Reply { zxid, reply, .. } => match reply {
                Reply::Connected { session, .. } => one(*session),
                Reply::Created { znode } => two(znode.sequence.into(), znode.czxid),
                Reply::Children { znodes } => two(znodes.len() as u64, *zxid),
                Reply::Watching { sequence, exists } => two((*sequence).into(), (*exists).into()),
                Reply::Deleted { sequence } | Reply::Event { sequence } => one((*sequence).into()),
                Reply::Pong | Reply::Synced => one(*zxid),
                Reply::Expired | Reply::Refused | Reply::Closed => [ABSENT; 5],
            },
            Message::Ensemble(peer) => match peer {
                Peer::Join { promised } => one((*promised).into()),
                Peer::Claim { epoch, last } => two((*epoch).into(), last.1),
                Peer::Grant { epoch } | Peer::Beat { epoch } => one((*epoch).into()),
                Peer::Install { epoch, tree, .. } => two((*epoch).into(), tree.zxid),
                Peer::Propose { epoch, txn } => two((*epoch).into(), txn.zxid),
                Peer::Logged { epoch, zxid } | Peer::Commit { epoch, zxid } => two((*epoch).into(), *zxid),
                Peer::BeatReply { epoch, heard } => two((*epoch).into(), heard.len() as u64),
                Peer::Validate { session, .. } => one(*session),
                Peer::Validated { session, alive, .. } => two(*session, (*alive).into()),
                Peer::Idle | Peer::Submit { .. } => [ABSENT; 5],
            },
        }
    }
}
