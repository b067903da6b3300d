//! Births, deaths and sleeps of processes, and what they do to their connections.

use super::super::event::{Loss, What};
use super::super::fault::Waking;
use super::super::kernel::FlightState;
use super::super::measures::Status;
use super::super::place::Place;
use super::super::protocol::{Protocol, Transport};
use super::super::queue::Item;
use super::super::time::Micros;
use super::World;

impl<P: Protocol> World<P> {
    pub(super) fn boot(&mut self, slot: usize) {
        let place = self.kernel.census.place(slot);
        let now = self.kernel.now;
        self.lives[slot] += 1;
        let body = &mut self.kernel.bodies[slot];
        body.life += 1;
        body.tickets = 0;
        body.disk_free_at = now;
        body.since = now;
        let life = body.life;
        self.set_status(slot, Status::Up);
        if life == 1 && now == 0 {
            self.kernel.begin_act(place, What::Booted { life });
        } else {
            self.kernel.record(place, What::Booted { life });
        }
        let local = self.kernel.local_now(slot);
        let body = &mut self.kernel.bodies[slot];
        let mut fx = super::Effects {
            me: place,
            census: self.kernel.census,
            settings: &self.settings[slot],
            now: local,
            chance: &mut body.choice,
            running: self.kernel.timers.running(slot),
            tickets: &mut body.tickets,
            out: &mut self.effects,
        };
        let process = P::boot(&self.disks[slot], &mut fx);
        self.processes[slot] = Some(process);
        self.carry_out(slot);
        self.schedule_pause(slot);
        if life > 1 {
            self.connections_up(slot);
        }
    }

    pub(super) fn crash(&mut self, slot: usize) {
        let place = self.kernel.census.place(slot);
        self.kernel.record(place, What::Crashed);
        self.processes[slot] = None;
        self.desks[slot].clear();
        self.kernel.timers.cancel_all(slot);
        self.kernel.leave_work(slot);
        let inbox = std::mem::take(&mut self.kernel.bodies[slot].inbox);
        for flight in inbox {
            let message = self.kernel.flights[flight as usize].message;
            self.kernel.record(place, What::Lost { message, why: Loss::ReceiverDown });
            self.lose(flight, Loss::ReceiverDown);
        }
        self.kernel.bodies[slot].unnoticed.clear();
        self.kernel.bodies[slot].since = self.kernel.now;
        self.set_status(slot, Status::Down);
        self.connections_broken(slot);
    }

    pub(super) fn wipe(&mut self, slot: usize) {
        let place = self.kernel.census.place(slot);
        self.disks[slot] = P::Disk::default();
        self.kernel.bodies[slot].wiped = true;
        self.kernel.record(place, What::Wiped);
        self.with_view(|_, _, book, _| book.disk_lost(place));
    }

    pub(super) fn pause(&mut self, slot: usize, by_chance: bool) {
        self.kernel.bodies[slot].pauses += 1;
        self.kernel.bodies[slot].since = self.kernel.now;
        self.kernel.record(self.kernel.census.place(slot), What::Paused { by_chance });
        self.set_status(slot, Status::Paused);
    }

    /// An act wakes a paused process.
    pub(super) fn resume(&mut self, slot: usize, waking: Waking) {
        let timers_first = self.wakes_timers_first(slot, waking);
        self.kernel.record(self.kernel.census.place(slot), What::Resumed { timers_first });
        self.wake(slot, timers_first);
    }

    fn wakes_timers_first(&mut self, slot: usize, waking: Waking) -> bool {
        match waking {
            Waking::TimersFirst => true,
            Waking::InboxFirst => false,
            Waking::Either => self.kernel.bodies[slot].pause_chance.happens(500_000),
        }
    }

    /// What fell due during the pause happens now, in the chosen order.
    fn wake(&mut self, slot: usize, timers_first: bool) {
        self.kernel.bodies[slot].since = self.kernel.now;
        self.set_status(slot, Status::Up);
        while let Some(ticket) = self.desks[slot].finished.pop_front() {
            self.durable(slot, ticket);
        }
        let now = self.kernel.now;
        if timers_first {
            self.kernel.wake_duty(slot);
            self.kernel.timers.wake(slot, now, &mut self.kernel.queue);
        }
        let inbox = std::mem::take(&mut self.kernel.bodies[slot].inbox);
        for flight in inbox {
            let entry = &mut self.kernel.flights[flight as usize];
            entry.state = FlightState::Flying;
            entry.arrives_at = now;
            self.kernel.queue.push(now, Item::Arrival { flight });
        }
        for (peer, up) in std::mem::take(&mut self.kernel.bodies[slot].unnoticed) {
            self.kernel.queue.push(now, Item::LinkChanged { slot: slot as u8, peer, up });
        }
        if !timers_first {
            self.kernel.wake_duty(slot);
            self.kernel.timers.wake(slot, now, &mut self.kernel.queue);
        }
    }

    fn set_status(&mut self, slot: usize, status: Status) {
        self.kernel.statuses[slot] = status;
        self.kernel.touched.slots |= 1 << slot;
        self.note_leaders();
    }

    // ---- random pauses ----------------------------------------------------------------------------------

