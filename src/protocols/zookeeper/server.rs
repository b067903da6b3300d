//! One server of the service: its clients' connections and watches (K-8 to K-10).

use super::disk::Disk;
use super::ensemble::Part;
use super::message::{Ask, Message, Peer, Reply};
use super::mutants::{Mutant, mutated};
use super::process::Hands;
use super::settings::SERVERS;
use super::tree::{Operation, Origin, Outcome, SessionId, Txn};
use crate::sim::place::Place;
use crate::sim::protocol::Ticket;
use crate::sim::rule::{Reason, Rule};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Server {
    pub(super) me: u8,
    /// What is on disk or on its way there.
    pub(super) disk: Disk,
    pub(super) writing: VecDeque<(Ticket, Written)>,
    pub(super) part: Part,
    /// By client.
    pub(super) connections: BTreeMap<u8, Connection>,
    /// Sessions heard of since the last beat of the leading server.
    pub(super) heard: Vec<SessionId>,
}

/// What a write to disk was for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Written {
    Promise(u32),
    Log(u64),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Connection {
    pub number: u64,
    /// Absent until the session is confirmed.
    pub session: Option<SessionId>,
    /// One-shot, by sequence number.
    pub watches: BTreeSet<u32>,
}

pub(super) const fn rule(number: u8) -> Rule {
    Rule::new('K', number)
}

impl Server {
    pub(super) fn others(&self) -> impl Iterator<Item = u8> + use<> {
        let me = self.me;
        (1..=SERVERS).filter(move |&server| server != me)
    }

    pub(super) fn tell_peer(&self, to: u8, peer: Peer, fx: &mut Hands<'_>) {
        fx.send(Place::Server(to), Message::Ensemble(peer));
    }

    fn reply(&self, client: u8, connection: u64, reply: Reply, fx: &mut Hands<'_>) {
        let zxid = self.disk.tree.zxid;
        fx.send(Place::Node(client), Message::Reply { connection, zxid, reply });
    }

    pub(super) fn on_ask(&mut self, client: u8, connection: u64, ask: Ask, fx: &mut Hands<'_>) {
        if let Ask::Connect { session, seen, timeout } = ask {
            let timeout = fx.settings.granted(timeout);
            return self.on_connect(client, connection, session, seen, timeout, fx);
        }
        let known = self.connections.get(&client).filter(|known| known.number == connection);
        let Some(session) = known.and_then(|known| known.session) else {
            fx.ignore(Reason("connection_closed_before"));
            return;
        };
        self.touch(session, fx);
        let origin = Origin { server: self.me, client, connection };
        match ask {
            Ask::Ping => self.reply(client, connection, Reply::Pong, fx),
            Ask::Create { guid } => self.submit(Operation::Create { session, guid }, origin, fx),
            Ask::Delete { sequence } => self.submit(Operation::Delete { session, sequence }, origin, fx),
            Ask::Sync => self.submit(Operation::Sync { session }, origin, fx),
            Ask::CloseSession => self.submit(Operation::Close { session, expired: false }, origin, fx),
            Ask::Children => {
                let znodes = self.disk.tree.znodes.values().copied().collect();
                self.reply(client, connection, Reply::Children { znodes }, fx);
            }
            Ask::Watch { sequence } => {
                fx.because(rule(9));
                let exists = self.disk.tree.znodes.contains_key(&sequence);
                if exists && let Some(known) = self.connections.get_mut(&client) {
                    known.watches.insert(sequence);
                }
                self.reply(client, connection, Reply::Watching { sequence, exists }, fx);
            }
            Ask::Bye => {
                self.connections.remove(&client);
            }
            Ask::Connect { .. } => {}
        }
    }

