//! What appointing promises: one leader per epoch, and nothing committed is lost, unless somebody out of sync leads.

use super::disk::Entry;
use super::process::Process;
use crate::sim::place::Place;
use crate::sim::property::{Book, Promise, Promises, View};
use crate::sim::request::{Answer, RequestId};
use std::collections::BTreeMap;

const ONE_LEADER: usize = 0;
const NOTHING_LOST: usize = 1;
const ANSWERED_STAYS: usize = 2;

/// The observer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AppointedPromises {
    leaders: BTreeMap<u32, Place>,
    /// Everything committed, in order, and in which epoch it was.
    committed: Vec<(Entry, u32)>,
    /// By slot: the epoch it was last seen leading, and how much it had committed.
    seen: Vec<(u32, usize)>,
}

impl Promises<Process> for AppointedPromises {
    const LIST: &'static [Promise] = &[
        Promise { id: "one_leader_per_epoch", promised: true, needs_disks: true },
        Promise { id: "nothing_committed_is_lost", promised: true, needs_disks: true },
        Promise { id: "answered_writes_are_committed", promised: true, needs_disks: true },
        Promise { id: "one_believes_it_leads", promised: false, needs_disks: false },
    ];

    fn check(&mut self, view: &View<'_, Process>, touched: Place, book: &mut Book) {
        if self.seen.len() < view.processes.len() {
            self.seen.resize(view.processes.len(), (0, 0));
        }
        let slot = view.census.slot(touched);
        if view.disks[slot].partition.unclean > 0 {
            book.suspended(NOTHING_LOST, "appointed_out_of_sync");
        }
        let Some(Process::Broker(broker)) = &view.processes[slot] else { return };
        if broker.leading.is_none() {
            return;
        }
        let epoch = broker.known.leader_epoch;
        let log = &broker.disk.log;
        if self.seen[slot].0 != epoch {
            self.seen[slot] = (epoch, 0);
            book.checked(ONE_LEADER);
            book.checked(NOTHING_LOST);
            let first = *self.leaders.entry(epoch).or_insert(touched);
            if first != touched {
                book.broken(ONE_LEADER, [Some(first), Some(touched)], [epoch.into(), 0, 0]);
            }
            // It may hear of its appointment late: what later epochs committed is not its business.
            let before = self.committed.partition_point(|&(_, by)| by < epoch);
            let agree = log.iter().zip(&self.committed[..before]).take_while(|(own, known)| **own == known.0).count();
            if agree < before {
                book.broken(NOTHING_LOST, [Some(touched), None], [agree as u64 + 1, epoch.into(), 0]);
                self.committed.truncate(agree);
            }
        }
        let until = (broker.committed as usize).min(log.len());
        for (index, entry) in log.iter().enumerate().take(until).skip(self.seen[slot].1) {
            match self.committed.get(index) {
                Some((known, _)) if known != entry => {
                    book.broken(NOTHING_LOST, [Some(touched), None], [index as u64 + 1, epoch.into(), 0]);
                }
                Some(_) => {}
                None => self.committed.push((*entry, epoch)),
            }
        }
        self.seen[slot].1 = self.seen[slot].1.max(until);
    }

    fn answered(&mut self, view: &View<'_, Process>, by: Place, id: RequestId, answer: Answer, book: &mut Book) {
        let Answer::Written { index } = answer else { return };
        let slot = view.census.slot(by);
        let Some(Process::Broker(broker)) = &view.processes[slot] else { return };
        if !view.settings[slot].acks_all {
            return book.suspended(ANSWERED_STAYS, "answered_by_the_leader_alone");
        }
        book.checked(ANSWERED_STAYS);
        if index > broker.committed.into() {
            book.broken(ANSWERED_STAYS, [Some(by), None], [id.into(), index, 0]);
        }
    }
}
