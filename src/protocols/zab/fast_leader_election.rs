//! Fast Leader Election: every server proposes itself, adopts what is better, and settles on what a quorum has.

use super::message::Message;
use super::mutants::{Mutant, mutated};
use super::process::{Following, Hands, Leading, Looking, Phase, Zab, rule};
use super::timer::Timer;
use super::vote::{Ballot, Ballots, Part, State, Vote, leader_check, quorum_agrees};
use crate::sim::place::Place;
use crate::sim::rule::Reason;

impl Looking {
    pub(super) fn new(initial: Vote, interval: u64) -> Looking {
        Looking {
            initial,
            received: Ballots::new(),
            outside: Ballots::new(),
            interval,
            settling: false,
            decided_by: None,
        }
    }
}

impl Zab {
    /// A new election: the next round, and a vote for myself (Z-2).
    pub(super) fn start_looking(&mut self, fx: &mut Hands<'_>) {
        self.leave(fx);
        fx.because(rule(2));
        self.round += 1;
        self.vote = Vote { leader: self.me, zxid: self.disk.last_zxid(), epoch: self.disk.current_epoch };
        let interval = fx.settings.notification_interval;
        self.phase = Phase::Looking(Looking::new(self.vote, interval));
        fx.set_timer(Timer::Resend, interval);
        self.notify_all(fx);
        self.count_votes(fx);
    }

    pub(super) fn on_notification(&mut self, from: u8, theirs: Ballot, fx: &mut Hands<'_>) {
        if !fx.census.contains(Place::Node(theirs.vote.leader)) {
            return fx.ignore(Reason("not_a_voter"));
        }
        let mine = self.ballot(fx.settings);
        let Phase::Looking(looking) = &mut self.phase else {
            return self.answer_looker(from, theirs, fx);
        };
        if theirs.state == State::Looking && theirs.round < self.round {
            // The sender is behind: it hears my round (Z-8).
            fx.because(rule(8));
            fx.send(Place::Node(from), Message::Notification(mine));
        }
        if looking.settling {
            if !theirs.vote.beats(&self.vote, fx.settings) {
                // While it waits for a better vote, others are dropped unrecorded, and the wait begins anew (Z-10).
                fx.because(rule(10));
                fx.set_timer(Timer::Settle, fx.settings.finalize_wait);
                return fx.ignore(Reason("not_better_while_settling"));
            }
            looking.settling = false;
            fx.cancel_timer(Timer::Settle);
        }
        fx.set_timer(Timer::Resend, looking.interval);
        match theirs.state {
            State::Looking => self.heard_looker(from, theirs, fx),
            State::Following | State::Leading => self.heard_settled(from, theirs, fx),
        }
    }

    /// A settled server tells its vote to those who look, and to nobody else (Z-8).
    fn answer_looker(&mut self, from: u8, theirs: Ballot, fx: &mut Hands<'_>) {
        fx.because(rule(8));
        if theirs.state != State::Looking {
            return fx.ignore(Reason("only_lookers_are_answered"));
        }
        fx.send(Place::Node(from), Message::Notification(self.ballot(fx.settings)));
    }

    /// Z-3.
    fn heard_looker(&mut self, from: u8, theirs: Ballot, fx: &mut Hands<'_>) {
        fx.because(rule(3));
        if theirs.round < self.round {
            return fx.ignore(Reason("older_round"));
        }
        let Phase::Looking(looking) = &mut self.phase else { return };
        if theirs.round > self.round {
            self.round = theirs.round;
            looking.received.clear();
            // Compared with my own first vote: what I adopted in the old round may be for a dead server.
            let mine = if mutated(fx.settings, Mutant::KeepOldVote) { self.vote } else { looking.initial };
            if theirs.vote.beats(&mine, fx.settings) {
                looking.decided_by = Some(theirs.vote.deciding_part(&mine));
                self.vote = theirs.vote;
            } else {
                looking.decided_by = None;
                self.vote = mine;
            }
            self.notify_all(fx);
        } else if theirs.vote.beats(&self.vote, fx.settings) {
            looking.decided_by = Some(theirs.vote.deciding_part(&self.vote));
            self.vote = theirs.vote;
            self.notify_all(fx);
        }
        if let Phase::Looking(looking) = &mut self.phase {
            looking.received.insert(from, theirs);
        }
        self.count_votes(fx);
    }

