//! One algorithm on every place: the only part of the world that depends on the family.

mod acts;
mod lives;
mod steps;

use super::duty::Work;
use super::effects::{EffectOf, Effects};
use super::event::EventId;
use super::fault::{By, Fault, LinkWires};
use super::history::History;
use super::inspection::{Inspection, Ring};
use super::kernel::Kernel;
use super::measures::Status;
use super::message::{Kind, Message};
use super::network::Wires;
use super::pauses::Pauses;
use super::place::{Census, Place};
use super::property::{Book, Promises, Property, View};
use super::protocol::{Disk, Protocol, Ticket, Timer};
use super::queue::Item;
use super::rule::Rule;
use super::settings::{Field, Settings, Value};
use super::simulation::Simulation;
use super::store::{Guard, Job, Store};
use super::time::Micros;
use super::touched::Touched;
use std::collections::VecDeque;

/// A message that leaves once a write is durable.
#[derive(Clone, Debug)]
struct Held<M> {
    ticket: Ticket,
    to: Place,
    message: M,
    rule: Option<Rule>,
}

/// What a process asked for and has not got yet. Gone with a crash.
#[derive(Clone, Debug)]
struct Desk<P: Protocol> {
    /// With the step in which each was asked for.
    writes: VecDeque<(Ticket, <P::Disk as Disk>::Record, EventId)>,
    held: Vec<Held<P::Message>>,
    /// Writes that became durable during a pause.
    finished: VecDeque<Ticket>,
}

impl<P: Protocol> Desk<P> {
    fn new() -> Desk<P> {
        Desk { writes: VecDeque::new(), held: Vec::new(), finished: VecDeque::new() }
    }

    fn clear(&mut self) {
        self.writes.clear();
        self.held.clear();
        self.finished.clear();
    }
}

/// How a world starts.
#[derive(Clone, Debug)]
pub struct Opening<P: Protocol> {
    pub nodes: u8,
    pub seed: u64,
    pub wires: Wires,
    pub pauses: Pauses,
    pub work: Work,
    pub guard: Guard,
    pub settings: P::Settings,
    /// Settings of single places that differ.
    pub own_settings: Vec<(Place, P::Settings)>,
    /// Disks that are not empty.
    pub disks: Vec<(Place, P::Disk)>,
    /// Places that are down at first.
    pub down: Vec<Place>,
    /// Directed links with wires of their own: from, to, how.
    pub links: Vec<(Place, Place, LinkWires)>,
}

impl<P: Protocol> Opening<P> {
    pub fn new(nodes: u8, seed: u64, settings: P::Settings) -> Opening<P> {
        Opening {
            nodes,
            seed,
            wires: Wires::default(),
            pauses: Pauses::default(),
            work: Work::default(),
            guard: Guard::default(),
            settings,
            own_settings: Vec::new(),
            disks: Vec::new(),
            down: Vec::new(),
            links: Vec::new(),
        }
    }
}

#[derive(Clone, Debug)]
pub struct World<P: Protocol> {
    kernel: Kernel,
    opening: Opening<P>,
    settings: Vec<P::Settings>,
    processes: Vec<Option<P>>,
    disks: Vec<P::Disk>,
    lives: Vec<u32>,
    desks: Vec<Desk<P>>,
    /// Contents of flights, under the flights' numbers.
    mail: Vec<Option<P::Message>>,
    promises: P::Promises,
    book: Book,
    judging: bool,
    effects: Vec<EffectOf<P>>,
    instant: VecDeque<Ticket>,
}

impl<P: Protocol> World<P> {
    pub fn new(opening: Opening<P>) -> World<P> {
        let census = Census { nodes: opening.nodes, servers: P::servers(&opening.settings) };
        let kinds = P::Message::KINDS.len();
        let mut world = World {
            kernel: Kernel::new(census, opening.wires, opening.pauses, opening.seed, kinds),
            settings: Vec::new(),
            processes: Vec::new(),
            disks: Vec::new(),
            lives: Vec::new(),
            desks: Vec::new(),
            mail: Vec::new(),
            promises: P::Promises::default(),
            book: Book::new(P::Promises::LIST, false),
            judging: true,
            effects: Vec::new(),
            instant: VecDeque::new(),
            opening,
        };
        world.open();
        world
    }

