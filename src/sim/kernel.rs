//! Everything of a world that does not depend on the algorithm: the clock, the queue, chance, wires, who is
//! up, what was written down. It is compiled once, whatever number of families there is.

use super::duty::{Clerk, Work};
use super::event::{Event, EventId, Loss, MessageRef, What};
use super::fault::{MessageName, Who};
use super::history::History;
use super::measures::{Measures, Status};
use super::message::Facts;
use super::network::{Fate, Network, Wires};
use super::office::{STORE_KIND, STORE_KINDS};
use super::pauses::Pauses;
use super::place::{Census, Place};
use super::protocol::Transport;
use super::queue::{Item, Queue};
use super::reign::Standing;
use super::rng::{Pcg, Purpose, place_stream};
use super::rule::{Reason, Rule};
use super::store::{Store, StoreMessage};
use super::time::{END_OF_TIME, Micros};
use super::timers::Timers;
use super::touched::Touched;
use crate::sim::order::put_in_order;
use std::collections::VecDeque;

/// A message under way. Its content is kept by the world, under the same number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flight {
    pub message: MessageRef,
    pub shape: super::message::Shape,
    pub reign: Option<super::reign::Reign>,
    pub sent_at: Micros,
    /// When it arrives, or would have arrived; the end of time while it waits on a cut connection.
    pub arrives_at: Micros,
    pub sent_event: EventId,
    /// When it was lost, which may be before it would have arrived.
    pub lost_at: Option<Micros>,
    pub state: FlightState,
    pub transport: Transport,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FlightState {
    Flying,
    /// Waits on a cut connection.
    Stalled,
    /// Arrived at a paused process.
    InInbox,
    /// Does not arrive, and why.
    Lost(Loss),
    /// The entry is free.
    Free,
}

/// How often each kind of message was sent, delivered, lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    pub sent: u64,
    pub delivered: u64,
    pub lost: u64,
}

/// What the wires did to messages between nodes in the course of the present step or act. Algorithms that
/// assume a bound on delays are judged by it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Strain {
    /// It is an act that is carried out: whatever happens in its course is no doing of the algorithm.
    pub by_act: bool,
    /// The longest flight arranged.
    pub longest_flight: Micros,
    /// A message was lost for another reason than that its receiver was down.
    pub lost: bool,
}

/// A standing order to drop messages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DropOrder {
    pub kind: Option<u8>,
    pub from: Option<Who>,
    pub to: Option<Who>,
    /// Only the next one.
    pub once: bool,
}

/// What the world knows of one process besides its state.
#[derive(Clone, Debug)]
pub struct Body {
    pub life: u32,
    pub tickets: u32,
    pub choice: Pcg,
    pub disk_chance: Pcg,
    pub pause_chance: Pcg,
    /// Messages that arrived during a pause.
    pub inbox: VecDeque<u32>,
    /// Changes of connections that it has not noticed yet, because it is paused: the peer's slot, and whether it is up.
    pub unnoticed: Vec<(u8, bool)>,
    /// When the last write asked for will be durable.
    pub disk_free_at: Micros,
    pub wiped: bool,
    pub pauses: u32,
    /// When the present status began.
    pub since: Micros,
    drift: i32,
    drift_since: Micros,
    clock_at_drift: Micros,
}

/// At most this many lost messages are remembered for the picture.
const LOST_SHOWN: usize = 32;

#[derive(Clone, Debug)]
pub struct Kernel {
    pub census: Census,
    pub seed: u64,
    pub now: Micros,
    /// Steps taken so far.
    pub steps: u64,
    /// Steps taken, and entries of a script carried out, at this very instant.
    pub steps_now: u32,
    pub events: EventId,
    pub queue: Queue,
    pub timers: Timers,
    pub network: Network,
    pub pauses: Pauses,
    pub bodies: Vec<Body>,
    pub statuses: Vec<Status>,
    pub standings: Vec<Standing>,
    pub measures: Measures,
    pub history: History,
    pub flights: Vec<Flight>,
    pub lost: VecDeque<Flight>,
    pub tallies: Vec<Tally>,
    pub drops: Vec<DropOrder>,
    pub requests: u32,
    pub touched: Touched,
    pub strain: Strain,
    /// What leaders do with their office.
    pub work: Work,
    pub store: Store,
    /// By slot.
    pub clerks: Vec<Clerk>,
    /// Contents of flights to and from the store, under the flights' numbers.
    pub(super) errands: Vec<Option<StoreMessage>>,
    /// Whether this family's leaders have tokens; if not, they write without.
    pub has_tokens: bool,
    free: Vec<u32>,
    cause: Option<EventId>,
    step_event: EventId,
    /// When the last step was taken or act carried out.
    pub step_at: Micros,
    rule: Option<Rule>,
}

