//! A toy family for tests of the world and the player: whoever loses patience claims the next number and leads;
//! higher numbers win. It is no election algorithm, and promises what it cannot keep.
#![allow(dead_code)]

use conclave::scenarios::algorithm::{Algorithm, Family};
use conclave::sim::datum::Datum;
use conclave::sim::effects::Effects;
use conclave::sim::inspection::{Inspection, Shown};
use conclave::sim::message::{ABSENT, Facts, Kind, Message, Shape};
use conclave::sim::place::{Census, Place};
use conclave::sim::property::{Book, Promise, Promises, View};
use conclave::sim::protocol::{Disk, LinkChange, Protocol, Ticket, Timer, Transport};
use conclave::sim::reign::{Reign, Role, Standing};
use conclave::sim::request::{Answer, Order, Request, RequestId};
use conclave::sim::rule::{Reason, Rule};
use conclave::sim::settings::{Field, FieldKind, Settings, Value};
use conclave::sim::time::{HOUR, MILLISECOND, Micros};

pub static TOY: Family = Family::of::<Toy>("toy", 250);

pub fn toy() -> Algorithm {
    Algorithm(&TOY)
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Toy {
    pub reign: u64,
    pub role: Role,
    pub follows: Option<Place>,
    /// Heartbeats heard, with the time by its own clock.
    pub heard: Vec<(Place, u64, Micros)>,
    pub links: Vec<(Place, LinkChange)>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToySettings {
    pub patience: (Micros, Micros),
    pub beat: Micros,
    pub connected: bool,
}

impl Default for ToySettings {
    fn default() -> ToySettings {
        ToySettings { patience: (150 * MILLISECOND, 300 * MILLISECOND), beat: 75 * MILLISECOND, connected: false }
    }
}

pub const PATIENCE: u8 = 0;
pub const BEAT: u8 = 1;
pub const CONNECTED: u8 = 2;

impl Settings for ToySettings {
    const FIELDS: &'static [Field] = &[
        Field { key: PATIENCE, id: "election_timeout", kind: FieldKind::Range { low: 1, high: HOUR } },
        Field { key: BEAT, id: "heartbeat", kind: FieldKind::Span { low: 1, high: HOUR } },
        Field { key: CONNECTED, id: "connected", kind: FieldKind::Switch },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] = &[("quick", ToySettings::default), ("wired", wired)];

    fn value(&self, key: u8) -> Value {
        match key {
            PATIENCE => Value::Range(self.patience.0, self.patience.1),
            BEAT => Value::Span(self.beat),
            _ => Value::Switch(self.connected),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (PATIENCE, Value::Range(low, high)) => self.patience = (low, high),
            (BEAT, Value::Span(span)) => self.beat = span,
            (CONNECTED, Value::Switch(on)) => self.connected = on,
            _ => {}
        }
    }
}

fn wired() -> ToySettings {
    ToySettings { connected: true, ..ToySettings::default() }
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum ToyMessage {
    Claim { reign: u64 },
    Beat { reign: u64, count: u64 },
}

impl Message for ToyMessage {
    const KINDS: &'static [Kind] =
        &[Kind { id: "claim", fields: &["reign"] }, Kind { id: "beat", fields: &["reign", "count"] }];

    fn kind(&self) -> u8 {
        match self {
            ToyMessage::Claim { .. } => 0,
            ToyMessage::Beat { .. } => 1,
        }
    }
    fn shape(&self) -> Shape {
        match self {
            ToyMessage::Claim { .. } => Shape::Ask,
            ToyMessage::Beat { .. } => Shape::Beat,
        }
    }
    fn reign(&self) -> Option<Reign> {
        match *self {
            ToyMessage::Claim { reign } | ToyMessage::Beat { reign, .. } => Some(Reign::counted(reign)),
        }
    }
    fn facts(&self) -> Facts {
        match *self {
            ToyMessage::Claim { reign } => [reign, ABSENT, ABSENT, ABSENT, ABSENT],
            ToyMessage::Beat { reign, count } => [reign, count, ABSENT, ABSENT, ABSENT],
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ToyTimer {
    Patience,
    Beat,
}

impl Timer for ToyTimer {
    const NAMES: &'static [&'static str] = &["patience", "beat"];
    fn number(self) -> u8 {
        self as u8
    }
    fn from_number(number: u8) -> ToyTimer {
        if number == 0 { ToyTimer::Patience } else { ToyTimer::Beat }
    }
}

/// The highest number ever claimed or heard, and how many writes were made.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ToyDisk {
    pub reign: u64,
    pub writes: u64,
}

impl Disk for ToyDisk {
    type Record = u64;
    fn apply(&mut self, reign: &u64) {
        self.reign = *reign;
        self.writes += 1;
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ToyPromises;

impl Promises<Toy> for ToyPromises {
    const LIST: &'static [Promise] = &[Promise { id: "one_leader_per_reign", promised: true, needs_disks: true }];

    fn check(&mut self, view: &View<'_, Toy>, touched: Place, book: &mut Book) {
        let leads = |place: Place| view.process(place).filter(|process| process.role == Role::Leader);
        let Some(me) = leads(touched) else { return };
        book.checked(0);
        let rival = view
            .census
            .nodes()
            .find(|&other| other != touched && leads(other).is_some_and(|process| process.reign == me.reign));
        if let Some(rival) = rival {
            book.broken(0, [Some(touched), Some(rival)], [me.reign, 0, 0]);
        }
    }
}

impl Toy {
    fn wait(&self, fx: &mut Effects<'_, Toy>) {
        let (low, high) = fx.settings.patience;
        let span = fx.random_between(low, high);
        fx.set_timer(ToyTimer::Patience, span);
    }

    fn claim(&mut self, fx: &mut Effects<'_, Toy>) {
        fx.because(Rule::new('T', 1));
        self.reign += 1;
        self.role = Role::Candidate;
        self.follows = None;
        let ticket = fx.save(self.reign);
        for peer in fx.peers() {
            fx.send_after(ticket, peer, ToyMessage::Claim { reign: self.reign });
        }
        self.wait(fx);
    }

    fn beat(&mut self, fx: &mut Effects<'_, Toy>) {
        let count = self.heard.len() as u64;
        fx.broadcast(&ToyMessage::Beat { reign: self.reign, count });
        let span = fx.settings.beat;
        fx.set_timer(ToyTimer::Beat, span);
    }

    fn give_way(&mut self, to: Option<Place>, reign: u64, fx: &mut Effects<'_, Toy>) {
        fx.because(Rule::new('T', 2));
        self.role = Role::Follower;
        self.follows = to;
        self.reign = reign;
        fx.cancel_timer(ToyTimer::Beat);
        self.wait(fx);
    }
}

impl Protocol for Toy {
    type Settings = ToySettings;
    type Message = ToyMessage;
    type Timer = ToyTimer;
    type Disk = ToyDisk;
    type Promises = ToyPromises;

    fn transport(settings: &ToySettings, _from: Place, _to: Place) -> Transport {
        if settings.connected { Transport::Connection } else { Transport::Datagram }
    }

    fn seed_disk(disk: &mut ToyDisk, _: Census, _: Place, field: &str, value: &Datum) -> Result<(), String> {
        match field {
            "reign" => disk.reign = value.number()?,
            _ => return Err("a toy has only: reign".into()),
        }
        Ok(())
    }

    fn boot(disk: &ToyDisk, fx: &mut Effects<'_, Toy>) -> Toy {
        let toy = Toy { reign: disk.reign, role: Role::Follower, follows: None, heard: Vec::new(), links: Vec::new() };
        toy.wait(fx);
        toy
    }

    fn on_message(&mut self, from: Place, message: ToyMessage, fx: &mut Effects<'_, Toy>) {
        let (ToyMessage::Claim { reign } | ToyMessage::Beat { reign, .. }) = message;
        if let ToyMessage::Beat { count, .. } = message {
            if self.heard.len() == 256 {
                self.heard.remove(0);
            }
            self.heard.push((from, count, fx.now));
        }
        if reign < self.reign || reign == self.reign && self.role != Role::Follower {
            fx.ignore(Reason("older_number"));
            return;
        }
        self.give_way(Some(from), reign, fx);
    }

    fn on_timer(&mut self, timer: ToyTimer, fx: &mut Effects<'_, Toy>) {
        match timer {
            ToyTimer::Patience => self.claim(fx),
            ToyTimer::Beat => self.beat(fx),
        }
    }

    fn on_saved(&mut self, _: Ticket, fx: &mut Effects<'_, Toy>) {
        if self.role == Role::Candidate {
            self.role = Role::Leader;
            self.follows = Some(fx.me);
            fx.cancel_timer(ToyTimer::Patience);
            fx.tell("crowned", [self.reign, 0, 0]);
            self.beat(fx);
        }
    }

    fn on_link(&mut self, peer: Place, change: LinkChange, _: &mut Effects<'_, Toy>) {
        self.links.push((peer, change));
    }

    fn on_request(&mut self, id: RequestId, _: Request, fx: &mut Effects<'_, Toy>) {
        let answer = match self.role {
            Role::Leader => Answer::Written { index: self.reign },
            _ => Answer::Refused(Reason("not_the_leader")),
        };
        fx.answer(id, answer);
    }

    fn on_order(&mut self, order: Order, fx: &mut Effects<'_, Toy>) {
        match order {
            Order::TimeOutNow if self.role != Role::Leader => self.claim(fx),
            Order::Resign if self.role == Role::Leader => self.give_way(None, self.reign, fx),
            Order::Retuned if self.role != Role::Leader => self.wait(fx),
            _ => fx.ignore(Reason("not_now")),
        }
    }

    fn standing(&self) -> Standing {
        let reign = Some(Reign::counted(self.reign));
        let token = reign.filter(|_| self.role == Role::Leader);
        Standing { role: self.role, title: "toy", reign, follows: self.follows, token }
    }

    fn inspect(&self, disk: &ToyDisk, page: &mut Inspection) {
        Toy::inspect_disk(disk, page);
        page.row("heard", Shown::Number(self.heard.len() as u64));
        page.ring_timer = Some(0);
    }

    fn inspect_disk(disk: &ToyDisk, page: &mut Inspection) {
        page.on_disk("reign", Shown::Number(disk.reign));
    }
}
