//! One Raft server: its state (Raft figure 2), and which rule answers what.

use super::disk::{self, Disk};
use super::log::Log;
use super::message::Message;
use super::mutants::{Mutant, mutated};
use super::properties::RaftPromises;
use super::role::Role;
use super::rules::{self, reason};
use super::settings::Settings;
use super::timer::Timer;
use crate::sim::datum::Datum;
use crate::sim::effects::Effects;
use crate::sim::inspection::Inspection;
use crate::sim::place::{Census, Place};
use crate::sim::protocol::{Protocol, Ticket};
use crate::sim::reign::{Reign, Role as Belief, Standing};
use crate::sim::request::{Order, Request, RequestId};
use std::collections::VecDeque;

pub(super) type Fx<'a> = Effects<'a, Raft>;

/// A write to disk that was asked for and is not durable yet.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Unsaved {
    /// Term and vote.
    Vote { term: u64 },
    /// The log up to this index, as far as it is still part of the log.
    Log { up_to: u64 },
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Raft {
    pub me: Place,
    pub census: Census,
    pub current_term: u64,
    pub voted_for: Option<Place>,
    pub log: Log,
    pub commit_index: u64,
    pub role: Role,
    /// The log up to here is on this server's disk.
    pub(super) saved_index: u64,
    /// Oldest first; the disk finishes them in this order.
    pub(super) unsaved: VecDeque<Unsaved>,
}

impl Raft {
    pub fn leads(&self) -> bool {
        matches!(self.role, Role::Leader(_))
    }

    pub fn leader(&self) -> Option<Place> {
        match self.role {
            Role::Follower { leader } => leader,
            Role::Leader(_) => Some(self.me),
            Role::PreCandidate { .. } | Role::Candidate { .. } => None,
        }
    }

    /// Whether everything this server remembers of its term, vote and log is on its disk.
    pub fn has_saved_all(&self) -> bool {
        self.unsaved.is_empty()
    }

    /// R-14's other half: the leader's own term is committed, so its commit index is up to date.
    pub fn own_term_is_committed(&self) -> bool {
        matches!(&self.role, Role::Leader(leader) if self.commit_index >= leader.first_index)
    }
}

impl Protocol for Raft {
    type Settings = Settings;
    type Message = Message;
    type Timer = Timer;
    type Disk = Disk;
    type Promises = RaftPromises;

    fn seed_disk(disk: &mut Disk, census: Census, _me: Place, field: &str, value: &Datum) -> Result<(), String> {
        disk::seed(disk, census, field, value)
    }

    fn boot(disk: &Disk, fx: &mut Fx<'_>) -> Raft {
        let raft = Raft {
            me: fx.me,
            census: fx.census,
            current_term: disk.term,
            voted_for: disk.vote,
            log: disk.log.clone(),
            commit_index: 0,
            role: Role::Follower { leader: None },
            saved_index: disk.log.last_index(),
            unsaved: VecDeque::new(),
        };
        raft.restart_election_timer(fx);
        raft
    }

    fn on_message(&mut self, from: Place, message: Message, fx: &mut Fx<'_>) {
        if self.leads() && message.term() > self.current_term && mutated(fx.settings, Mutant::ClingToOffice) {
            return fx.ignore(reason::LEADS_ALREADY);
        }
        match message {
            Message::Append(append) => self.on_append(from, append, fx),
            Message::AppendReply(reply) => self.on_append_reply(from, reply, fx),
            Message::VoteRequest(ballot) => self.on_vote_request(from, ballot, fx),
            Message::Vote { term, granted } => self.on_vote(from, term, granted, fx),
            Message::PreVoteRequest(ballot) => self.on_pre_vote_request(from, ballot, fx),
            Message::PreVote { term, granted } => self.on_pre_vote(from, term, granted, fx),
            Message::TimeoutNow { term } => self.on_timeout_now(term, fx),
        }
    }

    fn on_timer(&mut self, timer: Timer, fx: &mut Fx<'_>) {
        match timer {
            Timer::Election => self.on_election_timeout(fx),
            Timer::Heartbeat => self.on_heartbeat_due(fx),
            Timer::Heard => fx.ignore(reason::NO_LONGER_HEARD),
            Timer::QuorumCheck => self.on_quorum_check(fx),
            Timer::Transfer => self.on_transfer_deadline(fx),
        }
    }

    fn on_saved(&mut self, _ticket: Ticket, fx: &mut Fx<'_>) {
        match self.unsaved.pop_front() {
            Some(Unsaved::Vote { term }) => self.on_own_vote_saved(term, fx),
            Some(Unsaved::Log { up_to }) => self.on_own_log_saved(up_to, fx),
            None => {}
        }
    }

    fn on_request(&mut self, id: RequestId, request: Request, fx: &mut Fx<'_>) {
        match request {
            Request::Write(word) => self.on_write(id, word, fx),
            Request::Read(_) => self.on_read(id, fx),
        }
    }

    fn on_order(&mut self, order: Order, fx: &mut Fx<'_>) {
        match order {
            Order::TimeOutNow => self.on_election_timeout(fx),
            Order::Transfer(target) => self.on_transfer_order(target, fx),
            Order::Resign => self.on_resign(fx),
            Order::ForgetLeader => self.on_forget_leader(fx),
            Order::Fenced(token) => self.on_fenced(token, fx),
            Order::Retuned => self.on_retuned(fx),
        }
    }

    fn standing(&self) -> Standing {
        let (role, title) = match self.role {
            Role::Follower { .. } => (Belief::Follower, "follower"),
            Role::PreCandidate { .. } => (Belief::Candidate, "pre_candidate"),
            Role::Candidate { .. } => (Belief::Candidate, "candidate"),
            Role::Leader(_) => (Belief::Leader, "leader"),
        };
        let reign = Reign::counted(self.current_term);
        let token = self.own_term_is_committed().then_some(reign);
        Standing { role, title, reign: Some(reign), follows: self.leader(), token }
    }

    fn inspect(&self, disk: &Disk, page: &mut Inspection) {
        super::inspect::process(self, disk, page);
    }

    fn inspect_disk(disk: &Disk, page: &mut Inspection) {
        super::inspect::disk(disk, page);
    }
}

impl Raft {
    /// R-6b: the own vote counts from here.
    fn on_own_vote_saved(&mut self, term: u64, fx: &mut Fx<'_>) {
        let me = self.me;
        if term != self.current_term || self.voted_for != Some(me) {
            return;
        }
        if let Role::Candidate { votes } = &mut self.role {
            let answered = votes.granted.count() + votes.refused.count();
            votes.granted.insert(me);
            if answered == 0 && fx.quorum() > 1 && !mutated(fx.settings, Mutant::Plurality) {
                // Nobody has answered yet: nothing to count.
                return;
            }
            fx.because(rules::OWN_VOTE_DURABLE);
            self.count_votes(fx);
        }
    }

    /// A leader's own copy counts from here (protocols.md 0.2).
    fn on_own_log_saved(&mut self, up_to: u64, fx: &mut Fx<'_>) {
        self.saved_index = self.saved_index.max(up_to);
        let (me, saved) = (self.me, self.saved_index);
        if let Role::Leader(leader) = &mut self.role {
            leader.progress[super::role::seat(me)].matched = saved;
            self.advance_commit(fx);
        }
    }
}
