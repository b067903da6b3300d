//! The store that every leader wants to write to, and the only judge of tokens (protocols.md, section 6).
//! It knows no election: it sees writes, tokens, and the order in which they arrive.

use super::event::EventId;
use super::place::Place;
use super::reign::Token;
use super::settings::{Field, FieldKind, Settings, Value};
use super::time::{MILLISECOND, Micros};
use std::collections::VecDeque;

/// How the store guards itself. The last three are broken on purpose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Fencing {
    /// Every write is accepted.
    Off,
    /// F-1 and F-2: a token older than the highest seen is refused.
    #[default]
    On,
    /// The highest token is kept in memory only (M-F1).
    InMemory,
    /// An equal token is refused too (M-F2).
    Strict,
    /// The store first checks, and applies the write later (M-F3).
    CheckThenApply,
    /// The fence is raised on one resource, the writes go to another, which never hears of it (M-F7).
    #[cfg(feature = "mutants")]
    RaisedElsewhere,
}

pub const FENCINGS: &[&str] = &[
    "off",
    "on",
    "in_memory",
    "strict",
    "check_then_apply",
    #[cfg(feature = "mutants")]
    "raised_elsewhere",
];
const FENCING_VALUES: &[Fencing] = &[
    Fencing::Off,
    Fencing::On,
    Fencing::InMemory,
    Fencing::Strict,
    Fencing::CheckThenApply,
    #[cfg(feature = "mutants")]
    Fencing::RaisedElsewhere,
];

/// Settings of the store.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Guard {
    pub fencing: Fencing,
    /// The store itself hands out tokens to whoever takes office: then storage is the real election.
    pub grants_tokens: bool,
}

impl Settings for Guard {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "fencing", kind: FieldKind::Choice(FENCINGS) },
        Field { key: 1, id: "grants_tokens", kind: FieldKind::Switch },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] = &[("fenced", Guard::default)];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Choice(self.fencing as u8),
            _ => Value::Switch(self.grants_tokens),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Choice(choice)) => self.fencing = FENCING_VALUES[usize::from(choice) % FENCING_VALUES.len()],
            (1, Value::Switch(on)) => self.grants_tokens = on,
            _ => {}
        }
    }
}

/// What the work of a leader is about; the store keeps its books accordingly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Job {
    /// Leaders do nothing with their office.
    #[default]
    None,
    /// The primary of a database: reads a row, changes it, writes it back.
    Database,
    /// The one scheduler: every job should run once.
    Scheduler,
    /// The leader of a log partition: appends at the next offset.
    Partition,
}

impl Job {
    /// In the order of [`JOBS`].
    pub const ALL: [Job; 4] = [Job::None, Job::Database, Job::Scheduler, Job::Partition];
}

pub const JOBS: &[&str] = &["none", "database", "scheduler", "partition"];

/// A message between a leader and the store. `request` is the same in a retry.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StoreMessage {
    /// Tell me where the books stand.
    Read {
        request: u64,
        token: Option<Token>,
    },
    /// Refuse older tokens from now on; carries no data (F-4).
    RaiseFence {
        request: u64,
        token: Option<Token>,
    },
    /// `number` is the row version read, the job, or the offset that the writer goes by.
    Write {
        request: u64,
        token: Option<Token>,
        number: u64,
        finishes: bool,
    },
    /// Where the books stand: the newest version, job, or offset.
    State {
        request: u64,
        newest: u64,
        granted: Option<Token>,
    },
    Accepted {
        request: u64,
        newest: u64,
    },
    /// Refused: this higher token has been seen.
    Fenced {
        request: u64,
        seen: Token,
    },
}

/// What became of a write.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Outcome {
    Accepted,
    /// A retry of a write that was accepted before: nothing is done twice.
    Repeated,
    /// Refused for its token.
    Refused,
    /// Accepted although a newer token had been accepted before.
    Stale,
    /// Accepted, and it destroyed what another leader had written.
    Overwrote,
}

