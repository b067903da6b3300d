//! Where things lie: lanes from top to bottom, time from left to right.

use crate::sim::place::{Census, Place};
use crate::sim::simulation::Simulation;
use crate::sim::store::Job;
use crate::sim::time::Micros;

/// The stretch of time that is shown, in microseconds; it may begin between two.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Window {
    pub from: f64,
    pub length: f64,
}

impl Window {
    pub fn until(self) -> f64 {
        self.from + self.length
    }

    pub fn holds(self, at: Micros) -> bool {
        let at = at as f64;
        at >= self.from && at <= self.until()
    }

    /// The same part of the run, `factor` times as long, with this moment where it was.
    pub fn zoomed(self, around: f64, factor: f64) -> Window {
        Window { from: around - (around - self.from) * factor, length: self.length * factor }
    }
}

/// A lane of the diagram.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lane {
    Node(u8),
    /// All servers of a service together.
    Service,
    Store,
}

impl Lane {
    pub fn name(self) -> String {
        match self {
            Lane::Node(node) => Place::Node(node).to_string(),
            Lane::Service => "Service".into(),
            Lane::Store => "Store".into(),
        }
    }
}

/// The lanes of a world: its nodes, its service and its store, if there are such.
pub fn lanes(sim: &dyn Simulation) -> Vec<Lane> {
    let kernel = sim.kernel();
    let nodes = (1..=kernel.census.nodes).map(Lane::Node);
    let service = (kernel.census.servers > 0).then_some(Lane::Service);
    let store = (kernel.work.job != Job::None).then_some(Lane::Store);
    nodes.chain(service).chain(store).collect()
}

/// A drawing area with its lanes, and the window of time that it shows. Lengths are pixels.
#[derive(Clone, PartialEq, Debug)]
pub struct Frame {
    pub width: f64,
    pub height: f64,
    /// The unit of type: 16 on a page that is not enlarged.
    pub rem: f64,
    pub window: Window,
    pub lanes: Vec<Lane>,
    /// Only one line for the whole run: no names, no arrows, no axis.
    pub slim: bool,
}

impl Frame {
    /// Left of it stand the names of the lanes.
    pub fn gutter(&self) -> f64 {
        match (self.slim, self.lanes.contains(&Lane::Service)) {
            (true, _) => 0.0,
            (false, true) => 4.5 * self.rem,
            (false, false) => 3.6 * self.rem,
        }
    }

    /// Above it stand the flags.
    pub fn top(&self) -> f64 {
        if self.slim { 0.3 * self.height } else { 1.35 * self.rem }
    }

    /// Below it stands the axis.
    pub fn bottom(&self) -> f64 {
        if self.slim { self.height } else { self.height - 1.5 * self.rem }
    }

    pub fn lane_height(&self) -> f64 {
        let rows = if self.slim { 1 } else { self.lanes.len().max(1) };
        (self.bottom() - self.top()) / rows as f64
    }

    /// The middle of a row.
    pub fn y(&self, row: usize) -> f64 {
        let row = if self.slim { 0 } else { row };
        self.top() + self.lane_height() * (row as f64 + 0.5)
    }

    pub fn x(&self, at: f64) -> f64 {
        self.gutter() + (at - self.window.from) / self.window.length * (self.width - self.gutter())
    }

    /// The moment at a distance from the left edge.
    pub fn at(&self, x: f64) -> f64 {
        self.window.from + (x - self.gutter()) / (self.width - self.gutter()).max(1.0) * self.window.length
    }

    /// How much time one pixel stands for, in microseconds.
    pub fn grain(&self) -> f64 {
        self.window.length / (self.width - self.gutter()).max(1.0)
    }

    /// The row of the place in this slot.
    pub fn row(&self, census: Census, slot: u8) -> Option<usize> {
        let lane = match census.place(usize::from(slot)) {
            Place::Node(node) => Lane::Node(node),
            Place::Server(_) => Lane::Service,
            Place::Store => Lane::Store,
        };
        self.lanes.iter().position(|&other| other == lane)
    }

    /// The whole microseconds at both ends.
    pub fn ends(&self) -> (Micros, Micros) {
        (self.window.from.max(0.0) as Micros, self.window.until().max(0.0) as Micros)
    }
}
