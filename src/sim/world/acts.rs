//! How each act of the vocabulary is carried out.

use super::super::event::{Loss, What};
use super::super::fault::{By, Fault, Scope, Which, Who};
use super::super::history::Act;
use super::super::kernel::{DropOrder, Flight, FlightState};
use super::super::measures::Status;
use super::super::place::Place;
use super::super::property::Promises;
use super::super::protocol::{Protocol, Transport};
use super::super::request::{Order, Request};
use super::super::rule::Reason;
use super::super::settings::{Settings, Value};
use super::World;
use crate::sim::order::put_in_order;

/// Nobody fits the target.
const NOBODY: Reason = Reason("nobody_fits");
const ALREADY_DOWN: Reason = Reason("already_down");
const ALREADY_UP: Reason = Reason("already_up");
const NOT_RUNNING: Reason = Reason("not_running");
const NOT_PAUSED: Reason = Reason("not_paused");
const NO_SUCH_MESSAGE: Reason = Reason("no_such_message");
const BAD_VALUE: Reason = Reason("bad_value");

/// Messages are doubled only while fewer than this are under way: whoever doubles all of them again and again would
/// fill any memory.
const MOST_DOUBLED: usize = 50_000;

type Acted = Result<(), Reason>;

impl<P: Protocol> World<P> {
    pub(super) fn act(&mut self, by: By, fault: &Fault) {
        let target = target(fault).and_then(|who| self.kernel.resolve(who));
        let act = self.kernel.history.acts.len() as u32;
        if self.kernel.history.is_kept() {
            self.kernel.history.acts.push(Act { at: self.kernel.now, by, fault: fault.clone(), target });
        }
        self.kernel.begin_act(target.unwrap_or(Place::Store), What::Acted { act });
        if let Err(reason) = self.carry_out_act(fault) {
            self.kernel.record(target.unwrap_or(Place::Store), What::NotActed);
            self.kernel.ignore(reason);
        }
        if self.judging {
            self.with_view(|promises, view, book, _| promises.acted(view, book));
        }
    }

    fn carry_out_act(&mut self, fault: &Fault) -> Acted {
        match *fault {
            Fault::Crash(who) if self.place(who)? == Place::Store => self.crash_store(),
            Fault::Restart(who) if self.place(who)? == Place::Store => self.restart_store(),
            Fault::Crash(who) => self.with_live(who, |world, slot| world.crash(slot)),
            Fault::Wipe(who) => {
                let slot = self.process_slot(who)?;
                if self.kernel.statuses[slot] != Status::Down {
                    self.crash(slot);
                }
                self.wipe(slot);
                self.judge(slot);
                Ok(())
            }
            Fault::Restart(who) => self.restart_process(who),
            Fault::Pause(who) => self.with_running(who, |world, slot| world.pause(slot, false)),
            Fault::Resume(who, waking) => {
                let slot = self.process_slot(who)?;
                if self.kernel.statuses[slot] != Status::Paused {
                    return Err(NOT_PAUSED);
                }
                self.resume(slot, waking);
                self.schedule_pause(slot);
                self.judge(slot);
                Ok(())
            }
            Fault::Cut { from, to, both } => self.set_cut(from, to, both, true),
            Fault::Mend { from, to, both } => self.set_cut(from, to, both, false),
            Fault::Isolate(who) => self.set_all_cut(who, true),
            Fault::Rejoin(who) => self.set_all_cut(who, false),
            Fault::Partition(ref groups) => self.partition(groups),
            Fault::Heal => self.heal(),
            Fault::Rewire { from, to, both, wires } => {
                let (from, to) = (self.place(from)?, self.place(to)?);
                self.kernel.network.link_mut(from, to).wires = wires;
                if both {
                    self.kernel.network.link_mut(to, from).wires = wires;
                }
                self.kernel.touched.network = true;
                Ok(())
            }
            Fault::Drop(which) => self.drop_messages(which),
            Fault::Duplicate(which) => self.with_messages(which, |world, index| world.duplicate(index)),
            Fault::Delay(which, span) => self.with_messages(which, |world, index| world.arrive_at(index, Some(span))),
            Fault::Deliver(which) => self.with_messages(which, |world, index| world.arrive_at(index, None)),
            Fault::Drift(who, parts_per_million) => {
                let slot = self.process_slot(who)?;
                self.kernel.set_drift(slot, parts_per_million);
                self.kernel.touched.slots |= 1 << slot;
                Ok(())
            }
            Fault::Request(word, who) => self.ask(who, Request::Write(word)),
            Fault::Read(word, who) => self.ask(who, Request::Read(word)),
            Fault::TimeOutNow(who) => self.order(who, Order::TimeOutNow),
            Fault::Transfer { from, to } => {
                let to = to.map(|to| self.place(to)).transpose()?;
                self.order(from, Order::Transfer(to))
            }
            Fault::Resign(who) => self.order(who, Order::Resign),
            Fault::ForgetLeader(who) => self.order(who, Order::ForgetLeader),
            Fault::Tune(scope, key, value) => self.tune(scope, key, value),
        }
    }

