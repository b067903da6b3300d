//! What survives a crash of a server. Clients keep nothing: their session and znode live on at the service.

use super::tree::{Tree, Txn};
use crate::sim::datum::Datum;
use crate::sim::place::Place;
use crate::sim::protocol;

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// The newest epoch this server promised to.
    pub promised: u32,
    /// The epoch whose leading server's state this is.
    pub current: u32,
    /// Everything known to be committed.
    pub tree: Tree,
    /// Logged after that.
    pub tail: Vec<Txn>,
}

impl Disk {
    /// The last logged transaction.
    pub fn last(&self) -> u64 {
        self.tail.last().map_or(self.tree.zxid, |txn| txn.zxid)
    }

    /// What a server had before: `created` children so far, so that sequence numbers do not start at 0; its last
    /// `zxid`; the `epoch` that this is of.
    ///
    /// # Errors
    /// Clients keep nothing; a server knows no other field.
    pub(super) fn seed(&mut self, me: Place, field: &str, value: &Datum) -> Result<(), String> {
        if me.is_node() {
            return Err("is not known: clients keep nothing on disk. Servers (S1, S2, S3) have created, zxid and \
                        epoch; a client may have settings of its own, such as session_timeout"
                .into());
        }
        let small = || u32::try_from(value.number()?).map_err(|_| "must be below 4294967296".to_string());
        match field {
            "created" => self.tree.created = small()?,
            "zxid" => self.tree.zxid = value.number()?,
            "epoch" => (self.promised, self.current) = (small()?, small()?),
            _ => return Err("is not known; there are created, zxid and epoch".into()),
        }
        Ok(())
    }
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Record {
    Promise(u32),
    Append(Txn),
    /// Everything logged up to this zxid is committed.
    Commit(u64),
    Lead(u32),
    Install(u32, Tree, Vec<Txn>),
}

impl protocol::Disk for Disk {
    type Record = Record;

    fn apply(&mut self, record: &Record) {
        match record {
            Record::Promise(epoch) => self.promised = *epoch,
            Record::Append(txn) => self.tail.push(*txn),
            Record::Commit(zxid) => {
                let committed = self.tail.partition_point(|txn| txn.zxid <= *zxid);
                for txn in self.tail.drain(..committed) {
                    self.tree.apply(&txn, &mut Vec::new());
                }
            }
            Record::Lead(epoch) => self.current = *epoch,
            Record::Install(epoch, tree, tail) => {
                (self.promised, self.current) = (*epoch, *epoch);
                self.tree.clone_from(tree);
                self.tail.clone_from(tail);
            }
        }
    }
}
