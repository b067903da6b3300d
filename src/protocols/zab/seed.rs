//! The disk that a document gives a server to start with: epochs and history.

use super::disk::{Disk, Txn};
use super::zxid::Zxid;
use crate::sim::datum::Datum;

/// No document may fill a disk with more than this.
const LONGEST: u64 = 10_000;

impl Disk {
    /// `accepted_epoch`, `current_epoch`: numbers. `zxid`: `[epoch, count]`, a history of one epoch up to there.
    /// `log`: the epochs of all transactions in order. Without epochs the last transaction's counts for both.
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
                [epoch, count] if count <= LONGEST => self.seed_history(&vec![epoch; count as usize])?,
                _ => return Err("must be [epoch, count], the count at most 10000".into()),
            },
            "log" => self.seed_history(&value.numbers()?)?,
            _ => return Err("is not known; there are accepted_epoch, current_epoch, zxid and log".into()),
        }
        Ok(())
    }

    fn seed_history(&mut self, epochs: &[u64]) -> Result<(), String> {
        if epochs.len() as u64 > LONGEST {
            return Err("may have at most 10000 entries".into());
        }
        self.history.clear();
        for &epoch in epochs {
            let epoch = u32::try_from(epoch).map_err(|_| "epochs must be below 4294967296".to_string())?;
            let last = self.last_zxid();
            if epoch == 0 || epoch < last.epoch {
                return Err("epochs must be at least 1 and never fall".into());
            }
            let counter = if epoch == last.epoch { last.counter + 1 } else { 1 };
            let zxid = Zxid::new(epoch, counter);
            self.history.push(Txn { zxid, value: 0, by: 0, request: 0 });
        }
        let epoch = self.last_zxid().epoch;
        if self.current_epoch == 0 {
            self.current_epoch = epoch;
        }
        self.accepted_epoch = self.accepted_epoch.max(self.current_epoch);
        Ok(())
    }
}

fn small(value: &Datum) -> Result<u32, String> {
    u32::try_from(value.number()?).map_err(|_| "must be below 4294967296".to_string())
}