    /// Fills the places as the opening says and boots them.
    fn open(&mut self) {
        let census = self.kernel.census;
        self.kernel.network.wires = self.opening.wires;
        self.kernel.pauses = self.opening.pauses;
        for &(from, to, wires) in &self.opening.links {
            self.kernel.network.link_mut(from, to).wires = wires;
        }
        self.settings.clear();
        self.settings.resize(census.processes(), self.opening.settings.clone());
        for (place, settings) in &self.opening.own_settings {
            self.settings[census.slot(*place)] = settings.clone();
        }
        self.disks.clear();
        self.disks.resize(census.processes(), P::Disk::default());
        for (place, disk) in &self.opening.disks {
            self.disks[census.slot(*place)] = disk.clone();
        }
        self.processes.clear();
        self.processes.resize(census.processes(), None);
        self.lives.clear();
        self.lives.resize(census.processes(), 0);
        for desk in &mut self.desks {
            desk.clear();
        }
        self.desks.resize_with(census.processes(), Desk::new);
        self.mail.clear();
        self.promises = P::Promises::default();
        self.kernel.work = self.opening.work;
        self.kernel.store = Store::new(self.opening.guard, self.opening.work.job);
        self.kernel.has_tokens = P::has_tokens(&self.opening.settings);
        let compares_tokens = self.kernel.has_tokens || self.opening.guard.grants_tokens;
        self.book = Book::new(P::Promises::LIST, self.opening.work.job != Job::None && compares_tokens);
        for slot in 0..census.processes() {
            let place = census.place(slot);
            if !self.opening.down.contains(&place) {
                self.boot(slot);
                self.kernel.touched.steps += 1;
                self.judge(slot);
            }
        }
        self.settle_queue();
    }

    /// A process, if it is not crashed.
    pub fn process(&self, place: Place) -> Option<&P> {
        self.processes[self.kernel.census.slot(place)].as_ref()
    }

    pub fn disk(&self, place: Place) -> &P::Disk {
        &self.disks[self.kernel.census.slot(place)]
    }

