//! What survives a crash: term, vote and log (Raft figure 2). The commit index is learned anew.

use super::log::{Command, Entry, Log};
use crate::sim::datum::Datum;
use crate::sim::place::{Census, Place};
use crate::sim::protocol;

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    pub term: u64,
    pub vote: Option<Place>,
    pub log: Log,
}

/// One durable change.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Record {
    /// Term and vote belong together: the vote is cleared whenever the term rises.
    Vote { term: u64, vote: Option<Place> },
    /// Keep the log up to this index and put these entries behind it.
    Log { keep: u64, entries: Vec<Entry> },
}

impl protocol::Disk for Disk {
    type Record = Record;

    fn apply(&mut self, record: &Record) {
        match record {
            Record::Vote { term, vote } => (self.term, self.vote) = (*term, *vote),
            Record::Log { keep, entries } => {
                self.log.truncate(*keep);
                for &entry in entries {
                    self.log.push(entry);
                }
            }
        }
    }
}

/// Reads `term`, `vote` and `log` (a list of terms) of a document's `initial` entry.
pub(super) fn seed(disk: &mut Disk, census: Census, field: &str, value: &Datum) -> Result<(), String> {
    match field {
        "term" => disk.term = value.number()?,
        "vote" => {
            disk.vote = match value {
                Datum::Null => None,
                value => Some(node(value.number()?, census)?),
            }
        }
        "log" => {
            let terms = value.numbers()?;
            if terms.windows(2).any(|pair| pair[0] > pair[1]) || terms.first() == Some(&0) {
                return Err("must be terms of 1 or greater that never fall".into());
            }
            disk.log = Log::of(terms.into_iter().map(|term| Entry { term, command: Command::Noop }).collect());
        }
        _ => return Err("is not known; a Raft node starts with term, vote and log".into()),
    }
    // A server has seen the term of every entry it holds.
    disk.term = disk.term.max(disk.log.last_term());
    Ok(())
}

fn node(number: u64, census: Census) -> Result<Place, String> {
    let place = u8::try_from(number).ok().map(Place::Node).filter(|&place| census.contains(place));
    place.ok_or_else(|| format!("must be a node from 1 to {}", census.nodes))
}
