//! What happens in a step, and how what a process asked for is carried out.

use super::super::effects::Effect;
use super::super::event::{Loss, What};
use super::super::kernel::FlightState;
use super::super::measures::Status;
use super::super::message::Message;
use super::super::place::Place;
use super::super::property::Promises;
use super::super::protocol::{Disk, LinkChange, Protocol, Ticket, Timer, Transport};
use super::super::queue::Item;
use super::super::reign::Standing;
use super::super::request::Order;
use super::super::store::StoreMessage;
use super::{Held, World};

impl<P: Protocol> World<P> {
    /// One entry of the queue, known to be live.
    pub(super) fn happen(&mut self, item: Item) {
        match item {
            Item::Arrival { flight } => self.arrive(flight),
            Item::Timer { slot, timer } => self.time_out(usize::from(slot), timer),
            Item::Saved { slot, .. } => self.saved(usize::from(slot)),
            Item::PauseBegins { slot, .. } => self.random_pause(usize::from(slot)),
            Item::PauseEnds { slot, .. } => self.random_pause_ends(usize::from(slot)),
            Item::StoreApplies => {
                self.kernel.store_applies();
                self.judge_store();
            }
            Item::Duty { slot, .. } => {
                self.kernel.duty_due(usize::from(slot));
                self.kernel.touched.slots |= 1 << slot;
            }
            Item::LinkChanged { slot, peer, up } => self.link_changed(usize::from(slot), usize::from(peer), up),
        }
    }

    fn arrive(&mut self, index: u32) {
        let flight = self.kernel.flights[index as usize];
        let (place, message) = (flight.message.to, flight.message);
        let cause = Some(flight.sent_event);
        let slot = self.kernel.census.slot(place);
        match self.kernel.statuses[slot] {
            Status::Down => {
                self.kernel.begin(place, What::Lost { message, why: Loss::ReceiverDown }, cause);
                self.lose(index, Loss::ReceiverDown);
                if flight.transport == Transport::Connection {
                    self.refuse(slot, self.kernel.census.slot(message.from));
                }
            }
            Status::Paused => {
                self.kernel.begin(place, What::Waits { message }, cause);
                self.kernel.flights[index as usize].state = FlightState::InInbox;
                self.kernel.bodies[slot].inbox.push_back(index);
                self.kernel.touched.network = true;
            }
            Status::Up => {
                self.kernel.begin(place, What::Delivered { message }, cause);
                self.kernel.tally(message.kind).delivered += 1;
                self.kernel.land(index);
                if let Some(errand) = self.kernel.take_errand(index) {
                    self.errand_arrives(slot, message.from, errand);
                    return;
                }
                if let Some(content) = self.mail[index as usize].take() {
                    self.tell(slot, |process, fx| process.on_message(message.from, content, fx));
                }
                self.judge(slot);
            }
        }
    }

    /// Books a flight as lost and frees it.
    pub(super) fn lose(&mut self, index: u32, why: Loss) {
        let flight = self.kernel.flights[index as usize];
        self.kernel.tally(flight.message.kind).lost += 1;
        self.kernel.remember_lost(flight, why);
        self.kernel.land(index);
        if self.kernel.take_errand(index).is_none() {
            self.mail[index as usize] = None;
        }
    }

    /// A message of the store's business arrives: at the store, or at a leader.
    fn errand_arrives(&mut self, slot: usize, from: Place, errand: StoreMessage) {
        if self.kernel.census.place(slot) == Place::Store {
            self.kernel.store_receives(from, errand);
            self.kernel.touched.slots |= 1 << slot;
            self.judge_store();
            return;
        }
        if let Some(token) = self.kernel.answered(slot, errand) {
            self.tell(slot, |process, fx| process.on_order(Order::Fenced(token), fx));
        }
        self.judge(slot);
    }

    fn time_out(&mut self, slot: usize, timer: u8) {
        let place = self.kernel.census.place(slot);
        let cause = self.kernel.timers.state(slot, timer).map(|state| state.set_by);
        self.kernel.begin(place, What::TimerFired { timer }, cause);
        self.kernel.timers.fired(slot, timer);
        self.tell(slot, |process, fx| process.on_timer(P::Timer::from_number(timer), fx));
        self.judge(slot);
    }

    /// The oldest unfinished write of this place is durable.
    fn saved(&mut self, slot: usize) {
        let Some((ticket, record, asked)) = self.desks[slot].writes.pop_front() else { return };
        let place = self.kernel.census.place(slot);
        self.kernel.begin(place, What::Saved { ticket: ticket.0 }, Some(asked));
        self.apply(slot, &record);
        self.durable(slot, ticket);
        self.judge(slot);
    }

    /// Releases what waited for a write, then tells the process.
    pub(super) fn durable(&mut self, slot: usize, ticket: Ticket) {
        if self.kernel.statuses[slot] == Status::Paused {
            // The disk finished, but the process does not know before it wakes.
            self.desks[slot].finished.push_back(ticket);
            return;
        }
        while let Some(index) = self.desks[slot].held.iter().position(|held| held.ticket <= ticket) {
            let held = self.desks[slot].held.remove(index);
            self.kernel.set_rule(held.rule);
            self.send(slot, held.to, held.message);
        }
        self.kernel.set_rule(None);
        self.tell(slot, |process, fx| process.on_saved(ticket, fx));
    }

