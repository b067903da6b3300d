//! A broker: hears what is decided, leads, or fetches from the leader.

use super::disk::{Disk, Partition, Record};
use super::leading::Leading;
use super::message::Message;
use super::process::{Hands, Timer, rule};
use crate::sim::place::Place;
use crate::sim::protocol::{Disk as _, Ticket};
use crate::sim::rule::Reason;
use std::collections::VecDeque;

pub(super) const CONTROLLER: Place = Place::Server(1);

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Broker {
    pub(super) me: u8,
    /// What is on disk or on its way there.
    pub(super) disk: Disk,
    /// The newest decision heard.
    pub(super) known: Partition,
    /// Everything before this offset is committed, as far as it knows.
    pub(super) committed: u32,
    /// Appends on their way to the disk, and how long the log is with them.
    pub(super) writing: VecDeque<(Ticket, u32)>,
    pub(super) leading: Option<Leading>,
}

impl Broker {
    pub(super) fn boot(disk: &Disk, fx: &mut Hands<'_>) -> Broker {
        let mut broker = Broker {
            me: fx.me.number(),
            disk: disk.clone(),
            known: Partition::default(),
            committed: 0,
            writing: VecDeque::new(),
            leading: None,
        };
        broker.beat(fx);
        fx.set_timer(Timer::Fetch, fx.settings.fetch_wait);
        broker
    }

    pub(super) fn length(&self) -> u32 {
        self.disk.log.len() as u32
    }

    pub(super) fn beat(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(1));
        fx.set_timer(Timer::Beat, fx.settings.beat);
        fx.send(CONTROLLER, Message::Beat);
        self.watch_followers(fx);
    }

    pub(super) fn on_message(&mut self, from: Place, message: Message, fx: &mut Hands<'_>) {
        match message {
            Message::State(partition) => self.on_state(partition, fx),
            Message::Fetch { epoch, from: offset, last_epoch } => {
                self.on_fetch(from.number(), epoch, offset, last_epoch, fx);
            }
            Message::Records { epoch, from: offset, entries, committed } => {
                if !self.follows(from, epoch) || offset != self.length() {
                    return fx.ignore(Reason("not_asked_for"));
                }
                fx.because(rule(9));
                let mut ticket = None;
                for entry in entries {
                    self.disk.log.push(entry);
                    let append = fx.save(Record::Append(entry));
                    self.writing.push_back((append, self.length()));
                    ticket = Some(append);
                }
                self.committed = self.committed.max(committed.min(self.length()));
                if let Some(ticket) = ticket {
                    // Asking for more says that everything before is on disk.
                    fx.send_after(ticket, from, self.fetch_message(epoch));
                }
            }
            Message::Diverged { epoch, from: offset, last_epoch, keep } => {
                let asked = self.fetch_message(epoch) == Message::Fetch { epoch, from: offset, last_epoch };
                if !self.follows(from, epoch) || !asked || keep >= self.length() {
                    return fx.ignore(Reason("not_asked_for"));
                }
                fx.because(rule(10));
                fx.tell("truncated", [(self.length() - keep).into(), 0, 0]);
                self.disk.apply(&Record::Truncate(keep));
                self.committed = self.committed.min(keep);
                self.writing.clear();
                let ticket = fx.save(Record::Truncate(keep));
                fx.send_after(ticket, from, self.fetch_message(epoch));
            }
            Message::Fenced { .. } => fx.ignore(Reason("epoch_is_over")),
            Message::Beat | Message::AlterIsr { .. } => fx.ignore(Reason("not_the_controller")),
        }
    }

    fn follows(&self, from: Place, epoch: u32) -> bool {
        self.leading.is_none() && self.known.leader == from.number() && self.known.leader_epoch == epoch
    }

    /// Older controllers and older decisions are not obeyed.
    fn on_state(&mut self, partition: Partition, fx: &mut Hands<'_>) {
        fx.because(rule(7));
        if partition.controller_epoch < self.known.controller_epoch || partition.version < self.known.version {
            return fx.ignore(Reason("older_decision"));
        }
        if partition.version == self.known.version {
            return;
        }
        let same_reign = partition.leader_epoch == self.known.leader_epoch;
        self.known = partition;
        if partition.leader != self.me {
            self.step_down(fx);
            if !same_reign {
                self.fetch(fx);
            }
        } else if self.leading.is_some() && same_reign {
            self.isr_decided(fx);
        } else {
            self.step_down(fx);
            self.start_leading(fx);
        }
    }

    fn fetch_message(&self, epoch: u32) -> Message {
        let last_epoch = self.disk.log.last().map_or(0, |entry| entry.epoch);
        Message::Fetch { epoch, from: self.length(), last_epoch }
    }

    /// Followers pull.
    pub(super) fn fetch(&mut self, fx: &mut Hands<'_>) {
        fx.set_timer(Timer::Fetch, fx.settings.fetch_wait);
        if self.leading.is_none() && self.known.leader != 0 && self.writing.is_empty() {
            fx.because(rule(9));
            let leader = Place::Node(self.known.leader);
            fx.send(leader, self.fetch_message(self.known.leader_epoch));
        }
    }

    pub(super) fn on_saved(&mut self, ticket: Ticket, fx: &mut Hands<'_>) {
        while let Some(&(written, length)) = self.writing.front()
            && written <= ticket
        {
            self.writing.pop_front();
            if let Some(leading) = &mut self.leading {
                leading.own = leading.own.max(length);
            }
        }
        self.advance(fx);
    }
}
