//! How the three servers agree: one numbers the changes, a majority logs them, then all apply them in order.
//!
//! The abridged part is how that one is replaced. A server that lost it waits out the outage, asks whether a
//! majority has no leading server either, and claims the next epoch. It gets it from a majority whose state is not
//! newer than its own, hands its state to everybody, and serves once a majority has it.

use super::disk::Record;
use super::message::{Message, Peer};
use super::process::Hands;
use super::server::{Server, Written};
use super::settings::SERVERS;
use super::timer::Timer;
use super::tree::{Operation, Origin, SessionId, Tree, Txn};
use crate::sim::place::Place;
use crate::sim::protocol::{Disk as _, Ticket};
use crate::sim::rule::Reason;
use crate::sim::time::Micros;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// It knows no leading server.
    Out {
        idle: BTreeSet<u8>,
    },
    Claiming {
        epoch: u32,
        granted: BTreeSet<u8>,
    },
    Leading(Leading),
    Following {
        leader: u8,
        epoch: u32,
    },
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Leading {
    pub epoch: u32,
    /// A majority has its state.
    pub established: bool,
    pub followers: BTreeMap<u8, Follower>,
    /// What is on its own disk.
    pub logged: u64,
    /// When each session expires, by its own clock.
    pub expiry: BTreeMap<SessionId, Micros>,
    /// The server and connection that each session came by last: what comes late by another one is void.
    pub owners: BTreeMap<SessionId, (u8, u64)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Follower {
    /// Absent until it has the state.
    pub logged: Option<u64>,
    /// Beats that it has not answered.
    pub quiet: u32,
}

const MAJORITY: usize = SERVERS as usize / 2 + 1;

impl Server {
    pub fn serves(&self) -> bool {
        match &self.part {
            Part::Leading(leading) => leading.established,
            Part::Following { .. } => true,
            Part::Out { .. } | Part::Claiming { .. } => false,
        }
    }

    /// It knows no leading server (any more): asks for one, and serves nobody.
    pub(super) fn go_out(&mut self, why: Reason, fx: &mut Hands<'_>) {
        for timer in [Timer::Beat, Timer::Expire, Timer::Silence] {
            fx.cancel_timer(timer);
        }
        if self.serves() {
            fx.tell("service_lost", [0; 3]);
        }
        fx.ignore(why);
        self.close_all_connections(fx);
        self.heard.clear();
        self.ask_around(fx);
    }

    pub(super) fn ask_around(&mut self, fx: &mut Hands<'_>) {
        self.part = Part::Out { idle: BTreeSet::new() };
        let outage = fx.settings.outage;
        let wait = fx.random_between(outage, outage + outage / 4);
        fx.set_timer(Timer::Takeover, wait);
        for other in self.others() {
            self.tell_peer(other, Peer::Join { promised: self.disk.promised }, fx);
        }
    }

    /// The outage is over. If a majority has nobody either, claim the next epoch.
    pub(super) fn take_over(&mut self, fx: &mut Hands<'_>) {
        match &self.part {
            Part::Out { idle } if idle.len() + 1 >= MAJORITY => {}
            _ => return self.ask_around(fx),
        }
        let epoch = self.disk.promised + 1;
        self.disk.promised = epoch;
        self.part = Part::Claiming { epoch, granted: BTreeSet::new() };
        let ticket = fx.save(Record::Promise(epoch));
        self.writing.push_back((ticket, Written::Promise(epoch)));
        fx.set_timer(Timer::Takeover, fx.settings.outage);
        let last = (self.disk.current, self.disk.last());
        for other in self.others() {
            self.tell_peer(other, Peer::Claim { epoch, last }, fx);
        }
    }

    pub(super) fn on_peer(&mut self, from: u8, peer: Peer, fx: &mut Hands<'_>) {
        match peer {
            Peer::Join { promised } => self.on_join(from, promised, fx),
            Peer::Idle => {
                if let Part::Out { idle } = &mut self.part {
                    idle.insert(from);
                }
            }
            Peer::Claim { epoch, last } => self.on_claim(from, epoch, last, fx),
            Peer::Grant { epoch } => self.on_grant(from, epoch, fx),
            Peer::Install { epoch, tree, tail } => self.on_install(from, epoch, tree, tail, fx),
            Peer::Propose { epoch, txn } => self.on_propose(from, epoch, txn, fx),
            Peer::Logged { epoch, zxid } => self.on_logged(from, epoch, zxid, fx),
            Peer::Commit { epoch, zxid } => self.on_commit(from, epoch, zxid, fx),
            Peer::Beat { epoch } => self.on_beat(from, epoch, fx),
            Peer::BeatReply { epoch, heard } => self.on_beat_reply(from, epoch, heard, fx),
            Peer::Submit { operation, origin } => self.submit(operation, origin, fx),
            Peer::Validate { session, origin } => self.validate(session, origin, fx),
            Peer::Validated { session, alive, origin } => self.on_validated(session, alive, origin, fx),
        }
    }

    fn on_join(&mut self, from: u8, promised: u32, fx: &mut Hands<'_>) {
        match &self.part {
            Part::Out { .. } | Part::Claiming { .. } => self.tell_peer(from, Peer::Idle, fx),
            Part::Leading(leading) if promised > leading.epoch => {
                // It can never follow this epoch: a newer one is needed.
                self.disk.promised = self.disk.promised.max(promised);
                self.go_out(Reason("newer_epoch"), fx);
            }
            Part::Leading(_) => self.install_on(from, fx),
            Part::Following { .. } => fx.ignore(Reason("not_the_leading_server")),
        }
    }

    fn on_claim(&mut self, from: u8, epoch: u32, last: (u32, u64), fx: &mut Hands<'_>) {
        if !matches!(self.part, Part::Out { .. } | Part::Claiming { .. }) {
            return fx.ignore(Reason("has_a_leading_server"));
        }
        if epoch <= self.disk.promised {
            return fx.ignore(Reason("promised_a_newer_epoch"));
        }
        if last < (self.disk.current, self.disk.last()) {
            return fx.ignore(Reason("claimant_is_behind"));
        }
        self.disk.promised = epoch;
        self.part = Part::Out { idle: BTreeSet::new() };
        let ticket = fx.save(Record::Promise(epoch));
        fx.send_after(ticket, Place::Server(from), Message::Ensemble(Peer::Grant { epoch }));
        fx.set_timer(Timer::Takeover, fx.settings.outage);
    }

    pub(super) fn on_grant(&mut self, from: u8, epoch: u32, fx: &mut Hands<'_>) {
        let Part::Claiming { epoch: claimed, granted } = &mut self.part else {
            return fx.ignore(Reason("claims_nothing"));
        };
        if epoch != *claimed {
            return fx.ignore(Reason("of_another_claim"));
        }
        granted.insert(from);
        if granted.len() < MAJORITY {
            return;
        }
        self.disk.current = epoch;
        let logged = 0;

        self.part = Part::Leading(Leading {
            epoch,
            established: false,
            followers: BTreeMap::new(),
            logged,
            expiry: BTreeMap::new(),
            owners: BTreeMap::new(),
        });
        let ticket = fx.save(Record::Lead(epoch));
        self.writing.push_back((ticket, Written::Log(self.disk.last())));
        fx.cancel_timer(Timer::Takeover);
        fx.set_timer(Timer::Beat, fx.settings.tick_time / 2);
        for other in self.others() {
            self.install_on(other, fx);
        }
    }

    fn install_on(&mut self, to: u8, fx: &mut Hands<'_>) {
        let (tree, tail) = (self.disk.tree.clone(), self.disk.tail.clone());
        if let Part::Leading(leading) = &mut self.part {
            leading.followers.insert(to, Follower::default());
            let epoch = leading.epoch;
            self.tell_peer(to, Peer::Install { epoch, tree, tail }, fx);
        }
    }

    fn on_install(&mut self, from: u8, epoch: u32, tree: Tree, tail: Vec<Txn>, fx: &mut Hands<'_>) {
        let newer = match &self.part {
            Part::Leading(leading) => epoch > leading.epoch,
            Part::Following { epoch: followed, leader } => epoch > *followed || epoch == *followed && *leader == from,
            Part::Out { .. } | Part::Claiming { .. } => true,
        };
        if epoch < self.disk.promised || !newer {
            return fx.ignore(Reason("promised_a_newer_epoch"));
        }
        self.close_all_connections(fx);
        for timer in [Timer::Beat, Timer::Expire, Timer::Takeover] {
            fx.cancel_timer(timer);
        }
        let record = Record::Install(epoch, tree, tail);
        self.disk.apply(&record);
        self.writing.clear();
        self.part = Part::Following { leader: from, epoch };
        let ticket = fx.save(record);
        self.acknowledge(ticket, from, epoch, self.disk.last(), fx);
        fx.set_timer(Timer::Silence, fx.settings.sync_time());
    }

    fn acknowledge(&self, ticket: Ticket, leader: u8, epoch: u32, zxid: u64, fx: &mut Hands<'_>) {
        fx.send_after(ticket, Place::Server(leader), Message::Ensemble(Peer::Logged { epoch, zxid }));
    }

    // ---- numbering, logging, committing -----------------------------------------------------------------

    /// A change is asked for: the leading server numbers it.
    pub(super) fn submit(&mut self, operation: Operation, origin: Origin, fx: &mut Hands<'_>) {
        let leading = match &self.part {
            Part::Leading(leading) if leading.established => leading,
            Part::Following { leader, .. } if origin.server == self.me => {
                return self.tell_peer(*leader, Peer::Submit { operation, origin }, fx);
            }
            _ => return fx.ignore(Reason("not_the_leading_server")),
        };
        if let Some(session) = operation.asked_by()
            && leading.owners.get(&session) != Some(&(origin.server, origin.connection))
        {
            return fx.ignore(Reason("session_moved"));
        }
        let epoch = leading.epoch;
        let txn = Txn { zxid: self.disk.last() + 1, operation, origin };
        let followers: Vec<u8> = leading.followers.keys().copied().collect();
        for follower in followers {
            self.tell_peer(follower, Peer::Propose { epoch, txn }, fx);
        }
        self.log(txn, fx);
    }

    fn log(&mut self, txn: Txn, fx: &mut Hands<'_>) -> Ticket {
        self.disk.tail.push(txn);
        let ticket = fx.save(Record::Append(txn));
        self.writing.push_back((ticket, Written::Log(txn.zxid)));
        ticket
    }

    fn on_propose(&mut self, from: u8, epoch: u32, txn: Txn, fx: &mut Hands<'_>) {
        if !self.follows(from, epoch) {
            return fx.ignore(Reason("not_the_leading_server"));
        }
        if txn.zxid != self.disk.last() + 1 {
            return self.go_out(Reason("gap_in_proposals"), fx);
        }
        let ticket = self.log(txn, fx);
        self.acknowledge(ticket, from, epoch, txn.zxid, fx);
    }

    fn on_logged(&mut self, from: u8, epoch: u32, zxid: u64, fx: &mut Hands<'_>) {
        let Part::Leading(leading) = &mut self.part else { return fx.ignore(Reason("not_the_leading_server")) };
        if epoch != leading.epoch {
            return fx.ignore(Reason("of_another_claim"));
        }
        if let Some(follower) = leading.followers.get_mut(&from) {
            follower.logged = follower.logged.max(Some(zxid));
        }
        self.advance(fx);
    }

    pub(super) fn on_written(&mut self, ticket: Ticket, fx: &mut Hands<'_>) {
        let mut promise = None;
        while let Some(&(written, what)) = self.writing.front()
            && written <= ticket
        {
            self.writing.pop_front();
            match (what, &mut self.part) {
                (Written::Promise(epoch), _) => promise = Some(epoch),
                (Written::Log(zxid), Part::Leading(leading)) => leading.logged = leading.logged.max(zxid),
                _ => {}
            }
        }
        if let Some(epoch) = promise {
            self.on_grant(self.me, epoch, fx);
        }
        self.advance(fx);
    }

    /// Commits what a majority has logged. A new leading server first needs a majority with its whole state.
    fn advance(&mut self, fx: &mut Hands<'_>) {
        let Part::Leading(leading) = &mut self.part else { return };
        let has = |zxid: u64, leading: &Leading| {
            let followers = leading.followers.values().filter(|follower| follower.logged >= Some(zxid)).count();
            leading.logged >= zxid && 1 + followers >= MAJORITY
        };
        if !leading.established {
            if !has(self.disk.last(), leading) {
                return;
            }
            leading.established = true;
            fx.tell("service_established", [leading.epoch.into(), 0, 0]);
            self.extend_all(fx);
        }
        let Part::Leading(leading) = &self.part else { return };
        let committed = self.disk.tail.iter().take_while(|txn| has(txn.zxid, leading)).count();
        if committed > 0 {
            let zxid = self.disk.tail[committed - 1].zxid;
            let (epoch, followers) = (leading.epoch, leading.followers.keys().copied().collect::<Vec<u8>>());
            for follower in followers {
                self.tell_peer(follower, Peer::Commit { epoch, zxid }, fx);
            }
            self.commit(zxid, fx);
        }
    }

    fn on_commit(&mut self, from: u8, epoch: u32, zxid: u64, fx: &mut Hands<'_>) {
        if !self.follows(from, epoch) {
            return fx.ignore(Reason("not_the_leading_server"));
        }
        self.commit(zxid, fx);
    }

    fn commit(&mut self, zxid: u64, fx: &mut Hands<'_>) {
        let committed = self.disk.tail.partition_point(|txn| txn.zxid <= zxid);
        if committed == 0 {
            return;
        }
        let txns: Vec<Txn> = self.disk.tail.drain(..committed).collect();
        fx.save(Record::Commit(zxid));
        for txn in txns {
            self.apply(txn, fx);
        }
    }

    // ---- watching each other ----------------------------------------------------------------------------

    fn follows(&self, from: u8, epoch: u32) -> bool {
        matches!(self.part, Part::Following { leader, epoch: followed } if leader == from && followed == epoch)
    }

    pub(super) fn beat(&mut self, fx: &mut Hands<'_>) {
        let limit = 2 * fx.settings.sync_limit;
        let Part::Leading(leading) = &mut self.part else { return };
        let epoch = leading.epoch;
        for follower in leading.followers.values_mut() {
            follower.quiet += 1;
        }
        let near = leading.followers.values().filter(|follower| follower.quiet <= limit).count();
        if 1 + near < MAJORITY {
            return self.go_out(Reason("too_few_followers_in_sync"), fx);
        }
        fx.set_timer(Timer::Beat, fx.settings.tick_time / 2);
        for other in self.others() {
            fx.send(Place::Server(other), Message::Ensemble(Peer::Beat { epoch }));
        }
    }

    fn on_beat(&mut self, from: u8, epoch: u32, fx: &mut Hands<'_>) {
        if !self.follows(from, epoch) {
            return fx.ignore(Reason("not_the_leading_server"));
        }
        fx.set_timer(Timer::Silence, fx.settings.sync_time());
        let heard = std::mem::take(&mut self.heard);
        self.tell_peer(from, Peer::BeatReply { epoch, heard }, fx);
    }

    fn on_beat_reply(&mut self, from: u8, epoch: u32, heard: Vec<SessionId>, fx: &mut Hands<'_>) {
        let Part::Leading(leading) = &mut self.part else { return fx.ignore(Reason("not_the_leading_server")) };
        if epoch != leading.epoch {
            return fx.ignore(Reason("of_another_claim"));
        }
        if let Some(follower) = leading.followers.get_mut(&from) {
            follower.quiet = 0;
        }
        for session in heard {
            if matches!(&self.part, Part::Leading(leading) if leading.expiry.contains_key(&session)) {
                self.extend(session, fx);
            }
        }
    }

    pub(super) fn peer_down(&mut self, peer: u8, fx: &mut Hands<'_>) {
        match &mut self.part {
            Part::Following { leader, .. } if *leader == peer => self.go_out(Reason("leading_server_gone"), fx),
            Part::Leading(leading) => {
                leading.followers.remove(&peer);
            }
            Part::Out { idle } => {
                idle.remove(&peer);
            }
            _ => {}
        }
    }

    pub(super) fn peer_up(&mut self, peer: u8, fx: &mut Hands<'_>) {
        if let Part::Out { .. } = &self.part {
            self.tell_peer(peer, Peer::Join { promised: self.disk.promised }, fx);
        }
    }
}
