//! Synchronisation: the leader brings every follower to its own history, and serves once a quorum has it (Z-16 to Z-19).

use super::disk::{Record, Txn};
use super::message::{Message, Packet};
use super::mutants::{Mutant, mutated};
use super::process::{Hands, Phase, Progress, Stage, Zab, rule};
use super::timer::Timer;
use super::zxid::Zxid;
use crate::sim::place::Place;

/// How a follower is brought up to date.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Course {
    /// Send what it lacks.
    Diff,
    /// Let it forget everything after this, then send what it lacks.
    Trunc(Zxid),
    /// Send everything.
    Snap,
}

/// Z-16: what to do for a follower whose last zxid is `peer`, and after which zxid to go on.
///
/// `memory` is the committed log kept in memory, `log` the older one on disk, both in order and without gaps of
/// their own; `last` is the last transaction that the leader processed.
pub fn choose_course(peer: Zxid, memory: &[Txn], log: &[Txn], last: Zxid) -> (Course, Zxid) {
    let smallest = memory.first().map_or(last, |txn| txn.zxid);
    let largest = memory.last().map_or(last, |txn| txn.zxid);
    if peer == last {
        return (Course::Diff, peer);
    }
    if peer > largest && !peer.is_epoch_start() {
        return (Course::Trunc(largest), largest);
    }
    if peer > largest {
        return (Course::Snap, last);
    }
    if peer >= smallest {
        return meet(peer, memory).unwrap_or((Course::Snap, last));
    }
    // Older than what memory holds: only a log that reaches from there up to memory without a gap will do.
    let reaches_back = log.first().is_some_and(|txn| txn.zxid <= peer);
    let reaches_memory = log.last().is_some_and(|txn| txn.zxid >= smallest);
    if reaches_back && reaches_memory {
        return meet(peer, log).unwrap_or((Course::Snap, last));
    }
    (Course::Snap, last)
}

/// Where the follower's history meets this log. Absent if its last transaction is unknown and of another epoch.
fn meet(peer: Zxid, log: &[Txn]) -> Option<(Course, Zxid)> {
    let next = log.partition_point(|txn| txn.zxid <= peer);
    let below = log[..next].last().map(|txn| txn.zxid);
    if below == Some(peer) || peer.is_epoch_start() {
        return Some((Course::Diff, peer));
    }
    let (below, above) = (below?, log.get(next)?.zxid);
    (above.epoch == peer.epoch).then_some((Course::Trunc(below), below))
}

impl Zab {
    // ---- the leader's side ------------------------------------------------------------------------------

    pub(super) fn synchronize_all(&mut self, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &self.phase else { return };
        let acknowledged = |progress: Progress| progress >= Progress::AcknowledgedAgain;
        let ready: Vec<u8> = leading
            .learners
            .iter()
            .filter(|(_, learner)| acknowledged(learner.progress))
            .map(|(&server, _)| server)
            .collect();
        for server in ready {
            self.synchronize(server, fx);
        }
        if mutated(fx.settings, Mutant::ServeBeforeQuorum) {
            self.establish(fx);
        }
        self.count_syncs(fx);
    }

    /// Sends a follower what it lacks; from here on proposals are queued to it behind that (Z-17).
    pub(super) fn synchronize(&mut self, to: u8, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        let Some(learner) = leading.learners.get_mut(&to) else { return };
        fx.because(rule(16));
        // Before it serves, a leader takes all that it logged for committed.
        let committed = if leading.stage == Stage::Broadcast { self.delivered } else { self.disk.history.len() };
        let start = self.disk.in_snapshot as usize;
        let log = &self.disk.history[start.min(committed)..committed];
        let memory = &log[log.len().saturating_sub(fx.settings.memory_kept as usize)..];
        let last = committed.checked_sub(1).map_or(Zxid::ZERO, |index| self.disk.history[index].zxid);
        let (course, after) = choose_course(learner.acked, memory, log, last);
        learner.progress = Progress::Synchronizing;
        learner.course = Some(course);
        let connection = learner.connection;
        let epoch = leading.epoch;
        let packet = match course {
            Course::Diff => Packet::Diff { to: last },
            Course::Trunc(to) => Packet::Trunc { to },
            Course::Snap => Packet::Snap { history: self.disk.history[..committed].to_vec() },
        };
        self.send(to, connection, packet, fx);
        let from = self.disk.count_up_to(after);
        for index in from..self.disk.history.len() {
            let txn = self.disk.history[index];
            self.send(to, connection, Packet::Proposal(txn), fx);
            if index < committed {
                self.send(to, connection, Packet::Commit { zxid: txn.zxid }, fx);
            }
        }
        self.send(to, connection, Packet::NewLeader { epoch }, fx);
    }

    /// A follower acknowledged NEWLEADER.
    pub(super) fn on_new_leader_ack(&mut self, from: u8, fx: &mut Hands<'_>) {
        fx.because(rule(19));
        let Phase::Leading(leading) = &mut self.phase else { return };
        let deadline = leading.ticks + fx.settings.sync_limit;
        let start = Zxid::new(leading.epoch, 0);
        let Some(learner) = leading.learners.get_mut(&from) else { return };
        (learner.progress, learner.acked, learner.deadline) = (Progress::Synced, start, deadline);
        if leading.stage == Stage::Broadcast {
            let connection = learner.connection;
            self.send(from, connection, Packet::UpToDate, fx);
        } else {
            self.count_syncs(fx);
        }
    }