impl Kernel {
    pub fn new(census: Census, wires: Wires, pauses: Pauses, seed: u64, kinds: usize) -> Kernel {
        let mut kernel = Kernel {
            census,
            seed,
            now: 0,
            steps: 0,
            steps_now: 0,
            events: 0,
            queue: Queue::default(),
            timers: Timers::default(),
            network: Network::new(census, wires, seed),
            pauses,
            bodies: Vec::new(),
            statuses: Vec::new(),
            standings: Vec::new(),
            measures: Measures::default(),
            history: History::new(0),
            flights: Vec::new(),
            lost: VecDeque::new(),
            tallies: vec![Tally::default(); kinds + STORE_KINDS.len()],
            drops: Vec::new(),
            requests: 0,
            touched: Touched::default(),
            strain: Strain::default(),
            work: Work::default(),
            store: Store::default(),
            clerks: Vec::new(),
            errands: Vec::new(),
            has_tokens: true,
            free: Vec::new(),
            cause: None,
            step_event: 0,
            step_at: 0,
            rule: None,
        };
        kernel.reset(seed);
        kernel
    }

    /// Back to the start with another seed, keeping what is allocated.
    pub fn reset(&mut self, seed: u64) {
        let census = self.census;
        self.seed = seed;
        (self.now, self.steps, self.steps_now, self.events) = (0, 0, 0, 0);
        self.queue.clear();
        self.timers.reset(census.processes());
        self.network.reset(seed);
        self.bodies.clear();
        for place in census.all() {
            let stream = |purpose| place_stream(seed, purpose, place.code());
            self.bodies.push(Body {
                life: 0,
                tickets: 0,
                choice: stream(Purpose::Choice),
                disk_chance: stream(Purpose::Disk),
                pause_chance: stream(Purpose::Pause),
                inbox: VecDeque::new(),
                unnoticed: Vec::new(),
                disk_free_at: 0,
                wiped: false,
                pauses: 0,
                since: 0,
                drift: 0,
                drift_since: 0,
                clock_at_drift: 0,
            });
        }
        self.statuses.clear();
        self.statuses.resize(census.slots(), Status::Down);
        self.statuses[census.processes()] = Status::Up;
        self.clerks.clear();
        self.clerks.resize(census.processes(), Clerk::default());
        self.errands.clear();
        self.store = Store::new(self.store.guard, self.work.job);
        self.standings.clear();
        self.standings.resize(census.slots(), Standing::default());
        self.measures.reset();
        self.history = History::new(self.history.bound());
        self.flights.clear();
        self.lost.clear();
        self.tallies.fill(Tally::default());
        self.drops.clear();
        self.free.clear();
        self.requests = 0;
        self.touched = Touched::default();
        self.strain = Strain::default();
        (self.cause, self.step_event, self.step_at, self.rule) = (None, 0, 0, None);
    }

    // ---- time -------------------------------------------------------------------------------------------

    pub fn move_to(&mut self, now: Micros) {
        debug_assert!(now >= self.now, "time runs backwards");
        if now > self.now {
            self.now = now;
            self.steps_now = 0;
        }
    }

    /// The clock of this place.
    pub fn local_now(&self, slot: usize) -> Micros {
        let body = &self.bodies[slot];
        if body.drift == 0 {
            return body.clock_at_drift + (self.now - body.drift_since);
        }
        body.clock_at_drift + scale(self.now - body.drift_since, 1_000_000 + i64::from(body.drift), 1_000_000)
    }

    pub fn set_drift(&mut self, slot: usize, parts_per_million: i32) {
        let clock = self.local_now(slot);
        let body = &mut self.bodies[slot];
        body.clock_at_drift = clock;
        body.drift_since = self.now;
        body.drift = parts_per_million.clamp(-900_000, 9_000_000);
    }

    pub fn drift(&self, slot: usize) -> i32 {
        self.bodies[slot].drift
    }

    /// Starts a timer of a place, its span measured by that place's clock.
    pub fn set_timer(&mut self, slot: usize, timer: u8, span: Micros) {
        let drift = self.bodies[slot].drift;
        let span = if drift == 0 { span } else { scale(span, 1_000_000, 1_000_000 + i64::from(drift)) };
        let due = self.now.saturating_add(span).min(END_OF_TIME);
        self.timers.set(slot, timer, self.now, due, self.step_event, &mut self.queue);
    }

    // ---- writing down -----------------------------------------------------------------------------------

    /// Begins a step: the first event of it.
    pub fn begin(&mut self, place: Place, what: What, cause: Option<EventId>) {
        self.strain = Strain::default();
        self.rule = None;
        self.cause = cause;
        self.step_event = self.events;
        self.push(place, what, true);
        self.cause = Some(self.step_event);
    }