/// One line of the ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    pub at: Micros,
    pub writer: Place,
    pub token: Option<Token>,
    /// The row's version, the job, or the offset.
    pub number: u64,
    /// Jobs: false when it starts, true when it is done.
    pub finishes: bool,
    pub outcome: Outcome,
    /// Whose work it destroyed or doubled.
    pub victim: Option<Victim>,
    /// What speaks against it: the higher token that refused it, that it came behind, or that a leader had already
    /// been given although the store had not seen it yet (F-5, which is legal).
    pub newer: Option<Token>,
    /// The event of its arrival.
    pub event: EventId,
}

/// The work that a write destroyed or doubled: who had done it, when, and under which number it had been sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Victim {
    pub writer: Place,
    pub at: Micros,
    pub number: u64,
}

/// What was counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Damage {
    pub accepted: u64,
    pub refused: u64,
    /// Writes accepted with an older token than one accepted before, or that destroyed another leader's work.
    pub corrupted: u64,
    /// Of these: accepted with an older token.
    pub stale: u64,
    /// Databases: an update based on a version that another leader had updated already.
    pub lost_updates: u64,
    /// Schedulers: jobs started by two leaders.
    pub double_runs: u64,
    /// Schedulers: jobs that nobody ran although later ones ran.
    pub missed_runs: u64,
    /// Schedulers: jobs started and never finished although later ones were.
    pub half_runs: u64,
    /// Partitions: offsets at which two leaders wrote different records.
    pub diverged: u64,
}

/// How many rows of the ledger and how many jobs are remembered.
const REMEMBERED: usize = 256;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Run {
    number: u64,
    writer: Place,
    at: Micros,
    done: bool,
}

impl Run {
    fn victim(self) -> Victim {
        Victim { writer: self.writer, at: self.at, number: self.number }
    }
}

/// How long a store that checks first takes to apply a write (M-F3).
const SLOW_HAND: Micros = 400 * MILLISECOND;
const QUICK_HAND: Micros = 5 * MILLISECOND;

/// The store's state and its books.
#[derive(Clone, Debug, Default)]
pub struct Store {
    pub guard: Guard,
    pub job: Job,
    /// Highest token seen, as the store knows it.
    pub highest: Option<Token>,
    pub rows: VecDeque<Row>,
    /// How many rows there ever were; the ledger keeps the last of them.
    pub written: u64,
    pub damage: Damage,
    /// The last row that did damage.
    pub worst: Option<Row>,
    /// Every token that was ever seen, and when it was first. Grows with reigns only.
    pub tokens: Vec<(Micros, Token)>,
    /// The newest version, job or offset.
    newest: u64,
    /// What only the world knows: the highest token ever accepted, whatever the store remembers.
    accepted_highest: Option<Token>,
    answered: VecDeque<(Place, u64)>,
    runs: VecDeque<Run>,
    /// Writes that were checked and not applied yet: when each is due, its request, its row.
    checked: Vec<(Micros, u64, Row)>,
    checks: u64,
    /// The last token granted to each writer, and the request that asked for it: asked again, it gets the same.
    grants: Vec<(Place, u64, Token)>,
    granted: u64,
    /// True once a write was accepted behind a newer token.
    pub went_back: Option<(Place, Token, Token)>,
}

impl Store {
    pub fn new(guard: Guard, job: Job) -> Store {
        Store { guard, job, ..Store::default() }
    }

    /// A crash: what was only in memory is gone.
    pub fn crash(&mut self) {
        self.checked.clear();
        if self.guard.fencing == Fencing::InMemory {
            self.highest = None;
        }
    }

    /// One message arrives; the reply, if there is one. A write that is only checked now waits for [`Store::apply`].
    pub fn receive(&mut self, now: Micros, from: Place, message: StoreMessage) -> Option<StoreMessage> {
        match message {
            StoreMessage::Read { request, token } => {
                let granted = self.grant(now, from, request, token);
                Some(StoreMessage::State { request, newest: self.newest, granted })
            }
            StoreMessage::RaiseFence { request, token } => match self.refuses(token) {
                Some(seen) => Some(StoreMessage::Fenced { request, seen }),
                None => {
                    if !self.raised_elsewhere() {
                        self.see(now, token);
                    }
                    Some(StoreMessage::Accepted { request, newest: self.newest })
                }
            },
            StoreMessage::Write { request, token, number, finishes } => {
                let row = Row {
                    at: now,
                    writer: from,
                    token,
                    number,
                    finishes,
                    outcome: Outcome::Accepted,
                    victim: None,
                    newer: None,
                    event: 0,
                };
                self.write(row, request)
            }
            _ => None,
        }
    }

