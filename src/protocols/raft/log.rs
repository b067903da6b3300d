//! The log: entries with their terms, numbered from 1.

use crate::sim::request::Word;

/// What an entry asks the state machine to do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Command {
    /// A new leader's first entry.
    Noop,
    Write(Word),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    pub term: u64,
    pub command: Command,
}

/// Entries from index 1; index 0 stands for the empty beginning that every log shares, of term 0.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Log {
    entries: Vec<Entry>,
}

impl Log {
    pub fn of(entries: Vec<Entry>) -> Log {
        Log { entries }
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn last_index(&self) -> u64 {
        self.entries.len() as u64
    }

    pub fn last_term(&self) -> u64 {
        self.entries.last().map_or(0, |entry| entry.term)
    }

    pub fn entry(&self, index: u64) -> Option<&Entry> {
        let position = index.checked_sub(1)?;
        self.entries.get(usize::try_from(position).ok()?)
    }

    /// The term of the entry at this index: 0 at index 0, nothing past the end.
    pub fn term_at(&self, index: u64) -> Option<u64> {
        if index == 0 { Some(0) } else { self.entry(index).map(|entry| entry.term) }
    }

    /// Entries after `index`, at most `limit` of them.
    pub fn after(&self, index: u64, limit: usize) -> &[Entry] {
        let start = usize::try_from(index).unwrap_or(usize::MAX).min(self.entries.len());
        let end = start.saturating_add(limit).min(self.entries.len());
        &self.entries[start..end]
    }

    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Forgets every entry after `index`.
    pub fn truncate(&mut self, index: u64) {
        self.entries.truncate(usize::try_from(index).unwrap_or(usize::MAX));
    }

    /// The largest index not above `index` whose term is not above `term`.
    pub fn last_index_not_above(&self, index: u64, term: u64) -> u64 {
        let mut index = index.min(self.last_index());
        while self.term_at(index).is_some_and(|found| found > term) {
            index -= 1;
        }
        index
    }

    /// At least as up to date as a log that ends like this: terms first, then length (R-5, Raft 5.4.1).
    pub fn is_at_most(&self, last_term: u64, last_index: u64) -> bool {
        (last_term, last_index) >= (self.last_term(), self.last_index())
    }
}
