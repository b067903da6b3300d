//! Terms: the logical clock that every message carries (Raft 5.1), and stepping back to follower.

use super::disk::Record;
use super::mutants::{Mutant, mutated};
use super::role::Role;
use super::rules::{self, reason};
use super::server::{Fx, Raft, Unsaved};
use super::timer::Timer;
use crate::sim::place::Place;
use crate::sim::protocol::Ticket;
use crate::sim::request::Answer;
use crate::sim::time::Micros;

impl Raft {
    /// a higher term is adopted and written down, then the same message is handled.
    pub(super) fn move_to_term(&mut self, term: u64, fx: &mut Fx<'_>) {
        fx.because(rules::HIGHER_TERM);
        self.adopt_term(term, fx);
        self.save_vote(fx);
    }

    /// R-1 in memory only; the caller writes term and vote down together, once the vote is decided.
    pub(super) fn adopt_term(&mut self, term: u64, fx: &mut Fx<'_>) {
        self.current_term = term;
        self.voted_for = None;
        self.become_follower(None, fx);
        if mutated(fx.settings, Mutant::RestartTimerAnyway) {
            self.restart_election_timer(fx);
        }
    }

    /// Back to follower, in the present term.
    pub(super) fn become_follower(&mut self, leader: Option<Place>, fx: &mut Fx<'_>) {
        let before = std::mem::replace(&mut self.role, Role::Follower { leader });
        fx.cancel_timer(Timer::Heard);
        if let Role::Leader(office) = before {
            fx.cancel_timer(Timer::Heartbeat);
            fx.cancel_timer(Timer::QuorumCheck);
            fx.cancel_timer(Timer::Transfer);
            for write in office.writes {
                fx.answer(write.id, Answer::Refused(reason::LOST_LEADERSHIP));
            }
            for read in office.reads {
                fx.answer(read.id, Answer::Refused(reason::LOST_LEADERSHIP));
            }
            self.restart_election_timer(fx);
        } else if fx.settings.reset_on_step_down {
            self.restart_election_timer(fx);
        }
    }

    /// Drawn anew at every start (Raft 5.2). When it starts: protocols.md 1.3 (a) to (d), and never otherwise.
    pub(super) fn restart_election_timer(&self, fx: &mut Fx<'_>) {
        let (low, high) = fx.settings.election_timeout;
        let span = match fx.settings.tick {
            0 => fx.random_between(low, high),
            tick => whole_ticks(low, tick) * tick + fx.random_between(0, ticks_between(low, high, tick)) * tick,
        };
        fx.set_timer(Timer::Election, fx.settings.by_own_ticks(span, fx.now));
    }

    /// Writes term and vote down. What is sent after the ticket leaves once they are durable.
    pub(super) fn save_vote(&mut self, fx: &mut Fx<'_>) -> Ticket {
        self.unsaved.push_back(Unsaved::Vote { term: self.current_term });
        fx.save(Record::Vote { term: self.current_term, vote: self.voted_for })
    }
}

fn whole_ticks(span: Micros, tick: Micros) -> u64 {
    (span / tick).max(1)
}

fn ticks_between(low: Micros, high: Micros, tick: Micros) -> u64 {
    whole_ticks(high, tick) - whole_ticks(low, tick)
}
