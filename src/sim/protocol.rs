//! The contract between an algorithm and the world: one process, told things, asking for things.

use super::datum::Datum;
use super::effects::Effects;
use super::inspection::Inspection;
use super::message::Message;
use super::place::{Census, Place};
use super::property::Promises;
use super::reign::Standing;
use super::request::{Order, Request, RequestId};
use super::settings::Settings;
use std::fmt::Debug;
use std::hash::Hash;

/// How messages between two places travel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Transport {
    /// Each message alone: may be lost, doubled, overtaken.
    Datagram,
    /// First in, first out. Loss becomes delay, a cut becomes silence; a crash breaks it visibly.
    Connection,
}

/// A timer of a family, numbered from 0.
pub trait Timer: Copy + Eq + Hash + Debug {
    /// Stable ids, by number.
    const NAMES: &'static [&'static str];
    fn number(self) -> u8;
    /// Only called with numbers that [`Timer::number`] returned.
    fn from_number(number: u8) -> Self;
}

/// What survives a crash, changed by one durable record at a time.
pub trait Disk: Clone + Default + Eq + Hash + Debug {
    /// One durable change. Never a save of the whole disk.
    type Record: Clone + Eq + Hash + Debug;
    fn apply(&mut self, record: &Self::Record);
}

/// How a link of a connection changed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LinkChange {
    Up,
    Down,
}

/// The number of a write to disk, counted within one life of a process.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ticket(pub u32);

/// One election algorithm, as one process lives it.
///
/// Pure: it reads no clock and no chance but what `fx` hands it. Two equal values behave the same,
/// which is what exhaustive exploration rests on. `fx.settings` holds the settings; what must survive
/// a crash goes through `fx.save` and lives in [`Disk`].
pub trait Protocol: Clone + Eq + Hash + Debug + 'static {
    type Settings: Settings;
    type Message: Message;
    type Timer: Timer;
    type Disk: Disk;
    type Promises: Promises<Self>;

    /// Whether a leader of this family has a fencing token. Without, it writes as soon as it believes it leads.
    fn has_tokens(_settings: &Self::Settings) -> bool {
        true
    }

    /// How many servers a world of this family has besides its nodes (0 but for recipes).
    fn servers(_settings: &Self::Settings) -> u8 {
        0
    }
    fn transport(_settings: &Self::Settings, _from: Place, _to: Place) -> Transport {
        Transport::Datagram
    }
    /// Puts one field of a document's `initial` entry on the disk.
    ///
    /// # Errors
    /// A sentence for the author of the document: the field is unknown or its value is bad.
    fn seed_disk(disk: &mut Self::Disk, census: Census, me: Place, field: &str, value: &Datum) -> Result<(), String>;

    /// A process starts, for the first time or after a crash.
    fn boot(disk: &Self::Disk, fx: &mut Effects<'_, Self>) -> Self;
    fn on_message(&mut self, from: Place, message: Self::Message, fx: &mut Effects<'_, Self>);
    fn on_timer(&mut self, timer: Self::Timer, fx: &mut Effects<'_, Self>);
    /// The record is durable: own vote and own acknowledgement count from here.
    fn on_saved(&mut self, ticket: Ticket, fx: &mut Effects<'_, Self>);
    /// Connections only: the link to this peer came up or broke.
    fn on_link(&mut self, _peer: Place, _change: LinkChange, _fx: &mut Effects<'_, Self>) {}
    fn on_request(&mut self, id: RequestId, request: Request, fx: &mut Effects<'_, Self>);
    fn on_order(&mut self, order: Order, fx: &mut Effects<'_, Self>);

    /// Cheap: asked after every event that touched this process.
    fn standing(&self) -> Standing;
    /// Everything the picture and the inspector show. Asked only when looked at.
    fn inspect(&self, disk: &Self::Disk, page: &mut Inspection);
    /// What stays visible of a crashed node: the data on its disk.
    fn inspect_disk(disk: &Self::Disk, page: &mut Inspection);
}
