//! The controller: who lives, who is in sync, who leads.

use super::disk::{Partition, Record};
use super::message::Message;
use super::mutants::{Mutant, mutated};
use super::process::{Hands, Timer, rule};
use crate::sim::place::Place;
use crate::sim::protocol::Ticket;
use crate::sim::rule::Reason;
use crate::sim::time::Micros;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Controller {
    pub(super) partition: Partition,
    /// The write of the newest decision: nobody hears of it before it is on disk.
    decided: Ticket,
    /// When each broker was last heard of, by the own clock; the first entry is unused.
    heard: Vec<Micros>,
}

impl Controller {
    pub(super) fn boot(partition: Partition, fx: &mut Hands<'_>) -> Controller {
        let brokers = fx.census.nodes;
        let mut controller =
            Controller { partition, decided: Ticket(0), heard: vec![fx.now; usize::from(brokers) + 1] };
        let first_of_all = partition.controller_epoch == 0;
        controller.partition.controller_epoch += 1;
        if first_of_all {
            controller.partition.isr = (1..=brokers).fold(0, |isr, broker| isr | 1 << broker);
        }
        fx.because(rule(1));
        controller.decide(fx);
        if first_of_all {
            controller.appoint(fx);
        }
        fx.set_timer(Timer::Beat, fx.settings.beat);
        controller
    }

    fn lives(&self, broker: u8, fx: &Hands<'_>) -> bool {
        self.heard.get(usize::from(broker)).is_some_and(|&at| fx.now <= at + fx.settings.session_timeout)
    }

    /// Every decision has its own version and is on disk before anybody hears of it.
    fn decide(&mut self, fx: &mut Hands<'_>) {
        self.partition.version += 1;
        self.decided = fx.save(Record::Decide(self.partition));
        for broker in fx.census.nodes() {
            self.show(broker, fx);
        }
    }

    fn show(&self, to: Place, fx: &mut Hands<'_>) {
        fx.send_after(self.decided, to, Message::State(self.partition));
    }

    pub(super) fn on_message(&mut self, from: Place, message: &Message, fx: &mut Hands<'_>) {
        match *message {
            Message::Beat => self.on_beat(from, fx),
            Message::AlterIsr { leader_epoch, version, isr } => self.on_alter_isr(from, leader_epoch, version, isr, fx),
            _ => fx.ignore(Reason("not_for_the_controller")),
        }
    }

    /// A sign of life. If nobody leads, perhaps this one may.
    fn on_beat(&mut self, from: Place, fx: &mut Hands<'_>) {
        fx.because(rule(1));
        if let Some(heard) = self.heard.get_mut(usize::from(from.number())) {
            *heard = fx.now;
        }
        self.show(from, fx);
        if self.partition.leader == 0 {
            self.appoint(fx);
        }
    }

    /// A leader asks for another set in sync. Whatever comes of it, older wishes are void afterwards.
    fn on_alter_isr(&mut self, from: Place, leader_epoch: u32, version: u64, isr: u32, fx: &mut Hands<'_>) {
        fx.because(rule(6));
        let known = (self.partition.leader, self.partition.leader_epoch, self.partition.version);
        if known != (from.number(), leader_epoch, version) {
            fx.ignore(Reason("decided_otherwise_since"));
            return self.show(from, fx);
        }
        let all_live = (1..=fx.census.nodes).all(|broker| isr & 1 << broker == 0 || self.lives(broker, fx));
        if all_live && isr & 1 << from.number() != 0 {
            self.partition.isr = isr;
        } else {
            fx.ignore(Reason("a_member_is_dead"));
        }
        self.decide(fx);
    }

    /// Looks who fell silent.
    pub(super) fn look_around(&mut self, fx: &mut Hands<'_>) {
        fx.set_timer(Timer::Beat, fx.settings.beat);
        fx.because(rule(2));
        let dead = |broker: u8, this: &Controller, fx: &Hands<'_>| !this.lives(broker, fx);
        let leader = self.partition.leader;
        let gone: Vec<u8> = (1..=fx.census.nodes)
            .filter(|&broker| self.partition.has(broker) && broker != leader && dead(broker, self, fx))
            .collect();
        let leader_is_dead = leader != 0 && dead(leader, self, fx);
        for &broker in &gone {
            // The last one in sync stays: it alone has everything.
            if self.partition.isr.count_ones() > 1 {
                self.partition.isr &= !(1 << broker);
            }
        }
        if leader_is_dead {
            return self.appoint(fx);
        }
        if !gone.is_empty() && leader != 0 {
            return self.decide(fx);
        }
        let first = (1..=fx.census.nodes).find(|&broker| self.partition.has(broker) && self.lives(broker, fx));
        if fx.settings.preferred && leader != 0 && first == Some(1) && leader != 1 {
            self.appoint(fx);
        }
    }

    /// The first in the list that lives and is in sync; otherwise nobody, or anybody.
    fn appoint(&mut self, fx: &mut Hands<'_>) {
        let brokers = fx.census.nodes;
        let old = self.partition.leader;
        let counts = |broker: u8| self.partition.has(broker) || mutated(fx.settings, Mutant::AnybodyIsInSync);
        let in_sync = (1..=brokers).find(|&broker| counts(broker) && self.lives(broker, fx));
        let anybody = (1..=brokers).find(|&broker| self.lives(broker, fx)).filter(|_| fx.settings.unclean);
        let next = in_sync.or(anybody).unwrap_or(0);
        if next == 0 && old == 0 {
            return fx.ignore(Reason("nobody_in_sync_lives"));
        }
        self.partition.leader = next;
        self.partition.leader_epoch += u32::from(!mutated(fx.settings, Mutant::SameEpoch) || old == 0);
        if in_sync.is_some() {
            fx.because(rule(3));
            // A dead leader goes out of sync, unless it is the last.
            if old != 0 && old != next && !self.lives(old, fx) {
                self.partition.isr &= !(1 << old);
            }
        } else if next != 0 {
            fx.because(rule(4));
            self.partition.isr = 1 << next;
            self.partition.unclean += 1;
            fx.tell("appointed_uncleanly", [next.into(), self.partition.leader_epoch.into(), 0]);
        } else {
            fx.because(rule(5));
        }
        fx.tell("appointed", [next.into(), self.partition.leader_epoch.into(), 0]);
        self.decide(fx);
    }

    /// An operator's order: the leader hands over.
    pub(super) fn hand_over(&mut self, to: Option<Place>, fx: &mut Hands<'_>) {
        let fits = |broker: &u8| self.partition.has(*broker) && self.lives(*broker, fx);
        let wanted = match to {
            Some(place) => Some(place.number()).filter(fits),
            None => (1..=fx.census.nodes).filter(fits).find(|&broker| broker != self.partition.leader),
        };
        let Some(next) = wanted else { return fx.ignore(Reason("nobody_in_sync_lives")) };
        fx.because(rule(3));
        self.partition.leader = next;
        self.partition.leader_epoch += 1;
        fx.tell("appointed", [next.into(), self.partition.leader_epoch.into(), 0]);
        self.decide(fx);
    }
}