    // ---- whom -------------------------------------------------------------------------------------------

    fn place(&self, who: Who) -> Result<Place, Reason> {
        self.kernel.resolve(who).ok_or(NOBODY)
    }

    fn process_slot(&self, who: Who) -> Result<usize, Reason> {
        match self.place(who)? {
            Place::Store => Err(NOBODY),
            place => Ok(self.kernel.census.slot(place)),
        }
    }

    /// A process that is up or paused.
    fn with_live(&mut self, who: Who, act: impl FnOnce(&mut Self, usize)) -> Acted {
        let slot = self.process_slot(who)?;
        if self.kernel.statuses[slot] == Status::Down {
            return Err(ALREADY_DOWN);
        }
        act(self, slot);
        self.judge(slot);
        Ok(())
    }

    /// A process that runs, and is not paused.
    fn with_running(&mut self, who: Who, act: impl FnOnce(&mut Self, usize)) -> Acted {
        let slot = self.process_slot(who)?;
        if self.kernel.statuses[slot] != Status::Up {
            return Err(NOT_RUNNING);
        }
        act(self, slot);
        self.judge(slot);
        Ok(())
    }

    /// The store goes down; what it kept only in memory is gone.
    fn crash_store(&mut self) -> Acted {
        let slot = self.kernel.census.processes();
        if self.kernel.statuses[slot] == Status::Down {
            return Err(ALREADY_DOWN);
        }
        self.kernel.record(Place::Store, What::Crashed);
        self.kernel.statuses[slot] = Status::Down;
        self.kernel.store.crash();
        Ok(())
    }

    fn restart_store(&mut self) -> Acted {
        let slot = self.kernel.census.processes();
        if self.kernel.statuses[slot] != Status::Down {
            return Err(ALREADY_UP);
        }
        self.kernel.bodies[slot].life += 1;
        self.kernel.record(Place::Store, What::Booted { life: self.kernel.bodies[slot].life });
        self.kernel.statuses[slot] = Status::Up;
        Ok(())
    }

    fn restart_process(&mut self, who: Who) -> Acted {
        let slot = self.process_slot(who)?;
        if self.kernel.statuses[slot] != Status::Down {
            return Err(ALREADY_UP);
        }
        self.boot(slot);
        self.judge(slot);
        Ok(())
    }

    fn order(&mut self, who: Who, order: Order) -> Acted {
        self.with_running(who, |world, slot| world.tell(slot, |process, fx| process.on_order(order, fx)))
    }

    fn ask(&mut self, who: Who, request: Request) -> Acted {
        let slot = self.process_slot(who)?;
        if self.kernel.statuses[slot] != Status::Up {
            return Err(NOT_RUNNING);
        }
        self.kernel.requests += 1;
        let id = self.kernel.requests;
        let (read, value) = match request {
            Request::Write(word) => (false, word.number()),
            Request::Read(word) => (true, word.number()),
        };
        let place = self.kernel.census.place(slot);
        self.kernel.record(place, What::Asked { id, read, value });
        self.with_view(|promises, view, book, _| promises.asked(view, place, id, request, book));
        self.tell(slot, |process, fx| process.on_request(id, request, fx));
        self.judge(slot);
        Ok(())
    }

    // ---- links ------------------------------------------------------------------------------------------

    fn cut_link(&mut self, from: Place, to: Place, cut: bool) {
        if from == to || !self.kernel.network.set_cut(from, to, cut) {
            return;
        }
        self.kernel.touched.network = true;
        if cut {
            return;
        }
        for index in self.kernel.network_order(from, to, FlightState::Stalled) {
            let at = self.kernel.network.resume(from, to, self.kernel.now);
            self.reschedule(index, at);
        }
    }

