//! What can be done to a link, and how it stands.

use crate::sim::fault::{Fault, LinkWires, Who};
use crate::sim::place::Place;
use crate::sim::simulation::Simulation;
use crate::sim::time::MILLISECOND;
use crate::words::en::faults as say;

/// A slow link takes this long, one way, in microseconds.
const SLOW: u64 = 120 * MILLISECOND;
/// A lossy link loses this many of a million.
const LOSSY: u32 = 300_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkAct {
    CutBoth,
    /// From the first to the second.
    CutThere,
    CutBack,
    Slow,
    Lossy,
    Restore,
}

impl LinkAct {
    pub const ALL: [LinkAct; 6] =
        [LinkAct::CutBoth, LinkAct::CutThere, LinkAct::CutBack, LinkAct::Slow, LinkAct::Lossy, LinkAct::Restore];

    pub fn label(self, a: Place, b: Place) -> String {
        match self {
            LinkAct::CutBoth => say::CUT_BOTH_WAYS.into(),
            LinkAct::CutThere => say::cut(a, b),
            LinkAct::CutBack => say::cut(b, a),
            LinkAct::Slow => say::SLOW_120_MS.into(),
            LinkAct::Lossy => say::LOSE_30.into(),
            LinkAct::Restore => say::RESTORE.into(),
        }
    }

    /// The acts that bring it about.
    pub fn faults(self, a: Place, b: Place) -> Vec<Fault> {
        let (from, to) = (Who::At(a), Who::At(b));
        let rewire = |wires| Fault::Rewire { from, to, both: true, wires };
        match self {
            LinkAct::CutBoth => vec![Fault::Cut { from, to, both: true }],
            LinkAct::CutThere => vec![Fault::Cut { from, to, both: false }],
            LinkAct::CutBack => vec![Fault::Cut { from: to, to: from, both: false }],
            LinkAct::Slow => vec![rewire(LinkWires { latency: Some((SLOW, SLOW)), loss: None })],
            LinkAct::Lossy => vec![rewire(LinkWires { latency: None, loss: Some(LOSSY) })],
            LinkAct::Restore => vec![Fault::Mend { from, to, both: true }, rewire(LinkWires::default())],
        }
    }
}

/// Every link between processes and to the store, the lower place first.
pub fn all_links(sim: &dyn Simulation) -> Vec<(Place, Place)> {
    let places: Vec<Place> = sim.kernel().census.all().filter(|place| *place != Place::Store).collect();
    let pairs = places.iter().enumerate().flat_map(|(index, &a)| places[index + 1..].iter().map(move |&b| (a, b)));
    pairs.collect()
}

/// `cut both ways`, `slow, 120 ms` ... `open`.
pub fn link_state(sim: &dyn Simulation, a: Place, b: Place) -> String {
    let network = &sim.kernel().network;
    let mut states = Vec::new();
    match (network.is_cut(a, b), network.is_cut(b, a)) {
        (true, true) => states.push(say::IS_CUT_BOTH_WAYS.to_owned()),
        (true, false) => states.push(say::cannot_reach(a, b)),
        (false, true) => states.push(say::cannot_reach(b, a)),
        _ => {}
    }
    let wires = network.link(a, b).wires;
    if wires.latency.is_some() {
        states.push(say::IS_SLOW.into());
    }
    if wires.loss.is_some() {
        states.push("loses 30 %".into());
    }
    if states.is_empty() { "open".into() } else { states.join(", ") }
}