    /// With a quorum of acknowledgements everything up to here is committed, and the reign begins (Z-19).
    fn count_syncs(&mut self, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &self.phase else { return };
        let synced = leading.have_reached(Progress::Synced, fx);
        if leading.stage == Stage::Synchronization && fx.settings.is_quorum(fx.census.nodes, synced) {
            fx.because(rule(19));
            self.establish(fx);
        }
    }

    fn establish(&mut self, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        let epoch = leading.epoch;
        leading.stage = Stage::Broadcast;
        leading.acked = leading.acked.max(Zxid::new(epoch, 0));
        let synced: Vec<(u8, u64)> = leading
            .learners
            .iter()
            .filter(|(_, learner)| learner.progress == Progress::Synced)
            .map(|(&server, learner)| (server, learner.connection))
            .collect();
        // Late joiners must see one epoch in all settled votes (Z-9).
        self.vote.epoch = epoch;
        fx.cancel_timer(Timer::Limit);
        fx.set_timer(Timer::Tick, fx.settings.tick_time / 2);
        fx.tell("established", [epoch.into(), synced.len() as u64 + 1, 0]);
        for (server, connection) in synced {
            self.send(server, connection, Packet::UpToDate, fx);
        }
        let everything = self.disk.history.len();
        self.deliver(everything, fx);
    }

    // ---- the follower's side ----------------------------------------------------------------------------

    pub(super) fn on_diff(&mut self, to: Zxid, fx: &mut Hands<'_>) {
        fx.because(rule(16));
        let own = self.disk.last_zxid();
        if let Some(following) = self.synchronizing(fx) {
            following.course = Some(Course::Diff);
            following.committed = to.min(own);
        }
    }

    pub(super) fn on_trunc(&mut self, to: Zxid, fx: &mut Hands<'_>) {
        fx.because(rule(16));
        let Some(following) = self.synchronizing(fx) else { return };
        following.course = Some(Course::Trunc(to));
        following.committed = to;
        if mutated(fx.settings, Mutant::NoTruncation) {
            return;
        }
        let kept = self.disk.count_up_to(to);
        fx.tell("truncated", [(self.disk.history.len() - kept) as u64, to.epoch.into(), to.counter.into()]);
        crate::sim::protocol::Disk::apply(&mut self.disk, &Record::Truncate(to));
        self.writing.retain(|&(_, zxid)| zxid <= to);
        self.delivered = self.delivered.min(kept);
        fx.save(Record::Truncate(to));
    }

    pub(super) fn on_snap(&mut self, history: Vec<Txn>, fx: &mut Hands<'_>) {
        fx.because(rule(16));
        let last = history.last().map_or(Zxid::ZERO, |txn| txn.zxid);
        let Some(following) = self.synchronizing(fx) else { return };
        following.course = Some(Course::Snap);
        following.committed = last;
        following.received.clear();
        if mutated(fx.settings, Mutant::EpochBeforeHistory) {
            following.received = history;
            return;
        }
        self.delivered = self.delivered.min(history.len());
        self.writing.clear();
        let record = Record::Snapshot(history);
        crate::sim::protocol::Disk::apply(&mut self.disk, &record);
        fx.save(record);
    }

    fn synchronizing(&mut self, _fx: &mut Hands<'_>) -> Option<&mut super::process::Following> {
        let Phase::Following(following) = &mut self.phase else { return None };
        following.stage = Stage::Synchronization;
        Some(following)
    }

    /// First the received history, then the epoch, then the acknowledgement (Z-18).
    pub(super) fn on_new_leader(&mut self, epoch: u32, fx: &mut Hands<'_>) {
        fx.because(rule(18));
        let Phase::Following(following) = &mut self.phase else { return };
        let (leader, connection) = (following.leader, following.connection);
        following.adopted = true;
        let received = std::mem::take(&mut following.received);
        let backwards = mutated(fx.settings, Mutant::EpochBeforeHistory);
        self.disk.current_epoch = epoch;
        let mut ticket = None;
        if backwards {
            ticket = Some(fx.save(Record::CurrentEpoch(epoch)));
        }
        for txn in received {
            if txn.zxid > self.disk.last_zxid() {
                ticket = Some(self.log(txn, fx));
            }
        }
        if !backwards && !mutated(fx.settings, Mutant::EpochsNotDurable) {
            ticket = Some(fx.save(Record::CurrentEpoch(epoch)));
        }
        let mut acknowledge = |zxid| {
            let message = Message::Zab { connection, packet: Packet::Ack { zxid } };
            match ticket {
                Some(ticket) => fx.send_after(ticket, Place::Node(leader), message),
                None => fx.send(Place::Node(leader), message),
            }
        };
        acknowledge(Zxid::new(epoch, 0));
        // What was proposed during synchronisation is on disk by now too.
        if self.disk.last_zxid() > Zxid::new(epoch, 0) {
            acknowledge(self.disk.last_zxid());
        }
    }

    pub(super) fn on_up_to_date(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(19));
        let Phase::Following(following) = &mut self.phase else { return };
        following.stage = Stage::Broadcast;
        let committed = following.committed;
        self.vote.epoch = self.disk.current_epoch;
        fx.set_timer(Timer::Silence, fx.settings.sync_time());
        let count = self.disk.count_up_to(committed);
        self.deliver(count, fx);
    }
}
