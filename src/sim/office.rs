//! Leaders at work: how taking office, the pieces of work, the store's answers and the loss of office follow
//! one another. Part of the kernel, because no election rule is involved.

use super::duty::{Clerk, Stage};
use super::event::What;
use super::kernel::Kernel;
use super::measures::Status;
use super::message::{ABSENT, Facts, Kind, Shape};
use super::place::Place;
use super::protocol::Transport;
use super::queue::Item;
use super::reign::{Reign, Role, Token};
use super::store::{Fencing, Job, StoreMessage};
use super::time::{MILLISECOND, Micros, SECOND};

/// Kinds of messages to and from the store are numbered from here.
pub const STORE_KIND: u8 = 200;

/// A leader whose token came from the store and is outdated asks for another one after this long.
const ASK_AGAIN: Micros = SECOND;

/// A leader that hears nothing from the store asks again after this long.
const RETRY: Micros = 500 * MILLISECOND;

pub const STORE_KINDS: &[Kind] = &[
    Kind { id: "store_read", fields: &["request", "token"] },
    Kind { id: "raise_fence", fields: &["request", "token", "by"] },
    Kind { id: "store_write", fields: &["request", "token", "number", "finishes", "by"] },
    Kind { id: "store_state", fields: &["request", "newest"] },
    Kind { id: "store_accepted", fields: &["request", "newest"] },
    Kind { id: "store_fenced", fields: &["request", "seen", "by"] },
];

/// The kind, shape, reign and numbers of a message of the store. A ballot is a pair: `by` is its second half.
fn describe(message: &StoreMessage) -> (u8, Shape, Option<Reign>, Facts) {
    let number = |token: Option<Token>| token.map_or(ABSENT, |token| token.number);
    let by = |token: Option<Token>| token.filter(|token| token.by > 0).map_or(ABSENT, |token| token.by.into());
    let facts = |a, b, c| [a, b, c, ABSENT, ABSENT];
    match *message {
        StoreMessage::Read { request, token } => (0, Shape::Ask, token, facts(request, number(token), by(token))),
        StoreMessage::RaiseFence { request, token } => {
            (1, Shape::Write, token, facts(request, number(token), by(token)))
        }
        StoreMessage::Write { request, token, number: what, finishes } => {
            (2, Shape::Write, token, [request, number(token), what, u64::from(finishes), by(token)])
        }
        StoreMessage::State { request, newest, granted } => (3, Shape::Reply, granted, facts(request, newest, ABSENT)),
        StoreMessage::Accepted { request, newest } => (4, Shape::Reply, None, facts(request, newest, ABSENT)),
        StoreMessage::Fenced { request, seen } => {
            (5, Shape::Refuse, Some(seen), facts(request, seen.number, by(Some(seen))))
        }
    }
}

impl Kernel {
    /// The token with which this place may act as leader now; `None` if it may not.
    fn office(&self, slot: usize) -> Option<Option<Token>> {
        let standing = &self.standings[slot];
        let leads = self.statuses[slot] != Status::Down && standing.role == Role::Leader;
        let may_write = standing.token.is_some() || !self.has_tokens;
        (leads && may_write).then_some(standing.token)
    }

    /// Its standing may have changed: it takes office, or leaves it.
    pub(super) fn mind_office(&mut self, slot: usize) {
        let place = self.census.place(slot);
        if let Some(token) = self.standings[slot].token.filter(|_| place.is_node()) {
            self.measures.note_token(self.now, place, token);
        }
        if self.work.job == Job::None || !place.is_node() {
            return;
        }
        let clerk = &self.clerks[slot];
        match self.office(slot) {
            Some(token) if clerk.stage == Stage::Idle || clerk.reign != token => self.take_office(slot, token),
            // It does not notice in the middle of a piece of work.
            None if !matches!(clerk.stage, Stage::Acting { .. }) => self.clerks[slot].stage = Stage::Idle,
            _ => {}
        }
    }

    fn take_office(&mut self, slot: usize, reign: Option<Token>) {
        let token = if self.work.clock_token { Some(Token::counted(self.local_now(slot))) } else { reign };
        let raises = self.work.raise_fence && token.is_some();
        let clerk = &mut self.clerks[slot];
        clerk.reign = reign;
        clerk.token = token;
        self.ask(slot, if raises { Stage::RaisingFence } else { Stage::Reading });
    }

    /// Enters a stage that sends a new request and waits for the answer.
    fn ask(&mut self, slot: usize, stage: Stage) {
        let clerk = &mut self.clerks[slot];
        clerk.stage = stage;
        clerk.request += 1;
        self.send_request(slot);
    }

    fn send_request(&mut self, slot: usize) {
        if let Some(message) = self.clerks[slot].message() {
            self.send_errand(self.census.place(slot), Place::Store, message);
        }
        self.move_on_at(slot, self.now + RETRY);
    }

    fn move_on_at(&mut self, slot: usize, due: Micros) {
        let clerk = &mut self.clerks[slot];
        clerk.turn += 1;
        clerk.due = due;
        self.queue.push(due, Item::Duty { slot: slot as u8, turn: clerk.turn });
    }

    /// The work that fell due during a pause goes on now.
    pub(super) fn wake_duty(&mut self, slot: usize) {
        if self.clerks.get(slot).is_some_and(|clerk| clerk.stage != Stage::Idle && clerk.due <= self.now) {
            self.move_on_at(slot, self.now);
        }
    }

    pub(super) fn is_duty_live(&self, slot: usize, turn: u32) -> bool {
        let clerk = &self.clerks[slot];
        clerk.turn == turn && self.statuses[slot] == Status::Up && clerk.stage != Stage::Idle
    }

