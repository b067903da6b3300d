//! What a server does with the leader's entries and signs of life (Raft 5.3).

use super::disk::Record;
use super::log::Entry;
use super::message::{Append, AppendReply, Message};
use super::mutants::{Mutant, mutated};
use super::role::Role;
use super::rules::{self, reason};
use super::server::{Fx, Raft, Unsaved};
use super::timer::Timer;
use crate::sim::place::Place;

impl Raft {
    pub(super) fn on_append(&mut self, from: Place, append: Append, fx: &mut Fx<'_>) {
        if append.term < self.current_term && !mutated(fx.settings, Mutant::AcceptStaleAppend) {
            return self.answer_stale_leader(from, append.round, fx);
        }
        if append.term > self.current_term {
            self.move_to_term(append.term, fx);
        }
        if self.leads() {
            return fx.ignore(reason::LEADS_ALREADY);
        }
        self.follow(from, fx);
        self.take(from, append, fx);
    }

    /// R-2; with PreVote or CheckQuorum it is what frees a server whose term ran ahead.
    fn answer_stale_leader(&self, from: Place, round: u64, fx: &mut Fx<'_>) {
        let frees = fx.settings.pre_vote || fx.settings.check_quorum;
        fx.because(if frees { rules::FREE_THE_STUCK } else { rules::LOWER_TERM });
        fx.ignore(reason::OLD_TERM);
        if mutated(fx.settings, Mutant::SilentToStaleLeader) {
            return;
        }
        let term = self.current_term;
        let reply = AppendReply { term, success: false, index: self.log.last_index(), hint_term: 0, round };
        fx.send(from, Message::AppendReply(reply));
    }

    /// The leader of this term was heard: its candidates give way, its followers wait anew (1.3 c).
    fn follow(&mut self, leader: Place, fx: &mut Fx<'_>) {
        match &mut self.role {
            Role::Follower { leader: known } => *known = Some(leader),
            _ => {
                fx.because(rules::END_OF_CANDIDACY);
                self.role = Role::Follower { leader: Some(leader) };
            }
        }
        self.restart_election_timer(fx);
        if fx.settings.check_quorum {
            let loyal = fx.settings.by_own_ticks(fx.settings.minimum_election_timeout(), fx.now);
            fx.set_timer(Timer::Heard, loyal);
        }
    }

    fn take(&mut self, from: Place, append: Append, fx: &mut Fx<'_>) {
        let Append { prev_index, prev_term, commit, round, .. } = append;
        let term = self.current_term;
        if self.log.term_at(prev_index) != Some(prev_term) {
            fx.because(rules::PREVIOUS_ENTRY);
            fx.ignore(reason::PREVIOUS_ENTRY_DIFFERS);
            let below = prev_index.saturating_sub(1);
            let index = self.log.last_index_not_above(below.min(self.log.last_index()), prev_term);
            let hint_term = self.log.term_at(index).unwrap_or(0);
            let reply = AppendReply { term, success: false, index, hint_term, round };
            return fx.send(from, Message::AppendReply(reply));
        }
        let matched = prev_index + append.entries.len() as u64;
        if append.entries.is_empty() && !mutated(fx.settings, Mutant::TruncateAlways) {
            fx.because(rules::FOLLOWER_COMMIT);
        } else {
            fx.because(rules::APPEND_ENTRIES);
            self.store(prev_index, &append.entries, fx);
        }
        let known_to_match = if mutated(fx.settings, Mutant::CommitToOwnEnd) { self.log.last_index() } else { matched };
        self.learn_commit(commit.min(known_to_match), fx);
        // The acknowledgement is a promise: it leaves once everything written so far is durable (0.2).
        let reply = AppendReply { term, success: true, index: matched, hint_term: 0, round };
        fx.send_after(fx.last_write(), from, Message::AppendReply(reply));
    }

    /// only a real conflict cuts the log; a short message never does. Appends what is missing.
    fn store(&mut self, prev_index: u64, entries: &[Entry], fx: &mut Fx<'_>) {
        let mut keep = prev_index;
        let mut known = 0;
        for entry in entries {
            if self.log.term_at(keep + 1) != Some(entry.term) {
                break;
            }
            keep += 1;
            known += 1;
        }
        let missing = &entries[known..];
        let cuts =
            self.log.last_index() > keep && (!missing.is_empty() || mutated(fx.settings, Mutant::TruncateAlways));
        if missing.is_empty() && !cuts {
            return;
        }
        if cuts {
            fx.tell("truncated", [keep + 1, self.log.last_index(), 0]);
            self.cut_after(keep);
        }
        for &entry in missing {
            self.log.push(entry);
        }
        self.unsaved.push_back(Unsaved::Log { up_to: self.log.last_index() });
        fx.save(Record::Log { keep, entries: missing.to_vec() });
    }

    /// Forgets the entries after `keep`, and that they were ever on their way to the disk.
    fn cut_after(&mut self, keep: u64) {
        self.log.truncate(keep);
        self.saved_index = self.saved_index.min(keep);
        for write in &mut self.unsaved {
            if let Unsaved::Log { up_to } = write {
                *up_to = (*up_to).min(keep);
            }
        }
    }
}
