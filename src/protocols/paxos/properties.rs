//! What Paxos promises, judged from the record of all acceptances (2b), never from what a learner believes.

use super::disk::{Acceptance, PaxosRecord};
use super::node_set::NodeSet;
use super::process::Paxos;
use super::settings::PaxosSettings;
use super::value::Value;
use super::{Ballot, Slot};
use crate::sim::place::{Census, Place};
use crate::sim::property::{Book, Promise, Promises, View};
use crate::sim::request::{Answer, Request, RequestId};
use crate::sim::time::Micros;
use std::collections::BTreeMap;

const ONE_VALUE: usize = 0;
const PROMISES_KEPT: usize = 1;
const ONE_PER_BALLOT: usize = 2;
const ASKED_FOR: usize = 3;
const LEARNED: usize = 4;
const FRESH_READS: usize = 5;
const SAFE: usize = 6;

/// Who accepted a value under one ballot.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Vote {
    pair: Acceptance,
    by: NodeSet,
    first: Place,
}

/// All that was ever accepted in one slot.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct SlotRecord {
    votes: Vec<Vote>,
    chosen: Option<(Acceptance, Place)>,
}

/// What was last seen of one node.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Seen {
    /// The highest ballot it durably promised, ever.
    promised: Ballot,
    /// How many slots of its log were compared.
    learned: usize,
}

/// The observer of Paxos' promises.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PaxosPromises {
    slots: Vec<SlotRecord>,
    /// By slot of the place.
    seen: Vec<Seen>,
    /// The disks were read at the start.
    opened: bool,
    /// The highest ballot that a document put on a disk: what led to it is nobody's doing.
    given: Ballot,
    /// Words that clients asked for, by number of the request minus one.
    words: Vec<u64>,
    /// Writes answered so far reach up to this slot.
    written: u64,
    /// For each read that is under way: what had been answered when it was asked.
    reads: BTreeMap<RequestId, u64>,
    /// When clocks were last further apart than leases allow.
    apart_at: Option<Micros>,
}

impl Promises<Paxos> for PaxosPromises {
    const LIST: &'static [Promise] = &[
        Promise { id: "one_value_chosen", promised: true, needs_disks: true },
        Promise { id: "promises_survive_crashes", promised: true, needs_disks: true },
        Promise { id: "one_value_per_ballot", promised: true, needs_disks: true },
        Promise { id: "chosen_was_asked_for", promised: true, needs_disks: false },
        Promise { id: "learned_is_chosen", promised: true, needs_disks: true },
        Promise { id: "reads_are_fresh", promised: true, needs_disks: true },
        Promise { id: "accepted_is_safe", promised: true, needs_disks: true },
        Promise { id: "progress_of_duels", promised: false, needs_disks: false },
    ];

    fn check(&mut self, view: &View<'_, Paxos>, touched: Place, book: &mut Book) {
        let slot = view.census.slot(touched);
        self.open(view, book);
        self.judge_clocks(view, book);
        let Some(process) = &view.processes[slot] else { return };
        let promised = self.seen[slot].promised;
        if process.promised < promised {
            let numbers = [process.promised.number, promised.number, 0];
            book.broken(PROMISES_KEPT, [Some(touched), None], numbers);
        }
        self.judge_learned(process, touched, slot, book);
    }

    fn saved(&mut self, view: &View<'_, Paxos>, by: Place, record: &PaxosRecord, book: &mut Book) {
        let slot = view.census.slot(by);
        self.open(view, book);
        let promised = &mut self.seen[slot].promised;
        match *record {
            PaxosRecord::Promised(ballot) | PaxosRecord::Used(ballot) => {
                book.checked(PROMISES_KEPT);
                *promised = ballot.max(*promised);
            }
            PaxosRecord::Accepted { slot, ballot, value } => {
                book.checked(PROMISES_KEPT);
                if ballot < *promised {
                    book.broken(PROMISES_KEPT, [Some(by), None], [ballot.number, promised.number, slot]);
                }
                *promised = ballot.max(*promised);
                let pair = Acceptance { ballot, value };
                self.accepted(slot, pair, by, view.census.quorum(), book);
                self.judge_safety(slot, pair, by, view.census, book);
            }
            PaxosRecord::Chosen(_) => {}
        }
    }

    fn acted(&mut self, view: &View<'_, Paxos>, book: &mut Book) {
        self.judge_clocks(view, book);
    }

    fn asked(&mut self, _: &View<'_, Paxos>, _: Place, id: RequestId, request: Request, _: &mut Book) {
        let index = id as usize;
        self.words.resize(index.max(self.words.len()), 0);
        match request {
            Request::Write(word) => self.words[index - 1] = word.number(),
            Request::Read(_) => {
                self.reads.insert(id, self.written);
            }
        }
    }

    fn answered(&mut self, _: &View<'_, Paxos>, by: Place, id: RequestId, answer: Answer, book: &mut Book) {
        match answer {
            Answer::Written { index } => self.written = self.written.max(index),
            Answer::Read { as_of } => {
                book.checked(FRESH_READS);
                let needed = self.reads.remove(&id).unwrap_or(0);
                if as_of < needed {
                    book.broken(FRESH_READS, [Some(by), None], [as_of, needed, u64::from(id)]);
                }
            }
            Answer::Refused(_) => {
                self.reads.remove(&id);
            }
        }
    }
}

