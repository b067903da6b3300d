//! Transaction numbers: the epoch of the leader that made it, and its count within the epoch.

use std::fmt;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Zxid {
    pub epoch: u32,
    pub counter: u32,
}

impl Zxid {
    pub const ZERO: Zxid = Zxid { epoch: 0, counter: 0 };

    pub const fn new(epoch: u32, counter: u32) -> Zxid {
        Zxid { epoch, counter }
    }

    /// As ZooKeeper writes it: the epoch in the high half.
    pub fn number(self) -> u64 {
        u64::from(self.epoch) << 32 | u64::from(self.counter)
    }

    /// Where an epoch starts, before its first transaction.
    pub fn is_epoch_start(self) -> bool {
        self.counter == 0
    }

    /// Whether this may be logged right after `last`.
    pub fn follows(self, last: Zxid) -> bool {
        if self.epoch == last.epoch { self.counter == last.counter + 1 } else { self > last && self.counter == 1 }
    }
}

impl fmt::Display for Zxid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({},{})", self.epoch, self.counter)
    }
}
