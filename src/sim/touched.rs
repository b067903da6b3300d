//! What a step changed: the currency between engine and picture.

/// The sum of what some steps changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Touched {
    /// Bit s is set if the process in slot s was told something.
    pub slots: u64,
    /// Messages were sent or arrived, or links changed.
    pub network: bool,
    /// Somebody's standing or status changed.
    pub standings: bool,
    /// A promise's verdict changed.
    pub promises: bool,
    /// How many steps and acts this sums up.
    pub steps: u32,
}

impl Touched {
    pub fn everything() -> Touched {
        Touched { slots: u64::MAX, network: true, standings: true, promises: true, steps: 0 }
    }

    pub fn add(&mut self, other: Touched) {
        self.slots |= other.slots;
        self.network |= other.network;
        self.standings |= other.standings;
        self.promises |= other.promises;
        self.steps += other.steps;
    }

    pub fn has(&self, slot: usize) -> bool {
        self.slots & 1 << slot != 0
    }
}