    /// A quorum that agrees with my vote: wait for a better one (Z-4).
    fn count_votes(&mut self, fx: &mut Hands<'_>) {
        let mine = self.ballot(fx.settings);
        let Phase::Looking(looking) = &mut self.phase else { return };
        looking.received.insert(self.me, mine);
        if !quorum_agrees(&looking.received, &mine, fx.settings, fx.census.nodes) {
            return;
        }
        fx.because(rule(4));
        if mutated(fx.settings, Mutant::NoFinalizeWait) {
            return self.settle(fx);
        }
        looking.settling = true;
        fx.cancel_timer(Timer::Resend);
        fx.set_timer(Timer::Settle, fx.settings.finalize_wait);
    }

    /// Z-5: somebody who has settled answers. A quorum of such votes, of this round or of their own, settles me too.
    fn heard_settled(&mut self, from: u8, theirs: Ballot, fx: &mut Hands<'_>) {
        fx.because(rule(5));
        let (me, round, configured) = (self.me, self.round, fx.census.nodes);
        let Phase::Looking(looking) = &mut self.phase else { return };
        let elected = theirs.vote.leader;
        let settles = |ballots: &Ballots, fx: &Hands<'_>| {
            quorum_agrees(ballots, &theirs, fx.settings, configured)
                && leader_check(ballots, elected, theirs.round, me, round, fx.settings)
        };
        let mut settled = false;
        if theirs.round == round {
            looking.received.insert(from, theirs);
            settled = settles(&looking.received, fx);
        }
        if !settled {
            looking.outside.insert(from, theirs);
            settled = settles(&looking.outside, fx);
        }
        if !settled {
            return fx.ignore(Reason("no_settled_quorum_yet"));
        }
        fx.because(rule(6));
        self.round = theirs.round;
        self.vote = theirs.vote;
        self.settle(fx);
    }

    /// The vote is final: lead if it is for me, else follow.
    pub(super) fn settle(&mut self, fx: &mut Hands<'_>) {
        let Phase::Looking(_) = &self.phase else { return };
        fx.because(rule(4));
        fx.cancel_timer(Timer::Resend);
        fx.cancel_timer(Timer::Settle);
        fx.tell("settled", [self.vote.leader.into(), self.round.into(), 0]);
        if self.vote.leader == self.me {
            self.phase = Phase::Leading(Leading::new(self.disk.last_zxid()));
            self.start_leading(fx);
        } else {
            self.connection = (self.connection + 1).max(fx.now);
            self.phase = Phase::Following(Following::new(self.vote.leader, self.connection));
            self.start_following(fx);
        }
    }

    /// Nothing was heard: tell everybody again, and wait twice as long next time.
    pub(super) fn tell_again(&mut self, fx: &mut Hands<'_>) {
        let Phase::Looking(looking) = &mut self.phase else { return };
        looking.interval = (2 * looking.interval).min(fx.settings.max_notification_interval);
        let interval = looking.interval;
        fx.set_timer(Timer::Resend, interval);
        self.notify_all(fx);
    }

    /// A peer is back: it hears my vote.
    pub(super) fn greet(&mut self, peer: u8, fx: &mut Hands<'_>) {
        fx.send(Place::Node(peer), Message::Notification(self.ballot(fx.settings)));
    }

    fn notify_all(&mut self, fx: &mut Hands<'_>) {
        fx.broadcast(&Message::Notification(self.ballot(fx.settings)));
    }
}

impl Part {
    /// The place of the deciding cell among epoch, zxid, server.
    pub fn index(self) -> usize {
        self as usize
    }
}
