//! CheckQuorum: a leader that a quorum does not answer steps down (thesis 6.2, etcd).

use super::role::Role;
use super::rules::{self, reason};
use super::server::{Fx, Raft};
use super::timer::Timer;

impl Raft {
    /// once per minimum election timeout. The term is kept, as etcd keeps it.
    pub(super) fn on_quorum_check(&mut self, fx: &mut Fx<'_>) {
        let me = self.me;
        let Role::Leader(leader) = &mut self.role else { return fx.ignore(reason::NOT_LEADING_ANY_MORE) };
        fx.because(rules::CHECK_QUORUM);
        let mut heard = std::mem::take(&mut leader.heard);
        heard.insert(me);
        if heard.count() >= fx.quorum() {
            fx.set_timer(Timer::QuorumCheck, fx.settings.minimum_election_timeout());
            return fx.ignore(reason::QUORUM_HEARD);
        }
        fx.tell("quorum_lost", [heard.count() as u64, fx.quorum() as u64, 0]);
        self.become_follower(None, fx);
    }
}