    /// An act: like a step, but not counted as one.
    pub fn begin_act(&mut self, place: Place, what: What) {
        self.strain = Strain { by_act: true, ..Strain::default() };
        self.rule = None;
        self.cause = None;
        self.step_event = self.events;
        self.push(place, what, true);
        self.cause = Some(self.step_event);
    }

    /// Something that happened in the course of the step.
    pub fn record(&mut self, place: Place, what: What) -> EventId {
        let id = self.events;
        self.push(place, what, false);
        id
    }

    fn push(&mut self, place: Place, what: What, leads_step: bool) {
        if self.history.is_kept() {
            self.history.push(Event {
                id: self.events,
                at: self.now,
                place,
                what,
                cause: self.cause,
                leads_step,
                rule: self.rule,
                reason: None,
            });
        }
        self.events += 1;
    }

    pub fn because(&mut self, rule: Rule) {
        self.rule = Some(rule);
        if self.history.is_kept() {
            self.history.note_rule(self.step_event, rule);
        }
    }

    /// The rule named last in this step.
    pub fn rule(&self) -> Option<Rule> {
        self.rule
    }

    pub fn set_rule(&mut self, rule: Option<Rule>) {
        self.rule = rule;
    }

    pub fn ignore(&mut self, reason: Reason) {
        if self.history.is_kept() {
            self.history.note_reason(self.step_event, reason);
        }
    }

    /// The event that leads this step.
    pub fn step_event(&self) -> EventId {
        self.step_event
    }

    // ---- messages ---------------------------------------------------------------------------------------

    /// Sends: decides the fate, books it, and returns the flights to keep the content under (none, one or two).
    #[allow(clippy::too_many_arguments)]
    pub fn send(
        &mut self,
        from: Place,
        to: Place,
        kind: u8,
        shape: super::message::Shape,
        reign: Option<super::reign::Reign>,
        facts: Facts,
        transport: Transport,
    ) -> [Option<u32>; 2] {
        let fate = self.network.fate(from, to, transport, self.now);
        let nth = self.network.link(from, to).sent;
        let message = MessageRef { from, to, nth, kind, facts };
        // What waits on a cut connection is sent again and again: it cannot be dropped.
        let fate = if fate != Fate::Stalls && self.is_dropped(&message) { Fate::Lost(Loss::Dropped) } else { fate };
        self.tally(kind).sent += 1;
        self.touched.network = true;
        let (arrives, lost) = match fate {
            Fate::Arrives(at) | Fate::Twice(at, _) => (Some(at), None),
            Fate::Lost(why) => (None, Some(why)),
            Fate::Stalls => (None, None),
        };
        if let Fate::Twice(_, again) = fate {
            self.strain_by(&message, again - self.now);
        }
        match arrives {
            Some(at) => self.strain_by(&message, at - self.now),
            None => self.strain_by_loss(&message),
        }
        let sent_event = self.record(from, What::Sent { message, arrives, lost });
        let flight = Flight {
            message,
            shape,
            reign,
            sent_at: self.now,
            arrives_at: arrives.unwrap_or(END_OF_TIME),
            sent_event,
            lost_at: None,
            state: FlightState::Flying,
            transport,
        };
        match fate {
            Fate::Arrives(_) => [Some(self.launch(flight)), None],
            Fate::Twice(_, again) => {
                [Some(self.launch(flight)), Some(self.launch(Flight { arrives_at: again, ..flight }))]
            }
            Fate::Stalls => [Some(self.park(Flight { state: FlightState::Stalled, ..flight })), None],
            Fate::Lost(why) => {
                self.tally(kind).lost += 1;
                let latency = self.network.link(from, to).wires.latency.unwrap_or(self.network.wires.latency);
                let would_arrive = self.now + latency.0.midpoint(latency.1);
                self.remember_lost(Flight { arrives_at: would_arrive, ..flight }, why);
                [None, None]
            }
        }
    }

    /// A flight of this length was arranged.
    pub fn strain_by(&mut self, message: &MessageRef, flight: Micros) {
        if message.from.is_node() && message.to.is_node() {
            self.strain.longest_flight = self.strain.longest_flight.max(flight);
        }
    }

    /// A message does not arrive, or nobody knows when.
    pub fn strain_by_loss(&mut self, message: &MessageRef) {
        self.strain.lost |= message.from.is_node() && message.to.is_node();
    }

    fn is_dropped(&mut self, message: &MessageRef) -> bool {
        if self.drops.is_empty() {
            return false;
        }
        let hit = self.drops.iter().position(|order| self.matches(message, order.kind, order.from, order.to));
        let Some(index) = hit else { return false };
        if self.drops[index].once {
            self.drops.remove(index);
        }
        true
    }

