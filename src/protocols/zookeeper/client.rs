//! The session of a client: Connected, Disconnected and Expired are three things (K-6, K-8).

use super::message::{Ask, Message, Reply};
use super::mutants::{Mutant, mutated};
use super::process::Hands;
use super::recipe::Step;
use super::server::rule;
use super::settings::SERVERS;
use super::timer::Timer;
use super::tree::{SessionId, Znode};
use crate::sim::place::Place;
use crate::sim::rule::Reason;
use crate::sim::time::{Micros, SECOND};

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Client {
    pub(super) me: u8,
    pub(super) link: Link,
    /// The session it has, as far as it knows.
    pub(super) session: Option<SessionId>,
    /// As granted.
    pub(super) timeout: Micros,
    /// The newest zxid it has seen.
    pub(super) seen: u64,
    pub(super) server: u8,
    pub(super) connection: u64,
    // The recipe.
    pub(super) step: Step,
    /// Names the create that was asked for, so that it is found again if the reply is lost.
    pub(super) guid: Option<u64>,
    pub(super) own: Option<Znode>,
    pub(super) leads: bool,
    /// Whose znode was lowest when it last looked.
    pub(super) leader: Option<u8>,
    pub(super) watches: Option<Znode>,
    #[cfg(feature = "mutants")]
    pub(super) mutants: super::mutants::Mutants,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Link {
    /// Waits a little before it tries the next server.
    Broken,
    Connecting,
    Connected,
}

impl Client {
    pub(super) fn boot(fx: &mut Hands<'_>) -> Client {
        let me = fx.me.number();
        let mut client = Client {
            me,
            link: Link::Broken,
            session: None,
            timeout: fx.settings.granted(fx.settings.session_timeout),
            seen: 0,
            server: (me - 1) % SERVERS + 1,
            connection: 0,
            step: Step::Idle,
            guid: None,
            own: None,
            leads: false,
            leader: None,
            watches: None,
            #[cfg(feature = "mutants")]
            mutants: fx.settings.mutants,
        };
        client.connect(fx);
        client
    }

    /// What the store should compare: the zxid that created the own znode (6.3).
    #[cfg(not(feature = "mutants"))]
    pub(super) fn token_of(&self, own: &Znode) -> u64 {
        own.czxid
    }

    #[cfg(feature = "mutants")]
    pub(super) fn token_of(&self, own: &Znode) -> u64 {
        match () {
            () if self.mutants.has(Mutant::SuffixToken) => u64::from(own.sequence) + 1,
            () if self.mutants.has(Mutant::SessionToken) => own.owner,
            () => own.czxid,
        }
    }

    pub fn is_connected(&self) -> bool {
        self.link == Link::Connected
    }

    /// The server that it is connected to, or tries.
    pub fn server(&self) -> Place {
        Place::Server(self.server)
    }

    /// The znode that it takes for its own.
    pub fn own(&self) -> Option<Znode> {
        self.own
    }

    /// The number of the znode whose end it waits for: its watch is set.
    pub fn waits_for(&self) -> Option<u32> {
        match self.step {
            Step::Waiting(sequence) => Some(sequence),
            _ => None,
        }
    }

    fn connect(&mut self, fx: &mut Hands<'_>) {
        self.connection = (self.connection + 1).max(fx.now);
        self.link = Link::Connecting;
        fx.set_timer(Timer::Connect, self.timeout / Micros::from(SERVERS));
        let timeout = fx.settings.session_timeout;
        self.send(Ask::Connect { session: self.session, seen: self.seen, timeout }, fx);
    }

    /// Sends on the present connection; pings are only needed when nothing else is sent.
    pub(super) fn send(&self, ask: Ask, fx: &mut Hands<'_>) {
        if self.link == Link::Connected {
            fx.set_timer(Timer::Ping, (self.timeout / 3).min(10 * SECOND));
        }
        fx.send(Place::Server(self.server), Message::Ask { connection: self.connection, ask });
    }

    pub(super) fn on_reply(&mut self, from: u8, connection: u64, zxid: u64, reply: Reply, fx: &mut Hands<'_>) {
        if from != self.server || connection != self.connection || self.link == Link::Broken {
            return fx.ignore(Reason("connection_closed_before"));
        }
        self.seen = self.seen.max(zxid);
        if self.link == Link::Connected {
            fx.set_timer(Timer::Read, self.timeout * 2 / 3);
        }
        match reply {
            Reply::Connected { session, timeout } => self.on_connected(session, timeout, fx),
            Reply::Expired => self.on_expired(fx),
            Reply::Refused | Reply::Closed => self.disconnected(fx),
            Reply::Created { znode } => self.on_created(znode, fx),
            Reply::Children { znodes } => self.on_children(znodes, fx),
            Reply::Watching { sequence, exists } => self.on_watching(sequence, exists, fx),
            Reply::Deleted { sequence } => self.on_deleted(sequence, fx),
            Reply::Event { sequence } => self.on_event(sequence, fx),
            Reply::Synced => self.on_synced(fx),
            Reply::Pong => {}
        }
    }

    fn on_connected(&mut self, session: SessionId, timeout: Micros, fx: &mut Hands<'_>) {
        fx.cancel_timer(Timer::Connect);
        fx.cancel_timer(Timer::GiveUp);
        self.link = Link::Connected;
        let same = self.session == Some(session);
        self.session = Some(session);
        if timeout > 0 {
            self.timeout = timeout;
        }
        fx.set_timer(Timer::Read, self.timeout * 2 / 3);
        fx.set_timer(Timer::Ping, (self.timeout / 3).min(10 * SECOND));
        fx.tell(if same { "reconnected" } else { "session_opened" }, [session, self.server.into(), 0]);
        self.enter(same, fx);
    }

    /// Nothing was heard for two thirds of the timeout, or the connection broke. The session may still live: only
    /// the service knows (K-6).
    pub(super) fn disconnected(&mut self, fx: &mut Hands<'_>) {
        if self.link == Link::Connected {
            fx.because(rule(6));
            fx.tell("disconnected", [self.server.into(), 0, 0]);
            if fx.settings.give_up_alone && self.session.is_some() {
                fx.set_timer(Timer::GiveUp, self.timeout * 2 / 3);
            }
            if !fx.settings.lead_until_lost && !mutated(fx.settings, Mutant::IgnoreDisconnect) {
                self.stop_leading(Reason("no_connection"), fx);
            }
        }
        if self.link != Link::Broken {
            self.send(Ask::Bye, fx);
        }
        self.link = Link::Broken;
        fx.cancel_timer(Timer::Ping);
        fx.cancel_timer(Timer::Read);
        let longest = SECOND.min(self.timeout / 4);
        let wait = fx.random_between(1, longest);
        fx.set_timer(Timer::Connect, wait);
    }

    /// The next server, after a pause or because the last one did not answer.
    pub(super) fn try_next(&mut self, fx: &mut Hands<'_>) {
        if self.link == Link::Connecting {
            self.send(Ask::Bye, fx);
        }
        self.server = self.server % SERVERS + 1;
        self.connect(fx);
    }

    /// The service says that the session is over; its znode went with it (K-8).
    pub(super) fn on_expired(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(8));
        fx.tell("lost_session", [self.session.unwrap_or(0), 0, 0]);
        self.session_over(fx);
        self.connect(fx);
    }

    /// Newer clients know by themselves when no service could have kept the session.
    pub(super) fn give_up_session(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(6));
        fx.tell("gave_up_session", [self.session.unwrap_or(0), 0, 0]);
        self.session_over(fx);
        self.connect(fx);
    }

    fn session_over(&mut self, fx: &mut Hands<'_>) {
        self.session = None;
        self.link = Link::Broken;
        for timer in [Timer::Ping, Timer::Read, Timer::GiveUp] {
            fx.cancel_timer(timer);
        }
        self.stop_leading(Reason("session_over"), fx);
        if !mutated(fx.settings, Mutant::NoOwnerTest) {
            self.own = None;
        }
        self.guid = None;
        self.watches = None;
        if self.step != Step::Resigned {
            self.step = Step::Idle;
        }
    }

    pub(super) fn ping(&mut self, fx: &mut Hands<'_>) {
        self.send(Ask::Ping, fx);
    }

    pub(super) fn server_down(&mut self, server: u8, fx: &mut Hands<'_>) {
        if server == self.server && self.link != Link::Broken {
            self.disconnected(fx);
        }
    }
}