    fn set_cut(&mut self, from: Who, to: Who, both: bool, cut: bool) -> Acted {
        let (from, to) = (self.place(from)?, self.place(to)?);
        self.cut_link(from, to, cut);
        if both {
            self.cut_link(to, from, cut);
        }
        self.forget_groups_if_whole();
        Ok(())
    }

    fn set_all_cut(&mut self, who: Who, cut: bool) -> Acted {
        let place = self.place(who)?;
        for other in self.kernel.census.all() {
            self.cut_link(place, other, cut);
            self.cut_link(other, place, cut);
        }
        self.forget_groups_if_whole();
        Ok(())
    }

    fn partition(&mut self, groups: &[Vec<Who>]) -> Acted {
        let census = self.kernel.census;
        let mut sides: Vec<Vec<Place>> = Vec::new();
        for group in groups {
            sides.push(group.iter().map(|&who| self.place(who)).collect::<Result<_, _>>()?);
        }
        if sides.is_empty() {
            return Err(NOBODY);
        }
        for place in census.all() {
            // The store stands apart: whoever could reach it still can, unless a side claims it.
            if place != Place::Store && !sides.iter().any(|side| side.contains(&place)) {
                sides[0].push(place);
            }
        }
        for side in 0..sides.len() {
            for other in (0..sides.len()).filter(|&other| other != side) {
                for from in 0..sides[side].len() {
                    for to in 0..sides[other].len() {
                        self.cut_link(sides[side][from], sides[other][to], true);
                    }
                }
            }
        }
        for side in &mut sides {
            put_in_order(side, |&place| place);
        }
        self.kernel.network.groups = sides;
        Ok(())
    }

    fn heal(&mut self) -> Acted {
        for from in self.kernel.census.all() {
            for to in self.kernel.census.all() {
                self.cut_link(from, to, false);
            }
        }
        self.kernel.drops.clear();
        self.forget_groups_if_whole();
        Ok(())
    }

    fn forget_groups_if_whole(&mut self) {
        if self.kernel.network.cuts == 0 {
            self.kernel.network.groups.clear();
        }
    }

    // ---- messages ---------------------------------------------------------------------------------------

    fn flights_of(&self, which: Which) -> Vec<u32> {
        let under_way = |index: &u32| {
            matches!(self.kernel.flights[*index as usize].state, FlightState::Flying | FlightState::Stalled)
        };
        match which {
            Which::One(name) => self.kernel.find_flight(name).into_iter().collect(),
            Which::Like { kind, from, to } | Which::Every { kind, from, to } => (0..self.kernel.flights.len() as u32)
                .filter(under_way)
                .filter(|&index| self.kernel.matches(&self.kernel.flights[index as usize].message, kind, from, to))
                .collect(),
        }
    }

    fn with_messages(&mut self, which: Which, act: impl Fn(&mut Self, u32)) -> Acted {
        let flights = self.flights_of(which);
        if flights.is_empty() {
            return Err(NO_SUCH_MESSAGE);
        }
        for index in flights {
            act(self, index);
        }
        Ok(())
    }

    fn drop_messages(&mut self, which: Which) -> Acted {
        let flights = self.flights_of(which);
        for &index in &flights {
            let flight = self.kernel.flights[index as usize];
            let message = flight.message;
            if flight.transport == Transport::Connection && flight.state != FlightState::Flying {
                // It waits on a cut connection, or is lost already with one before it.
                continue;
            }
            self.kernel.record(message.from, What::Lost { message, why: Loss::Dropped });
            self.kernel.strain_by_loss(&message);
            self.lose(index, Loss::Dropped);
            self.lose_what_follows(&flight);
        }
        match which {
            Which::One(_) if flights.is_empty() => return Err(NO_SUCH_MESSAGE),
            Which::Like { kind, from, to } if flights.is_empty() => {
                self.kernel.drops.push(DropOrder { kind, from, to, once: true });
            }
            Which::Every { kind, from, to } => self.kernel.drops.push(DropOrder { kind, from, to, once: false }),
            _ => {}
        }
        Ok(())
    }

    /// A connection cannot go on with a gap: what was sent on it after this is lost too, and both ends see it break.
    fn lose_what_follows(&mut self, flight: &Flight) {
        let (from, to, nth) = (flight.message.from, flight.message.to, flight.message.nth);
        if flight.transport != Transport::Connection {
            return;
        }
        for later in self.kernel.network_order(from, to, FlightState::Flying) {
            let message = self.kernel.flights[later as usize].message;
            if message.nth > nth {
                self.kernel.record(to, What::Lost { message, why: Loss::ConnectionBroke });
                self.lose(later, Loss::ConnectionBroke);
            }
        }
        self.tear(from, to, flight.transport);
    }