    pub(super) fn schedule_pauses(&mut self) {
        for slot in 0..usize::from(self.kernel.census.nodes) {
            self.schedule_pause(slot);
        }
    }

    /// Draws the next random pause of a running node, in place of any drawn before. One that is down or paused
    /// gets its next when it is up again.
    pub(super) fn schedule_pause(&mut self, slot: usize) {
        let every = self.kernel.pauses.every;
        let is_running_node = self.kernel.census.place(slot).is_node() && self.kernel.statuses[slot] == Status::Up;
        if every > 0 && is_running_node {
            let body = &mut self.kernel.bodies[slot];
            body.pauses += 1;
            let at: Micros = self.kernel.now + body.pause_chance.between(1, 2 * every);
            self.kernel.queue.push(at, Item::PauseBegins { slot: slot as u8, nth: body.pauses });
        }
    }

    pub(super) fn random_pause(&mut self, slot: usize) {
        self.kernel.begin(self.kernel.census.place(slot), What::Paused { by_chance: true }, None);
        let (low, high) = self.kernel.pauses.length;
        let body = &mut self.kernel.bodies[slot];
        body.pauses += 1;
        body.since = self.kernel.now;
        let until = self.kernel.now + body.pause_chance.between(low, high);
        self.kernel.queue.push(until, Item::PauseEnds { slot: slot as u8, nth: body.pauses });
        self.set_status(slot, Status::Paused);
        self.judge(slot);
    }

    pub(super) fn random_pause_ends(&mut self, slot: usize) {
        let place = self.kernel.census.place(slot);
        let timers_first = self.wakes_timers_first(slot, Waking::Either);
        self.kernel.begin(place, What::Resumed { timers_first }, None);
        self.wake(slot, timers_first);
        self.schedule_pause(slot);
        self.judge(slot);
    }

    // ---- connections ------------------------------------------------------------------------------------

    fn connected_peers(&self, slot: usize) -> impl Iterator<Item = usize> + use<P> {
        let census = self.kernel.census;
        let place = census.place(slot);
        let connected: Vec<usize> = (0..census.processes())
            .filter(|&peer| {
                peer != slot && P::transport(&self.settings[slot], place, census.place(peer)) == Transport::Connection
            })
            .collect();
        connected.into_iter()
    }

    /// The process died: every peer connected to it sees its connection break.
    fn connections_broken(&mut self, slot: usize) {
        for peer in self.connected_peers(slot) {
            self.break_connection(slot, peer, false);
        }
    }

    /// Ends the connection between two places. What flies towards the end that closed it, or waits on it, is lost;
    /// the other end learns of it after what was sent before, unless the link is cut.
    pub(super) fn break_connection(&mut self, slot: usize, peer: usize, tell_me: bool) {
        let census = self.kernel.census;
        let (me, other) = (census.place(slot), census.place(peer));
        for index in 0..self.kernel.flights.len() as u32 {
            let flight = self.kernel.flights[index as usize];
            let (from, to) = (flight.message.from, flight.message.to);
            let towards_me = flight.state == FlightState::Flying && from == other && to == me;
            let waits =
                flight.state == FlightState::Stalled && (from == me && to == other || from == other && to == me);
            if flight.transport == Transport::Connection && (towards_me || waits) {
                self.kernel.record(to, What::Lost { message: flight.message, why: Loss::ConnectionBroke });
                self.lose(index, Loss::ConnectionBroke);
            }
        }
        if !self.kernel.network.is_cut(me, other) {
            let at = self.kernel.network.news(me, other, self.kernel.now);
            self.kernel.queue.push(at, Item::LinkChanged { slot: peer as u8, peer: slot as u8, up: false });
        }
        if tell_me {
            self.kernel
                .queue
                .push(self.kernel.now, Item::LinkChanged { slot: slot as u8, peer: peer as u8, up: false });
        }
    }

    /// A message was taken off a connection, which cannot go on with a gap: both ends see it break.
    pub(super) fn tear(&mut self, from: Place, to: Place, transport: Transport) {
        let (sender, receiver) = (self.kernel.census.slot(from), self.kernel.census.slot(to));
        if transport == Transport::Connection {
            self.refuse(sender, receiver);
            self.refuse(receiver, sender);
        }
    }

    /// Nobody lives there: whoever sent something over a connection learns that there is none.
    pub(super) fn refuse(&mut self, slot: usize, sender: usize) {
        let census = self.kernel.census;
        let (me, other) = (census.place(slot), census.place(sender));
        if !self.kernel.network.is_cut(me, other) {
            let at = self.kernel.network.news(me, other, self.kernel.now);
            self.kernel.queue.push(at, Item::LinkChanged { slot: sender as u8, peer: slot as u8, up: false });
        }
    }

    /// The process is back: it and its peers may connect again.
    fn connections_up(&mut self, slot: usize) {
        let census = self.kernel.census;
        for peer in self.connected_peers(slot) {
            if self.kernel.network.is_cut(census.place(slot), census.place(peer)) {
                continue;
            }
            let at = self.kernel.network.news(census.place(slot), census.place(peer), self.kernel.now);
            self.kernel.queue.push(at, Item::LinkChanged { slot: peer as u8, peer: slot as u8, up: true });
        }
    }
}