    /// A stage is over.
    pub(super) fn duty_due(&mut self, slot: usize) {
        let place = self.census.place(slot);
        let clerk = self.clerks[slot];
        self.begin(place, What::Works { number: clerk.known, stage: clerk.stage }, None);
        match clerk.stage {
            Stage::Refused => match self.office(slot) {
                Some(token) => self.take_office(slot, token),
                None => self.clerks[slot].stage = Stage::Idle,
            },
            Stage::Ready if self.office(slot).is_none() => self.clerks[slot].stage = Stage::Idle,
            Stage::Ready => {
                let (number, finishes) = clerk.next_piece(self.work.job);
                self.clerks[slot].begun = self.now;
                self.act_on(slot, number, finishes);
            }
            Stage::Acting { number, finishes } => {
                self.ask(slot, Stage::Waiting { number, finishes });
                if self.office(slot).is_none() {
                    self.clerks[slot].stage = Stage::Idle;
                }
            }
            _ => self.send_request(slot),
        }
    }

    fn act_on(&mut self, slot: usize, number: u64, finishes: bool) {
        self.clerks[slot].stage = Stage::Acting { number, finishes };
        self.move_on_at(slot, self.now + self.work.takes);
    }

    /// An answer of the store arrives; the token that speaks against this leader, if it was refused.
    pub(super) fn answered(&mut self, slot: usize, answer: StoreMessage) -> Option<Token> {
        let clerk = self.clerks[slot];
        match answer {
            StoreMessage::Fenced { request, seen } if request == clerk.request => {
                self.clerks[slot].stage = Stage::Refused;
                if clerk.reign.is_none() && self.store.guard.grants_tokens {
                    // What the store gave it once, it may ask for again, if it still leads by then.
                    self.move_on_at(slot, self.now + ASK_AGAIN);
                }
                Some(seen)
            }
            StoreMessage::State { request, newest, granted }
                if request == clerk.request && clerk.stage == Stage::Reading =>
            {
                let clerk = &mut self.clerks[slot];
                clerk.known = newest;
                clerk.token = granted.or(clerk.token);
                clerk.stage = Stage::Ready;
                if let Some(token) = granted {
                    self.measures.note_token(self.now, self.census.place(slot), token);
                }
                self.move_on_at(slot, self.now + 1);
                None
            }
            StoreMessage::Accepted { request, .. } if request == clerk.request => {
                self.accepted(slot, clerk);
                None
            }
            _ => None,
        }
    }

    fn accepted(&mut self, slot: usize, clerk: Clerk) {
        match clerk.stage {
            Stage::RaisingFence => self.ask(slot, Stage::Reading),
            Stage::Waiting { number, finishes: false } if self.work.job == Job::Scheduler => {
                self.act_on(slot, number, true)
            }
            Stage::Waiting { number, .. } => {
                let mine = &mut self.clerks[slot];
                // It believes that nobody else writes.
                mine.known = if self.work.job == Job::Database { clerk.known + 1 } else { number };
                mine.stage = Stage::Ready;
                self.move_on_at(slot, (clerk.begun + self.work.pace).max(self.now + 1));
            }
            _ => {}
        }
    }

    // ---- messages ---------------------------------------------------------------------------------------

    fn send_errand(&mut self, from: Place, to: Place, message: StoreMessage) {
        let (kind, shape, reign, facts) = describe(&message);
        let flights = self.send(from, to, STORE_KIND + kind, shape, reign, facts, Transport::Datagram);
        for flight in flights.into_iter().flatten() {
            let index = flight as usize;
            if self.errands.len() <= index {
                self.errands.resize(index + 1, None);
            }
            self.errands[index] = Some(message);
        }
    }

    /// The content of a flight to or from the store.
    pub(super) fn take_errand(&mut self, flight: u32) -> Option<StoreMessage> {
        self.errands.get_mut(flight as usize)?.take()
    }

    /// A message arrives at the store, which answers it.
    pub(super) fn store_receives(&mut self, from: Place, message: StoreMessage) {
        let (waiting, written) = (self.store.waiting(), self.store.written);
        let answer = self.store.receive(self.now, from, message);
        self.store.annotate(written, self.step_event(), self.measures.highest_token());
        if let Some(due) = self.store.last_check_due().filter(|_| self.store.waiting() > waiting) {
            self.queue.push(due, Item::StoreApplies);
        }
        if let Some(answer) = answer {
            if let StoreMessage::Fenced { .. } = answer {
                self.because(super::rule::Rule::new('F', 2));
            } else if let StoreMessage::Write { token, .. } = message {
                // Without a comparison no rule let it pass.
                if token.is_some() && self.store.guard.fencing != Fencing::Off {
                    self.because(super::rule::Rule::new('F', 1));
                }
            } else if let StoreMessage::RaiseFence { .. } = message {
                self.because(super::rule::Rule::new('F', 4));
            }
            self.send_errand(Place::Store, from, answer);
        }
    }

    /// The store applies what it checked a while ago.
    pub(super) fn store_applies(&mut self) {
        self.begin(Place::Store, What::Applies, None);
        let written = self.store.written;
        if let Some((writer, answer)) = self.store.apply(self.now) {
            self.store.annotate(written, self.step_event(), self.measures.highest_token());
            self.send_errand(Place::Store, writer, answer);
        }
    }

    /// A process died: its work dies with it; only the count of its requests goes on.
    pub(super) fn leave_work(&mut self, slot: usize) {
        let request = self.clerks[slot].request;
        let turn = self.clerks[slot].turn + 1;
        self.clerks[slot] = Clerk { request, turn, ..Clerk::default() };
    }
}

/// Whether a message of this kind is the store's refusal of a write.
pub fn is_refusal(kind: u8) -> bool {
    kind == STORE_KIND + 5
}
