//! One server: what it knows, and which rule each thing that befalls it goes to.

use super::disk::{Disk, Record, Txn};
use super::inspect;
use super::message::{Message, Packet};
use super::properties::ZabPromises;
use super::settings::ZabSettings;
use super::synchronization::Course;
use super::timer::Timer;
use super::vote::{Ballot, Ballots, Part, State, Vote};
use super::zxid::Zxid;
use crate::sim::datum::Datum;
use crate::sim::effects::Effects;
use crate::sim::inspection::Inspection;
use crate::sim::place::{Census, Place};
use crate::sim::protocol::{LinkChange, Protocol, Ticket, Transport};
use crate::sim::reign::{Reign, Role, Standing};
use crate::sim::request::{Answer, Order, Request, RequestId};
use crate::sim::rule::{Reason, Rule};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub type Hands<'a> = Effects<'a, Zab>;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Zab {
    pub(super) me: u8,
    /// How many servers are configured.
    pub(super) servers: u8,
    /// What is on disk or on its way there.
    pub(super) disk: Disk,
    /// Transactions on their way to the disk.
    pub(super) writing: VecDeque<(Ticket, Zxid)>,
    /// How many transactions of the history were delivered.
    pub(super) delivered: usize,
    /// The logical clock of elections.
    pub(super) round: u32,
    /// Proposed while looking, settled afterwards.
    pub(super) vote: Vote,
    /// The number of the newest connection that this server opened.
    pub(super) connection: u64,
    /// Clients' writes that this server passed on or proposed.
    pub(super) waiting: BTreeSet<RequestId>,
    pub(super) phase: Phase,
}

/// Each role holds its own data and nobody else's.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Phase {
    Looking(Looking),
    Following(Following),
    Leading(Leading),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Looking {
    /// My own vote when this election began.
    pub initial: Vote,
    /// Votes of this round.
    pub received: Ballots,
    /// Votes of those who have settled.
    pub outside: Ballots,
    pub interval: u64,
    /// A quorum agrees; only a better vote can change it now.
    pub settling: bool,
    /// What decided the last comparison that my vote changed by.
    pub decided_by: Option<Part>,
}

