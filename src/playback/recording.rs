//! A run, fully described: the scenario, and what the visitor did and when.

use crate::scenarios::scenario::Scenario;
use crate::sim::fault::Fault;
use crate::sim::time::Micros;

/// Something the visitor did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Intervention {
    pub at: Micros,
    /// How many steps had been taken at that very instant; see `steps_now` of the kernel.
    pub after: u32,
    pub fault: Fault,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recording {
    pub scenario: Scenario,
    /// In the order in which they were done.
    pub interventions: Vec<Intervention>,
}

impl Recording {
    /// A run that nobody interferes with.
    pub fn new(scenario: Scenario) -> Recording {
        Recording { scenario, interventions: Vec::new() }
    }
}
