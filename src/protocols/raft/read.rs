//! Linearizable reads without a write: the read index (thesis 6.4).

use super::mutants::{Mutant, mutated};
use super::role::{PendingRead, Role};
use super::rules::{self, reason};
use super::server::{Fx, Raft};
use crate::sim::request::{Answer, RequestId};

impl Raft {
    /// the own term must be committed, then a quorum must answer a round begun after the request.
    pub(super) fn on_read(&mut self, id: RequestId, fx: &mut Fx<'_>) {
        if !self.leads() {
            return self.refuse_as_follower(id, fx);
        }
        fx.because(rules::READ);
        let index = self.commit_index;
        let may_begin = self.own_term_is_committed() || mutated(fx.settings, Mutant::NoNoop);
        let Role::Leader(leader) = &mut self.role else { return };
        if !may_begin {
            leader.reads.push_back(PendingRead { id, round: None, index });
            return fx.ignore(reason::OWN_TERM_NOT_COMMITTED);
        }
        leader.round += 1;
        leader.reads.push_back(PendingRead { id, round: Some(leader.round), index });
        self.send_append_to_all(fx);
        self.serve_reads(fx);
    }

    /// The own term is committed: reads that waited for it begin their round.
    pub(super) fn begin_waiting_reads(&mut self, fx: &mut Fx<'_>) {
        let index = self.commit_index;
        let Role::Leader(leader) = &mut self.role else { return };
        if leader.reads.is_empty() || index < leader.first_index {
            return;
        }
        leader.round += 1;
        for read in leader.reads.iter_mut().filter(|read| read.round.is_none()) {
            read.round = Some(leader.round);
            read.index = index;
        }
        fx.because(rules::READ);
        self.send_append_to_all(fx);
        self.serve_reads(fx);
    }

    /// Answers the reads whose round a quorum answered, this server included.
    pub(super) fn serve_reads(&mut self, fx: &mut Fx<'_>) {
        let (me, quorum) = (self.me, fx.quorum());
        let Role::Leader(leader) = &mut self.role else { return };
        if leader.reads.is_empty() {
            return;
        }
        leader.progress[super::role::seat(me)].round = leader.round;
        while let Some(&read) = leader.reads.front() {
            let Some(round) = read.round else { return };
            let answered = leader.progress.iter().filter(|progress| progress.round >= round).count();
            if answered < quorum {
                return;
            }
            leader.reads.pop_front();
            fx.because(rules::READ);
            // What is committed is applied at once here, so the state has everything up to the read index.
            fx.answer(read.id, Answer::Read { as_of: read.index.max(self.commit_index) });
        }
    }
}

impl Raft {
    /// Writes and reads go to the leader; whoever it is, as far as this server knows.
    pub(super) fn refuse_as_follower(&self, id: RequestId, fx: &mut Fx<'_>) {
        let why = match self.leader() {
            Some(leader) => {
                fx.tell("leader_is", [u64::from(leader.number()), 0, 0]);
                reason::NOT_THE_LEADER
            }
            None => reason::NO_LEADER_KNOWN,
        };
        fx.ignore(why);
        fx.answer(id, Answer::Refused(why));
    }
}
