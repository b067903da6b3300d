//! The work of a leader: whoever believes it leads does its job at a set pace, through real messages to the
//! store, carrying its token. It acts on what it believes at that moment, and checks before it acts, not while:
//! a leader that is paused in the middle of a piece of work finishes it when it wakes.

use super::reign::Token;
use super::settings::{Field, FieldKind, Settings, Value};
use super::store::{JOBS, Job, StoreMessage};
use super::time::{HOUR, MILLISECOND, Micros};

/// What leaders do, and how fast.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Work {
    pub job: Job,
    /// From the beginning of one piece of work to the beginning of the next.
    pub pace: Micros,
    /// From the moment a leader decides to act to the moment its write leaves.
    pub takes: Micros,
    /// F-4: raise the fence before the first read.
    pub raise_fence: bool,
    /// The token is the leader's own clock (M-F4).
    pub clock_token: bool,
}

impl Default for Work {
    fn default() -> Work {
        Work { job: Job::None, pace: 100 * MILLISECOND, takes: 5 * MILLISECOND, raise_fence: true, clock_token: false }
    }
}

impl Settings for Work {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "job", kind: FieldKind::Choice(JOBS) },
        Field { key: 1, id: "pace", kind: FieldKind::Span { low: MILLISECOND, high: HOUR } },
        Field { key: 2, id: "takes", kind: FieldKind::Span { low: 1, high: HOUR } },
        Field { key: 3, id: "raise_fence", kind: FieldKind::Switch },
        Field { key: 4, id: "clock_token", kind: FieldKind::Switch },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] = &[("idle", Work::default)];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Choice(self.job as u8),
            1 => Value::Span(self.pace),
            2 => Value::Span(self.takes),
            3 => Value::Switch(self.raise_fence),
            _ => Value::Switch(self.clock_token),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Choice(choice)) => self.job = Job::ALL[usize::from(choice) % Job::ALL.len()],
            (1, Value::Span(span)) => self.pace = span,
            (2, Value::Span(span)) => self.takes = span,
            (3, Value::Switch(on)) => self.raise_fence = on,
            (4, Value::Switch(on)) => self.clock_token = on,
            _ => {}
        }
    }
}

/// Where a leader stands in its work.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Stage {
    /// Does not lead.
    #[default]
    Idle,
    /// Took office: has asked the store to raise the fence.
    RaisingFence,
    /// Has asked where the books stand.
    Reading,
    /// Between two pieces of work.
    Ready,
    /// Has decided to act; the write leaves when the work is done.
    Acting { number: u64, finishes: bool },
    /// The write is out.
    Waiting { number: u64, finishes: bool },
    /// The store refused it: it does nothing more in this office.
    Refused,
}

/// The working memory of one leader. Lost in a crash.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Clerk {
    pub stage: Stage,
    /// The token that its protocol gave it.
    pub reign: Option<Token>,
    /// The token it writes with: its protocol's, its clock's, or the store's.
    pub token: Option<Token>,
    /// Counts its requests, over all its lives, so that a retry is told from a new request.
    pub request: u64,
    /// The newest version, job or offset it knows of.
    pub known: u64,
    /// When the present piece of work began.
    pub begun: Micros,
    /// When the stage moves on by itself.
    pub due: Micros,
    /// Counts stages, so that an old entry of the queue is told from the present one.
    pub turn: u32,
}

impl Clerk {
    /// The message of the present stage, for the first time or again.
    pub fn message(&self) -> Option<StoreMessage> {
        let (request, token) = (self.request, self.token);
        match self.stage {
            Stage::RaisingFence => Some(StoreMessage::RaiseFence { request, token }),
            Stage::Reading => Some(StoreMessage::Read { request, token }),
            Stage::Waiting { number, finishes } => Some(StoreMessage::Write { request, token, number, finishes }),
            _ => None,
        }
    }

    /// The next piece of work: what the store should be told.
    pub fn next_piece(&self, job: Job) -> (u64, bool) {
        match job {
            // An update goes by the version it was based on.
            Job::None | Job::Database => (self.known, false),
            Job::Scheduler | Job::Partition => (self.known + 1, false),
        }
    }
}
