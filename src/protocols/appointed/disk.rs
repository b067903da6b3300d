//! What survives a crash: a broker's log, the controller's decisions.

use crate::sim::datum::Datum;
use crate::sim::protocol;

/// One record of the log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    pub epoch: u32,
    pub value: u64,
}

/// Who leads, by whose decision, and who is in sync.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Partition {
    pub controller_epoch: u32,
    pub leader_epoch: u32,
    /// 0 while nobody may lead.
    pub leader: u8,
    /// Bit n is set while broker n is in sync.
    pub isr: u32,
    /// Counts every decision; a change must name the one it has seen.
    pub version: u64,
    /// How often somebody out of sync was appointed.
    pub unclean: u32,
}

impl Partition {
    pub fn has(&self, broker: u8) -> bool {
        self.isr & 1 << broker != 0
    }
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    pub partition: Partition,
    pub log: Vec<Entry>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Record {
    Decide(Partition),
    Append(Entry),
    Truncate(u32),
}

impl Disk {
    /// # Errors
    /// The field is unknown or its value does not fit.
    pub(super) fn seed(&mut self, field: &str, value: &Datum) -> Result<(), String> {
        if field != "log" {
            return Err("is not known; there is log".into());
        }
        for epoch in value.numbers()? {
            let epoch = u32::try_from(epoch).map_err(|_| "epochs must be below 4294967296".to_string())?;
            self.log.push(Entry { epoch, value: 0 });
        }
        Ok(())
    }
}

impl protocol::Disk for Disk {
    type Record = Record;

    fn apply(&mut self, record: &Record) {
        match *record {
            Record::Decide(partition) => self.partition = partition,
            Record::Append(entry) => self.log.push(entry),
            Record::Truncate(length) => self.log.truncate(length as usize),
        }
    }
}
