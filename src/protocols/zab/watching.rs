//! Watching each other: pings, silence, broken connections, and what each side does about them (Z-23).

use super::message::{Message, Packet};
use super::mutants::{Mutant, mutated};
use super::process::{Hands, Phase, Progress, Stage, Zab, rule};
use super::timer::Timer;
use crate::sim::place::Place;
use crate::sim::rule::Reason;

impl Zab {
    // ---- the leader's side ------------------------------------------------------------------------------

    pub(super) fn heard_learner(&mut self, from: u8, fx: &Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        if let Some(learner) = leading.learners.get_mut(&from) {
            learner.deadline = leading.ticks + fx.settings.sync_limit;
        }
    }

    /// Every half tick pings; every whole one asks whether a quorum is still in sync (Z-23).
    pub(super) fn half_tick(&mut self, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        fx.set_timer(Timer::Tick, fx.settings.tick_time / 2);
        leading.half = !leading.half;
        if !leading.half {
            fx.because(rule(23));
            leading.ticks += 1;
            self.close_laggards(fx);
            let Phase::Leading(leading) = &self.phase else { return };
            let synced = leading.learners.iter().filter(|(server, learner)| {
                fx.settings.has_weight(**server)
                    && learner.progress == Progress::Synced
                    && leading.ticks <= learner.deadline
            });
            let enough = fx.settings.is_quorum(fx.census.nodes, 1 + synced.count());
            if !enough && !mutated(fx.settings, Mutant::ZombieLeader) {
                return self.give_up(Reason("too_few_followers_in_sync"), fx);
            }
        }
        let Phase::Leading(leading) = &self.phase else { return };
        for (&server, learner) in &leading.learners {
            if learner.progress >= Progress::Synchronizing {
                let message = Message::Zab { connection: learner.connection, packet: Packet::Ping };
                fx.send(Place::Node(server), message);
            }
        }
    }

    /// Closes the connection of a follower that was silent, or owes an acknowledgement, for too long.
    fn close_laggards(&mut self, fx: &mut Hands<'_>) {
        let limit = fx.settings.sync_limit;
        loop {
            let Phase::Leading(leading) = &mut self.phase else { return };
            let ticks = leading.ticks;
            let late = leading.learners.iter().find(|(_, learner)| {
                ticks > learner.deadline || learner.owes.is_some_and(|(_, since)| ticks > since + limit)
            });
            let Some((&server, learner)) = late else { return };
            let connection = learner.connection;
            leading.learners.remove(&server);
            fx.tell("closed_on", [server.into(), 0, 0]);
            self.send(server, connection, Packet::Closed, fx);
        }
    }

    /// The connection of a follower broke or was closed: the next whole tick counts without it.
    pub(super) fn lost_learner(&mut self, server: u8, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &mut self.phase else { return };
        fx.because(rule(23));
        leading.learners.remove(&server);
    }

    /// Stops leading, or trying to, and looks again.
    pub(super) fn give_up(&mut self, why: Reason, fx: &mut Hands<'_>) {
        let Phase::Leading(leading) = &self.phase else { return };
        fx.tell("gave_up", [leading.epoch.into(), leading.stage as u64, 0]);
        fx.ignore(why);
        self.start_looking(fx);
    }

    // ---- the follower's side ----------------------------------------------------------------------------

    pub(super) fn heard_leader(&mut self, fx: &mut Hands<'_>) {
        let Phase::Following(following) = &self.phase else { return };
        let serves = following.stage == Stage::Broadcast;
        fx.set_timer(Timer::Silence, if serves { fx.settings.sync_time() } else { fx.settings.init_time() });
    }

    pub(super) fn on_ping(&mut self, fx: &mut Hands<'_>) {
        let Phase::Following(following) = &self.phase else { return };
        self.send(following.leader, following.connection, Packet::Pong, fx);
    }

    pub(super) fn leader_is_silent(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(23));
        self.lost_leader(fx);
    }

    /// The connection broke. While it still knocks, that is only a refusal.
    pub(super) fn leader_broke(&mut self, fx: &mut Hands<'_>) {
        let Phase::Following(following) = &self.phase else { return };
        fx.because(rule(23));
        if following.stage == Stage::Discovery {
            return self.on_refused(fx);
        }
        self.lost_leader(fx);
    }

    /// Without a leader: look again.
    pub(super) fn lost_leader(&mut self, fx: &mut Hands<'_>) {
        let Phase::Following(following) = &self.phase else { return };
        fx.tell("lost_leader", [following.leader.into(), 0, 0]);
        self.start_looking(fx);
    }
}
