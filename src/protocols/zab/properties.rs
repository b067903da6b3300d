//! What Zab promises, judged from every server's history at once.

use super::disk::Txn;
use super::process::{Phase, Stage, Zab};
use super::zxid::Zxid;
use crate::sim::place::Place;
use crate::sim::property::{Book, Promise, Promises, View};
use crate::sim::request::{Answer, RequestId};
use std::collections::BTreeMap;

const ONE_LEADER: usize = 0;
const EPOCHS_RISE: usize = 1;
const SAME_HISTORY: usize = 2;
const NOTHING_LOST: usize = 3;
const ONE_TXN_PER_ZXID: usize = 4;
const IN_ORDER: usize = 5;
const ON_A_QUORUM: usize = 6;
const ANSWERED_STAYS: usize = 7;
const PRIMARY_INTEGRITY: usize = 8;

/// What was last seen of one server.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Seen {
    life: u32,
    accepted_epoch: u32,
    current_epoch: u32,
    /// How much of its history was delivered.
    delivered: usize,
    /// How much of its history was looked at, and the last of it.
    length: usize,
    last: Zxid,
    established: u32,
}

/// The observer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ZabPromises {
    /// By slot.
    seen: Vec<Seen>,
    /// Who led which epoch, in which of its lives.
    leaders: BTreeMap<u32, (Place, u32)>,
    /// How long the history was that each epoch's leader began with.
    begun: BTreeMap<u32, usize>,
    /// Everything delivered anywhere, in order.
    delivered: Vec<Txn>,
    /// What each zxid stands for.
    values: BTreeMap<Zxid, Txn>,
}

impl Promises<Zab> for ZabPromises {
    const LIST: &'static [Promise] = &[
        Promise { id: "one_leader_per_epoch", promised: true, needs_disks: true },
        Promise { id: "epochs_never_fall", promised: true, needs_disks: true },
        Promise { id: "same_history", promised: true, needs_disks: true },
        Promise { id: "nothing_committed_is_lost", promised: true, needs_disks: true },
        Promise { id: "one_transaction_per_zxid", promised: true, needs_disks: true },
        Promise { id: "order_of_the_leader", promised: true, needs_disks: true },
        Promise { id: "committed_by_a_quorum", promised: true, needs_disks: true },
        Promise { id: "answered_writes_stay", promised: true, needs_disks: true },
        Promise { id: "primary_integrity", promised: true, needs_disks: true },
        Promise { id: "one_believes_it_leads", promised: false, needs_disks: false },
        Promise { id: "reads_are_fresh", promised: false, needs_disks: false },
    ];

    fn check(&mut self, view: &View<'_, Zab>, touched: Place, book: &mut Book) {
        let slot = view.census.slot(touched);
        if self.seen.len() < view.processes.len() {
            self.seen.resize(view.processes.len(), Seen::default());
        }
        self.judge_epochs(view, slot, touched, book);
        if let Some(server) = &view.processes[slot] {
            if self.seen[slot].life != view.lives[slot] {
                let seen = &mut self.seen[slot];
                (seen.life, seen.delivered, seen.length, seen.established) = (view.lives[slot], 0, 0, 0);
            }
            self.judge_history(server, slot, touched, book);
            self.judge_delivered(view, server, slot, touched, book);
            self.judge_leader(view, server, slot, touched, book);
        }
    }

    fn answered(&mut self, _view: &View<'_, Zab>, by: Place, id: RequestId, answer: Answer, book: &mut Book) {
        let Answer::Written { index } = answer else { return };
        book.checked(ANSWERED_STAYS);
        let found = self.values.get(&Zxid { epoch: (index >> 32) as u32, counter: index as u32 });
        if !found.is_some_and(|txn| txn.request == id && Place::Node(txn.by) == by) {
            book.broken(ANSWERED_STAYS, [Some(by), None], [u64::from(id), index, 0]);
        }
    }
}

impl ZabPromises {
    /// Accepted epoch not below current epoch, and neither ever falls, across crashes.
    fn judge_epochs(&mut self, view: &View<'_, Zab>, slot: usize, at: Place, book: &mut Book) {
        let (disk, seen) = (&view.disks[slot], &mut self.seen[slot]);
        if (disk.accepted_epoch, disk.current_epoch) == (seen.accepted_epoch, seen.current_epoch) {
            return;
        }
        book.checked(EPOCHS_RISE);
        let fell = disk.accepted_epoch < seen.accepted_epoch || disk.current_epoch < seen.current_epoch;
        if fell || disk.current_epoch > disk.accepted_epoch {
            let numbers = [disk.accepted_epoch.into(), disk.current_epoch.into(), 0];
            book.broken(EPOCHS_RISE, [Some(at), None], numbers);
        }
        (seen.accepted_epoch, seen.current_epoch) = (disk.accepted_epoch, disk.current_epoch);
    }

