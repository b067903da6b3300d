//! What was seen in the whole run: who led which term, which entries exist, which are committed.

use super::watched::{Print, Watched};
use crate::sim::place::Place;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug)]
struct Committed {
    print: Print,
    by: Place,
    /// The term of the server that was first seen to have it committed.
    in_term: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// By term: who led it, and in which life.
    leaders: BTreeMap<u64, (Place, u32)>,
    /// By index and term: the log up to that entry, and who had it first.
    entries: BTreeMap<(u64, u64), (Print, Place)>,
    /// From index 1.
    committed: Vec<Committed>,
    newly: Vec<u64>,
}

impl Ledger {
    /// The server, or the life of the same server, that led this term before.
    pub fn other_leader(&mut self, term: u64, place: Place, life: u32) -> Option<(Place, u32)> {
        let first = *self.leaders.entry(term).or_insert((place, life));
        (first != (place, life)).then_some(first)
    }

    /// Who had the same index and term with another log up to it.
    pub fn disagrees(&mut self, index: u64, term: u64, print: Print, place: Place) -> Option<Place> {
        let (first, by) = *self.entries.entry((index, term)).or_insert((print, place));
        (first != print).then_some(by)
    }

    /// Books an entry as applied; who applied another one there before, if somebody did.
    pub fn applied_otherwise(&mut self, index: u64, print: Print, by: Place, in_term: u64) -> Option<Place> {
        let position = index as usize - 1;
        if let Some(first) = self.committed.get(position) {
            return (first.print != print).then_some(first.by);
        }
        self.committed.push(Committed { print, by, in_term });
        self.newly.push(index);
        None
    }

    pub fn take_newly_committed(&mut self) -> Vec<u64> {
        std::mem::take(&mut self.newly)
    }

    /// An index committed in an earlier term that this log lacks.
    pub fn lacks_committed(&self, term: u64, log: &Watched) -> Option<u64> {
        let position = self.committed.iter().rposition(|committed| committed.in_term < term)?;
        let index = position as u64 + 1;
        if log.print_at(index) == self.committed[position].print {
            return None;
        }
        // Name the first one that is missing.
        let lacks = |index: &u64| log.print_at(*index) != self.committed[*index as usize - 1].print;
        (1..=index).find(lacks)
    }
}
