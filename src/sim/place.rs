//! Where things are: the places that wires, faults, random streams and lanes are named by.

use std::fmt;

/// A place in the world. Nodes compete for leadership and are what quorums and leader measures see;
/// servers are the ensemble behind a recipe; the store is what every leader wants to write to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// A participant, numbered from 1.
    Node(u8),
    /// A server of a service that the nodes are clients of, numbered from 1.
    Server(u8),
    /// The shared resource that leaders write to.
    Store,
}

impl Place {
    /// The number printed after the letter; 0 for the store.
    pub fn number(self) -> u8 {
        match self {
            Place::Node(n) | Place::Server(n) => n,
            Place::Store => 0,
        }
    }

    pub fn is_node(self) -> bool {
        matches!(self, Place::Node(_))
    }

    /// A number for this place that never changes, whatever other places a world has:
    /// random streams and recordings are named by it.
    pub fn code(self) -> u16 {
        match self {
            Place::Node(n) => u16::from(n),
            Place::Server(n) => 256 + u16::from(n),
            Place::Store => 512,
        }
    }

    /// The place with this [`Place::code`].
    pub fn from_code(code: u16) -> Option<Place> {
        match code {
            1..=255 => Some(Place::Node(code as u8)),
            257..=511 => Some(Place::Server((code - 256) as u8)),
            512 => Some(Place::Store),
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Node(n) => write!(f, "N{n}"),
            Place::Server(n) => write!(f, "S{n}"),
            Place::Store => write!(f, "Store"),
        }
    }
}

/// Which places a world has, and the dense slot of each (nodes first, then servers, then the store).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Census {
    pub nodes: u8,
    pub servers: u8,
}

impl Census {
    /// How many slots there are.
    pub fn slots(self) -> usize {
        usize::from(self.nodes) + usize::from(self.servers) + 1
    }

    /// Slots that run a process: every one but the store's.
    pub fn processes(self) -> usize {
        self.slots() - 1
    }

    /// Strictly more than half of the configured nodes.
    pub fn quorum(self) -> usize {
        usize::from(self.nodes) / 2 + 1
    }

    pub fn slot(self, place: Place) -> usize {
        match place {
            Place::Node(n) => usize::from(n) - 1,
            Place::Server(n) => usize::from(self.nodes) + usize::from(n) - 1,
            Place::Store => self.processes(),
        }
    }

    pub fn place(self, slot: usize) -> Place {
        let nodes = usize::from(self.nodes);
        if slot < nodes {
            Place::Node(slot as u8 + 1)
        } else if slot < self.processes() {
            Place::Server((slot - nodes) as u8 + 1)
        } else {
            Place::Store
        }
    }

    pub fn contains(self, place: Place) -> bool {
        match place {
            Place::Node(n) => n >= 1 && n <= self.nodes,
            Place::Server(n) => n >= 1 && n <= self.servers,
            Place::Store => true,
        }
    }

    pub fn all(self) -> impl Iterator<Item = Place> {
        (0..self.slots()).map(move |slot| self.place(slot))
    }

    pub fn nodes(self) -> impl Iterator<Item = Place> {
        (1..=self.nodes).map(Place::Node)
    }
}
