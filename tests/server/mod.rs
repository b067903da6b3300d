//! One Raft server on a workbench: it is handed messages, and what it asks for is written down. Its disk is instant
//! unless it is told to lag.
#![allow(dead_code)]

use conclave::protocols::raft::{
    Append, AppendReply, Ballot, Command, Disk, Entry, Log, Message, Raft, Record, Settings, Timer,
};
use conclave::sim::effects::{Effect, Effects};
use conclave::sim::place::{Census, Place};
use conclave::sim::protocol::{Disk as _, Protocol, Ticket, Timer as _};
use conclave::sim::request::{Answer, Order, Request, RequestId};
use conclave::sim::rng::Pcg;
use std::collections::VecDeque;

pub fn n(number: u8) -> Place {
    Place::Node(number)
}

/// Entries of these terms.
pub fn entries(terms: &[u64]) -> Vec<Entry> {
    terms.iter().map(|&term| Entry { term, command: Command::Noop }).collect()
}

pub fn disk(term: u64, vote: Option<u8>, terms: &[u64]) -> Disk {
    Disk { term, vote: vote.map(n), log: Log::of(entries(terms)) }
}

pub struct Server {
    pub raft: Raft,
    pub disk: Disk,
    pub settings: Settings,
    me: Place,
    census: Census,
    chance: Pcg,
    running: u32,
    tickets: u32,
    lags: bool,
    writes: VecDeque<(Ticket, Record)>,
    held: Vec<(Ticket, Place, Message)>,
    /// What left, oldest first.
    pub sent: Vec<(Place, Message)>,
    /// How often the election timer was started, and its last span.
    pub election_timer_starts: u32,
    pub election_timeout: u64,
    pub answers: Vec<(RequestId, Answer)>,
    pub reasons: Vec<&'static str>,
}

impl Server {
    /// Server 1 of this many.
    pub fn new(nodes: u8, settings: Settings, disk: Disk) -> Server {
        Server::numbered(1, nodes, settings, disk)
    }

    pub fn numbered(me: u8, nodes: u8, settings: Settings, disk: Disk) -> Server {
        let me = n(me);
        let census = Census { nodes, servers: 0 };
        let (mut chance, mut running, mut tickets, mut out) = (Pcg::new(7, 1), 0, 0, Vec::new());
        let mut fx = Effects::outside(me, census, &settings, 0, &mut chance, &mut running, &mut tickets, &mut out);
        let raft = Raft::boot(&disk, &mut fx);
        let mut server = Server {
            raft,
            disk,
            settings,
            me,
            census,
            chance,
            running,
            tickets,
            lags: false,
            writes: VecDeque::new(),
            held: Vec::new(),
            sent: Vec::new(),
            election_timer_starts: 0,
            election_timeout: 0,
            answers: Vec::new(),
            reasons: Vec::new(),
        };
        server.carry_out(out);
        server.election_timer_starts = 0;
        server
    }

    /// From now on writes wait for [`Server::disk_finishes`].
    pub fn let_disk_lag(&mut self) -> &mut Server {
        self.lags = true;
        self
    }

    pub fn disk_finishes(&mut self) -> &mut Server {
        while let Some((ticket, record)) = self.writes.pop_front() {
            self.saved(ticket, &record);
        }
        self
    }

    fn saved(&mut self, ticket: Ticket, record: &Record) {
        self.disk.apply(record);
        let free = |(held, _, _): &(Ticket, Place, Message)| *held <= ticket;
        let (now, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.held).into_iter().partition(free);
        self.held = later;
        self.sent.extend(now.into_iter().map(|(_, to, message)| (to, message)));
        self.tell(|raft, fx| raft.on_saved(ticket, fx));
    }

