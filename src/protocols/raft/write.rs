//! Writes: the leader appends at once and answers when committed (Raft 5.3).

use super::log::Command;
use super::role::{PendingWrite, Role};
use super::rules::{self, reason};
use super::server::{Fx, Raft};
use crate::sim::request::{Answer, RequestId, Word};

impl Raft {
    pub(super) fn on_write(&mut self, id: RequestId, word: Word, fx: &mut Fx<'_>) {
        let Role::Leader(leader) = &self.role else { return self.refuse_as_follower(id, fx) };
        if leader.transfer.is_some() {
            // no new entries while the target catches up.
            fx.because(rules::HAND_OVER);
            fx.ignore(reason::HANDING_OVER);
            return fx.answer(id, Answer::Refused(reason::HANDING_OVER));
        }
        fx.because(rules::LEADER_APPENDS);
        let index = self.append_own(Command::Write(word), fx);
        if let Role::Leader(leader) = &mut self.role {
            leader.writes.push_back(PendingWrite { id, index });
        }
        self.send_append_to_all(fx);
    }
}
