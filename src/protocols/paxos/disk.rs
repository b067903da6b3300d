//! What a Paxos node keeps across crashes: what it promised and accepted, which ballots it used, what it learned.

use super::value::Value;
use super::{Ballot, Slot};
use crate::sim::datum::Datum;
use crate::sim::place::Census;
use crate::sim::protocol::Disk;
use crate::sim::request::Word;
use std::collections::BTreeMap;

/// An accepted pair.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Acceptance {
    pub ballot: Ballot,
    pub value: Value,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct PaxosDisk {
    /// Acceptor: the highest ballot answered in either phase, for all slots.
    pub promised: Ballot,
    /// Acceptor: the newest accepted pair of each slot.
    pub accepted: BTreeMap<Slot, Acceptance>,
    /// Proposer: the counter of the last ballot used.
    pub used: u64,
    /// Learner: chosen values from slot 1 on, without holes. Not required, but saves asking for them again.
    pub chosen: Vec<Value>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum PaxosRecord {
    Promised(Ballot),
    Accepted {
        slot: Slot,
        ballot: Ballot,
        value: Value,
    },
    /// Proposer: this ballot is used from now on, and promised by the node's own acceptor.
    Used(Ballot),
    /// The next slot's value.
    Chosen(Value),
}

impl Disk for PaxosDisk {
    type Record = PaxosRecord;

    fn apply(&mut self, record: &PaxosRecord) {
        match *record {
            PaxosRecord::Promised(ballot) => self.promised = self.promised.max(ballot),
            PaxosRecord::Accepted { slot, ballot, value } => {
                self.promised = self.promised.max(ballot);
                self.accepted.insert(slot, Acceptance { ballot, value });
            }
            PaxosRecord::Used(ballot) => {
                self.used = ballot.number;
                self.promised = self.promised.max(ballot);
            }
            PaxosRecord::Chosen(value) => self.chosen.push(value),
        }
    }
}

impl PaxosDisk {
    /// One field of a document's `initial` entry: `"promised": [3, 2]`, `"used": 4`, and
    /// `"accepted": [[1, [3, 2], "v"]]` or `"accepted": {"1": [[3, 2], "v"]}`.
    pub fn seed(&mut self, census: Census, field: &str, value: &Datum) -> Result<(), String> {
        match field {
            "promised" => self.promised = self.promised.max(ballot(census, value)?),
            "used" => self.used = value.number()?,
            "accepted" => {
                for (slot, pair) in slots(value)? {
                    let pair = pair?;
                    if slot == 0 {
                        return Err("slots are numbered from 1".into());
                    }
                    let [at, word] = pair else { return Err("an accepted pair is [ballot, value]".into()) };
                    let ballot = ballot(census, at)?;
                    self.promised = self.promised.max(ballot);
                    self.accepted.insert(slot, Acceptance { ballot, value: written(word)? });
                }
            }
            _ => return Err(format!("Paxos knows no \"{field}\"; it keeps \"promised\", \"accepted\" and \"used\"")),
        }
        Ok(())
    }
}

type Pair<'a> = Result<&'a [Datum], String>;

/// Slots and their pairs, from a list or a map.
fn slots(value: &Datum) -> Result<Vec<(Slot, Pair<'_>)>, String> {
    match value {
        Datum::Map(entries) => entries
            .iter()
            .map(|(slot, pair)| {
                let slot = slot.parse().map_err(|_| format!("\"{slot}\" is not the number of a slot"))?;
                Ok((slot, pair.list()))
            })
            .collect(),
        _ => value
            .list()?
            .iter()
            .map(|entry| {
                let entry = entry.list()?;
                let [slot, pair @ ..] = entry else { return Err("an entry is [slot, ballot, value]".into()) };
                Ok((slot.number()?, Ok(pair)))
            })
            .collect(),
    }
}

fn ballot(census: Census, value: &Datum) -> Result<Ballot, String> {
    let parts = value.numbers()?;
    let [number, by] = parts[..] else { return Err("a ballot is [counter, id of a node]".into()) };
    let by = u8::try_from(by).ok().filter(|&by| by >= 1 && by <= census.nodes);
    let by = by.ok_or("the second part of a ballot is the number of a node")?;
    Ok(Ballot { number, by })
}

fn written(value: &Datum) -> Result<Value, String> {
    let text = match value {
        Datum::Null => return Ok(Value::NoOp),
        Datum::Text(text) => text.clone(),
        _ => value.number()?.to_string(),
    };
    let word = Word::new(&text).ok_or("a value has at most eight bytes")?;
    Ok(Value::Write { request: 0, word })
}
