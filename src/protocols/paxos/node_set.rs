//! A set of nodes, for counting quorums by distinct member.

use crate::sim::place::Place;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct NodeSet(u64);

impl NodeSet {
    fn bit(node: Place) -> u64 {
        1 << (node.number() & 63)
    }

    /// True if it was not in there before.
    pub fn insert(&mut self, node: Place) -> bool {
        let before = self.0;
        self.0 |= NodeSet::bit(node);
        self.0 != before
    }

    pub fn contains(self, node: Place) -> bool {
        self.0 & NodeSet::bit(node) != 0
    }

    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}