    /// A write that was checked and is due is applied, whatever was seen since (M-F3).
    pub fn apply(&mut self, now: Micros) -> Option<(Place, StoreMessage)> {
        let due = self.checked.iter().enumerate().filter(|(_, (due, ..))| *due <= now);
        let (first, _) = due.min_by_key(|(_, (due, ..))| *due)?;
        let (_, request, row) = self.checked.remove(first);
        Some((row.writer, self.accept(Row { at: now, ..row }, request)))
    }

    /// How many writes were checked and wait to be applied.
    pub fn waiting(&self) -> usize {
        self.checked.len()
    }

    /// When the write that was checked last will be applied.
    pub fn last_check_due(&self) -> Option<Micros> {
        self.checked.last().map(|&(due, ..)| due)
    }

    /// What only the world knows of the rows beyond the first `written`: the event, and the highest token issued by then.
    pub fn annotate(&mut self, written: u64, event: EventId, issued: Option<Token>) {
        let fresh = (self.written - written).min(self.rows.len() as u64) as usize;
        let old = self.rows.len() - fresh;
        for row in self.rows.iter_mut().skip(old) {
            row.event = event;
            if row.outcome == Outcome::Accepted && row.token.is_some() && issued > row.token {
                row.newer = issued;
            }
            if matches!(row.outcome, Outcome::Stale | Outcome::Overwrote) {
                // One that can be pointed at stays the example.
                if row.victim.is_some() || self.worst.is_none_or(|worst| worst.victim.is_none()) {
                    self.worst = Some(*row);
                }
            }
        }
    }

    /// Compare-and-increment at the store: whoever asks without a token gets the next one.
    fn grant(&mut self, now: Micros, from: Place, request: u64, token: Option<Token>) -> Option<Token> {
        if !self.guard.grants_tokens || token.is_some() {
            return None;
        }
        if let Some(&(_, _, known)) = self.grants.iter().find(|grant| (grant.0, grant.1) == (from, request)) {
            return Some(known);
        }
        self.granted += 1;
        let token = Token::counted(self.granted);
        self.grants.retain(|grant| grant.0 != from);
        self.grants.push((from, request, token));
        self.see(now, Some(token));
        Some(token)
    }

    /// F-7: one highest token per resource means one raise per resource.
    const fn raised_elsewhere(&self) -> bool {
        #[cfg(feature = "mutants")]
        return matches!(self.guard.fencing, Fencing::RaisedElsewhere);
        #[cfg(not(feature = "mutants"))]
        return false;
    }

    /// The higher token that speaks against this one.
    fn refuses(&self, token: Option<Token>) -> Option<Token> {
        let (highest, token) = (self.highest?, token?);
        let too_old = match self.guard.fencing {
            Fencing::Off => false,
            Fencing::Strict => token <= highest,
            _ => token < highest,
        };
        too_old.then_some(highest)
    }

    fn see(&mut self, now: Micros, token: Option<Token>) {
        let Some(token) = token else { return };
        if self.highest.is_none_or(|highest| token > highest) {
            self.highest = Some(token);
        }
        if self.tokens.iter().all(|&(_, known)| known != token) {
            self.tokens.push((now, token));
        }
    }

    fn write(&mut self, row: Row, request: u64) -> Option<StoreMessage> {
        if self.answered.contains(&(row.writer, request)) {
            self.note(Row { outcome: Outcome::Repeated, ..row });
            return Some(StoreMessage::Accepted { request, newest: self.newest });
        }
        if let Some(seen) = self.refuses(row.token) {
            self.damage.refused += 1;
            self.note(Row { outcome: Outcome::Refused, newer: Some(seen), ..row });
            return Some(StoreMessage::Fenced { request, seen });
        }
        if self.guard.fencing == Fencing::CheckThenApply {
            // Two hands apply writes, a slow one and a quick one.
            let takes = if self.checks.is_multiple_of(2) { SLOW_HAND } else { QUICK_HAND };
            self.checks += 1;
            self.checked.push((row.at + takes, request, row));
            return None;
        }
        Some(self.accept(row, request))
    }