impl PaxosPromises {
    /// What a document put on the disks counts as accepted and promised before the start.
    fn open(&mut self, view: &View<'_, Paxos>, book: &mut Book) {
        if self.opened {
            return;
        }
        self.opened = true;
        self.seen.resize(view.disks.len(), Seen::default());
        for (slot, disk) in view.disks.iter().enumerate() {
            self.seen[slot].promised = disk.promised;
            for (&number, &pair) in &disk.accepted {
                self.given = self.given.max(pair.ballot);
                self.accepted(number, pair, view.census.place(slot), view.census.quorum(), book);
            }
        }
    }

    /// SafeAt (Voting.tla): under every smaller ballot a quorum voted for this very value or can no longer vote.
    fn judge_safety(&self, slot: Slot, pair: Acceptance, by: Place, census: Census, book: &mut Book) {
        let Some(record) = self.slots.get(slot.saturating_sub(1) as usize) else { return };
        book.checked(SAFE);
        for earlier in
            record.votes.iter().filter(|vote| vote.pair.ballot < pair.ballot && vote.pair.ballot > self.given)
        {
            let ballot = earlier.pair.ballot;
            let harmless = |place: &Place| {
                let mut votes = record.votes.iter().filter(|vote| vote.pair.ballot == ballot);
                match votes.find(|vote| vote.by.contains(*place)) {
                    Some(vote) => vote.pair.value == pair.value,
                    None => self.seen[census.slot(*place)].promised > ballot,
                }
            };
            if census.nodes().filter(harmless).count() < census.quorum() {
                book.broken(SAFE, [Some(earlier.first), Some(by)], [slot, ballot.number, pair.ballot.number]);
            }
        }
    }

    /// One more 2b in the record.
    fn accepted(&mut self, slot: Slot, pair: Acceptance, by: Place, quorum: usize, book: &mut Book) {
        let index = slot.saturating_sub(1) as usize;
        if self.slots.len() <= index {
            self.slots.resize(index + 1, SlotRecord::default());
        }
        let record = &mut self.slots[index];
        if let Some(other) = record.votes.iter().find(|vote| vote.pair.ballot == pair.ballot && vote.pair != pair) {
            book.broken(ONE_PER_BALLOT, [Some(other.first), Some(by)], [slot, pair.ballot.number, 0]);
        }
        book.checked(ONE_PER_BALLOT);
        let found = record.votes.iter().position(|vote| vote.pair == pair).unwrap_or_else(|| {
            record.votes.push(Vote { pair, by: NodeSet::default(), first: by });
            record.votes.len() - 1
        });
        let voters = &mut record.votes[found].by;
        voters.insert(by);
        if voters.len() < quorum {
            return;
        }
        book.checked(ONE_VALUE);
        match record.chosen {
            Some((chosen, place)) if chosen.value != pair.value => {
                let numbers = [slot, chosen.ballot.number, pair.ballot.number];
                book.broken(ONE_VALUE, [Some(place), Some(by)], numbers);
            }
            Some(_) => {}
            None => {
                record.chosen = Some((pair, by));
                self.judge_validity(slot, pair.value, by, book);
            }
        }
    }

    fn judge_validity(&self, slot: Slot, value: Value, by: Place, book: &mut Book) {
        book.checked(ASKED_FOR);
        if let (Value::Write { word, .. }, Some(id)) = (value, value.request())
            && self.words.get(id as usize - 1) != Some(&word.number())
        {
            book.broken(ASKED_FOR, [Some(by), None], [slot, u64::from(id), 0]);
        }
    }

    /// What a node has newly learned must be what the record says is chosen.
    fn judge_learned(&mut self, process: &Paxos, place: Place, slot: usize, book: &mut Book) {
        let learned = &mut self.seen[slot].learned;
        let chosen = process.chosen();
        *learned = (*learned).min(chosen.len());
        while *learned < chosen.len() {
            book.checked(LEARNED);
            let record = self.slots.get(*learned).and_then(|record| record.chosen);
            if record.is_none_or(|(pair, _)| pair.value != chosen[*learned]) {
                book.broken(LEARNED, [Some(place), None], [*learned as u64 + 1, 0, 0]);
            }
            *learned += 1;
        }
    }

    /// Leases allow clocks to differ by so much; beyond that fresh reads are not promised.
    fn judge_clocks(&mut self, view: &View<'_, Paxos>, book: &mut Book) {
        if !view.kernel.strain.by_act && self.apart_at.is_none() {
            return;
        }
        let longest = view.settings.iter().map(|settings| settings.lease).max().unwrap_or(0);
        if clocks_are_apart(view) {
            self.apart_at = Some(view.now);
            book.suspended(FRESH_READS, "clocks_are_apart");
        } else if self.apart_at.is_some_and(|at| view.now > at + 2 * longest) {
            self.apart_at = None;
            book.resumed(FRESH_READS);
        }
    }
}

/// Whether some follower's clock may run more ahead of some leader's than the leader takes off its lease.
fn clocks_are_apart(view: &View<'_, Paxos>) -> bool {
    let uses_leases = |settings: &PaxosSettings| settings.uses_leases();
    if !view.settings.iter().any(uses_leases) {
        return false;
    }
    let rates = (0..view.settings.len()).map(|slot| 1_000_000 + i128::from(view.kernel.drift(slot)));
    let (slowest, fastest) = (rates.clone().min().unwrap_or(1_000_000), rates.max().unwrap_or(1_000_000));
    let taken_off = view.settings.iter().map(|settings| i128::from(settings.drift)).min().unwrap_or(0);
    (1_000_000 - taken_off) * fastest > 1_000_000 * slowest
}
