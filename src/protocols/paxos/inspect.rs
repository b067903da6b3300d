//! What a Paxos node shows of itself: the card *promised / accepted*, the bench of one ballot, the strip of slots.

use super::disk::{Acceptance, PaxosDisk};
use super::leader::Leading;
use super::node_set::NodeSet;
use super::process::{Part, Paxos, PaxosTimer};
use super::settings::Mode;
use super::{Ballot, Slot};
use crate::sim::inspection::{Bench, Cell, Inspection, Row, Seat, Shown};
use crate::sim::place::Place;
use crate::sim::protocol::Timer;
use std::collections::BTreeMap;

/// How many slots the strip and the rows show.
const SHOWN: u64 = 24;

impl Paxos {
    pub(super) fn show(&self, disk: &PaxosDisk, page: &mut Inspection) {
        self.show_part(page);
        page.card = card(self.promised, &self.accepted);
        page.row("ballot", self.ballot().map_or(Shown::Nothing, Shown::Reign));
        page.row("seen", reign(self.seen));
        page.row("commit", Shown::Number(self.chosen_up_to()));
        if let Some((_, value)) = self.wish {
            page.row("wish", Shown::Text(value.to_string()));
        }
        if let Part::Leading(leading) = &self.part {
            page.row("next", Shown::Number(leading.next));
            page.row("open", Shown::Numbers(leading.open.iter().map(|open| open.slot).collect()));
        }
        if let Some(leader) = self.granted {
            page.row("granted", Shown::Place(leader));
        }
        strip(&self.accepted, |slot| slot <= self.chosen_up_to() || self.learned.contains_key(&slot), page);
        disk.rows(page);
    }

    fn show_part(&self, page: &mut Inspection) {
        match &self.part {
            Part::Follower { leader } => {
                page.line = match leader {
                    Some(ballot) => Some(("ballot", Shown::Reign(*ballot))),
                    None if self.mode == Mode::Single && !self.chosen.is_empty() => {
                        Some(("learned", Shown::Text(self.chosen[0].to_string())))
                    }
                    None => Some(("promised", reign(self.promised))),
                };
                let ring = if self.granted.is_some() { PaxosTimer::Grant } else { PaxosTimer::Window };
                page.ring_timer = Some(ring.number());
            }
            Part::Preparing { ballot, promises, refusals, .. } => {
                page.line = Some(("preparing", Shown::Reign(*ballot)));
                page.ring_timer = Some(PaxosTimer::Round.number());
                page.bench = Some(self.bench("promises", *promises, *refusals));
            }
            Part::Accepting { ballot, accepts, .. } => {
                page.line = Some(("accepting", Shown::Reign(*ballot)));
                page.ring_timer = Some(PaxosTimer::Round.number());
                page.bench = Some(self.bench("accepts", *accepts, NodeSet::default()));
            }
            Part::Leading(leading) => {
                page.line = Some(("ballot", Shown::Reign(leading.ballot)));
                page.ring_timer = Some(PaxosTimer::Lease.number());
                page.bench = Some(self.leaders_bench(leading));
            }
        }
    }

    /// Acceptances of the oldest open slot; while none is open, who answered heartbeats.
    fn leaders_bench(&self, leading: &Leading) -> Bench {
        match leading.open.front() {
            Some(open) => self.bench("accepts", open.accepts, NodeSet::default()),
            None => {
                let mut heard = leading.heard[0];
                self.nodes().filter(|&node| leading.heard[1].contains(node)).for_each(|node| {
                    heard.insert(node);
                });
                self.bench("heard", heard, NodeSet::default())
            }
        }
    }

    fn nodes(&self) -> impl Iterator<Item = Place> + use<> {
        (1..=self.votes.len() as u8).map(Place::Node)
    }

    fn bench(&self, counts: &'static str, taken: NodeSet, refused: NodeSet) -> Bench {
        let seat = |node: Place| match () {
            () if taken.contains(node) => Seat::Taken,
            () if refused.contains(node) => Seat::Refused,
            () => Seat::Empty,
        };
        let seats = self.nodes().map(|node| (node, seat(node))).collect();
        Bench { counts, seats, needed: self.votes.len() as u8 / 2 + 1, binding: true }
    }
}

impl PaxosDisk {
    pub(super) fn show(&self, page: &mut Inspection) {
        page.line = Some(("promised", reign(self.promised)));
        page.card = card(self.promised, &self.accepted);
        strip(&self.accepted, |slot| slot <= self.chosen.len() as Slot, page);
        self.rows(page);
    }

    fn rows(&self, page: &mut Inspection) {
        page.on_disk("promised", reign(self.promised));
        page.on_disk("used", Shown::Number(self.used));
        let newest = |slot: &Slot| *slot + SHOWN > self.accepted.keys().next_back().copied().unwrap_or(0);
        let pairs = self.accepted.iter().filter(|(slot, _)| newest(slot));
        let text: Vec<String> = pairs.map(|(slot, pair)| format!("{slot}: {} {}", pair.ballot, pair.value)).collect();
        page.on_disk("accepted", Shown::Text(text.join(", ")));
    }
}

fn reign(ballot: Ballot) -> Shown {
    if ballot == Ballot::default() { Shown::Nothing } else { Shown::Reign(ballot) }
}

/// The two ballots of an acceptor, on disk; of accepted pairs the newest slot's.
fn card(promised: Ballot, accepted: &BTreeMap<Slot, Acceptance>) -> Vec<Row> {
    let newest = accepted.values().next_back().map_or(Shown::Nothing, |pair| Shown::Reign(pair.ballot));
    let row = |id, value| Row { id, value, durable: true };
    vec![row("promised", reign(promised)), row("accepted", newest)]
}

/// One cell per slot; an empty cell is a hole.
fn strip(accepted: &BTreeMap<Slot, Acceptance>, settled: impl Fn(Slot) -> bool, page: &mut Inspection) {
    let Some(&last) = accepted.keys().next_back() else { return };
    page.strip_start = last.saturating_sub(SHOWN - 1).max(1);
    for slot in page.strip_start..=last {
        let ballot = accepted.get(&slot).map_or(Ballot::default(), |pair| pair.ballot);
        page.strip.push(Cell { number: ballot.number, letter: ' ', reign: ballot, settled: settled(slot) });
    }
}
