//! Discovery: the elected server finds an epoch that a quorum has never promised to anybody (Z-11 to Z-15).

use super::disk::Record;
use super::message::Packet;
use super::mutants::{Mutant, mutated};
use super::process::{Following, Hands, Leading, Learner, Phase, Progress, Stage, Zab, rule};
use super::timer::Timer;
use super::zxid::Zxid;
use crate::sim::rule::Reason;
use std::collections::BTreeMap;

impl Leading {
    pub(super) fn new(acked: Zxid) -> Leading {
        Leading {
            stage: Stage::Discovery,
            open: false,
            epoch: 0,
            epoch_written: None,
            learners: BTreeMap::new(),
            acked,
            ticks: 0,
            half: false,
        }
    }

    /// Learners with weight that got at least so far, and this server itself.
    pub(super) fn have_reached(&self, progress: Progress, fx: &Hands<'_>) -> usize {
        let reached =
            |(server, learner): &(&u8, &Learner)| fx.settings.has_weight(**server) && learner.progress >= progress;
        1 + self.learners.iter().filter(reached).count()
    }
}

impl Following {
    pub(super) fn new(leader: u8, connection: u64) -> Following {
        Following {
            leader,
            connection,
            tries: 0,
            stage: Stage::Discovery,
            course: None,
            adopted: false,
            received: Vec::new(),
            committed: Zxid::ZERO,
        }
    }
}

impl Zab {
    // ---- the follower's side ----------------------------------------------------------------------------

    pub(super) fn start_following(&mut self, fx: &mut Hands<'_>) {
        fx.set_timer(Timer::Silence, fx.settings.init_time());
        self.knock(fx);
    }

    /// Connects to the elected leader and tells it the newest epoch promised so far (Z-11).
    pub(super) fn knock(&mut self, fx: &mut Hands<'_>) {
        let Phase::Following(following) = &self.phase else { return };
        fx.because(rule(11));
        let accepted_epoch = self.disk.accepted_epoch;
        self.send(following.leader, following.connection, Packet::FollowerInfo { accepted_epoch }, fx);
    }

