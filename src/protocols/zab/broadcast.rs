//! Broadcast: the leader numbers transactions, a quorum logs them, everybody delivers them in order (Z-20 to Z-24).

use super::disk::{Record, Txn};
use super::message::{Message, Packet};
use super::process::{Hands, Phase, Progress, Stage, Zab, rule};
use super::zxid::Zxid;
use crate::sim::place::Place;
use crate::sim::request::{Answer, RequestId};
use crate::sim::rule::Reason;

impl Zab {
    /// A client's write: the leader proposes it, a follower passes it on.
    pub(super) fn write(&mut self, id: RequestId, value: u64, fx: &mut Hands<'_>) {
        match &self.phase {
            Phase::Leading(_) => {
                self.waiting.insert(id);
                self.propose(self.me, id, value, fx);
            }
            Phase::Following(following) => {
                self.waiting.insert(id);
                self.send(following.leader, following.connection, Packet::Request { id, value }, fx);
            }
            Phase::Looking(_) => {}
        }
    }

    pub(super) fn on_forwarded(&mut self, from: u8, id: RequestId, value: u64, fx: &mut Hands<'_>) {
        match &self.phase {
            Phase::Leading(leading) if leading.stage == Stage::Broadcast => self.propose(from, id, value, fx),
            _ => fx.ignore(Reason("not_serving")),
        }
    }

    /// The next number of the epoch, to the own log and to every follower that has, or gets, the history (Z-20).
    fn propose(&mut self, by: u8, request: RequestId, value: u64, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        fx.because(rule(20));
        let last = self.disk.last_zxid();
        let counter = if last.epoch == leading.epoch { last.counter } else { 0 };
        if counter >= fx.settings.counter_limit {
            fx.because(rule(24));
            return self.give_up(Reason("counter_used_up"), fx);
        }
        let txn = Txn { zxid: Zxid::new(leading.epoch, counter + 1), value, by, request };
        for (&server, learner) in &mut leading.learners {
            if learner.progress >= Progress::Synchronizing {
                learner.owes = learner.owes.or(Some((txn.zxid, leading.ticks)));
                let message = Message::Zab { connection: learner.connection, packet: Packet::Proposal(txn) };
                fx.send(Place::Node(server), message);
            }
        }
        self.log(txn, fx);
    }

    /// Log in order, then acknowledge (Z-21).
    pub(super) fn on_proposal(&mut self, txn: Txn, fx: &mut Hands<'_>) {
        fx.because(rule(21));
        let last = self.disk.last_zxid();
        let Phase::Following(following) = &mut self.phase else { return };
        if !following.adopted {
            // Still before NEWLEADER: written together with it.
            following.received.push(txn);
            return;
        }
        let (leader, connection) = (following.leader, following.connection);
        if txn.zxid == last {
            return fx.ignore(Reason("logged_before"));
        }
        if !txn.zxid.follows(last) {
            fx.ignore(Reason("gap_in_proposals"));
            return self.lost_leader(fx);
        }
        let ticket = self.log(txn, fx);
        let message = Message::Zab { connection, packet: Packet::Ack { zxid: txn.zxid } };
        fx.send_after(ticket, Place::Node(leader), message);
    }

    pub(super) fn on_ack(&mut self, from: u8, zxid: Zxid, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        let Some(learner) = leading.learners.get_mut(&from) else { return };
        if learner.progress == Progress::Synchronizing {
            return self.on_new_leader_ack(from, fx);
        }
        learner.acked = learner.acked.max(zxid);
        if learner.owes.is_some_and(|(owed, _)| owed <= zxid) {
            let last = self.disk.last_zxid();
            learner.owes = (last > zxid).then(|| (Zxid::new(zxid.epoch, zxid.counter + 1), leading.ticks));
        }
        self.advance_commit(fx);
    }

    /// Commit in order what a quorum has logged (Z-22).
    pub(super) fn advance_commit(&mut self, fx: &mut Hands<'_>) {
        let mut committed = self.delivered;
        while let Some(txn) = self.disk.history.get(committed) {
            let Phase::Leading(leading) = &self.phase else { return };
            if leading.stage != Stage::Broadcast || leading.acked < txn.zxid {
                break;
            }
            let acked = leading.learners.iter().filter(|(server, learner)| {
                fx.settings.has_weight(**server) && learner.progress == Progress::Synced && learner.acked >= txn.zxid
            });
            if !fx.settings.is_quorum(fx.census.nodes, 1 + acked.count()) {
                break;
            }
            fx.because(rule(22));
            let zxid = txn.zxid;
            fx.tell("committed", [committed as u64 + 1, zxid.epoch.into(), zxid.counter.into()]);
            for (&server, learner) in &leading.learners {
                if learner.progress >= Progress::Synchronizing {
                    let packet = Packet::Commit { zxid };
                    fx.send(Place::Node(server), Message::Zab { connection: learner.connection, packet });
                }
            }
            committed += 1;
        }
        if committed > self.delivered {
            self.deliver(committed, fx);
        }
    }

    pub(super) fn on_commit(&mut self, zxid: Zxid, fx: &mut Hands<'_>) {
        fx.because(rule(22));
        let Phase::Following(following) = &mut self.phase else { return };
        following.committed = following.committed.max(zxid);
        if following.stage == Stage::Broadcast {
            let count = self.disk.count_up_to(zxid);
            self.deliver(count, fx);
        }
    }

    /// Hands transactions to the service, up to this many, and answers the clients that wait here.
    pub(super) fn deliver(&mut self, count: usize, fx: &mut Hands<'_>) {
        for index in self.delivered..count {
            let txn = self.disk.history[index];
            if txn.by == self.me && self.waiting.remove(&txn.request) {
                fx.answer(txn.request, Answer::Written { index: txn.zxid.number() });
            }
        }
        self.delivered = self.delivered.max(count);
        let kept = fx.settings.log_kept;
        let in_log = self.delivered as u32 - self.disk.in_snapshot.min(self.delivered as u32);
        if in_log >= kept.saturating_mul(2) && self.delivered == self.disk.history.len() {
            fx.tell("snapshot_taken", [u64::from(in_log - kept), 0, 0]);
            let record = Record::Purge(kept);
            crate::sim::protocol::Disk::apply(&mut self.disk, &record);
            fx.save(record);
        }
    }
}