    fn accept(&mut self, row: Row, request: u64) -> StoreMessage {
        let behind = self.accepted_highest;
        let stale = matches!((row.token, behind), (Some(token), Some(highest)) if token < highest);
        let victim = self.book(row.at, row.writer, row.number, row.finishes);
        let outcome = match (stale, victim) {
            (true, _) => Outcome::Stale,
            (false, Some(_)) => Outcome::Overwrote,
            (false, None) => Outcome::Accepted,
        };
        self.damage.accepted += 1;
        self.damage.corrupted += u64::from(outcome != Outcome::Accepted);
        self.damage.stale += u64::from(outcome == Outcome::Stale);
        if let (true, Some(token), Some(highest)) = (stale, row.token, self.accepted_highest) {
            // With fencing off nothing was promised.
            if self.guard.fencing != Fencing::Off {
                self.went_back.get_or_insert((row.writer, token, highest));
            }
        }
        self.see(row.at, row.token);
        self.accepted_highest = self.accepted_highest.max(row.token);
        self.remember(row.writer, request);
        let newer = behind.filter(|_| stale);
        self.note(Row { outcome, victim, newer, ..row });
        StoreMessage::Accepted { request, newest: self.newest }
    }

    /// Applies the write to the books; returns whose work it destroyed or doubled.
    fn book(&mut self, now: Micros, from: Place, number: u64, finishes: bool) -> Option<Victim> {
        match self.job {
            Job::None => None,
            Job::Database => self.book_update(now, from, number),
            Job::Scheduler => self.book_job(now, from, number, finishes),
            Job::Partition => self.book_record(now, from, number),
        }
    }

    /// `number` is the version that the writer had read: it makes the next one.
    fn book_update(&mut self, now: Micros, from: Place, number: u64) -> Option<Victim> {
        let lost = self.newest_of_another(number, from);
        self.newest = self.newest.max(number + 1);
        self.remember_run(Run { number, writer: from, at: now, done: true });
        self.damage.lost_updates += u64::from(lost.is_some());
        lost.map(Run::victim)
    }

    fn book_job(&mut self, now: Micros, from: Place, number: u64, finishes: bool) -> Option<Victim> {
        if finishes {
            if let Some(run) = self.runs.iter_mut().find(|run| run.number == number && run.writer == from) {
                run.done = true;
            }
            return None;
        }
        let doubled = self.runs.iter().find(|run| run.number == number && run.writer != from).copied();
        if number > self.newest + 1 {
            self.damage.missed_runs += number - self.newest - 1;
        }
        if number > self.newest {
            let abandoned = self.runs.iter().any(|run| run.number == self.newest && !run.done)
                && !self.runs.iter().any(|run| run.number == self.newest && run.done);
            self.damage.half_runs += u64::from(abandoned);
        }
        self.newest = self.newest.max(number);
        self.remember_run(Run { number, writer: from, at: now, done: false });
        self.damage.double_runs += u64::from(doubled.is_some());
        doubled.map(Run::victim)
    }

    /// `number` is the offset that the writer believes is next.
    fn book_record(&mut self, now: Micros, from: Place, number: u64) -> Option<Victim> {
        let diverged = self.newest_of_another(number, from);
        self.newest = self.newest.max(number);
        self.remember_run(Run { number, writer: from, at: now, done: true });
        self.damage.diverged += u64::from(diverged.is_some());
        diverged.map(Run::victim)
    }

    /// What stands under this number, if it is somebody else's.
    fn newest_of_another(&self, number: u64, from: Place) -> Option<Run> {
        self.runs.iter().rev().find(|run| run.number == number).filter(|run| run.writer != from).copied()
    }

    fn remember_run(&mut self, run: Run) {
        if self.runs.len() == REMEMBERED {
            self.runs.pop_front();
        }
        self.runs.push_back(run);
    }

    fn remember(&mut self, from: Place, request: u64) {
        if self.answered.len() == REMEMBERED {
            self.answered.pop_front();
        }
        self.answered.push_back((from, request));
    }

    fn note(&mut self, row: Row) {
        self.written += 1;
        if self.rows.len() == REMEMBERED {
            self.rows.pop_front();
        }
        self.rows.push_back(row);
    }
}
