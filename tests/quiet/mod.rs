//! A cluster in which nothing happens by itself: timeouts of hours, links of one millisecond, so that only what a
//! case says takes place. `hup` lets an election timer run out; the network is drained after every act.
#![allow(dead_code)]

use crate::story::{Story, n};
use conclave::protocols::raft::{Command, Disk, Entry, Log, Raft, Settings};
use conclave::sim::fault::{Fault, Which, Who};
use conclave::sim::place::Place;
use conclave::sim::time::{HOUR, MILLISECOND};

pub type Quiet = Story<Raft>;

/// Paper Raft whose timers do not run out within a story.
pub fn still() -> Settings {
    Settings { election_timeout: (HOUR, 2 * HOUR), heartbeat: HOUR, ..Settings::paper() }
}

pub fn disk(term: u64, vote: Option<u8>, terms: &[u64]) -> Disk {
    let entry = |&term: &u64| Entry { term, command: Command::Noop };
    Disk { term, vote: vote.map(n), log: Log::of(terms.iter().map(entry).collect()) }
}

pub fn quiet(nodes: u8, settings: Settings, disks: &[(u8, Disk)]) -> Quiet {
    Story::with(nodes, settings, |opening| {
        opening.wires.latency = (MILLISECOND, MILLISECOND);
        opening.disks = disks.iter().map(|(node, disk)| (n(*node), disk.clone())).collect();
    })
}

/// A case, step by step.
pub trait Case {
    fn drained(&mut self) -> &mut Self;
    fn hupped(&mut self, node: u8) -> &mut Self;
    fn writes(&mut self, node: u8, word: &str) -> &mut Self;
    /// The leader's next heartbeat, now.
    fn beats(&mut self, node: u8) -> &mut Self;
    fn cut_off(&mut self, node: u8) -> &mut Self;
    /// Only these nodes hear each other.
    fn only(&mut self, nodes: &[u8]) -> &mut Self;
    fn healed(&mut self) -> &mut Self;
    fn dies(&mut self, node: u8) -> &mut Self;
    fn returns(&mut self, node: u8) -> &mut Self;
    fn transfers(&mut self, from: u8, to: u8) -> &mut Self;
    fn drops(&mut self, kind: &str, from: Option<u8>, to: Option<u8>) -> &mut Self;
    fn raft(&self, node: u8) -> &Raft;
    fn title(&self, node: u8) -> &'static str;
    fn term(&self, node: u8) -> u64;
    fn terms(&self, node: u8) -> Vec<u64>;
    fn commit(&self, node: u8) -> u64;
    fn leader_of(&self, node: u8) -> Option<Place>;
}

impl Case for Quiet {
    fn drained(&mut self) -> &mut Self {
        self.run(50 * MILLISECOND)
    }

    fn hupped(&mut self, node: u8) -> &mut Self {
        self.hup(n(node)).drained()
    }

    fn writes(&mut self, node: u8, word: &str) -> &mut Self {
        self.request(n(node), word).drained()
    }

    fn beats(&mut self, node: u8) -> &mut Self {
        // A read makes the leader send to all at once, as a heartbeat does.
        self.read(n(node)).drained()
    }

    fn cut_off(&mut self, node: u8) -> &mut Self {
        self.isolate(n(node))
    }

    fn only(&mut self, nodes: &[u8]) -> &mut Self {
        self.heal();
        let others: Vec<Place> = self.nodes().filter(|node| !nodes.contains(&node.number())).collect();
        for node in others {
            self.isolate(node);
        }
        self
    }

    fn healed(&mut self) -> &mut Self {
        self.heal().drained()
    }

    fn dies(&mut self, node: u8) -> &mut Self {
        self.crash(n(node))
    }

    fn returns(&mut self, node: u8) -> &mut Self {
        self.restart(n(node))
    }

    fn transfers(&mut self, from: u8, to: u8) -> &mut Self {
        self.act(Fault::Transfer { from: Who::At(n(from)), to: Some(Who::At(n(to))) }).drained()
    }

    fn drops(&mut self, kind: &str, from: Option<u8>, to: Option<u8>) -> &mut Self {
        let kind = Some(self.kind(kind));
        let who = |node: Option<u8>| node.map(|node| Who::At(n(node)));
        self.act(Fault::Drop(Which::Every { kind, from: who(from), to: who(to) }))
    }

    fn raft(&self, node: u8) -> &Raft {
        self.process(n(node))
    }

    fn title(&self, node: u8) -> &'static str {
        self.standing(n(node)).title
    }

    fn term(&self, node: u8) -> u64 {
        self.raft(node).current_term
    }

    fn terms(&self, node: u8) -> Vec<u64> {
        self.raft(node).log.entries().iter().map(|entry| entry.term).collect()
    }

    fn commit(&self, node: u8) -> u64 {
        self.raft(node).commit_index
    }

    fn leader_of(&self, node: u8) -> Option<Place> {
        self.standing(n(node)).follows
    }
}
