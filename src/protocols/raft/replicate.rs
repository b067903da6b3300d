//! The leader's side of the log: its own entries, what it sends, what the answers teach it (Raft 5.3).

use super::disk::Record;
use super::log::{Command, Entry};
use super::message::{Append, AppendReply, Message};
use super::role::{Role, seat};
use super::rules::{self, reason};
use super::server::{Fx, Raft, Unsaved};
use super::timer::Timer;
use crate::sim::place::Place;

/// At most this many entries travel in one message.
const BATCH: usize = 64;

impl Raft {
    /// a leader only ever adds to its log.
    pub(super) fn append_own(&mut self, command: Command, fx: &mut Fx<'_>) -> u64 {
        let entry = Entry { term: self.current_term, command };
        let keep = self.log.last_index();
        self.log.push(entry);
        self.unsaved.push_back(Unsaved::Log { up_to: keep + 1 });
        fx.save(Record::Log { keep, entries: vec![entry] });
        keep + 1
    }

    pub(super) fn on_heartbeat_due(&mut self, fx: &mut Fx<'_>) {
        let Role::Leader(leader) = &mut self.role else { return fx.ignore(reason::NOT_LEADING_ANY_MORE) };
        let most = leader.patience.saturating_add(1);
        for progress in &mut leader.progress {
            progress.quiet = most.min(progress.quiet.saturating_add(1));
        }
        fx.because(rules::LEADER_APPENDS);
        fx.set_timer(Timer::Heartbeat, fx.settings.heartbeat);
        self.send_append_to_all(fx);
    }

    pub(super) fn send_append_to_all(&mut self, fx: &mut Fx<'_>) {
        for peer in fx.peers() {
            self.send_append(peer, fx);
        }
    }

    /// Sends what the server lacks, or a sign of life. Entries count as received until an answer says otherwise.
    pub(super) fn send_append(&mut self, to: Place, fx: &mut Fx<'_>) {
        let Role::Leader(leader) = &mut self.role else { return };
        let progress = &mut leader.progress[seat(to)];
        let prev_index = progress.next - 1;
        let entries = self.log.after(prev_index, BATCH).to_vec();
        progress.next += entries.len() as u64;
        let append = Append {
            term: self.current_term,
            prev_index,
            prev_term: self.log.term_at(prev_index).unwrap_or(0),
            entries,
            commit: self.commit_index,
            round: leader.round,
        };
        fx.send(to, Message::Append(append));
    }

    pub(super) fn on_append_reply(&mut self, from: Place, reply: AppendReply, fx: &mut Fx<'_>) {
        if reply.term > self.current_term {
            return self.move_to_term(reply.term, fx);
        }
        if reply.term < self.current_term {
            fx.because(rules::LOWER_TERM);
            return fx.ignore(reason::OLD_REPLY);
        }
        let last = self.log.last_index();
        let Role::Leader(leader) = &mut self.role else { return fx.ignore(reason::NOT_LEADING_ANY_MORE) };
        leader.heard.insert(from);
        let progress = &mut leader.progress[seat(from)];
        progress.quiet = 0;
        progress.round = progress.round.max(reply.round);
        if reply.success {
            self.on_match(from, reply.index.min(last), fx);
        } else {
            self.on_mismatch(from, reply, fx);
        }
        self.serve_reads(fx);
    }

    fn on_match(&mut self, from: Place, index: u64, fx: &mut Fx<'_>) {
        let last = self.log.last_index();
        let Role::Leader(leader) = &mut self.role else { return };
        let progress = &mut leader.progress[seat(from)];
        let news = index > progress.matched;
        fx.because(rules::LEADER_COMMIT);
        progress.matched = progress.matched.max(index);
        progress.next = progress.next.max(index + 1);
        let unsent = progress.next <= last;
        if news {
            self.advance_commit(fx);
        }
        if unsent {
            self.send_append(from, fx);
        }
        self.hand_over_if_ready(from, fx);
    }

    /// The logs differ before what was sent: go back to where they may agree (R-10, thesis 3.5).
    fn on_mismatch(&mut self, from: Place, reply: AppendReply, fx: &mut Fx<'_>) {
        fx.because(rules::PREVIOUS_ENTRY);
        let agreed = self.log.last_index_not_above(reply.index, reply.hint_term);
        let Role::Leader(leader) = &mut self.role else { return };
        let progress = &mut leader.progress[seat(from)];
        if agreed + 1 >= progress.next {
            return fx.ignore(reason::OLD_REPLY);
        }
        progress.next = agreed + 1;
        self.send_append(from, fx);
    }
}
