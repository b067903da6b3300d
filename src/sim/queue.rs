//! What is due, in order of time and then of asking.

use super::time::Micros;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A thing that will happen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// A flight reaches its receiver.
    Arrival {
        flight: u32,
    },
    Timer {
        slot: u8,
        timer: u8,
    },
    /// The oldest unfinished write of this life is durable.
    Saved {
        slot: u8,
        life: u32,
    },
    PauseBegins {
        slot: u8,
        nth: u32,
    },
    PauseEnds {
        slot: u8,
        nth: u32,
    },
    /// A process learns that its connection to a peer changed.
    LinkChanged {
        slot: u8,
        peer: u8,
        up: bool,
    },
    /// The store applies the oldest write that it has checked.
    StoreApplies,
    /// A leader's work moves on.
    Duty {
        slot: u8,
        turn: u32,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    pub at: Micros,
    pub sequence: u64,
    pub item: Item,
}

impl Entry {
    /// Time and order of asking as one number: one comparison instead of two.
    fn rank(&self) -> u128 {
        u128::from(self.at) << 64 | u128::from(self.sequence)
    }
}

impl Ord for Entry {
    /// Reversed: the heap's greatest is the earliest.
    fn cmp(&self, other: &Entry) -> Ordering {
        other.rank().cmp(&self.rank())
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Clone, Debug, Default)]
pub struct Queue {
    heap: BinaryHeap<Entry>,
    sequence: u64,
}

impl Queue {
    pub fn next_sequence(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    pub fn push(&mut self, at: Micros, item: Item) {
        let sequence = self.next_sequence();
        self.heap.push(Entry { at, sequence, item });
    }

    /// With a sequence number drawn earlier, so that a late insertion keeps its place.
    pub fn push_as(&mut self, at: Micros, sequence: u64, item: Item) {
        self.heap.push(Entry { at, sequence, item });
    }

    pub fn peek(&self) -> Option<&Entry> {
        self.heap.peek()
    }

    pub fn pop(&mut self) -> Option<Entry> {
        self.heap.pop()
    }

    /// How many things are due some time.
    #[allow(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    pub fn clear(&mut self) {
        self.heap.clear();
        self.sequence = 0;
    }
}