    /// Whether a message is of this kind, from and to these.
    pub fn matches(&self, message: &MessageRef, kind: Option<u8>, from: Option<Who>, to: Option<Who>) -> bool {
        kind.is_none_or(|kind| kind == message.kind)
            && from.is_none_or(|who| self.resolve(who) == Some(message.from))
            && to.is_none_or(|who| self.resolve(who) == Some(message.to))
    }

    pub fn remember_lost(&mut self, flight: Flight, why: Loss) {
        if self.lost.len() == LOST_SHOWN {
            self.lost.pop_front();
        }
        self.lost.push_back(Flight { state: FlightState::Lost(why), lost_at: Some(self.now), ..flight });
        self.touched.network = true;
    }

    /// The counters of a kind; those of the store's kinds come after the family's.
    pub(super) fn tally(&mut self, kind: u8) -> &mut Tally {
        let index = self.tally_index(kind);
        &mut self.tallies[index]
    }

    /// How often a kind of message was sent, delivered and lost.
    pub fn tally_of(&self, kind: u8) -> Tally {
        self.tallies.get(self.tally_index(kind)).copied().unwrap_or_default()
    }

    fn tally_index(&self, kind: u8) -> usize {
        match kind.checked_sub(STORE_KIND) {
            Some(store) => self.tallies.len() - STORE_KINDS.len() + usize::from(store),
            None => usize::from(kind),
        }
    }

    /// Puts a flight under way.
    pub fn launch(&mut self, flight: Flight) -> u32 {
        let index = self.park(flight);
        self.queue.push(flight.arrives_at, Item::Arrival { flight: index });
        index
    }

    fn park(&mut self, flight: Flight) -> u32 {
        if let Some(index) = self.free.pop() {
            self.flights[index as usize] = flight;
            return index;
        }
        self.flights.push(flight);
        self.flights.len() as u32 - 1
    }

    /// Frees the entry of a flight. Its content must be taken by the caller.
    pub fn land(&mut self, index: u32) {
        self.flights[index as usize].state = FlightState::Free;
        self.free.push(index);
        self.touched.network = true;
    }

    /// The flight with this name, if it is still under way or waiting.
    pub fn find_flight(&self, name: MessageName) -> Option<u32> {
        let named = |flight: &Flight| {
            matches!(flight.state, FlightState::Flying | FlightState::Stalled)
                && flight.message.from == name.from
                && flight.message.to == name.to
                && flight.message.nth == name.nth
        };
        self.flights.iter().position(named).map(|index| index as u32)
    }

    /// The flights in this state on one directed link, first sent first: the entries themselves are in no order.
    pub(super) fn network_order(&self, from: Place, to: Place, state: FlightState) -> Vec<u32> {
        let on_link = |flight: &Flight| flight.state == state && flight.message.from == from && flight.message.to == to;
        let flights = self.flights.iter().enumerate().filter(|(_, flight)| on_link(flight));
        let mut found: Vec<(u32, u32)> = flights.map(|(index, flight)| (flight.message.nth, index as u32)).collect();
        put_in_order(&mut found, |&(nth, _)| nth);
        found.into_iter().map(|(_, index)| index).collect()
    }

    // ---- who --------------------------------------------------------------------------------------------

    /// The place that a target names now.
    pub fn resolve(&self, who: Who) -> Option<Place> {
        use super::reign::Role;
        let alive = |slot: usize| self.statuses[slot] != Status::Down;
        let nodes = 0..usize::from(self.census.nodes);
        let role = |role: Role| nodes.clone().filter(move |&slot| alive(slot) && self.standings[slot].role == role);
        let found = match who {
            Who::At(place) => return self.census.contains(place).then_some(place),
            Who::Leader => role(Role::Leader).max_by_key(|&slot| (self.standings[slot].reign, std::cmp::Reverse(slot))),
            Who::OldLeader => {
                let newest = self.resolve(Who::Leader)?;
                let old = role(Role::Leader).filter(|&slot| self.census.place(slot) != newest);
                old.min_by_key(|&slot| (self.standings[slot].reign, slot))
            }
            Who::Candidate => role(Role::Candidate).next(),
            Who::Follower => role(Role::Follower).next(),
            Who::Followed => {
                let followers = |slot: usize| {
                    let place = Some(self.census.place(slot));
                    nodes.clone().filter(|&other| alive(other) && self.standings[other].follows == place).count()
                };
                nodes
                    .clone()
                    .filter(|&slot| followers(slot) > 0)
                    .max_by_key(|&slot| (followers(slot), std::cmp::Reverse(slot)))
            }
        };
        found.map(|slot| self.census.place(slot))
    }
}

fn scale(span: Micros, by: i64, over: i64) -> Micros {
    (u128::from(span) * by.max(1) as u128 / over.max(1) as u128) as Micros
}
