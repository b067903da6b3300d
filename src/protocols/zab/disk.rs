//! What survives a crash of a server: two epochs and the history.

use super::zxid::Zxid;
use crate::sim::protocol;

/// One transaction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Txn {
    pub zxid: Zxid,
    pub value: u64,
    /// The server that a client asked for it, and the number of the request; zeros for none.
    pub by: u8,
    pub request: u32,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// The newest epoch this server promised to (f.p of the paper).
    pub accepted_epoch: u32,
    /// The newest epoch whose leader's history it adopted (f.a).
    pub current_epoch: u32,
    pub history: Vec<Txn>,
    /// How many of the oldest transactions are only in the snapshot: the log starts after them.
    pub in_snapshot: u32,
}

impl Disk {
    /// The number of the last logged transaction, committed or not. Elections go by it.
    pub fn last_zxid(&self) -> Zxid {
        self.history.last().map_or(Zxid::ZERO, |txn| txn.zxid)
    }

    /// The transactions that are in the log, not only in the snapshot.
    pub fn log(&self) -> &[Txn] {
        &self.history[self.in_snapshot as usize..]
    }

    /// How many transactions have a number not above this.
    pub fn count_up_to(&self, zxid: Zxid) -> usize {
        self.history.partition_point(|txn| txn.zxid <= zxid)
    }
}

/// One durable change.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Record {
    AcceptedEpoch(u32),
    CurrentEpoch(u32),
    Append(Txn),
    /// Forget everything logged after this.
    Truncate(Zxid),
    /// Replace the history by a snapshot.
    Snapshot(Vec<Txn>),
    /// Keep only this many of the newest transactions in the log.
    Purge(u32),
}

impl protocol::Disk for Disk {
    type Record = Record;

    fn apply(&mut self, record: &Record) {
        match record {
            Record::AcceptedEpoch(epoch) => self.accepted_epoch = *epoch,
            Record::CurrentEpoch(epoch) => self.current_epoch = *epoch,
            Record::Append(txn) => self.history.push(*txn),
            Record::Truncate(zxid) => {
                self.history.truncate(self.count_up_to(*zxid));
                self.in_snapshot = self.in_snapshot.min(self.history.len() as u32);
            }
            Record::Snapshot(history) => {
                self.history.clone_from(history);
                self.in_snapshot = history.len() as u32;
            }
            Record::Purge(kept) => self.in_snapshot = (self.history.len() as u32).saturating_sub(*kept),
        }
    }
}
