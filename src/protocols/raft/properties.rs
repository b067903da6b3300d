//! What Raft promises (protocols.md 1.5), judged from the world as a whole after every event.

mod ledger;
mod watched;

use super::role::Role;
use super::server::Raft;
use crate::sim::place::Place;
use crate::sim::property::{Book, Promise, Promises, View};
use crate::sim::request::{Answer, Request, RequestId};
use ledger::Ledger;
use std::collections::VecDeque;
use watched::Watched;

const fn promise(id: &'static str, needs_disks: bool) -> Promise {
    Promise { id, promised: true, needs_disks }
}

// Their places in the list.
const ONE_LEADER: usize = 0;
const APPEND_ONLY: usize = 1;
const LOGS_AGREE: usize = 2;
const SURVIVE: usize = 3;
const SAME_APPLIED: usize = 4;
const ONE_VOTE: usize = 5;
const TERMS: usize = 6;
const COMMIT: usize = 7;
const QUORUM: usize = 8;
const FRESH: usize = 9;

/// Reads that are remembered while they wait; older ones are forgotten.
const READS: usize = 1_024;

/// What was seen so far. It grows with terms and entries, never with time.
#[derive(Clone, Debug, Default)]
pub struct RaftPromises {
    /// By slot: what the node was when last looked at.
    watched: Vec<Watched>,
    ledger: Ledger,
    /// The highest index a client was told is written.
    acknowledged: u64,
    /// Reads asked and not answered, with what was acknowledged when they were asked.
    reads: VecDeque<(RequestId, u64)>,
}

impl Promises<Raft> for RaftPromises {
    const LIST: &'static [Promise] = &[
        promise("one_leader_per_term", true),
        promise("leader_append_only", false),
        promise("logs_agree", true),
        promise("committed_survive", true),
        promise("same_applied", true),
        promise("one_vote_per_term", true),
        promise("terms_never_fall", true),
        promise("commit_never_falls", false),
        promise("commit_has_quorum", true),
        promise("fresh_reads", true),
        Promise { id: "one_believes", promised: false, needs_disks: false },
    ];

    fn check(&mut self, view: &View<'_, Raft>, touched: Place, book: &mut Book) {
        let slot = view.census.slot(touched);
        if self.watched.len() <= slot {
            self.watched.resize_with(view.census.processes(), Watched::default);
        }
        let life = view.lives[slot];
        let Some(raft) = &view.processes[slot] else {
            return self.watched[slot].forget(view.disk(touched));
        };
        // Most events change nothing here: a sign of life, an answer to one.
        if self.watched[slot].is_up_to_date(raft, life) {
            return;
        }
        self.check_terms_and_votes(touched, slot, raft, life, book);
        self.check_log(touched, slot, raft, life, book);
        self.check_leadership(touched, slot, raft, life, view, book);
        self.check_commit(touched, slot, raft, life, view, book);
        self.watched[slot].remember(raft, life);
    }

    fn asked(&mut self, _: &View<'_, Raft>, _: Place, id: RequestId, request: Request, _: &mut Book) {
        if let Request::Read(_) = request {
            if self.reads.len() == READS {
                self.reads.pop_front();
            }
            self.reads.push_back((id, self.acknowledged));
        }
    }

    fn answered(&mut self, _: &View<'_, Raft>, by: Place, id: RequestId, answer: Answer, book: &mut Book) {
        let asked = self.reads.iter().position(|&(read, _)| read == id).and_then(|at| self.reads.remove(at));
        match (answer, asked) {
            (Answer::Written { index }, _) => self.acknowledged = self.acknowledged.max(index),
            (Answer::Read { as_of }, Some((_, acknowledged))) => {
                book.checked(FRESH);
                if as_of < acknowledged {
                    book.broken(FRESH, [Some(by), None], [as_of, acknowledged, 0]);
                }
            }
            _ => {}
        }
    }
}

impl RaftPromises {
    /// 6 and 7: one vote per term, terms that never fall, across crashes.
    fn check_terms_and_votes(&mut self, place: Place, slot: usize, raft: &Raft, life: u32, book: &mut Book) {
        let seen = &mut self.watched[slot];
        let floor = if seen.life == life { seen.term } else { seen.saved_term };
        if raft.current_term != seen.term {
            book.checked(TERMS);
        }
        if raft.current_term < floor {
            book.broken(TERMS, [Some(place), None], [floor, raft.current_term, 0]);
        }
        // What is not on disk yet has been promised to nobody.
        if !raft.has_saved_all() {
            return;
        }
        seen.saved_term = seen.saved_term.max(raft.current_term);
        let Some(vote) = raft.voted_for else { return };
        if let Some(other) = seen.vote_differs(raft.current_term, vote) {
            book.broken(ONE_VOTE, [Some(place), Some(other)], [raft.current_term, u64::from(vote.number()), 0]);
        } else {
            book.checked(ONE_VOTE);
        }
    }