    fn send(&mut self, slot: usize, to: Place, message: P::Message) {
        let from = self.kernel.census.place(slot);
        let transport = P::transport(&self.settings[slot], from, to);
        let (kind, facts) = (message.kind(), message.facts());
        let flights = self.kernel.send(from, to, kind, message.shape(), message.reign(), facts, transport);
        if let Some(second) = flights[1] {
            self.keep(second, message.clone());
        }
        match flights[0] {
            Some(first) => self.keep(first, message),
            None => self.tear(from, to, transport),
        }
    }

    pub(super) fn keep(&mut self, flight: u32, message: P::Message) {
        let index = flight as usize;
        if self.mail.len() <= index {
            self.mail.resize(index + 1, None);
        }
        self.mail[index] = Some(message);
    }

    /// Carries out what the process asked for, in order; then tells it of writes that took no time.
    pub(super) fn carry_out(&mut self, slot: usize) {
        let mut effects = std::mem::take(&mut self.effects);
        for effect in effects.drain(..) {
            match effect {
                Effect::Send { to, message, after: None } => self.send(slot, to, message),
                Effect::Send { to, message, after: Some(ticket) } => self.send_once_durable(slot, ticket, to, message),
                Effect::SetTimer { timer, span } => self.kernel.set_timer(slot, timer, span),
                Effect::CancelTimer { timer } => self.kernel.timers.cancel(slot, timer),
                Effect::Save { record, ticket } => self.write(slot, ticket, record),
                Effect::Because(rule) => self.kernel.because(rule),
                Effect::Ignore(reason) => self.kernel.ignore(reason),
                Effect::Tell(tale) => {
                    self.kernel.record(self.kernel.census.place(slot), What::Told(tale));
                }
                Effect::Answer(id, answer) => {
                    let place = self.kernel.census.place(slot);
                    self.kernel.record(place, What::Answered { id, answer });
                    if self.judging {
                        self.with_view(|promises, view, book, _| promises.answered(view, place, id, answer, book));
                    }
                }
                Effect::Close(peer) => self.break_connection(slot, self.kernel.census.slot(peer), true),
            }
        }
        self.effects = effects;
        while let Some(ticket) = self.instant.pop_front() {
            self.tell(slot, |process, fx| process.on_saved(ticket, fx));
        }
    }

    fn send_once_durable(&mut self, slot: usize, ticket: Ticket, to: Place, message: P::Message) {
        let waits = self.desks[slot].writes.back().is_some_and(|(newest, ..)| *newest >= ticket)
            && self.desks[slot].writes.iter().any(|(pending, ..)| *pending == ticket);
        if waits {
            let rule = self.kernel.rule();
            self.desks[slot].held.push(Held { ticket, to, message, rule });
        } else {
            self.send(slot, to, message);
        }
    }

    fn write(&mut self, slot: usize, ticket: Ticket, record: <P::Disk as Disk>::Record) {
        let (low, high) = self.kernel.network.wires.disk;
        let idle = self.desks[slot].writes.is_empty() && self.desks[slot].finished.is_empty();
        if high == 0 && idle {
            self.apply(slot, &record);
            self.instant.push_back(ticket);
            return;
        }
        let now = self.kernel.now;
        let body = &mut self.kernel.bodies[slot];
        let latency = body.disk_chance.between(low, high);
        body.disk_free_at = body.disk_free_at.max(now + latency);
        self.kernel.queue.push(body.disk_free_at, Item::Saved { slot: slot as u8, life: body.life });
        let asked = self.kernel.step_event();
        self.desks[slot].writes.push_back((ticket, record, asked));
    }

    /// The record is on disk now.
    fn apply(&mut self, slot: usize, record: &<P::Disk as Disk>::Record) {
        self.disks[slot].apply(record);
        if self.judging {
            let place = self.kernel.census.place(slot);
            self.with_view(|promises, view, book, _| promises.saved(view, place, record, book));
        }
    }

    fn link_changed(&mut self, slot: usize, peer: usize, up: bool) {
        let (place, peer) = (self.kernel.census.place(slot), self.kernel.census.place(peer));
        self.kernel.begin(place, What::LinkChanged { peer, up }, None);
        let change = if up { LinkChange::Up } else { LinkChange::Down };
        self.tell(slot, |process, fx| process.on_link(peer, change, fx));
        self.judge(slot);
    }

    /// Writes down a change of standing.
    pub(super) fn note_standing(&mut self, slot: usize) {
        let standing = match &self.processes[slot] {
            Some(process) => process.standing(),
            None => Standing::default(),
        };
        let before = self.kernel.standings[slot];
        if before == standing {
            return;
        }
        self.kernel.standings[slot] = standing;
        self.kernel.mind_office(slot);
        self.kernel.touched.standings = true;
        let place = self.kernel.census.place(slot);
        if before.role != standing.role
            || before.title != standing.title
            || before.reign != standing.reign
            || before.follows != standing.follows
        {
            if self.processes[slot].is_some() {
                self.kernel.record(place, What::Became(standing));
            }
            self.note_leaders();
        }
    }

    pub(super) fn note_leaders(&mut self) {
        let kernel = &mut self.kernel;
        kernel.measures.changed(kernel.now, kernel.census, &kernel.standings, &kernel.statuses);
        kernel.touched.standings = true;
    }
}
