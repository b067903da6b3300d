//! What a Bully node keeps across crashes: how often it has lived, and nothing of the election.

use crate::sim::datum::Datum;
use crate::sim::protocol::Disk;

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct BullyDisk {
    /// Counts lives (Stoller's incarnation number).
    pub incarnation: u32,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum BullyRecord {
    Incarnation(u32),
}

impl Disk for BullyDisk {
    type Record = BullyRecord;

    fn apply(&mut self, record: &BullyRecord) {
        let BullyRecord::Incarnation(incarnation) = record;
        self.incarnation = *incarnation;
    }
}

impl BullyDisk {
    /// One field of a document's `initial` entry.
    pub fn seed(&mut self, field: &str, value: &Datum) -> Result<(), String> {
        match field {
            "incarnation" => {
                self.incarnation = u32::try_from(value.number()?).map_err(|_| "must be below 4294967296")?;
                Ok(())
            }
            _ => Err(format!("Bully knows no \"{field}\"; it keeps only \"incarnation\"")),
        }
    }
}
