//! What a process may ask for while it handles one event.

use super::place::{Census, Place};
use super::protocol::{Disk, Protocol, Ticket, Timer};
use super::request::{Answer, RequestId};
use super::rng::Pcg;
use super::rule::{Reason, Rule};
use super::time::Micros;

/// A thing worth telling that is neither a message nor a change of role, such as
/// `("committed", [index, term, 0])`. The id is a key of `words`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Tale {
    pub id: &'static str,
    pub numbers: [u64; 3],
}

/// One thing asked for. The world carries them out in order.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Effect<M, R> {
    Send {
        to: Place,
        message: M,
        after: Option<Ticket>,
    },
    SetTimer {
        timer: u8,
        span: Micros,
    },
    CancelTimer {
        timer: u8,
    },
    Save {
        record: R,
        ticket: Ticket,
    },
    Because(Rule),
    Ignore(Reason),
    Tell(Tale),
    Answer(RequestId, Answer),
    /// Close the connection to a peer, which sees it break; later messages open a new one.
    Close(Place),
}

/// The effects of a family.
pub type EffectOf<P> = Effect<<P as Protocol>::Message, <<P as Protocol>::Disk as Disk>::Record>;

/// The hands of a process during one event.
pub struct Effects<'a, P: Protocol> {
    /// Who I am.
    pub me: Place,
    pub census: Census,
    /// This node's settings.
    pub settings: &'a P::Settings,
    /// My own clock, which may drift. Comparable only with itself.
    pub now: Micros,
    pub(super) chance: &'a mut Pcg,
    /// Bit t is set while timer t runs.
    pub(super) running: &'a mut u32,
    pub(super) tickets: &'a mut u32,
    pub(super) out: &'a mut Vec<EffectOf<P>>,
}

impl<'a, P: Protocol> Effects<'a, P> {
    /// For harnesses outside the world, such as exhaustive exploration. `running` has bit t set while
    /// timer t runs; `tickets` counts writes of this life.
    #[allow(clippy::too_many_arguments)]
    pub fn outside(
        me: Place,
        census: Census,
        settings: &'a P::Settings,
        now: Micros,
        chance: &'a mut Pcg,
        running: &'a mut u32,
        tickets: &'a mut u32,
        out: &'a mut Vec<EffectOf<P>>,
    ) -> Self {
        Effects { me, census, settings, now, chance, running, tickets, out }
    }

    /// The other nodes, in order.
    pub fn peers(&self) -> impl Iterator<Item = Place> + use<P> {
        let me = self.me;
        self.census.nodes().filter(move |&node| node != me)
    }

    /// Strictly more than half of the configured nodes (protocols.md 0.4).
    pub fn quorum(&self) -> usize {
        self.census.quorum()
    }

    /// Uniform over `low..=high`.
    pub fn random_between(&mut self, low: Micros, high: Micros) -> Micros {
        self.chance.between(low, high)
    }

    pub fn send(&mut self, to: Place, message: P::Message) {
        self.out.push(Effect::Send { to, message, after: None });
    }

    /// The message leaves once the write is durable (protocols.md 0.2), and never if the process dies first.
    pub fn send_after(&mut self, ticket: Ticket, to: Place, message: P::Message) {
        self.out.push(Effect::Send { to, message, after: Some(ticket) });
    }

    /// To every other node.
    pub fn broadcast(&mut self, message: &P::Message) {
        for peer in self.peers() {
            self.send(peer, message.clone());
        }
    }

    /// Starts the timer, or starts it anew. `span` is measured by this node's own clock.
    pub fn set_timer(&mut self, timer: P::Timer, span: Micros) {
        *self.running |= 1 << timer.number();
        self.out.push(Effect::SetTimer { timer: timer.number(), span });
    }

    pub fn cancel_timer(&mut self, timer: P::Timer) {
        if self.is_running(timer) {
            *self.running &= !(1 << timer.number());
            self.out.push(Effect::CancelTimer { timer: timer.number() });
        }
    }

    pub fn is_running(&self, timer: P::Timer) -> bool {
        *self.running & 1 << timer.number() != 0
    }

    /// Asks for a durable change. `on_saved` is called with the ticket once it is on disk.
    pub fn save(&mut self, record: <P::Disk as Disk>::Record) -> Ticket {
        *self.tickets += 1;
        let ticket = Ticket(*self.tickets);
        self.out.push(Effect::Save { record, ticket });
        ticket
    }

    /// Names the rule that decides what follows: it is written on the event and on all later effects of it.
    pub fn because(&mut self, rule: Rule) {
        self.out.push(Effect::Because(rule));
    }

    /// Says why nothing (more) happens.
    pub fn ignore(&mut self, reason: Reason) {
        self.out.push(Effect::Ignore(reason));
    }

    /// The newest write of this life. What is sent after it leaves once everything written so far is durable.
    pub fn last_write(&self) -> Ticket {
        Ticket(*self.tickets)
    }

    pub fn tell(&mut self, id: &'static str, numbers: [u64; 3]) {
        self.out.push(Effect::Tell(Tale { id, numbers }));
    }

    pub fn answer(&mut self, id: RequestId, answer: Answer) {
        self.out.push(Effect::Answer(id, answer));
    }

    /// Closes the connection to a peer: what is in flight on it is lost, both ends see it break.
    pub fn close(&mut self, peer: Place) {
        self.out.push(Effect::Close(peer));
    }
}
