//! A process is a client or a server, and tells each of its rules what concerns it.

use super::client::Client;
use super::disk::Disk;
use super::inspect;
use super::message::Message;
use super::properties::RecipePromises;
use super::recipe::Step;
use super::server::Server;
use super::settings::{RecipeSettings, SERVERS};
use super::timer::Timer;
use crate::sim::datum::Datum;
use crate::sim::effects::Effects;
use crate::sim::inspection::Inspection;
use crate::sim::place::{Census, Place};
use crate::sim::protocol::{LinkChange, Protocol, Ticket, Transport};
use crate::sim::reign::{Reign, Role, Standing};
use crate::sim::request::{Answer, Order, Request, RequestId};
use crate::sim::rule::Reason;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub type Hands<'a> = Effects<'a, Process>;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[allow(clippy::large_enum_variant)]
pub enum Process {
    Client(Client),
    Server(Server),
}

impl Process {
    pub fn client(&self) -> Option<&Client> {
        match self {
            Process::Client(client) => Some(client),
            Process::Server(_) => None,
        }
    }

    pub fn server(&self) -> Option<&Server> {
        match self {
            Process::Server(server) => Some(server),
            Process::Client(_) => None,
        }
    }
}

impl Protocol for Process {
    type Settings = RecipeSettings;
    type Message = Message;
    type Timer = Timer;
    type Disk = Disk;
    type Promises = RecipePromises;

    fn servers(_settings: &RecipeSettings) -> u8 {
        SERVERS
    }

    /// Clients talk to servers and servers to each other, over TCP.
    fn transport(_settings: &RecipeSettings, from: Place, to: Place) -> Transport {
        if from.is_node() && to.is_node() { Transport::Datagram } else { Transport::Connection }
    }

    fn seed_disk(disk: &mut Disk, _census: Census, me: Place, field: &str, value: &Datum) -> Result<(), String> {
        disk.seed(me, field, value)
    }

    fn boot(disk: &Disk, fx: &mut Hands<'_>) -> Process {
        if fx.me.is_node() {
            return Process::Client(Client::boot(fx));
        }
        let mut server = Server {
            me: fx.me.number(),
            disk: disk.clone(),
            writing: VecDeque::new(),
            part: super::ensemble::Part::Out { idle: BTreeSet::new() },
            connections: BTreeMap::new(),
            heard: Vec::new(),
        };
        server.ask_around(fx);
        Process::Server(server)
    }

    fn on_message(&mut self, from: Place, message: Message, fx: &mut Hands<'_>) {
        match (self, message) {
            (Process::Client(client), Message::Reply { connection, zxid, reply }) => {
                client.on_reply(from.number(), connection, zxid, reply, fx);
            }
            (Process::Server(server), Message::Ask { connection, ask }) => {
                server.on_ask(from.number(), connection, ask, fx);
            }
            (Process::Server(server), Message::Ensemble(peer)) => server.on_peer(from.number(), peer, fx),
            _ => fx.ignore(Reason("not_asked_for")),
        }
    }

    fn on_timer(&mut self, timer: Timer, fx: &mut Hands<'_>) {
        match (self, timer) {
            (Process::Client(client), Timer::Ping) => client.ping(fx),
            (Process::Client(client), Timer::Read) => client.disconnected(fx),
            (Process::Client(client), Timer::Connect) => client.try_next(fx),
            (Process::Client(client), Timer::GiveUp) => client.give_up_session(fx),
            (Process::Server(server), Timer::Beat) => server.beat(fx),
            (Process::Server(server), Timer::Expire) => server.expire(fx),
            (Process::Server(server), Timer::Silence) => server.go_out(Reason("leading_server_silent"), fx),
            (Process::Server(server), Timer::Takeover) => server.take_over(fx),
            _ => {}
        }
    }

    fn on_saved(&mut self, ticket: Ticket, fx: &mut Hands<'_>) {
        if let Process::Server(server) = self {
            server.on_written(ticket, fx);
        }
    }

    fn on_link(&mut self, peer: Place, change: LinkChange, fx: &mut Hands<'_>) {
        match (self, peer, change) {
            (Process::Client(client), Place::Server(server), LinkChange::Down) => client.server_down(server, fx),
            (Process::Server(server), Place::Node(client), LinkChange::Down) => {
                server.connections.remove(&client);
            }
            (Process::Server(server), Place::Server(peer), LinkChange::Down) => server.peer_down(peer, fx),
            (Process::Server(server), Place::Server(peer), LinkChange::Up) => server.peer_up(peer, fx),
            _ => {}
        }
    }

    fn on_request(&mut self, id: RequestId, _request: Request, fx: &mut Hands<'_>) {
        fx.answer(id, Answer::Refused(Reason("keeps_no_values")));
    }

    fn on_order(&mut self, order: Order, fx: &mut Hands<'_>) {
        let Process::Client(client) = self else { return };
        match order {
            Order::Resign => client.resign(fx),
            Order::Fenced(token) if client.own.is_some_and(|own| own.czxid < token.number) => client.resign(fx),
            Order::TimeOutNow if client.is_connected() => client.disconnected(fx),
            Order::Retuned => {}
            Order::Transfer(_) => fx.ignore(Reason("the_queue_decides")),
            _ => fx.ignore(Reason("nothing_to_do")),
        }
    }

    fn standing(&self) -> Standing {
        let Process::Client(client) = self else {
            return Standing { title: self.server().map_or("", |server| server.title()), ..Standing::default() };
        };
        let reign = client.own.filter(|_| client.leads).map(|own| Reign::counted(own.czxid));
        let title = match client.step {
            _ if client.leads => "leader",
            Step::Resigned => "resigned",
            _ if client.session.is_none() => "without_session",
            _ if !client.is_connected() => "disconnected",
            Step::Waiting(_) | Step::Arming(_) => "waiting",
            _ => "entering",
        };
        Standing {
            role: if client.leads { Role::Leader } else { Role::Follower },
            title,
            reign,
            follows: if client.leads { Some(Place::Node(client.me)) } else { client.leader.map(Place::Node) },
            token: client.own.filter(|_| client.leads).map(|own| Reign::counted(client.token_of(&own))),
        }
    }

    fn inspect(&self, disk: &Disk, page: &mut Inspection) {
        match self {
            Process::Client(client) => inspect::client(client, page),
            Process::Server(server) => inspect::server(server, disk, page),
        }
    }

    fn inspect_disk(disk: &Disk, page: &mut Inspection) {
        inspect::disk(disk, page);
    }
}
