//! The record of the lease, on the disk of the service. Candidates keep nothing.

use crate::sim::datum::Datum;
use crate::sim::protocol;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Lease {
    /// Counts every write; a write must name the version it has seen.
    pub version: u64,
    /// 0 while nobody holds it.
    pub holder: u8,
    /// Counts the changes of holder: the token, for those who check it.
    pub transitions: u64,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    pub lease: Lease,
}

impl Disk {
    /// # Errors
    /// The field is unknown or no number.
    pub(super) fn seed(&mut self, field: &str, value: &Datum) -> Result<(), String> {
        match field {
            "transitions" => self.lease.transitions = value.number()?,
            _ => return Err("is not known; there is transitions".into()),
        }
        Ok(())
    }
}

impl protocol::Disk for Disk {
    type Record = Lease;

    fn apply(&mut self, lease: &Lease) {
        self.lease = *lease;
    }
}