    /// Calls a process with hands to ask for things, then carries those out.
    fn tell(&mut self, slot: usize, handle: impl FnOnce(&mut P, &mut Effects<'_, P>)) {
        let Some(process) = self.processes[slot].as_mut() else { return };
        let now = self.kernel.local_now(slot);
        let body = &mut self.kernel.bodies[slot];
        let mut fx = Effects {
            me: self.kernel.census.place(slot),
            census: self.kernel.census,
            settings: &self.settings[slot],
            now,
            chance: &mut body.choice,
            running: self.kernel.timers.running(slot),
            tickets: &mut body.tickets,
            out: &mut self.effects,
        };
        handle(process, &mut fx);
        self.carry_out(slot);
    }

    /// The promises, after an event that touched this place.
    fn judge(&mut self, slot: usize) {
        self.kernel.touched.slots |= 1 << slot;
        self.note_standing(slot);
        if self.judging {
            self.with_view(|promises, view, book, census| promises.check(view, census.place(slot), book));
        }
    }

    /// The store's own promise, after something reached it.
    fn judge_store(&mut self) {
        if self.judging && self.book.properties.len() > P::Promises::LIST.len() {
            self.book.now = self.kernel.now;
            self.book.event = self.kernel.events.saturating_sub(1);
            let index = P::Promises::LIST.len();
            if self.kernel.store.guard.fencing == super::store::Fencing::Off {
                self.book.suspended(index, "fencing_is_off");
            } else if self.kernel.store.went_back.is_none() {
                self.book.resumed(index);
            }
            self.book.checked(index);
            if let Some((writer, token, highest)) = self.kernel.store.went_back {
                self.book.broken(index, [Some(writer), None], [token.number, highest.number, 0]);
            }
            self.kernel.touched.promises |= std::mem::take(&mut self.book.changed);
        }
    }

    fn with_view(&mut self, look: impl FnOnce(&mut P::Promises, &View<'_, P>, &mut Book, Census)) {
        self.book.now = self.kernel.now;
        self.book.event = self.kernel.events.saturating_sub(1);
        let census = self.kernel.census;
        let view = View {
            now: self.kernel.now,
            census,
            processes: &self.processes,
            disks: &self.disks,
            lives: &self.lives,
            settings: &self.settings,
            kernel: &self.kernel,
        };
        look(&mut self.promises, &view, &mut self.book, census);
        self.kernel.touched.promises |= std::mem::take(&mut self.book.changed);
    }

    /// Drops entries at the head of the queue that mean nothing any more, so that what is next really happens.
    fn settle_queue(&mut self) {
        while let Some(entry) = self.kernel.queue.peek() {
            let (at, item) = (entry.at, entry.item);
            if self.is_live(at, item) {
                return;
            }
            self.kernel.queue.pop();
        }
    }

    fn is_live(&mut self, at: Micros, item: Item) -> bool {
        match item {
            Item::Arrival { flight } => {
                let flight = &self.kernel.flights[flight as usize];
                flight.state == super::kernel::FlightState::Flying && flight.arrives_at == at
            }
            Item::Timer { slot, timer } => {
                let slot = usize::from(slot);
                if !self.kernel.timers.is_due(slot, timer, at, &mut self.kernel.queue) {
                    return false;
                }
                if self.kernel.statuses[slot] == Status::Paused {
                    self.kernel.timers.overdue(slot, timer);
                    return false;
                }
                true
            }
            Item::Saved { slot, life } => {
                self.kernel.bodies[usize::from(slot)].life == life && self.processes[usize::from(slot)].is_some()
            }
            Item::PauseBegins { slot, nth } => {
                let slot = usize::from(slot);
                let is_up = self.kernel.statuses[slot] == Status::Up;
                self.kernel.bodies[slot].pauses == nth && is_up && self.kernel.pauses.every > 0
            }
            Item::PauseEnds { slot, nth } => {
                let slot = usize::from(slot);
                self.kernel.bodies[slot].pauses == nth && self.kernel.statuses[slot] == Status::Paused
            }
            Item::StoreApplies => self.kernel.store.waiting() > 0,
            Item::Duty { slot, turn } => self.kernel.is_duty_live(usize::from(slot), turn),
            Item::LinkChanged { slot, peer, up } => {
                let slot = usize::from(slot);
                if self.kernel.statuses[slot] == Status::Paused {
                    self.kernel.bodies[slot].unnoticed.push((peer, up));
                    return false;
                }
                self.processes[slot].is_some()
            }
        }
    }

    fn finish(&mut self) -> Touched {
        self.settle_queue();
        let mut touched = std::mem::take(&mut self.kernel.touched);
        touched.steps = 1;
        touched
    }
}

impl<P: Protocol> Simulation for World<P> {
    fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    fn next_event_at(&self) -> Option<Micros> {
        self.kernel.queue.peek().map(|entry| entry.at)
    }

    fn step(&mut self) -> Touched {
        let Some(entry) = self.kernel.queue.pop() else { return Touched::default() };
        self.kernel.move_to(entry.at);
        self.kernel.steps += 1;
        self.kernel.steps_now += 1;
        self.kernel.step_at = entry.at;
        self.happen(entry.item);
        self.finish()
    }

    fn run_until(&mut self, until: Micros) -> Touched {
        let mut touched = Touched::default();
        while self.next_event_at().is_some_and(|at| at <= until) {
            touched.add(self.step());
        }
        self.wait_until(until);
        touched
    }

    fn wait_until(&mut self, until: Micros) {
        debug_assert!(self.next_event_at().is_none_or(|at| at >= until), "an event would be passed over");
        self.kernel.move_to(until.max(self.kernel.now));
        self.kernel.measures.advance(self.kernel.now);
    }

    fn inject(&mut self, by: By, fault: &Fault) -> Touched {
        self.kernel.step_at = self.kernel.now;
        if by == By::Script {
            // Counted like a step, so that a visitor's act at this instant comes before or after it in a replay too.
            self.kernel.steps_now += 1;
        }
        self.act(by, fault);
        self.finish()
    }

    fn inspect(&self, place: Place) -> Inspection {
        let mut page = Inspection::default();
        if place == Place::Store {
            return page;
        }
        let slot = self.kernel.census.slot(place);
        page.standing = self.kernel.standings[slot];
        match &self.processes[slot] {
            None => P::inspect_disk(&self.disks[slot], &mut page),
            Some(process) => {
                process.inspect(&self.disks[slot], &mut page);
                let timer = page.ring_timer.and_then(|timer| Some((timer, self.kernel.timers.state(slot, timer)?)));
                page.ring = timer.map(|(timer, state)| Ring { timer, set_at: state.set_at, due_at: state.due });
            }
        }
        page
    }

    fn properties(&self) -> &[Property] {
        &self.book.properties
    }

    fn kinds(&self) -> &'static [Kind] {
        P::Message::KINDS
    }

    fn timer_names(&self) -> &'static [&'static str] {
        P::Timer::NAMES
    }

    fn fields(&self) -> &'static [Field] {
        P::Settings::FIELDS
    }

    fn setting(&self, place: Place, key: u8) -> Value {
        let slot = self.kernel.census.slot(place).min(self.settings.len() - 1);
        self.settings[slot].value(key)
    }

    fn keep_history(&mut self, bound: usize) {
        self.kernel.history = History::new(bound);
    }

    fn judge_promises(&mut self, judge: bool) {
        self.judging = judge;
    }

    fn history_mut(&mut self) -> &mut History {
        &mut self.kernel.history
    }

    fn checkpoint(&mut self) -> Box<dyn Simulation> {
        let history = std::mem::take(&mut self.kernel.history);
        let copy = self.clone();
        self.kernel.history = history;
        Box::new(copy)
    }

    fn restart(&mut self, seed: u64) {
        self.opening.seed = seed;
        self.kernel.reset(seed);
        self.open();
    }
}
