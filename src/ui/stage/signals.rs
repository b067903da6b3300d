//! The handle between a running world and its picture: facts as signals, set only where they differ.

use super::bench::{BenchFacts, bench_facts};
use super::geometry::Point;
use super::layout::{Layout, View};
use super::motion;
use super::painter::Painter;
use super::queue::{QueueFacts, queue_facts};
use super::scene::{LinkFacts, NodeFacts, PartitionFacts, link_facts, node_facts, partition_facts, processes};
use super::uses::Uses;
use crate::sim::inspection::{Inspection, Ring};
use crate::sim::kernel::FlightState;
use crate::sim::measures::Status;
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;
use crate::sim::touched::Touched;
use leptos::prelude::*;

/// One stage. Create it in a component, hand it to [`super::Stage`], and call [`StageSignals::draw`] once a frame.
#[derive(Clone, Copy)]
pub struct StageSignals {
    /// Nodes and servers of the world on the stage.
    pub(super) census: RwSignal<(u8, u8)>,
    pub(super) nodes: RwSignal<Vec<ArcRwSignal<NodeFacts>>>,
    pub(super) links: RwSignal<Vec<LinkFacts>>,
    pub(super) partition: RwSignal<PartitionFacts>,
    pub(super) bench: RwSignal<Option<BenchFacts>>,
    pub(super) queue: RwSignal<QueueFacts>,
    /// The ensemble's box is open.
    pub(super) open: RwSignal<bool>,
    /// What of the picture the algorithm makes use of.
    pub(super) uses: RwSignal<Uses>,
    /// Where everything stands, in sixteenths of the root font size.
    pub layout: RwSignal<Layout>,
    /// How far each node was moved by hand, by slot; empty while all stand at home.
    pub(super) moved: RwSignal<Vec<Point>>,
    pub(super) frame: StoredValue<Frame, LocalStorage>,
}

/// What a frame needs beyond the signals.
pub(super) struct Frame {
    pub painter: Painter,
    pages: Vec<Inspection>,
    granting: u32,
    /// Acts known so far: only they change links.
    acts: usize,
}

impl Default for StageSignals {
    fn default() -> StageSignals {
        StageSignals::new()
    }
}

impl StageSignals {
    pub fn new() -> StageSignals {
        let view =
            View { width: 936.0, height: 488.0, nodes: 5, servers: 0, open: false, store: true, projector: false };
        StageSignals {
            census: RwSignal::new((5, 0)),
            nodes: RwSignal::new(Vec::new()),
            links: RwSignal::new(Vec::new()),
            partition: RwSignal::new(PartitionFacts::default()),
            bench: RwSignal::new(None),
            queue: RwSignal::new(QueueFacts::default()),
            open: RwSignal::new(false),
            uses: RwSignal::new(Uses::default()),
            layout: RwSignal::new(Layout::new(view)),
            moved: RwSignal::new(Vec::new()),
            frame: StoredValue::new_local(Frame {
                painter: Painter::default(),
                pages: Vec::new(),
                granting: 0,
                acts: 0,
            }),
        }
    }