    /// 2 and 3: a leader only adds to its log; logs with the same entry are the same up to it.
    fn check_log(&mut self, place: Place, slot: usize, raft: &Raft, life: u32, book: &mut Book) {
        let seen = &mut self.watched[slot];
        if seen.log_is(&raft.log) {
            return;
        }
        let same = seen.common_prefix(&raft.log);
        let led_on = seen.leads && seen.life == life && raft.leads() && seen.term == raft.current_term;
        if led_on {
            book.checked(APPEND_ONLY);
            if same < seen.last_index() {
                book.broken(APPEND_ONLY, [Some(place), None], [raft.current_term, same + 1, 0]);
            }
        }
        seen.truncate(same);
        for index in same + 1..=raft.log.last_index() {
            let Some(&entry) = raft.log.entry(index) else { return };
            let print = seen.push(entry);
            book.checked(LOGS_AGREE);
            if let Some(other) = self.ledger.disagrees(index, entry.term, print, place) {
                book.broken(LOGS_AGREE, [Some(place), Some(other)], [index, entry.term, 0]);
            }
        }
    }

    /// 1 and 4: at most one server leads a term, in one life; a new leader has everything committed before.
    fn check_leadership(
        &mut self,
        place: Place,
        slot: usize,
        raft: &Raft,
        life: u32,
        view: &View<'_, Raft>,
        book: &mut Book,
    ) {
        let seen = &self.watched[slot];
        let new = !(seen.leads && seen.life == life && seen.term == raft.current_term);
        if !raft.leads() || !new {
            return;
        }
        let term = raft.current_term;
        book.checked(ONE_LEADER);
        if let Some((other, other_life)) = self.ledger.other_leader(term, place, life) {
            book.broken(ONE_LEADER, [Some(other), Some(place)], [term, u64::from(other_life), u64::from(life)]);
        }
        book.checked(SURVIVE);
        if let Some(index) = self.ledger.lacks_committed(term, seen) {
            book.broken(SURVIVE, [Some(place), None], [index, term, view.now]);
        }
    }

    /// 5, 8 and 9: what is committed is the same everywhere, held by a quorum, and stays committed.
    fn check_commit(
        &mut self,
        place: Place,
        slot: usize,
        raft: &Raft,
        life: u32,
        view: &View<'_, Raft>,
        book: &mut Book,
    ) {
        let seen = &self.watched[slot];
        let before = if seen.life == life { seen.commit } else { 0 };
        if raft.commit_index == before {
            return;
        }
        book.checked(COMMIT);
        if raft.commit_index < before || raft.commit_index > raft.log.last_index() {
            book.broken(COMMIT, [Some(place), None], [before, raft.commit_index, raft.log.last_index()]);
        }
        for index in before + 1..=raft.commit_index.min(raft.log.last_index()) {
            let Some(&entry) = raft.log.entry(index) else { return };
            let print = self.watched[slot].print_at(index);
            book.checked(SAME_APPLIED);
            if let Some(other) = self.ledger.applied_otherwise(index, print, place, raft.current_term) {
                book.broken(SAME_APPLIED, [Some(other), Some(place)], [index, entry.term, 0]);
            }
        }
        let first_here = self.ledger.take_newly_committed();
        for index in first_here {
            self.check_newly_committed(place, index, raft, view, book);
        }
    }

    /// An index was committed for the first time: a quorum must hold it, and every later leader.
    fn check_newly_committed(&mut self, place: Place, index: u64, raft: &Raft, view: &View<'_, Raft>, book: &mut Book) {
        let entry = raft.log.entry(index);
        book.checked(QUORUM);
        let holders = view.disks.iter().filter(|disk| disk.log.entry(index) == entry).count();
        if holders < view.census.quorum() {
            book.broken(QUORUM, [Some(place), None], [index, holders as u64, view.census.quorum() as u64]);
        }
        let print = self.watched[view.census.slot(place)].print_at(index);
        for (slot, other) in view.processes.iter().enumerate() {
            let Some(other) = other else { continue };
            let later = matches!(other.role, Role::Leader(_)) && other.current_term > raft.current_term;
            if later && self.watched[slot].leads && self.watched[slot].print_at(index) != print {
                let leader = Some(view.census.place(slot));
                book.broken(SURVIVE, [leader, Some(place)], [index, other.current_term, view.now]);
            }
        }
    }
}
