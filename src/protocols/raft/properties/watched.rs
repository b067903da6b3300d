//! One node as it was when last looked at.

use super::super::disk::Disk;
use super::super::log::{Command, Entry, Log};
use super::super::server::Raft;
use crate::sim::place::Place;
use std::collections::BTreeMap;

/// A number for a log up to some index: equal only if the logs are equal up to there.
pub type Print = u64;

#[derive(Clone, Debug, Default)]
pub struct Watched {
    pub life: u32,
    pub term: u64,
    pub commit: u64,
    pub leads: bool,
    saved_all: bool,
    /// The highest term that was on its disk.
    pub saved_term: u64,
    /// Whom it voted for, by term, as far as that was on its disk.
    votes: BTreeMap<u64, Place>,
    vote: Option<Place>,
    entries: Vec<(Entry, Print)>,
}

impl Watched {
    /// Whether nothing has changed that a promise is about.
    pub fn is_up_to_date(&self, raft: &Raft, life: u32) -> bool {
        self.life == life
            && self.term == raft.current_term
            && self.commit == raft.commit_index
            && self.leads == raft.leads()
            && self.vote == raft.voted_for
            && self.saved_all == raft.has_saved_all()
            && self.log_is(&raft.log)
    }

    pub fn remember(&mut self, raft: &Raft, life: u32) {
        self.life = life;
        self.term = raft.current_term;
        self.commit = raft.commit_index;
        self.leads = raft.leads();
        self.vote = raft.voted_for;
        self.saved_all = raft.has_saved_all();
    }

    /// It crashed: what is on its disk remains.
    pub fn forget(&mut self, disk: &Disk) {
        self.saved_term = self.saved_term.max(disk.term);
        self.leads = false;
    }

    /// Another vote of the same term, if there was one.
    pub fn vote_differs(&mut self, term: u64, vote: Place) -> Option<Place> {
        let first = *self.votes.entry(term).or_insert(vote);
        (first != vote).then_some(first)
    }

    pub fn last_index(&self) -> u64 {
        self.entries.len() as u64
    }

    /// A log changes by losing its tail and gaining another, so its length and last entry tell.
    pub fn log_is(&self, log: &Log) -> bool {
        self.last_index() == log.last_index() && self.entries.last().map(|(entry, _)| entry) == log.entries().last()
    }

    /// How far the log is still the one last seen.
    pub fn common_prefix(&self, log: &Log) -> u64 {
        let mut index = self.last_index().min(log.last_index());
        while index > 0 && self.entries.get(index as usize - 1).map(|(entry, _)| entry) != log.entry(index) {
            index -= 1;
        }
        index
    }

    pub fn truncate(&mut self, index: u64) {
        self.entries.truncate(index as usize);
    }

    pub fn push(&mut self, entry: Entry) -> Print {
        let print = fold(self.print_at(self.last_index()), entry);
        self.entries.push((entry, print));
        print
    }

    /// The print of the log up to this index; 0 past its end.
    pub fn print_at(&self, index: u64) -> Print {
        match index {
            0 => 0x5851_f42d_4c95_7f2d,
            _ => self.entries.get(index as usize - 1).map_or(0, |&(_, print)| print),
        }
    }
}

fn fold(print: Print, entry: Entry) -> Print {
    let command = match entry.command {
        Command::Noop => 0,
        Command::Write(word) => word.number() | 1 << 63,
    };
    let step = |hash: u64, part: u64| (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    step(step(print, entry.term), command)
}
