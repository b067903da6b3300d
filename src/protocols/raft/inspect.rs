//! What a server shows of itself.

use super::disk::Disk;
use super::log::Log;
use super::role::{Leader, Role, Votes};
use super::server::Raft;
use super::timer::Timer;
use crate::sim::inspection::{Bench, Cell, Inspection, Seat, Shown, Slip};
use crate::sim::place::Place;
use crate::sim::protocol::Timer as _;
use crate::sim::reign::Reign;

/// Older entries are not drawn.
const STRIP: u64 = 40;

pub(super) fn process(raft: &Raft, disk: &Disk, page: &mut Inspection) {
    let asked = Reign::counted(raft.current_term + 1);
    page.line = Some(("term", Shown::Number(raft.current_term)));
    page.ring_timer = (!raft.leads()).then_some(Timer::Election.number());
    page.slip = raft.voted_for.map(|to| Slip { to, reign: Reign::counted(raft.current_term), binding: true });
    if let Role::PreCandidate { .. } = raft.role {
        page.line = Some(("term_asked", Shown::Number(asked.number)));
        page.slip = Some(Slip { to: raft.me, reign: asked, binding: false });
    }
    strip(&raft.log, raft.commit_index, page);
    durable_rows(disk, page);
    page.row("commit", Shown::Number(raft.commit_index));
    page.row("last_index", Shown::Number(raft.log.last_index()));
    page.row("leader", raft.leader().map_or(Shown::Nothing, Shown::Place));
    if !raft.has_saved_all() {
        page.row("term_in_memory", Shown::Number(raft.current_term));
        page.row("vote_in_memory", raft.voted_for.map_or(Shown::Nothing, Shown::Place));
        page.row("log_in_memory", terms(&raft.log));
    }
    match &raft.role {
        Role::Follower { .. } => {}
        Role::PreCandidate { votes } => count_votes("pre_votes", false, votes, raft, page),
        Role::Candidate { votes } => count_votes("votes", true, votes, raft, page),
        Role::Leader(leader) => count_heard(leader, raft, page),
    }
}

pub(super) fn disk(disk: &Disk, page: &mut Inspection) {
    page.line = Some(("term", Shown::Number(disk.term)));
    page.slip = disk.vote.map(|to| Slip { to, reign: Reign::counted(disk.term), binding: true });
    strip(&disk.log, 0, page);
    durable_rows(disk, page);
}

fn durable_rows(disk: &Disk, page: &mut Inspection) {
    page.on_disk("term", Shown::Number(disk.term));
    page.on_disk("vote", disk.vote.map_or(Shown::Nothing, Shown::Place));
    page.on_disk("log", terms(&disk.log));
}

fn terms(log: &Log) -> Shown {
    Shown::Numbers(log.entries().iter().map(|entry| entry.term).collect())
}

fn strip(log: &Log, commit_index: u64, page: &mut Inspection) {
    let first = log.last_index().saturating_sub(STRIP) + 1;
    page.strip_start = first;
    let cell = |(entry, index): (&super::log::Entry, u64)| Cell {
        number: entry.term,
        letter: ' ',
        reign: Reign::counted(entry.term),
        settled: index <= commit_index,
    };
    page.strip = log.after(first - 1, STRIP as usize).iter().zip(first..).map(cell).collect();
}

fn count_votes(counts: &'static str, binding: bool, votes: &Votes, raft: &Raft, page: &mut Inspection) {
    let census = raft.census;
    let granted = census.nodes().filter(|&node| votes.granted.contains(node)).collect();
    let refused = census.nodes().filter(|&node| votes.refused.contains(node)).collect();
    let seat = |node: Place| match node {
        node if votes.granted.contains(node) => Seat::Taken,
        node if votes.refused.contains(node) => Seat::Refused,
        _ => Seat::Empty,
    };
    let seats: Vec<(Place, Seat)> = census.nodes().map(|node| (node, seat(node))).collect();
    page.bench = Some(Bench { counts, seats, needed: census.quorum() as u8, binding });
    page.row(counts, Shown::Places(granted));
    page.row("refused", Shown::Places(refused));
}

/// Followers heard within one election timeout: they answered one of the last heartbeats.
fn count_heard(leader: &Leader, raft: &Raft, page: &mut Inspection) {
    let (me, census) = (raft.me, raft.census);
    let heard = |node: Place| node == me || leader.hears(node);
    let seats = census.nodes().map(|node| (node, if heard(node) { Seat::Taken } else { Seat::Empty })).collect();
    let needed = census.quorum() as u8;
    page.bench = Some(Bench { counts: "heard", seats, needed, binding: true });
    page.row("next", Shown::Numbers(leader.progress.iter().map(|progress| progress.next).collect()));
    page.row("match", Shown::Numbers(leader.progress.iter().map(|progress| progress.matched).collect()));
    page.row("transfer", leader.transfer.map_or(Shown::Nothing, Shown::Place));
    page.row("writes_pending", Shown::Number(leader.writes.len() as u64));
    page.row("reads_pending", Shown::Number(leader.reads.len() as u64));
}
