//! A candidate: looks, takes, renews, gives up (L-1 to L-7).

use super::disk::Lease;
use super::message::Message;
use super::mutants::{Mutant, mutated};
use super::process::{Hands, Timer, rule};
use crate::sim::place::Place;
use crate::sim::rule::Reason;
use crate::sim::time::Micros;

const SERVICE: Place = Place::Server(1);

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Candidate {
    pub(super) me: u8,
    /// The number of the newest thing asked; answers to older ones are void.
    pub(super) ask: u64,
    /// The newest record seen, and when it was first seen, by the own clock.
    pub(super) seen: Option<(Lease, Micros)>,
    /// What it asked for, and when it asked.
    pub(super) pending: Option<Micros>,
    pub(super) leads: bool,
    pub(super) resigning: bool,
    /// Its place in the count of holders goes with its writes.
    pub(super) shows_sequencer: bool,
}

impl Candidate {
    pub(super) fn boot(fx: &mut Hands<'_>) -> Candidate {
        let ask = fx.now;
        let mut candidate = Candidate {
            me: fx.me.number(),
            ask,
            seen: None,
            pending: None,
            leads: false,
            resigning: false,
            shows_sequencer: fx.settings.sequencer,
        };
        candidate.look(fx);
        candidate
    }

    /// Time to look, or to renew (L-1).
    pub(super) fn look(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(1));
        self.ask += 1;
        self.resigning = false;
        let retry = fx.settings.retry_period;
        let wait = if self.leads { retry } else { fx.random_between(retry, retry + retry * fx.settings.jitter / 100) };
        fx.set_timer(Timer::Poll, wait);
        match self.seen {
            Some((lease, _)) if self.leads => self.renew(lease, fx),
            _ => fx.send(SERVICE, Message::Get { ask: self.ask }),
        }
    }

    /// A holder renews before anybody may think that it is gone (L-4).
    fn renew(&mut self, lease: Lease, fx: &mut Hands<'_>) {
        fx.because(rule(4));
        self.pending = Some(fx.now);
        fx.send(SERVICE, Message::Put { ask: self.ask, lease: Lease { version: lease.version + 1, ..lease } });
    }

    pub(super) fn on_message(&mut self, message: Message, fx: &mut Hands<'_>) {
        match message {
            Message::Record { ask, lease } => {
                self.note(lease, fx);
                if ask == self.ask && !self.leads && !self.resigning {
                    self.take_if_free(lease, fx);
                }
            }
            Message::Done { ask, lease } => self.on_done(ask, lease, fx),
            Message::Conflict { ask, lease } => self.on_conflict(ask, lease, fx),
            _ => fx.ignore(Reason("not_asked_for")),
        }
    }

    /// Not what the record says counts, but when its change was seen, by the own clock (L-2).
    fn note(&mut self, lease: Lease, fx: &mut Hands<'_>) {
        fx.because(rule(2));
        let newer = self.seen.is_none_or(|(known, _)| lease.version > known.version);
        if newer || self.seen.is_none() {
            self.seen = Some((lease, fx.now));
        }
    }

    /// Nobody holds it, or nobody renewed it for its whole duration: write the own name (L-3, L-7).
    fn take_if_free(&mut self, lease: Lease, fx: &mut Hands<'_>) {
        let Some((known, since)) = self.seen else { return };
        let patience = fx.settings.lease_duration + fx.settings.lock_delay;
        let held = known.holder != 0 && known.holder != self.me;
        if held && fx.now < since + patience && !mutated(fx.settings, Mutant::TakeWhatIsHeld) {
            let late = fx.now >= since + fx.settings.lease_duration;
            fx.because(if late { rule(7) } else { rule(2) });
            return fx.ignore(Reason(if late { "lock_delay" } else { "lease_is_held" }));
        }
        if known.version != lease.version {
            return fx.ignore(Reason("older_record"));
        }
        fx.because(rule(3));
        self.ask += 1;
        self.pending = Some(fx.now);
        let taken = Lease { version: lease.version + 1, holder: self.me, transitions: lease.transitions + 1 };
        fx.send(SERVICE, Message::Put { ask: self.ask, lease: taken });
    }

    fn on_done(&mut self, ask: u64, lease: Lease, fx: &mut Hands<'_>) {
        self.note(lease, fx);
        if ask != self.ask {
            return fx.ignore(Reason("old_answer"));
        }
        let asked_at = self.pending.take();
        let asked_at = if mutated(fx.settings, Mutant::CountFromTheAnswer) { Some(fx.now) } else { asked_at };
        if lease.holder != self.me {
            self.resigning = false;
            return;
        }
        // Counted from the asking: the service may have written it any time since.
        let Some(left) = asked_at.and_then(|at| (at + fx.settings.renew_deadline).checked_sub(fx.now)) else {
            return fx.ignore(Reason("answered_too_late"));
        };
        fx.because(if self.leads { rule(4) } else { rule(3) });
        fx.set_timer(Timer::Deadline, left.max(1));
        if !self.leads {
            self.leads = true;
            fx.set_timer(Timer::Poll, fx.settings.retry_period);
            fx.tell("took_lease", [lease.transitions, 0, 0]);
        }
    }

    fn on_conflict(&mut self, ask: u64, lease: Lease, fx: &mut Hands<'_>) {
        self.note(lease, fx);
        if ask != self.ask {
            return fx.ignore(Reason("old_answer"));
        }
        self.pending = None;
        self.resigning = false;
        if self.leads && lease.holder != self.me {
            fx.because(rule(5));
            self.stop(Reason("another_holds_it"), fx);
        }
    }

    /// It could not renew in time: whoever waits may take the lease soon, so stop before (L-5).
    pub(super) fn deadline(&mut self, fx: &mut Hands<'_>) {
        if mutated(fx.settings, Mutant::NeverGiveUp) {
            return;
        }
        fx.because(rule(5));
        self.stop(Reason("not_renewed_in_time"), fx);
    }

    fn stop(&mut self, why: Reason, fx: &mut Hands<'_>) {
        if !self.leads {
            return;
        }
        self.leads = false;
        fx.cancel_timer(Timer::Deadline);
        fx.tell("lost_lease", [0; 3]);
        fx.ignore(why);
    }

    /// Clears the record, so that others need not wait (L-6).
    pub(super) fn resign(&mut self, fx: &mut Hands<'_>) {
        if !self.leads {
            return fx.ignore(Reason("holds_no_lease"));
        }
        fx.because(rule(6));
        self.stop(Reason("ordered_to"), fx);
        let Some((lease, _)) = self.seen.filter(|_| fx.settings.release) else { return };
        self.resigning = true;
        self.ask += 1;
        // It stands back for a while, or it would take the lease again at once.
        fx.set_timer(Timer::Poll, 2 * fx.settings.lease_duration);
        let cleared = Lease { version: lease.version + 1, holder: 0, ..lease };
        fx.send(SERVICE, Message::Put { ask: self.ask, lease: cleared });
    }
}