    /// Brings the picture up to `now`. `touched` is what changed since the last call; after seeking, or with
    /// another world, [`Touched::everything`]. With nothing touched this moves rings and messages only.
    pub fn draw(&self, sim: &dyn Simulation, now: Micros, touched: Touched) {
        let census = sim.kernel().census;
        let is_new = self.nodes.with_untracked(Vec::len) != census.processes()
            || self.census.get_untracked() != (census.nodes, census.servers);
        let touched = if is_new { Touched::everything() } else { touched };
        self.frame.update_value(|frame| {
            set_if_other(self.uses, Uses::of(sim));
            let acts = sim.history().acts.len();
            let has_acts = acts != frame.acts || touched.slots == u64::MAX;
            frame.acts = acts;
            let inspected = self.refresh(frame, sim, &touched, is_new, has_acts);
            if has_acts {
                set_if_other(self.links, link_facts(sim));
                set_if_other(self.partition, partition_facts(sim));
                frame.painter.is_parted = !sim.kernel().network.groups.is_empty();
            }
            // Seats say who granted and whose grant is on its way.
            let granting = if touched.network { granting(sim) } else { frame.granting };
            if inspected || granting != frame.granting || touched.standings || has_acts {
                frame.granting = granting;
                set_if_other(self.bench, bench_facts(sim, &frame.pages));
            }
            if census.servers > 0 && (inspected || touched.standings || has_acts) {
                let kernel = sim.kernel();
                let of = |slot: usize| (census.place(slot), kernel.statuses[slot], &frame.pages[slot]);
                let servers: Vec<_> = (usize::from(census.nodes)..census.processes()).map(of).collect();
                set_if_other(self.queue, queue_facts(&servers));
            }
            if touched.network {
                let kernel = sim.kernel();
                motion::courses(kernel, now, &mut frame.painter.courses);
                frame.painter.courses_changed = true;
                frame.painter.kinds = sim.kinds();
            }
            frame.painter.paint(now);
        });
    }

    /// Asks again whoever was told something; true if anybody was.
    fn refresh(
        &self,
        frame: &mut Frame,
        sim: &dyn Simulation,
        touched: &Touched,
        is_new: bool,
        has_acts: bool,
    ) -> bool {
        let census = sim.kernel().census;
        if is_new {
            frame.pages = vec![Inspection::default(); census.processes()];
            frame.painter.rings = vec![None::<Ring>; census.processes()];
        }
        let mut inspected = false;
        let mut fresh: Vec<ArcRwSignal<NodeFacts>> = Vec::new();
        for (slot, place) in processes(sim).enumerate() {
            // Standings and cuts of others show on a node too (who follows it, whether it is cut off).
            let is_told = touched.has(slot);
            let is_paused = sim.kernel().statuses[slot] == Status::Paused;
            if !is_told && !touched.standings && !has_acts && !is_paused {
                continue;
            }
            if is_told {
                inspected = true;
                frame.pages[slot] = sim.inspect(place);
                frame.painter.rings[slot] = frame.pages[slot].ring;
            }
            let facts = node_facts(sim, place, &frame.pages[slot]);
            if is_new {
                fresh.push(ArcRwSignal::new(facts));
                continue;
            }
            self.nodes.with_untracked(|nodes| {
                if nodes[slot].with_untracked(|old| *old != facts) {
                    nodes[slot].set(facts);
                }
            });
        }
        if is_new {
            self.census.set((census.nodes, census.servers));
            self.nodes.set(fresh);
            set_if_other(self.moved, Vec::new());
        }
        inspected
    }

    /// Where a node was moved to by hand, from its place on the ring.
    pub(super) fn moved(&self, slot: usize) -> Point {
        self.moved.with_untracked(|moved| moved.get(slot).copied().unwrap_or_default())
    }

    pub(super) fn move_node(&self, slot: usize, by: Point) {
        self.moved.update(|moved| {
            if moved.len() <= slot {
                moved.resize(slot + 1, Point::default());
            }
            moved[slot] = by;
        });
    }

    /// The time left on a node's ring, at the instant drawn last.
    pub(super) fn time_left(&self, slot: usize) -> Option<Micros> {
        self.frame.with_value(|frame| {
            let ring = (*frame.painter.rings.get(slot)?)?;
            Some(ring.due_at.saturating_sub(frame.painter.now))
        })
    }
}

fn set_if_other<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

/// A mark that changes when a grant is sent or arrives.
fn granting(sim: &dyn Simulation) -> u32 {
    let flights = sim.kernel().flights.iter();
    let grants = flights
        .filter(|flight| flight.state == FlightState::Flying && flight.shape == crate::sim::message::Shape::Grant);
    grants.fold(0, |mark, flight| {
        mark ^ (u32::from(flight.message.from.code()) << 16 | u32::from(flight.message.to.code()))
            .wrapping_mul(flight.message.nth | 1)
    })
}