    fn duplicate(&mut self, index: u32) {
        let flight = self.kernel.flights[index as usize];
        if self.kernel.flights.len() >= MOST_DOUBLED {
            return;
        }
        if flight.transport == Transport::Connection {
            // The receiving end throws away what it has already.
            return;
        }
        let content = self.mail[index as usize].clone();
        if let (FlightState::Flying, Some(content)) = (flight.state, content) {
            let copy = self.kernel.launch(Flight { arrives_at: flight.arrives_at + 1, ..flight });
            self.keep(copy, content);
            self.kernel.touched.network = true;
        }
    }

    /// Arrives later by a span, or now.
    fn arrive_at(&mut self, index: u32, later: Option<u64>) {
        let flight = self.kernel.flights[index as usize];
        if flight.state != FlightState::Flying {
            return;
        }
        let at = later.map_or(self.kernel.now, |span| flight.arrives_at.saturating_add(span));
        let at = at.min(super::super::time::END_OF_TIME);
        self.kernel.strain_by(&flight.message, at - flight.sent_at);
        if flight.transport == Transport::Datagram {
            return self.reschedule(index, at);
        }
        // On a connection nothing overtakes: what was sent before comes along, what was sent after waits too.
        let (from, to, nth) = (flight.message.from, flight.message.to, flight.message.nth);
        for other in self.kernel.network_order(from, to, FlightState::Flying) {
            let entry = &self.kernel.flights[other as usize];
            let (before, arrives) = (entry.message.nth <= nth, entry.arrives_at);
            if before && arrives > at || !before && arrives <= at || other == index {
                self.reschedule(other, at);
            }
        }
        self.kernel.network.hold_until(from, to, at);
    }

    fn reschedule(&mut self, index: u32, at: u64) {
        let flight = &mut self.kernel.flights[index as usize];
        flight.arrives_at = at;
        flight.state = FlightState::Flying;
        self.kernel.queue.push(at, super::Item::Arrival { flight: index });
        self.kernel.touched.network = true;
    }

    // ---- settings ---------------------------------------------------------------------------------------

    fn tune(&mut self, scope: Scope, key: u8, value: Value) -> Acted {
        let fields = match scope {
            Scope::Protocol | Scope::Node(_) => P::Settings::FIELDS,
            Scope::Wires => super::Wires::FIELDS,
            Scope::Pauses => super::Pauses::FIELDS,
            Scope::Work => super::Work::FIELDS,
            Scope::Store => super::Guard::FIELDS,
        };
        let field = fields.iter().find(|field| field.key == key).ok_or(BAD_VALUE)?;
        if !field.kind.admits(value) {
            return Err(BAD_VALUE);
        }
        match scope {
            Scope::Wires => self.kernel.network.wires.set(key, value),
            Scope::Pauses => {
                self.kernel.pauses.set(key, value);
                self.schedule_pauses();
            }
            Scope::Work => self.kernel.work.set(key, value),
            Scope::Store => {
                self.kernel.store.guard.set(key, value);
                self.kernel.touched.slots |= 1 << self.kernel.census.processes();
            }
            Scope::Protocol => {
                for slot in 0..self.settings.len() {
                    self.retune(slot, key, value);
                }
                self.kernel.has_tokens = P::has_tokens(&self.settings[0]);
            }
            Scope::Node(place) => {
                let slot = self.process_slot(Who::At(place))?;
                self.retune(slot, key, value);
            }
        }
        Ok(())
    }

    fn retune(&mut self, slot: usize, key: u8, value: Value) {
        self.settings[slot].set(key, value);
        if self.kernel.statuses[slot] == Status::Up {
            self.tell(slot, |process, fx| process.on_order(Order::Retuned, fx));
            self.judge(slot);
        }
    }
}

/// The place an act is about, or starts from, if there is one.
fn target(fault: &Fault) -> Option<Who> {
    match *fault {
        Fault::Transfer { from, .. }
        | Fault::Cut { from, .. }
        | Fault::Mend { from, .. }
        | Fault::Rewire { from, .. } => Some(from),
        _ => fault.aimed_at(),
    }
}
