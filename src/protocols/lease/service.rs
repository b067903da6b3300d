//! The service: one record, changed only by who has seen it as it is.

use super::disk::{Disk, Lease};
use super::message::Message;
use super::mutants::{Mutant, mutated};
use super::process::{Hands, rule};
use crate::sim::place::Place;
use crate::sim::protocol::{Disk as _, Ticket};
use crate::sim::rule::Reason;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Service {
    /// What is on disk or on its way there.
    pub(super) disk: Disk,
    /// The newest write: nobody is shown what is not on disk yet.
    pub(super) written: Ticket,
}

impl Service {
    pub(super) fn on_message(&mut self, from: Place, message: Message, fx: &mut Hands<'_>) {
        match message {
            Message::Get { ask } => fx.send_after(self.written, from, Message::Record { ask, lease: self.disk.lease }),
            Message::Put { ask, lease } => self.put(from, ask, lease, fx),
            _ => fx.ignore(Reason("not_asked_for")),
        }
    }

    /// Compare and set (L-3): the first of two writers that saw the same version wins.
    fn put(&mut self, from: Place, ask: u64, lease: Lease, fx: &mut Hands<'_>) {
        fx.because(rule(3));
        if lease.version != self.disk.lease.version + 1 && !mutated(fx.settings, Mutant::LastWriterWins) {
            fx.ignore(Reason("version_has_moved"));
            return fx.send_after(self.written, from, Message::Conflict { ask, lease: self.disk.lease });
        }
        self.disk.apply(&lease);
        self.written = fx.save(lease);
        fx.send_after(self.written, from, Message::Done { ask, lease });
    }
}