/// How far the work of a reign has got, as leader or follower.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    Discovery,
    Synchronization,
    Broadcast,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Following {
    pub leader: u8,
    pub connection: u64,
    pub tries: u32,
    pub stage: Stage,
    /// How the leader brings it up to date; absent until it says so.
    pub course: Option<Course>,
    /// NEWLEADER came: what is proposed from here on goes straight to the log.
    pub adopted: bool,
    /// What synchronisation brought, not yet written.
    pub received: Vec<Txn>,
    /// Everything up to here is committed.
    pub committed: Zxid,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Leading {
    pub stage: Stage,
    /// Its port is open: followers may connect.
    pub open: bool,
    /// 0 until a quorum told its accepted epochs.
    pub epoch: u32,
    pub epoch_written: Option<Ticket>,
    pub learners: BTreeMap<u8, Learner>,
    /// Everything up to here is on my own disk.
    pub acked: Zxid,
    /// Whole ticks since it serves.
    pub ticks: u32,
    /// The next half tick completes a whole one.
    pub half: bool,
}

/// A follower as its leader sees it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Learner {
    pub connection: u64,
    pub accepted_epoch: u32,
    pub progress: Progress,
    /// How it is brought up to date; absent until then.
    pub course: Option<Course>,
    /// Its last zxid when it acknowledged the epoch, then everything it acknowledged.
    pub acked: Zxid,
    /// Until this tick it may be silent.
    pub deadline: u32,
    /// Since this tick it owes the acknowledgement of this proposal.
    pub owes: Option<(Zxid, u32)>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Progress {
    /// It told its accepted epoch.
    Connected,
    /// It acknowledged the new epoch, but had promised it before: it does not count.
    AcknowledgedAgain,
    AcknowledgedEpoch,
    /// History is on its way.
    Synchronizing,
    /// It acknowledged NEWLEADER.
    Synced,
}

pub(super) const fn rule(number: u8) -> Rule {
    Rule::new('Z', number)
}

impl Zab {
    /// Leads or follows in the broadcast phase.
    pub fn is_in_service(&self) -> bool {
        match &self.phase {
            Phase::Looking(_) => false,
            Phase::Following(following) => following.stage == Stage::Broadcast,
            Phase::Leading(leading) => leading.stage == Stage::Broadcast,
        }
    }

    /// What it does now, as it tells others.
    pub fn state(&self) -> State {
        match self.phase {
            Phase::Looking(_) => State::Looking,
            Phase::Following(_) => State::Following,
            Phase::Leading(_) => State::Leading,
        }
    }

    pub fn round(&self) -> u32 {
        self.round
    }

    /// A quorum agrees with its vote, and it waits for a better one.
    pub fn is_settling(&self) -> bool {
        matches!(&self.phase, Phase::Looking(looking) if looking.settling)
    }

    pub fn history(&self) -> &[Txn] {
        &self.disk.history
    }

    pub fn delivered(&self) -> &[Txn] {
        &self.disk.history[..self.delivered]
    }

    /// The ballot that this server shows to others now.
    pub(super) fn ballot(&self, settings: &ZabSettings) -> Ballot {
        let old_format = settings.old_format;
        Ballot { vote: self.vote, round: self.round, state: self.state(), old_format }
    }

    /// Writes a transaction to the log.
    pub(super) fn log(&mut self, txn: Txn, fx: &mut Hands<'_>) -> Ticket {
        self.disk.history.push(txn);
        let ticket = fx.save(Record::Append(txn));
        self.writing.push_back((ticket, txn.zxid));
        ticket
    }

    pub(super) fn send(&self, to: u8, connection: u64, packet: Packet, fx: &mut Hands<'_>) {
        fx.send(Place::Node(to), Message::Zab { connection, packet });
    }

    /// Ends whatever this server was doing: closes its connections, stops its timers.
    pub(super) fn leave(&mut self, fx: &mut Hands<'_>) {
        for timer in Timer::all() {
            fx.cancel_timer(timer);
        }
        match &self.phase {
            Phase::Looking(_) => {}
            Phase::Following(following) => self.send(following.leader, following.connection, Packet::Closed, fx),
            Phase::Leading(leading) => {
                for (&server, learner) in &leading.learners {
                    self.send(server, learner.connection, Packet::Closed, fx);
                }
            }
        }
        for id in std::mem::take(&mut self.waiting) {
            fx.answer(id, Answer::Refused(Reason("outcome_unknown")));
        }
    }

    fn on_packet(&mut self, from: u8, connection: u64, packet: Packet, fx: &mut Hands<'_>) {
        match (&self.phase, packet) {
            (_, Packet::FollowerInfo { accepted_epoch }) => self.on_follower_info(from, connection, accepted_epoch, fx),
            (Phase::Following(following), packet) if following.leader == from && following.connection == connection => {
                self.on_leader_packet(packet, fx);
            }
            (Phase::Leading(leading), packet)
                if leading.learners.get(&from).is_some_and(|learner| learner.connection == connection) =>
            {
                self.on_learner_packet(from, packet, fx);
            }
            _ => fx.ignore(Reason("connection_closed_before")),
        }
    }

    fn on_leader_packet(&mut self, packet: Packet, fx: &mut Hands<'_>) {
        self.heard_leader(fx);
        match packet {
            Packet::Refused => self.on_refused(fx),
            Packet::LeaderInfo { epoch } => self.on_leader_info(epoch, fx),
            Packet::Diff { to } => self.on_diff(to, fx),
            Packet::Trunc { to } => self.on_trunc(to, fx),
            Packet::Snap { history } => self.on_snap(history, fx),
            Packet::Proposal(txn) => self.on_proposal(txn, fx),
            Packet::Commit { zxid } => self.on_commit(zxid, fx),
            Packet::NewLeader { epoch } => self.on_new_leader(epoch, fx),
            Packet::UpToDate => self.on_up_to_date(fx),
            Packet::Ping => self.on_ping(fx),
            Packet::Closed => self.lost_leader(fx),
            Packet::FollowerInfo { .. }
            | Packet::AckEpoch { .. }
            | Packet::Ack { .. }
            | Packet::Pong
            | Packet::Request { .. } => fx.ignore(Reason("not_the_leader")),
        }
    }

    fn on_learner_packet(&mut self, from: u8, packet: Packet, fx: &mut Hands<'_>) {
        self.heard_learner(from, fx);
        match packet {
            Packet::AckEpoch { current_epoch, zxid } => self.on_ack_epoch(from, current_epoch, zxid, fx),
            Packet::Ack { zxid } => self.on_ack(from, zxid, fx),
            Packet::Pong => {}
            Packet::Request { id, value } => self.on_forwarded(from, id, value, fx),
            Packet::Closed => self.lost_learner(from, fx),
            _ => fx.ignore(Reason("not_a_follower_of_yours")),
        }
    }
}

impl Protocol for Zab {
    type Settings = ZabSettings;
    type Message = Message;
    type Timer = Timer;
    type Disk = Disk;
    type Promises = ZabPromises;

    /// Pairs of servers are joined by TCP.
    fn transport(_settings: &ZabSettings, _from: Place, _to: Place) -> Transport {
        Transport::Connection
    }

    fn seed_disk(disk: &mut Disk, _census: Census, _me: Place, field: &str, value: &Datum) -> Result<(), String> {
        disk.seed(field, value)
    }

    fn boot(disk: &Disk, fx: &mut Hands<'_>) -> Zab {
        let me = fx.me.number();
        let vote = Vote { leader: me, zxid: disk.last_zxid(), epoch: disk.current_epoch };
        let mut server = Zab {
            me,
            servers: fx.census.nodes,
            disk: disk.clone(),
            writing: VecDeque::new(),
            delivered: 0,
            round: 0,
            vote,
            connection: 0,
            waiting: BTreeSet::new(),
            phase: Phase::Looking(Looking::new(vote, 0)),
        };
        server.start_looking(fx);
        server
    }

    fn on_message(&mut self, from: Place, message: Message, fx: &mut Hands<'_>) {
        match message {
            Message::Notification(ballot) => self.on_notification(from.number(), ballot, fx),
            Message::Zab { connection, packet } => self.on_packet(from.number(), connection, packet, fx),
        }
    }

    fn on_timer(&mut self, timer: Timer, fx: &mut Hands<'_>) {
        match timer {
            Timer::Resend => self.tell_again(fx),
            Timer::Settle => self.settle(fx),
            Timer::Tick => self.half_tick(fx),
            Timer::Silence => self.leader_is_silent(fx),
            Timer::Limit => self.give_up(Reason("no_quorum_in_time"), fx),
            Timer::Retry => self.knock(fx),
            Timer::Open => self.open(fx),
        }
    }

    fn on_saved(&mut self, ticket: Ticket, fx: &mut Hands<'_>) {
        while let Some(&(written, zxid)) = self.writing.front()
            && written <= ticket
        {
            self.writing.pop_front();
            if let Phase::Leading(leading) = &mut self.phase {
                leading.acked = leading.acked.max(zxid);
            }
        }
        if let Phase::Leading(leading) = &self.phase {
            if leading.epoch_written == Some(ticket) {
                self.epoch_is_written(fx);
            } else if leading.stage == Stage::Broadcast {
                self.advance_commit(fx);
            }
        }
    }

    fn on_link(&mut self, peer: Place, change: LinkChange, fx: &mut Hands<'_>) {
        let peer = peer.number();
        match (&self.phase, change) {
            (Phase::Looking(_), LinkChange::Up) => self.greet(peer, fx),
            (Phase::Following(following), LinkChange::Down) if following.leader == peer => self.leader_broke(fx),
            (Phase::Leading(leading), LinkChange::Down) if leading.learners.contains_key(&peer) => {
                self.lost_learner(peer, fx);
            }
            _ => {}
        }
    }

    fn on_request(&mut self, id: RequestId, request: Request, fx: &mut Hands<'_>) {
        if !self.is_in_service() {
            return fx.answer(id, Answer::Refused(Reason("not_serving")));
        }
        match request {
            Request::Read(_) => fx.answer(id, Answer::Read { as_of: self.delivered as u64 }),
            Request::Write(word) => self.write(id, word.number(), fx),
        }
    }

    fn on_order(&mut self, order: Order, fx: &mut Hands<'_>) {
        match (order, &self.phase) {
            (Order::TimeOutNow, Phase::Following(_)) => self.lost_leader(fx),
            (Order::TimeOutNow, Phase::Looking(_)) => self.tell_again(fx),
            (Order::TimeOutNow | Order::Resign, Phase::Leading(_)) => self.give_up(Reason("ordered_to"), fx),
            (Order::Fenced(token), Phase::Leading(leading)) if token.number > u64::from(leading.epoch) => {
                self.give_up(Reason("fenced"), fx);
            }
            (Order::Retuned, _) => {}
            (Order::Transfer(_), _) => fx.ignore(Reason("zab_hands_nothing_over")),
            _ => fx.ignore(Reason("not_the_leader")),
        }
    }

    fn standing(&self) -> Standing {
        let epoch = |epoch: u32| (epoch > 0).then(|| Reign::counted(epoch.into()));
        match &self.phase {
            Phase::Looking(_) => Standing {
                role: Role::Candidate,
                title: "looking",
                reign: epoch(self.disk.current_epoch),
                follows: None,
                token: None,
            },
            Phase::Following(following) => Standing {
                role: Role::Follower,
                title: "following",
                reign: epoch(self.disk.current_epoch),
                follows: Some(Place::Node(following.leader)),
                token: None,
            },
            Phase::Leading(leading) => {
                let serves = leading.stage == Stage::Broadcast;
                Standing {
                    role: if serves { Role::Leader } else { Role::Candidate },
                    title: "leading",
                    reign: epoch(leading.epoch.max(self.disk.current_epoch)),
                    follows: Some(Place::Node(self.me)),
                    token: if serves { epoch(leading.epoch) } else { None },
                }
            }
        }
    }

    fn inspect(&self, disk: &Disk, page: &mut Inspection) {
        inspect::server(self, disk, page);
    }

    fn inspect_disk(disk: &Disk, page: &mut Inspection) {
        inspect::disk(disk, page);
    }
}
