//! Sessions: who was heard of when, and who is heard of no more (K-8).

use super::ensemble::Part;
use super::message::Peer;
use super::process::Hands;
use super::server::{Server, rule};
use super::timer::Timer;
use super::tree::{Operation, Origin, Outcome, SessionId, Txn};
use crate::sim::time::{MILLISECOND, Micros};

impl Server {
    /// A client of this session was heard of.
    pub(super) fn touch(&mut self, session: SessionId, fx: &mut Hands<'_>) {
        match &self.part {
            Part::Leading(_) => self.extend(session, fx),
            Part::Following { .. } if !self.heard.contains(&session) => self.heard.push(session),
            _ => {}
        }
    }

    /// The session lives until the first tick after its timeout has passed.
    pub(super) fn extend(&mut self, session: SessionId, fx: &mut Hands<'_>) {
        let Some(known) = self.disk.tree.sessions.get(&session) else { return };
        let expires = expiry(fx.now, known.timeout, fx.settings.tick_time);
        if let Part::Leading(leading) = &mut self.part {
            leading.expiry.insert(session, expires);
        }
    }

    /// A new leading server gives every session its full timeout.
    pub(super) fn extend_all(&mut self, fx: &mut Hands<'_>) {
        let tick = fx.settings.tick_time;
        if let Part::Leading(leading) = &mut self.part {
            let sessions = self.disk.tree.sessions.iter();
            leading.expiry = sessions.map(|(&id, known)| (id, expiry(fx.now, known.timeout, tick))).collect();
        }
        fx.set_timer(Timer::Expire, until_tick(fx.now, tick));
    }

    /// A tick: whoever was not heard of in time is closed, and its znodes with it.
    pub(super) fn expire(&mut self, fx: &mut Hands<'_>) {
        let tick = fx.settings.tick_time;
        let Part::Leading(leading) = &mut self.part else { return };
        fx.because(rule(8));
        fx.set_timer(Timer::Expire, until_tick(fx.now, tick));
        let now = fx.now;
        if leading.expiry.values().all(|&expires| expires > now) {
            return;
        }
        let over: Vec<SessionId> =
            leading.expiry.iter().filter(|&(_, &expires)| expires <= now).map(|(&session, _)| session).collect();
        for session in over {
            if let Part::Leading(leading) = &mut self.part {
                leading.expiry.remove(&session);
            }
            self.submit(Operation::Close { session, expired: true }, Origin::default(), fx);
        }
    }

    /// Does the session go on?
    pub(super) fn validate(&mut self, session: SessionId, origin: Origin, fx: &mut Hands<'_>) {
        match &self.part {
            Part::Leading(leading) => {
                let alive = leading.expiry.contains_key(&session);
                if alive {
                    self.comes_by(session, origin);
                    self.extend(session, fx);
                }
                if origin.server == self.me {
                    self.on_validated(session, alive, origin, fx);
                } else {
                    self.tell_peer(origin.server, Peer::Validated { session, alive, origin }, fx);
                }
            }
            Part::Following { leader, .. } => self.tell_peer(*leader, Peer::Validate { session, origin }, fx),
            _ => {}
        }
    }

    /// The session came by this server and connection now.
    fn comes_by(&mut self, session: SessionId, origin: Origin) {
        if let Part::Leading(leading) = &mut self.part {
            leading.owners.insert(session, (origin.server, origin.connection));
        }
    }

    pub(super) fn session_changed(&mut self, txn: &Txn, outcome: Outcome, fx: &mut Hands<'_>) {
        match (outcome, txn.operation) {
            (Outcome::Opened(session), _) => {
                self.extend(session, fx);
                self.comes_by(session, txn.origin);
            }
            (_, Operation::Close { session, .. }) => {
                if let Part::Leading(leading) = &mut self.part {
                    leading.expiry.remove(&session);
                    leading.owners.remove(&session);
                }
            }
            _ => {}
        }
    }
}

/// At least a millisecond: a clock that drifts would otherwise wake ever again just before the tick.
fn until_tick(now: Micros, tick: Micros) -> Micros {
    (tick - now % tick).max(MILLISECOND)
}

/// ZooKeeper's rounding: in (timeout, timeout + tick] after the last sign of life.
fn expiry(heard: Micros, timeout: Micros, tick: Micros) -> Micros {
    ((heard + timeout) / tick + 1) * tick
}
