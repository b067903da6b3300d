//! The wires: what becomes of a message is decided here and nowhere else.

use super::event::Loss;
use super::fault::LinkWires;
use super::place::{Census, Place};
use super::protocol::Transport;
use super::rng::{Pcg, link_stream};
use super::settings::{Field, FieldKind, Settings, Value};
use super::time::{HOUR, MILLISECOND, Micros, SECOND};

/// How long a connection waits before it sends a lost packet again (TCP's usual minimum).
pub const RETRANSMISSION: Micros = 200 * MILLISECOND;

/// What all links and disks have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Wires {
    /// One-way, uniform, inclusive. At least one microsecond.
    pub latency: (Micros, Micros),
    /// The chance, in parts per million, that a message takes `tail_latency` instead.
    pub tail_chance: u32,
    pub tail_latency: (Micros, Micros),
    pub loss: u32,
    pub duplicate: u32,
    /// How long a write to disk takes; equal zeros make it instant.
    pub disk: (Micros, Micros),
}

impl Default for Wires {
    fn default() -> Wires {
        Wires {
            latency: (10 * MILLISECOND, 20 * MILLISECOND),
            tail_chance: 0,
            tail_latency: (200 * MILLISECOND, 400 * MILLISECOND),
            loss: 0,
            duplicate: 0,
            disk: (0, 0),
        }
    }
}

impl Settings for Wires {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "latency", kind: FieldKind::Range { low: 1, high: 60 * SECOND } },
        Field { key: 1, id: "tail_chance", kind: FieldKind::Chance },
        Field { key: 2, id: "tail_latency", kind: FieldKind::Range { low: 1, high: HOUR } },
        Field { key: 3, id: "loss", kind: FieldKind::Chance },
        Field { key: 4, id: "duplicate", kind: FieldKind::Chance },
        Field { key: 5, id: "disk", kind: FieldKind::Range { low: 0, high: 60 * SECOND } },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] = &[("near", Wires::default)];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Range(self.latency.0, self.latency.1),
            1 => Value::Chance(self.tail_chance),
            2 => Value::Range(self.tail_latency.0, self.tail_latency.1),
            3 => Value::Chance(self.loss),
            4 => Value::Chance(self.duplicate),
            _ => Value::Range(self.disk.0, self.disk.1),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Range(low, high)) => self.latency = (low, high),
            (1, Value::Chance(chance)) => self.tail_chance = chance,
            (2, Value::Range(low, high)) => self.tail_latency = (low, high),
            (3, Value::Chance(chance)) => self.loss = chance,
            (4, Value::Chance(chance)) => self.duplicate = chance,
            (5, Value::Range(low, high)) => self.disk = (low, high),
            _ => {}
        }
    }
}

/// One direction between two places.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    chance: Pcg,
    /// How many messages were sent on it.
    pub sent: u32,
    pub cut: bool,
    /// Own wires, where they differ.
    pub wires: LinkWires,
    /// Connections: nothing arrives before this.
    arrived_by: Micros,
    /// Connections: messages wait for the link to be mended.
    stalled: bool,
}

/// What becomes of one message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    Arrives(Micros),
    /// By chance it arrives twice.
    Twice(Micros, Micros),
    Lost(Loss),
    /// It waits on a connection that is cut.
    Stalls,
}

#[derive(Clone, Debug)]
pub struct Network {
    pub census: Census,
    pub wires: Wires,
    links: Vec<Link>,
    /// The groups of the newest partition, for the picture; empty when healed.
    pub groups: Vec<Vec<Place>>,
    /// How many directed links are cut.
    pub cuts: u32,
}

impl Network {
    pub fn new(census: Census, wires: Wires, seed: u64) -> Network {
        let mut network = Network { census, wires, links: Vec::new(), groups: Vec::new(), cuts: 0 };
        network.reset(seed);
        network
    }

    pub fn reset(&mut self, seed: u64) {
        let census = self.census;
        self.links.clear();
        for from in census.all() {
            for to in census.all() {
                self.links.push(Link {
                    chance: link_stream(seed, from.code(), to.code()),
                    sent: 0,
                    cut: false,
                    wires: LinkWires::default(),
                    arrived_by: 0,
                    stalled: false,
                });
            }
        }
        self.groups.clear();
        self.cuts = 0;
    }

    fn index(&self, from: Place, to: Place) -> usize {
        self.census.slot(from) * self.census.slots() + self.census.slot(to)
    }

    pub fn link(&self, from: Place, to: Place) -> &Link {
        &self.links[self.index(from, to)]
    }

    pub(super) fn link_mut(&mut self, from: Place, to: Place) -> &mut Link {
        let index = self.index(from, to);
        &mut self.links[index]
    }

    pub fn is_cut(&self, from: Place, to: Place) -> bool {
        self.link(from, to).cut
    }

    /// Cuts or mends one direction; true if that changed it.
    pub(super) fn set_cut(&mut self, from: Place, to: Place, cut: bool) -> bool {
        let link = self.link_mut(from, to);
        if link.cut == cut {
            return false;
        }
        link.cut = cut;
        link.stalled = false;
        if cut {
            self.cuts += 1;
        } else {
            self.cuts -= 1;
        }
        true
    }

    /// Decides what becomes of a message sent now.
    pub(super) fn fate(&mut self, from: Place, to: Place, transport: Transport, now: Micros) -> Fate {
        let wires = self.wires;
        let index = self.index(from, to);
        let link = &mut self.links[index];
        link.sent += 1;
        let latency = link.wires.latency.unwrap_or(wires.latency);
        let loss = link.wires.loss.unwrap_or(wires.loss);
        match transport {
            Transport::Datagram => {
                if link.cut {
                    return Fate::Lost(Loss::Cut);
                }
                if link.chance.happens(loss) {
                    return Fate::Lost(Loss::Chance);
                }
                let first = now + flight_time(&mut link.chance, latency, &wires);
                if link.chance.happens(wires.duplicate) {
                    return Fate::Twice(first, now + flight_time(&mut link.chance, latency, &wires));
                }
                Fate::Arrives(first)
            }
            Transport::Connection => {
                if link.cut || link.stalled {
                    link.stalled = true;
                    return Fate::Stalls;
                }
                let mut arrives = now + flight_time(&mut link.chance, latency, &wires);
                if link.chance.happens(loss) {
                    arrives += RETRANSMISSION;
                }
                link.arrived_by = arrives.max(link.arrived_by);
                Fate::Arrives(link.arrived_by)
            }
        }
    }

    /// When a message that waited on a mended connection arrives.
    pub(super) fn resume(&mut self, from: Place, to: Place, now: Micros) -> Micros {
        let wires = self.wires;
        let link = self.link_mut(from, to);
        let latency = link.wires.latency.unwrap_or(wires.latency);
        let arrives = now + flight_time(&mut link.chance, latency, &wires);
        link.arrived_by = arrives.max(link.arrived_by);
        link.arrived_by
    }

    /// Nothing more arrives on this connection before that.
    pub(super) fn hold_until(&mut self, from: Place, to: Place, at: Micros) {
        let link = self.link_mut(from, to);
        link.arrived_by = link.arrived_by.max(at);
    }

    /// How long one end takes to learn that the other broke the connection.
    pub(super) fn news(&mut self, from: Place, to: Place, now: Micros) -> Micros {
        self.resume(from, to, now)
    }
}

fn flight_time(chance: &mut Pcg, latency: (Micros, Micros), wires: &Wires) -> Micros {
    let (low, high) = if chance.happens(wires.tail_chance) { wires.tail_latency } else { latency };
    chance.between(low, high).max(1)
}
