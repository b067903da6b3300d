//! The appointed leader: takes writes, serves fetches, and asks who is to be in sync.

use super::broker::{Broker, CONTROLLER};
use super::disk::{Entry, Record};
use super::message::Message;
use super::mutants::{Mutant, mutated};
use super::process::{Hands, rule};
use crate::sim::place::Place;
use crate::sim::request::{Answer, RequestId};
use crate::sim::rule::Reason;
use crate::sim::time::Micros;
use std::collections::BTreeMap;

/// At most so many records travel in one message.
const BATCH: usize = 16;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Leading {
    /// How much of the log is on the own disk.
    pub own: u32,
    pub followers: BTreeMap<u8, Follower>,
    /// The set asked for and not decided yet. Whoever might be in sync counts.
    pub asked: Option<u32>,
    /// Writes that clients wait for: the offset after each, and the request.
    pub waiting: BTreeMap<u32, RequestId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Follower {
    /// It has everything before this on disk.
    pub end: u32,
    /// When it was last level with the leader, by the leader's clock.
    pub level_at: Micros,
}

impl Broker {
    pub(super) fn start_leading(&mut self, fx: &mut Hands<'_>) {
        let written = self.disk.log.len() - self.writing.len();
        let level_at = fx.now;
        let others = (1..=fx.census.nodes).filter(|&broker| broker != self.me);
        let followers = others.map(|broker| (broker, Follower { end: 0, level_at })).collect();
        fx.tell("leads", [self.known.leader_epoch.into(), 0, 0]);
        self.leading = Some(Leading { own: written as u32, followers, asked: None, waiting: BTreeMap::new() });
        self.advance(fx);
    }

    pub(super) fn step_down(&mut self, fx: &mut Hands<'_>) {
        let Some(leading) = self.leading.take() else { return };
        for id in leading.waiting.into_values() {
            fx.answer(id, Answer::Refused(Reason("outcome_unknown")));
        }
        fx.tell("leads_no_more", [0; 3]);
    }

    pub(super) fn isr_decided(&mut self, fx: &mut Hands<'_>) {
        if let Some(leading) = &mut self.leading {
            leading.asked = None;
        }
        self.advance(fx);
    }

    /// A fetch says how far a follower is.
    pub(super) fn on_fetch(&mut self, from: u8, epoch: u32, offset: u32, last_epoch: u32, fx: &mut Hands<'_>) {
        let own_epoch = self.known.leader_epoch;
        fx.because(rule(8));
        if epoch < own_epoch {
            fx.ignore(Reason("epoch_is_over"));
            return fx.send(Place::Node(from), Message::Fenced { epoch: own_epoch });
        }
        if epoch > own_epoch || self.leading.is_none() {
            return fx.ignore(Reason("epoch_not_known_yet"));
        }
        if let Some(keep) = self.diverges(offset, last_epoch)
            && !mutated(fx.settings, Mutant::NoTruncation)
        {
            fx.because(rule(10));
            return fx.send(Place::Node(from), Message::Diverged { epoch, from: offset, last_epoch, keep });
        }
        fx.because(rule(9));
        let Some(leading) = &mut self.leading else { return };
        let Some(follower) = leading.followers.get_mut(&from) else { return };
        follower.end = follower.end.max(offset);
        // Only what is on the leader's own disk is shown: what a crash takes back nobody has seen.
        let durable = leading.own;
        if offset >= durable {
            follower.level_at = fx.now;
        }
        self.advance(fx);
        let entries = self.disk.log[..durable as usize].iter().skip(offset as usize).take(BATCH).copied().collect();
        let committed = self.committed;
        fx.send(Place::Node(from), Message::Records { epoch, from: offset, entries, committed });
        self.admit(from, fx);
    }

    /// Where to cut a log that does not end as this one does: by epoch, never by what is committed.
    fn diverges(&self, offset: u32, last_epoch: u32) -> Option<u32> {
        if offset == 0 {
            return None;
        }
        let same = self.disk.log.get(offset as usize - 1).is_some_and(|entry| entry.epoch == last_epoch);
        if same {
            return None;
        }
        let older = self.disk.log.partition_point(|entry| entry.epoch <= last_epoch) as u32;
        Some(older.min(offset - 1))
    }

    /// A follower that has all that is committed may be in sync.
    fn admit(&mut self, from: u8, fx: &mut Hands<'_>) {
        let (known, committed) = (self.known, self.committed);
        let Some(leading) = &mut self.leading else { return };
        let level = leading.followers.get(&from).is_some_and(|follower| follower.end >= committed);
        if level && !known.has(from) && leading.asked.is_none() {
            self.ask_for(known.isr | 1 << from, fx);
        }
    }

    fn ask_for(&mut self, isr: u32, fx: &mut Hands<'_>) {
        fx.because(rule(6));
        let (leader_epoch, version) = (self.known.leader_epoch, self.known.version);
        if let Some(leading) = &mut self.leading {
            leading.asked = Some(isr);
            fx.send(CONTROLLER, Message::AlterIsr { leader_epoch, version, isr });
        }
    }

    /// Followers that were not level for too long are not in sync any more.
    pub(super) fn watch_followers(&mut self, fx: &mut Hands<'_>) {
        let known = self.known;
        let Some(leading) = &self.leading else { return };
        if let Some(isr) = leading.asked {
            return self.ask_for(isr, fx);
        }
        let late = |follower: &Follower| fx.now > follower.level_at + fx.settings.lag_time;
        let lagging = leading.followers.iter().filter(|(broker, follower)| known.has(**broker) && late(follower));
        let isr = lagging.fold(known.isr, |isr, (&broker, _)| isr & !(1 << broker));
        if isr != known.isr {
            self.ask_for(isr, fx);
        }
    }

    /// Committed is what everybody has who is in sync, or might be.
    pub(super) fn advance(&mut self, fx: &mut Hands<'_>) {
        let known = self.known;
        let Some(leading) = &mut self.leading else { return };
        let counts = known.isr | leading.asked.unwrap_or(0);
        let counts = if mutated(fx.settings, Mutant::CommitAlone) { 0 } else { counts };
        let ends = leading.followers.iter().filter(|(broker, _)| counts & 1 << **broker != 0);
        let committed = ends.map(|(_, follower)| follower.end).min().unwrap_or(leading.own).min(leading.own);
        self.committed = self.committed.max(committed);
        let enough = known.isr.count_ones() >= fx.settings.min_insync;
        let done = match (fx.settings.acks_all, enough) {
            (true, true) => self.committed,
            (true, false) => return,
            (false, _) => leading.own,
        };
        while let Some((&offset, &id)) = leading.waiting.first_key_value()
            && offset <= done
        {
            leading.waiting.remove(&offset);
            fx.answer(id, Answer::Written { index: offset.into() });
        }
    }

    pub(super) fn write(&mut self, id: RequestId, value: u64, fx: &mut Hands<'_>) {
        let epoch = self.known.leader_epoch;
        if self.leading.is_none() {
            return fx.answer(id, Answer::Refused(Reason("not_the_leader")));
        }
        if fx.settings.acks_all && self.known.isr.count_ones() < fx.settings.min_insync {
            return fx.answer(id, Answer::Refused(Reason("too_few_in_sync")));
        }
        let entry = Entry { epoch, value };
        self.disk.log.push(entry);
        let length = self.length();
        let ticket = fx.save(Record::Append(entry));
        self.writing.push_back((ticket, length));
        if let Some(leading) = &mut self.leading {
            leading.waiting.insert(length, id);
        }
    }
}