    /// Nobody listens there (yet).
    pub(super) fn on_refused(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(11));
        let Phase::Following(following) = &mut self.phase else { return };
        if following.stage != Stage::Discovery {
            return self.lost_leader(fx);
        }
        following.tries += 1;
        if following.tries >= fx.settings.connect_tries {
            return self.lost_leader(fx);
        }
        self.connection += 1;
        following.connection = self.connection;
        fx.set_timer(Timer::Retry, fx.settings.connect_retry);
        fx.ignore(Reason("leader_not_leading_yet"));
    }

    /// Z-13.
    pub(super) fn on_leader_info(&mut self, epoch: u32, fx: &mut Hands<'_>) {
        let Phase::Following(following) = &self.phase else { return };
        fx.because(rule(13));
        let (leader, connection, zxid) = (following.leader, following.connection, self.disk.last_zxid());
        if epoch < self.disk.accepted_epoch {
            fx.ignore(Reason("promised_a_newer_epoch"));
            return self.lost_leader(fx);
        }
        if epoch == self.disk.accepted_epoch {
            return self.send(leader, connection, Packet::AckEpoch { current_epoch: None, zxid }, fx);
        }
        let current_epoch = Some(self.disk.current_epoch);
        self.disk.accepted_epoch = epoch;
        let packet = Packet::AckEpoch { current_epoch, zxid };
        if mutated(fx.settings, Mutant::EpochsNotDurable) {
            return self.send(leader, connection, packet, fx);
        }
        let ticket = fx.save(Record::AcceptedEpoch(epoch));
        fx.send_after(
            ticket,
            crate::sim::place::Place::Node(leader),
            super::message::Message::Zab { connection, packet },
        );
    }

    // ---- the leader's side ------------------------------------------------------------------------------

    pub(super) fn start_leading(&mut self, fx: &mut Hands<'_>) {
        fx.set_timer(Timer::Limit, fx.settings.init_time());
        match fx.settings.opens_after {
            0 => self.open(fx),
            wait => fx.set_timer(Timer::Open, wait),
        }
    }

    /// Followers can connect from here on.
    pub(super) fn open(&mut self, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        leading.open = true;
        self.propose_epoch(fx);
    }

    pub(super) fn on_follower_info(&mut self, from: u8, connection: u64, accepted_epoch: u32, fx: &mut Hands<'_>) {
        let leading = match &mut self.phase {
            Phase::Leading(leading) if leading.open => leading,
            _ => {
                fx.because(rule(11));
                fx.ignore(Reason("not_leading"));
                return self.send(from, connection, Packet::Refused, fx);
            }
        };
        fx.because(rule(12));
        let deadline = leading.ticks + fx.settings.sync_limit;
        let learner = Learner {
            connection,
            accepted_epoch,
            progress: Progress::Connected,
            course: None,
            acked: Zxid::ZERO,
            deadline,
            owes: None,
        };
        leading.learners.insert(from, learner);
        if leading.epoch == 0 {
            return self.propose_epoch(fx);
        }
        if leading.epoch_written.is_none() {
            // A straggler: the epoch is known by now. If it promised a newer one, that is its own trouble.
            let epoch = leading.epoch;
            self.send(from, connection, Packet::LeaderInfo { epoch }, fx);
        }
    }

    /// One more than any epoch that a quorum, this server included, promised so far (Z-12).
    fn propose_epoch(&mut self, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        fx.because(rule(12));
        let heard = leading.have_reached(Progress::Connected, fx);
        if !fx.settings.is_quorum(fx.census.nodes, heard) && !mutated(fx.settings, Mutant::EpochAlone) {
            return fx.ignore(Reason("too_few_followers_yet"));
        }
        let newest = leading.learners.values().map(|learner| learner.accepted_epoch).max().unwrap_or(0);
        let newest = if mutated(fx.settings, Mutant::EpochAlone) { 0 } else { newest };
        let epoch = newest.max(self.disk.accepted_epoch) + 1;
        leading.epoch = epoch;
        self.disk.accepted_epoch = epoch;
        if mutated(fx.settings, Mutant::EpochsNotDurable) {
            return self.epoch_is_written(fx);
        }
        leading.epoch_written = Some(fx.save(Record::AcceptedEpoch(epoch)));
    }

    /// The new epoch, accepted or current, is on disk: from here the leader counts itself.
    pub(super) fn epoch_is_written(&mut self, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        leading.epoch_written = None;
        match leading.stage {
            Stage::Discovery => {
                fx.because(rule(12));
                let epoch = leading.epoch;
                fx.tell("epoch_proposed", [epoch.into(), 0, 0]);
                let connections: Vec<(u8, u64)> =
                    leading.learners.iter().map(|(&server, learner)| (server, learner.connection)).collect();
                for (server, connection) in connections {
                    self.send(server, connection, Packet::LeaderInfo { epoch }, fx);
                }
                self.count_epoch_acks(fx);
            }
            Stage::Synchronization => self.synchronize_all(fx),
            Stage::Broadcast => {}
        }
    }

    pub(super) fn on_ack_epoch(&mut self, from: u8, current_epoch: Option<u32>, zxid: Zxid, fx: &mut Hands<'_>) {
        let own = (self.disk.current_epoch, self.disk.last_zxid());
        let Phase::Leading(leading) = &mut self.phase else { return };
        let discovering = leading.stage == Stage::Discovery;
        if let Some(current_epoch) = current_epoch
            && discovering
            && (current_epoch, zxid) > own
            && !mutated(fx.settings, Mutant::NeverYields)
        {
            // A follower knows more than I do: the election went wrong (Z-14).
            fx.because(rule(14));
            return self.give_up(Reason("a_follower_is_ahead"), fx);
        }
        let Some(learner) = leading.learners.get_mut(&from) else { return };
        learner.acked = zxid;
        learner.progress =
            if current_epoch.is_some() { Progress::AcknowledgedEpoch } else { Progress::AcknowledgedAgain };
        if discovering {
            self.count_epoch_acks(fx);
        } else if leading.epoch_written.is_none() {
            self.synchronize(from, fx);
        }
    }

    /// A quorum promised not to follow anybody older (Z-15).
    fn count_epoch_acks(&mut self, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        let acked = leading.have_reached(Progress::AcknowledgedEpoch, fx);
        if !fx.settings.is_quorum(fx.census.nodes, acked) && !mutated(fx.settings, Mutant::EpochAlone) {
            return;
        }
        fx.because(rule(15));
        leading.stage = Stage::Synchronization;
        let epoch = leading.epoch;
        self.disk.current_epoch = epoch;
        fx.set_timer(Timer::Limit, fx.settings.init_time());
        if mutated(fx.settings, Mutant::EpochsNotDurable) {
            return self.synchronize_all(fx);
        }
        leading.epoch_written = Some(fx.save(Record::CurrentEpoch(epoch)));
    }
}
