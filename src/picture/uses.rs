//! What of the picture an algorithm makes use of.

use crate::sim::simulation::Simulation;

/// What of the picture an algorithm makes use of: the legend and the middle of the ring say so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Uses {
    /// Votes, shown as slips.
    pub votes: bool,
    /// Promises and acceptances on disk, shown as cards.
    pub cards: bool,
    /// Reigns with a number, and with it a wax.
    pub reigns: bool,
    /// A quorum of the nodes themselves.
    pub quorum: bool,
}

impl Default for Uses {
    fn default() -> Uses {
        Uses { votes: true, cards: false, reigns: true, quorum: true }
    }
}

impl Uses {
    pub fn of(sim: &dyn Simulation) -> Uses {
        let has = |part: &str| sim.kinds().iter().any(|kind| kind.id.contains(part));
        let kernel = sim.kernel();
        let alone = kernel.census.servers == 0;
        Uses {
            votes: has("vote"),
            cards: has("promise"),
            reigns: kernel.has_tokens || !alone,
            quorum: kernel.has_tokens && alone,
        }
    }
}
