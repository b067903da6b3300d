//! The disk that a document gives a server to start with: epochs and history.

use super::disk::{Disk, Txn};
use super::zxid::Zxid;
use crate::sim::datum::Datum;

/// No document may fill a disk with more than this.
const LONGEST: u64 = 10_000;

impl Disk {
    /// `accepted_epoch`, `current_epoch`: numbers. `zxid`: `[epoch, count]`, a history of one epoch up to there.
    /// `log`: all transactions in order, each by its epoch, or as `[epoch, count]`, which may leave gaps.
    /// `in_snapshot`: how many of the oldest are not in the log. Without epochs the last transaction's counts for both.
    ///
    /// # Errors
    /// The field is unknown or its value does not fit.
    pub(super) fn seed(&mut self, field: &str, value: &Datum) -> Result<(), String> {
        match field {
            "accepted_epoch" => self.accepted_epoch = small(value)?,
            "current_epoch" => {
                self.current_epoch = small(value)?;
                self.accepted_epoch = self.accepted_epoch.max(self.current_epoch);
            }
            "zxid" => match value.numbers()?[..] {
                [epoch, count] if count <= LONGEST => self.seed_history(&vec![Datum::Number(epoch); count as usize])?,
                _ => return Err("must be [epoch, count], the count at most 10000".into()),
            },
            "log" => self.seed_history(value.list()?)?,
            "in_snapshot" => {
                let most = self.history.len() as u32;
                self.in_snapshot = Some(small(value)?).filter(|count| *count <= most).ok_or_else(|| {
                    format!(
                        "must be at most {most}: as many transactions as its history has, which must be given before"
                    )
                })?;
            }
            _ => return Err("is not known; there are accepted_epoch, current_epoch, zxid, log and in_snapshot".into()),
        }
        Ok(())
    }

    fn seed_history(&mut self, txns: &[Datum]) -> Result<(), String> {
        if txns.len() as u64 > LONGEST {
            return Err("may have at most 10000 entries".into());
        }
        self.history.clear();
        for txn in txns {
            let zxid = self.after_the_last(txn)?;
            if zxid.epoch == 0 || zxid.counter == 0 || zxid <= self.last_zxid() {
                return Err("epochs must be at least 1, and transactions must come in order".into());
            }
            self.history.push(Txn { zxid, value: 0, by: 0, request: 0 });
        }
        let epoch = self.last_zxid().epoch;
        if self.current_epoch == 0 {
            self.current_epoch = epoch;
        }
        self.accepted_epoch = self.accepted_epoch.max(self.current_epoch);
        Ok(())
    }

    /// The number of one more transaction: the next of its epoch, or the one that is given.
    fn after_the_last(&self, txn: &Datum) -> Result<Zxid, String> {
        let last = self.last_zxid();
        if let Datum::List(pair) = txn {
            return match pair.as_slice() {
                [epoch, counter] => Ok(Zxid::new(small(epoch)?, small(counter)?)),
                _ => Err("must hold epochs, or pairs of an epoch and a count".into()),
            };
        }
        let epoch = small(txn)?;
        Ok(Zxid::new(epoch, if epoch == last.epoch { last.counter + 1 } else { 1 }))
    }
}

fn small(value: &Datum) -> Result<u32, String> {
    u32::try_from(value.number()?).map_err(|_| "must be below 4294967296".to_string())
}
