//! What can be chosen.

use crate::sim::request::{RequestId, Word};
use std::fmt;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Value {
    /// Fills a hole in the log (P-9).
    NoOp,
    /// What a client asked for; request 0 stands for a value that a document put there.
    Write { request: RequestId, word: Word },
}

impl Value {
    /// For messages and cells; 0 for a no-op.
    pub fn number(self) -> u64 {
        match self {
            Value::NoOp => 0,
            Value::Write { word, .. } => word.number(),
        }
    }

    pub fn request(self) -> Option<RequestId> {
        match self {
            Value::Write { request, .. } if request > 0 => Some(request),
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::NoOp => f.write_str("no-op"),
            Value::Write { word, .. } => word.fmt(f),
        }
    }
}