    /// A client may only come to a server that has seen what it has seen (K-10).
    fn on_connect(
        &mut self,
        client: u8,
        number: u64,
        session: Option<SessionId>,
        seen: u64,
        timeout: u64,
        fx: &mut Hands<'_>,
    ) {
        fx.because(rule(10));
        self.connections.remove(&client);
        if !self.serves() {
            fx.ignore(Reason("not_serving"));
            return self.reply(client, number, Reply::Refused, fx);
        }
        if seen > self.disk.tree.zxid {
            fx.ignore(Reason("behind_the_client"));
            return self.reply(client, number, Reply::Refused, fx);
        }
        self.connections.insert(client, Connection { number, session: None, watches: BTreeSet::new() });
        let origin = Origin { server: self.me, client, connection: number };
        match session {
            None => self.submit(Operation::Open { client, timeout }, origin, fx),
            Some(session) => self.validate(session, origin, fx),
        }
    }

    /// Whether a session goes on is only known to the leading server (K-8).
    pub(super) fn on_validated(&mut self, session: SessionId, alive: bool, origin: Origin, fx: &mut Hands<'_>) {
        fx.because(rule(8));
        let Some(known) = self.known(origin) else { return fx.ignore(Reason("connection_closed_before")) };
        if !alive {
            self.connections.remove(&origin.client);
            return self.reply(origin.client, origin.connection, Reply::Expired, fx);
        }
        known.session = Some(session);
        let timeout = self.disk.tree.sessions.get(&session).map_or(0, |session| session.timeout);
        self.reply(origin.client, origin.connection, Reply::Connected { session, timeout }, fx);
    }

    fn known(&mut self, origin: Origin) -> Option<&mut Connection> {
        if origin.server != self.me {
            return None;
        }
        self.connections.get_mut(&origin.client).filter(|known| known.number == origin.connection)
    }

    /// A change is committed: watchers hear of it before anybody sees the new state (K-9).
    pub(super) fn apply(&mut self, txn: Txn, fx: &mut Hands<'_>) {
        let mut gone = Vec::new();
        let outcome = self.disk.tree.apply(&txn, &mut gone);
        if mutated(fx.settings, Mutant::SuffixToken) && self.disk.tree.znodes.is_empty() {
            self.disk.tree.created = 0;
        }
        for znode in gone {
            self.fire_watches(znode.sequence, fx);
        }
        if let Operation::Close { session, expired } = txn.operation {
            if expired {
                fx.tell("session_expired", [session, 0, 0]);
            }
            self.close_connections_of(session, fx);
        }
        self.session_changed(&txn, outcome, fx);
        let origin = txn.origin;
        let Some(known) = self.known(origin) else { return };
        let reply = match outcome {
            Outcome::Opened(session) => {
                known.session = Some(session);
                let timeout = self.disk.tree.sessions.get(&session).map_or(0, |session| session.timeout);
                Reply::Connected { session, timeout }
            }
            Outcome::Created(znode) => Reply::Created { znode },
            Outcome::Deleted(sequence) | Outcome::NoNode(sequence) => Reply::Deleted { sequence },
            Outcome::Synced => Reply::Synced,
            Outcome::NoSession => {
                self.connections.remove(&origin.client);
                Reply::Expired
            }
            Outcome::Closed => return,
        };
        self.reply(origin.client, origin.connection, reply, fx);
    }

    fn fire_watches(&mut self, sequence: u32, fx: &mut Hands<'_>) {
        fx.because(rule(9));
        let zxid = self.disk.tree.zxid;
        for (&client, connection) in &mut self.connections {
            if connection.watches.remove(&sequence) {
                let reply = Reply::Event { sequence };
                fx.send(Place::Node(client), Message::Reply { connection: connection.number, zxid, reply });
            }
        }
    }

    fn close_connections_of(&mut self, session: SessionId, fx: &mut Hands<'_>) {
        let zxid = self.disk.tree.zxid;
        self.connections.retain(|&client, connection| {
            let over = connection.session == Some(session);
            if over {
                let reply = Reply::Closed;
                fx.send(Place::Node(client), Message::Reply { connection: connection.number, zxid, reply });
            }
            !over
        });
    }

    /// Without a leading server nobody is served.
    pub(super) fn close_all_connections(&mut self, fx: &mut Hands<'_>) {
        for (client, connection) in std::mem::take(&mut self.connections) {
            self.reply(client, connection.number, Reply::Closed, fx);
        }
    }
}
