//! A set of nodes: votes are counted by distinct voter (protocols.md 0.4).

use crate::sim::place::Place;

/// Bit n is set if node n is in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct NodeSet(u64);

impl NodeSet {
    pub fn insert(&mut self, node: Place) {
        self.0 |= 1 << (node.number() & 63);
    }

    pub fn contains(self, node: Place) -> bool {
        self.0 & 1 << (node.number() & 63) != 0
    }

    /// How many distinct nodes are in it.
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }
}
