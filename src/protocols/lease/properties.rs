//! What a lease promises: one holder at a time, as long as clocks run alike and nobody is paused.

use super::process::Process;
use super::settings::LeaseSettings;
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::property::{Book, Promise, Promises, View};
use crate::sim::time::Micros;

const NO_OVERLAP: usize = 0;
const TOKENS_RISE: usize = 1;

/// The observer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LeasePromises {
    transitions: u64,
    version: u64,
    holder: u8,
    /// When something last made the promise void.
    upset_at: Option<Micros>,
}

impl Promises<Process> for LeasePromises {
    const LIST: &'static [Promise] = &[
        Promise { id: "leases_do_not_overlap", promised: true, needs_disks: true },
        Promise { id: "every_holder_has_its_number", promised: true, needs_disks: true },
        Promise { id: "one_holder_even_if_paused", promised: false, needs_disks: false },
    ];

    fn check(&mut self, view: &View<'_, Process>, touched: Place, book: &mut Book) {
        if !touched.is_node() {
            return self.judge_record(view, touched, book);
        }
        let leaders = || {
            let leads = |place: &Place| {
                view.process(*place)
                    .is_some_and(|process| matches!(process, Process::Candidate(candidate) if candidate.leads))
            };
            view.census.nodes().filter(leads)
        };
        let several = leaders().count() > 1;
        if let Some(why) = upset(view) {
            self.upset_at = Some(view.now);
            book.suspended(NO_OVERLAP, why);
        } else if !several && self.upset_at.is_some_and(|at| view.now > at + 3 * view.settings[0].lease_duration) {
            // Timers that were set before have run out by now.
            self.upset_at = None;
            book.resumed(NO_OVERLAP);
        }
        if several {
            book.checked(NO_OVERLAP);
            let mut both = leaders();
            book.broken(NO_OVERLAP, [both.next(), both.next()], [0; 3]);
        }
    }
}

impl LeasePromises {
    /// The holder changes only together with the number, and neither goes back.
    fn judge_record(&mut self, view: &View<'_, Process>, at: Place, book: &mut Book) {
        let lease = view.disk(at).lease;
        if lease.version == self.version {
            return;
        }
        book.checked(TOKENS_RISE);
        let took = lease.holder != 0 && lease.holder != self.holder;
        let fine = lease.version > self.version
            && if took { lease.transitions > self.transitions } else { lease.transitions >= self.transitions };
        if !fine {
            book.broken(TOKENS_RISE, [Some(at), None], [lease.transitions, self.transitions, 0]);
        }
        (self.version, self.transitions, self.holder) = (lease.version, lease.transitions, lease.holder);
    }
}

/// What makes the promise void: a pause, or clocks whose rates differ by more than duration over deadline.
fn upset(view: &View<'_, Process>) -> Option<&'static str> {
    let nodes = usize::from(view.census.nodes);
    if (0..nodes).any(|slot| view.kernel.statuses[slot] == Status::Paused) {
        return Some("somebody_is_paused");
    }
    let rates = || (0..nodes).map(|slot| (1_000_000 + i64::from(view.kernel.drift(slot))) as u64);
    let (slowest, fastest) = (rates().min().unwrap_or(1), rates().max().unwrap_or(1));
    let LeaseSettings { lease_duration, renew_deadline, .. } = view.settings[0];
    (u128::from(fastest) * u128::from(renew_deadline) >= u128::from(slowest) * u128::from(lease_duration))
        .then_some("clocks_differ_too_much")
}
