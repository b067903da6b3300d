//! What the service keeps: sessions and znodes, changed by one transaction after the other.

use crate::sim::time::Micros;
use std::collections::BTreeMap;

/// A session is named by the zxid that opened it.
pub type SessionId = u64;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Session {
    pub client: u8,
    pub timeout: Micros,
}

/// An ephemeral sequential znode. Its name is `<guid>-n_<sequence>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Znode {
    pub sequence: u32,
    /// The zxid that created it: the fencing token.
    pub czxid: u64,
    pub owner: SessionId,
    pub guid: u64,
    /// Its content: who created it.
    pub client: u8,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Operation {
    Open {
        client: u8,
        timeout: Micros,
    },
    /// By the client's wish, or because it expired.
    Close {
        session: SessionId,
        expired: bool,
    },
    Create {
        session: SessionId,
        guid: u64,
    },
    Delete {
        session: SessionId,
        sequence: u32,
    },
    /// Changes nothing: whoever sees it done has seen all that was asked for before.
    Sync {
        session: SessionId,
    },
}

/// Whom to tell when it is done; all zeros if nobody asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Origin {
    pub server: u8,
    pub client: u8,
    pub connection: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Txn {
    pub zxid: u64,
    pub operation: Operation,
    pub origin: Origin,
}

/// What became of an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Opened(SessionId),
    Closed,
    Created(Znode),
    Deleted(u32),
    Synced,
    /// The session is over.
    NoSession,
    NoNode(u32),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Tree {
    pub zxid: u64,
    /// How many children were ever created: the next sequence number.
    pub created: u32,
    pub sessions: BTreeMap<SessionId, Session>,
    pub znodes: BTreeMap<u32, Znode>,
}

impl Operation {
    /// Whose session asks; absent for those that the service itself does, and for a new one.
    pub fn asked_by(&self) -> Option<SessionId> {
        match *self {
            Operation::Open { .. } | Operation::Close { expired: true, .. } => None,
            Operation::Close { session, .. }
            | Operation::Create { session, .. }
            | Operation::Delete { session, .. }
            | Operation::Sync { session } => Some(session),
        }
    }
}

impl Tree {
    /// The same on every server. `gone` receives the znodes that it deletes.
    pub fn apply(&mut self, txn: &Txn, gone: &mut Vec<Znode>) -> Outcome {
        self.zxid = txn.zxid;
        match txn.operation {
            Operation::Open { client, timeout } => {
                self.sessions.insert(txn.zxid, Session { client, timeout });
                Outcome::Opened(txn.zxid)
            }
            Operation::Close { session, .. } => {
                if self.sessions.remove(&session).is_none() {
                    return Outcome::NoSession;
                }
                gone.extend(self.znodes.values().filter(|znode| znode.owner == session));
                self.znodes.retain(|_, znode| znode.owner != session);
                Outcome::Closed
            }
            Operation::Create { session, guid } => {
                let Some(&Session { client, .. }) = self.sessions.get(&session) else { return Outcome::NoSession };
                let znode = Znode { sequence: self.created, czxid: txn.zxid, owner: session, guid, client };
                self.created += 1;
                self.znodes.insert(znode.sequence, znode);
                Outcome::Created(znode)
            }
            Operation::Sync { .. } => Outcome::Synced,
            Operation::Delete { session, sequence } => {
                if !self.sessions.contains_key(&session) {
                    return Outcome::NoSession;
                }
                match self.znodes.remove(&sequence) {
                    Some(znode) => {
                        gone.push(znode);
                        Outcome::Deleted(sequence)
                    }
                    None => Outcome::NoNode(sequence),
                }
            }
        }
    }

    /// Who leads, as the service sees it.
    pub fn lowest(&self) -> Option<&Znode> {
        self.znodes.values().next()
    }
}