    /// New entries: each zxid stands for one transaction, and follows the one before.
    fn judge_history(&mut self, server: &Zab, slot: usize, at: Place, book: &mut Book) {
        let seen = &mut self.seen[slot];
        let history = &server.disk.history;
        // A shorter history, or another last entry, was truncated or replaced: only what is new is looked at again.
        let unchanged =
            seen.length <= history.len() && (seen.length == 0 || history[seen.length - 1].zxid == seen.last);
        let from = if unchanged { seen.length } else { seen.length.min(history.len()).saturating_sub(1) };
        for index in from..history.len() {
            let txn = history[index];
            book.checked(ONE_TXN_PER_ZXID);
            let first = self.values.entry(txn.zxid).or_insert(txn);
            if *first != txn {
                let numbers = [txn.zxid.epoch.into(), txn.zxid.counter.into(), 0];
                book.broken(ONE_TXN_PER_ZXID, [Some(at), None], numbers);
            }
            let before = index.checked_sub(1).map_or(Zxid::ZERO, |index| history[index].zxid);
            book.checked(IN_ORDER);
            // What a document put there, nobody asked for: it may have gaps.
            let given = txn.by == 0 && txn.zxid > before;
            if !given && !txn.zxid.follows(before) {
                let numbers = [txn.zxid.epoch.into(), txn.zxid.counter.into(), before.counter.into()];
                book.broken(IN_ORDER, [Some(at), None], numbers);
            }
        }
        (seen.length, seen.last) = (history.len(), server.disk.last_zxid());
    }

    /// What a server delivers is what everybody else delivered at that place; first of all by a quorum.
    fn judge_delivered(&mut self, view: &View<'_, Zab>, server: &Zab, slot: usize, at: Place, book: &mut Book) {
        let seen = &mut self.seen[slot];
        if server.delivered < seen.delivered {
            seen.delivered = server.delivered;
        }
        for index in seen.delivered..server.delivered {
            let txn = server.disk.history[index];
            let numbers = [txn.zxid.epoch.into(), txn.zxid.counter.into(), index as u64 + 1];
            match self.delivered.get(index) {
                Some(known) => {
                    book.checked(SAME_HISTORY);
                    if *known != txn {
                        book.broken(SAME_HISTORY, [Some(at), None], numbers);
                    }
                }
                None => {
                    self.delivered.push(txn);
                    book.checked(PRIMARY_INTEGRITY);
                    let mut later = self.begun.range(txn.zxid.epoch + 1..);
                    if let Some((&epoch, _)) = later.find(|&(_, &length)| length <= index) {
                        let numbers = [txn.zxid.epoch.into(), txn.zxid.counter.into(), epoch.into()];
                        book.broken(PRIMARY_INTEGRITY, [Some(at), None], numbers);
                    }
                    book.checked(ON_A_QUORUM);
                    let settings = &view.settings[slot];
                    let has = |(slot, disk): &(usize, &super::disk::Disk)| {
                        settings.has_weight(*slot as u8 + 1) && disk.history.get(index) == Some(&txn)
                    };
                    let having = view.disks.iter().enumerate().filter(has).count();
                    if !settings.is_quorum(view.census.nodes, having) {
                        book.broken(ON_A_QUORUM, [Some(at), None], numbers);
                    }
                }
            }
        }
        seen.delivered = server.delivered;
    }

    /// One established leader per epoch, and it has everything that was ever delivered.
    fn judge_leader(&mut self, view: &View<'_, Zab>, server: &Zab, slot: usize, at: Place, book: &mut Book) {
        let Phase::Leading(leading) = &server.phase else { return };
        if leading.stage != Stage::Broadcast || self.seen[slot].established == leading.epoch {
            return;
        }
        self.seen[slot].established = leading.epoch;
        book.checked(ONE_LEADER);
        let me = (at, view.lives[slot]);
        let first = *self.leaders.entry(leading.epoch).or_insert(me);
        if first != me {
            book.broken(ONE_LEADER, [Some(first.0), Some(at)], [leading.epoch.into(), 0, 0]);
        }
        book.checked(NOTHING_LOST);
        let history = &server.disk.history;
        self.begun.entry(leading.epoch).or_insert(history.len());
        // It may hear late that it is established: what later epochs delivered is not its business.
        let before = self.delivered.partition_point(|txn| txn.zxid.epoch < leading.epoch);
        let known = &self.delivered[..before];
        let agree = history.iter().zip(known).take_while(|(own, known)| own == known).count();
        if let Some(lost) = known.get(agree) {
            let numbers = [lost.zxid.epoch.into(), lost.zxid.counter.into(), leading.epoch.into()];
            book.broken(NOTHING_LOST, [Some(at), None], numbers);
        }
    }
}
