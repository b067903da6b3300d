//! What clients and servers show of themselves.

use super::client::{Client, Link};
use super::disk::Disk;
use super::ensemble::Part;
use super::server::Server;
use super::timer::Timer;
use super::tree::Znode;
use crate::sim::inspection::{Cell, Inspection, Shown};
use crate::sim::place::Place;
use crate::sim::protocol::Timer as _;
use crate::sim::reign::Reign;
use crate::sim::time::MILLISECOND;

pub(super) fn client(client: &Client, page: &mut Inspection) {
    page.line = Some(match (client.own, client.is_connected()) {
        (Some(own), _) if client.leads => ("czxid", Shown::Number(own.czxid)),
        (Some(_), true) => ("session_state", Shown::Id("waits")),
        _ => ("session_state", Shown::Id(session_state(client))),
    });
    let timer = if client.is_connected() { Timer::Read } else { Timer::Connect };
    page.ring_timer = Some(timer.number());
    page.row("session_state", Shown::Id(session_state(client)));
    page.row("session", client.session.map_or(Shown::Nothing, Shown::Number));
    page.row("session_ms", Shown::Number(client.timeout / MILLISECOND));
    page.row("server", Shown::Place(Place::Server(client.server)));
    page.row("znode", client.own.map_or(Shown::Nothing, |own| Shown::Text(name(&own))));
    page.row("czxid", client.own.map_or(Shown::Nothing, |own| Shown::Number(own.czxid)));
    page.row("watches", client.watches.map_or(Shown::Nothing, |watched| Shown::Text(name(&watched))));
    page.row("leader", client.leader.map_or(Shown::Nothing, |leader| Shown::Place(Place::Node(leader))));
    page.row("zxid", Shown::Number(client.seen));
    page.waits_for.extend(client.watches.map(|watched| Place::Node(watched.client)));
}

pub(super) fn server(server: &Server, disk: &Disk, page: &mut Inspection) {
    let tree = &server.disk.tree;
    page.line = Some(("zxid", Shown::Number(tree.zxid)));
    page.ring_timer = match &server.part {
        Part::Leading(_) => Some(Timer::Expire.number()),
        Part::Following { .. } => Some(Timer::Silence.number()),
        Part::Out { .. } | Part::Claiming { .. } => Some(Timer::Takeover.number()),
    };
    page.row("part", Shown::Id(server.title()));
    page.row(
        "leading_server",
        match &server.part {
            Part::Leading(_) => Shown::Place(Place::Server(server.me)),
            Part::Following { leader, .. } => Shown::Place(Place::Server(*leader)),
            Part::Out { .. } | Part::Claiming { .. } => Shown::Nothing,
        },
    );
    let clients = server.connections.keys().map(|&client| Place::Node(client)).collect();
    page.row("connections", Shown::Places(clients));
    let watches = server.connections.iter().flat_map(|(client, connection)| {
        connection.watches.iter().map(move |sequence| format!("N{client}: {sequence:010}"))
    });
    page.awaited = server
        .connections
        .iter()
        .flat_map(|(&client, connection)| {
            connection.watches.iter().map(move |&sequence| (Place::Node(client), sequence.into()))
        })
        .collect();
    page.row("watches", Shown::Text(watches.collect::<Vec<String>>().join(", ")));
    page.row("sessions", Shown::Numbers(tree.sessions.keys().copied().collect()));
    znodes(&server.disk, page);
    page.on_disk("epoch", Shown::Number(disk.current.into()));
}

pub(super) fn disk(disk: &Disk, page: &mut Inspection) {
    page.on_disk("sessions", Shown::Numbers(disk.tree.sessions.keys().copied().collect()));
    page.on_disk("epoch", Shown::Number(disk.current.into()));
    znodes(disk, page);
}

/// The queue: the cell of the lowest znode is solid.
fn znodes(disk: &Disk, page: &mut Inspection) {
    let tree = &disk.tree;
    page.on_disk("zxid", Shown::Number(tree.zxid));
    page.on_disk("znodes", Shown::Numbers(tree.znodes.keys().map(|&sequence| sequence.into()).collect()));
    let owners = tree.znodes.values().map(|znode| Place::Node(znode.client)).collect();
    page.on_disk("queue", Shown::Places(owners));
    let lowest = tree.lowest().map(|znode| znode.sequence);
    page.strip_start = u64::from(lowest.unwrap_or(0));
    page.strip = tree.znodes.values().map(|znode| cell(znode, lowest)).collect();
}

fn cell(znode: &Znode, lowest: Option<u32>) -> Cell {
    Cell {
        number: znode.sequence.into(),
        letter: ' ',
        reign: Reign::counted(znode.czxid),
        settled: lowest == Some(znode.sequence),
    }
}

/// The name of a znode: a unique part, and ten digits of its sequence number.
fn name(znode: &Znode) -> String {
    format!("{:08x}-n_{:010}", znode.guid, znode.sequence)
}

fn session_state(client: &Client) -> &'static str {
    match (client.session, client.link) {
        (None, _) => "no_session",
        (Some(_), Link::Connected) => "connected",
        (Some(_), _) => "disconnected",
    }
}

impl Server {
    pub(super) fn title(&self) -> &'static str {
        match &self.part {
            Part::Leading(leading) if leading.established => "server_leading",
            Part::Leading(_) | Part::Claiming { .. } => "server_claiming",
            Part::Following { .. } => "server_following",
            Part::Out { .. } => "server_out",
        }
    }
}
