//! What clients ask of a node, and what operators order.

use super::place::Place;
use super::reign::Token;
use std::fmt;

/// A value that clients write: up to eight bytes of text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Word([u8; 8]);

impl Word {
    /// `None` if the text is longer than eight bytes or contains a zero byte.
    pub fn new(text: &str) -> Option<Word> {
        let bytes = text.as_bytes();
        if bytes.len() > 8 || bytes.contains(&0) {
            return None;
        }
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        Some(Word(word))
    }

    pub fn number(self) -> u64 {
        u64::from_be_bytes(self.0)
    }

    pub fn from_number(number: u64) -> Word {
        Word(number.to_be_bytes())
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let used = self.0.iter().position(|&byte| byte == 0).unwrap_or(8);
        f.write_str(std::str::from_utf8(&self.0[..used]).unwrap_or("?"))
    }
}

/// The number of a client's request, counted from 1 in a run.
pub type RequestId = u32;

/// What a client asks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Request {
    Write(Word),
    Read(Word),
}

/// What the client is told.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Answer {
    /// The write is decided and will survive; at this index, slot or zxid.
    Written { index: u64 },
    /// A read, served from the state after this many decided writes.
    Read { as_of: u64 },
    /// Not served; a reason id such as `"not_the_leader"`.
    Refused(super::rule::Reason),
}

/// What an operator, or the store, tells a process.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Order {
    /// Let the timer that starts an election run out now.
    TimeOutNow,
    /// Hand leadership to this place, or to the best one.
    Transfer(Option<Place>),
    /// Give up leadership.
    Resign,
    /// Forget who leads (etcd's `ForgetLeader`).
    ForgetLeader,
    /// The store refused a write: it has seen this newer token.
    Fenced(Token),
    /// A setting was changed during the run; the new values are in `fx.settings`.
    Retuned,
}