    fn tell(&mut self, handle: impl FnOnce(&mut Raft, &mut Effects<'_, Raft>)) {
        let mut out = Vec::new();
        let mut fx = Effects::outside(
            self.me,
            self.census,
            &self.settings,
            0,
            &mut self.chance,
            &mut self.running,
            &mut self.tickets,
            &mut out,
        );
        handle(&mut self.raft, &mut fx);
        self.carry_out(out);
    }

    fn carry_out(&mut self, effects: Vec<Effect<Message, Record>>) {
        let mut instant = Vec::new();
        for effect in effects {
            match effect {
                Effect::Send { to, message, after } => match after {
                    Some(ticket) if self.writes.back().is_some_and(|(newest, _)| *newest >= ticket) => {
                        self.held.push((ticket, to, message));
                    }
                    _ => self.sent.push((to, message)),
                },
                Effect::SetTimer { timer, span } if timer == Timer::Election.number() => {
                    self.election_timer_starts += 1;
                    self.election_timeout = span;
                }
                Effect::Save { record, ticket } if self.lags => self.writes.push_back((ticket, record)),
                Effect::Save { record, ticket } => instant.push((ticket, record)),
                Effect::Answer(id, answer) => self.answers.push((id, answer)),
                Effect::Ignore(reason) => self.reasons.push(reason.0),
                _ => {}
            }
        }
        for (ticket, record) in instant {
            self.saved(ticket, &record);
        }
    }

    // ---- telling it things ------------------------------------------------------------------------------

    pub fn hears(&mut self, from: u8, message: Message) -> &mut Server {
        self.tell(|raft, fx| raft.on_message(n(from), message, fx));
        self
    }

    pub fn timer(&mut self, timer: Timer) -> &mut Server {
        self.running &= !(1 << timer.number());
        self.tell(|raft, fx| raft.on_timer(timer, fx));
        self
    }

    pub fn order(&mut self, order: Order) -> &mut Server {
        self.tell(|raft, fx| raft.on_order(order, fx));
        self
    }

    pub fn request(&mut self, id: RequestId, request: Request) -> &mut Server {
        self.tell(|raft, fx| raft.on_request(id, request, fx));
        self
    }

    /// Its election timer runs out.
    pub fn hup(&mut self) -> &mut Server {
        self.timer(Timer::Election)
    }

    /// Becomes candidate and is elected by server 2 (and 3, of five).
    pub fn lead(&mut self) -> &mut Server {
        self.hup();
        let term = self.raft.current_term;
        for voter in 2..=self.census.quorum() as u8 {
            self.hears(voter, vote(term, true));
        }
        assert!(self.raft.leads());
        self
    }

    pub fn is_running(&self, timer: Timer) -> bool {
        self.running & 1 << timer.number() != 0
    }

    /// What was sent since the last look.
    pub fn take_sent(&mut self) -> Vec<(Place, Message)> {
        std::mem::take(&mut self.sent)
    }

    /// The one message that was sent since the last look, and to whom.
    #[track_caller]
    pub fn only_sent(&mut self) -> (Place, Message) {
        let sent = self.take_sent();
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent[0].clone()
    }
}

pub fn vote(term: u64, granted: bool) -> Message {
    Message::Vote { term, granted }
}

pub fn pre_vote(term: u64, granted: bool) -> Message {
    Message::PreVote { term, granted }
}

pub fn ballot(term: u64, last_term: u64, last_index: u64) -> Ballot {
    Ballot { term, last_index, last_term, force: false }
}

pub fn vote_request(term: u64, last_term: u64, last_index: u64) -> Message {
    Message::VoteRequest(ballot(term, last_term, last_index))
}

pub fn pre_vote_request(term: u64, last_term: u64, last_index: u64) -> Message {
    Message::PreVoteRequest(ballot(term, last_term, last_index))
}

/// Entries of these terms after (`prev_term`, `prev_index`).
pub fn append(term: u64, prev: (u64, u64), terms: &[u64], commit: u64) -> Message {
    let (prev_term, prev_index) = prev;
    Message::Append(Append { term, prev_index, prev_term, entries: entries(terms), commit, round: 0 })
}

pub fn heartbeat(term: u64) -> Message {
    append(term, (0, 0), &[], 0)
}

pub fn acked(term: u64, index: u64) -> Message {
    Message::AppendReply(AppendReply { term, success: true, index, hint_term: 0, round: 0 })
}
