//! What can be set for Paxos, and what others ship with.

use crate::sim::settings::{Field, FieldKind, Settings, Value};
use crate::sim::time::{HOUR, MILLISECOND, Micros, SECOND};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mode {
    /// One value is chosen, once. Everybody may propose.
    Single,
    /// A log of values under an elected leader.
    Multi,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaxosSettings {
    pub mode: Mode,
    pub heartbeat: Micros,
    /// Liveness window: so long without a sign of a leader, and a follower runs (P-12).
    pub window: Micros,
    /// Uniform between 0 and this on top of the window.
    pub slack: Micros,
    /// So long a node holds back that has just seen somebody else's prepare (P-12).
    pub deference: Micros,
    /// So long a proposer waits for a quorum before it tries anew.
    pub round: Micros,
    /// Before trying anew (P-7).
    pub back_off: (Micros, Micros),
    /// Each try in a row waits twice as long as the last, up to 32 times.
    pub growing: bool,
    /// Leader leases (P-13).
    pub leases: bool,
    pub lease: Micros,
    /// How much faster a follower's clock may run than the leader's, in parts per million.
    pub drift: u32,
    pub margin: Micros,
    #[cfg(feature = "mutants")]
    pub mutants: u32,
}

impl PaxosSettings {
    pub(super) fn uses_leases(&self) -> bool {
        self.leases && self.mode == Mode::Multi
    }

    /// How long a leader may count on its lease, by its own clock (P-13).
    pub fn leader_lease(&self) -> Micros {
        let sure = u128::from(self.lease) * u128::from(1_000_000 - self.drift.min(1_000_000)) / 1_000_000;
        (sure as Micros).saturating_sub(self.margin)
    }

    /// Fast enough to watch: a leader stands well within a second.
    fn lan() -> PaxosSettings {
        PaxosSettings {
            mode: Mode::Multi,
            heartbeat: 100 * MILLISECOND,
            window: 500 * MILLISECOND,
            slack: 300 * MILLISECOND,
            deference: 750 * MILLISECOND,
            round: 200 * MILLISECOND,
            back_off: (20 * MILLISECOND, 60 * MILLISECOND),
            growing: true,
            leases: true,
            lease: 400 * MILLISECOND,
            drift: 10_000,
            margin: 5 * MILLISECOND,
            #[cfg(feature = "mutants")]
            mutants: 0,
        }
    }

    /// cocagne/paxos: heartbeat 1 s, window 5 s, deference 1.5 windows, no lease.
    fn cocagne() -> PaxosSettings {
        PaxosSettings {
            heartbeat: SECOND,
            window: 5 * SECOND,
            slack: 2_500 * MILLISECOND,
            deference: 7_500 * MILLISECOND,
            round: SECOND,
            leases: false,
            ..PaxosSettings::lan()
        }
    }

    /// riak_ensemble: tick 500 ms, follower timeout 3 s, election 3 s and up to 3 s more, pre-follow 1 s, lease 750 ms.
    fn riak_ensemble() -> PaxosSettings {
        PaxosSettings {
            heartbeat: 500 * MILLISECOND,
            window: 3 * SECOND,
            slack: 3 * SECOND,
            deference: 4 * SECOND,
            round: SECOND,
            lease: 750 * MILLISECOND,
            ..PaxosSettings::lan()
        }
    }

    /// One decision, and everybody may propose.
    fn single() -> PaxosSettings {
        PaxosSettings { mode: Mode::Single, leases: false, ..PaxosSettings::lan() }
    }
}

impl Default for PaxosSettings {
    fn default() -> PaxosSettings {
        PaxosSettings::lan()
    }
}

const TIMEOUT: FieldKind = FieldKind::Span { low: MILLISECOND, high: HOUR };
const WAIT: FieldKind = FieldKind::Span { low: 0, high: HOUR };

impl Settings for PaxosSettings {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "mode", kind: FieldKind::Choice(&["single", "multi"]) },
        Field { key: 1, id: "heartbeat", kind: FieldKind::Span { low: MILLISECOND, high: 60 * SECOND } },
        Field { key: 2, id: "window", kind: TIMEOUT },
        Field { key: 3, id: "slack", kind: WAIT },
        Field { key: 4, id: "deference", kind: TIMEOUT },
        Field { key: 5, id: "round", kind: TIMEOUT },
        Field { key: 6, id: "back_off", kind: FieldKind::Range { low: 0, high: HOUR } },
        Field { key: 7, id: "growing", kind: FieldKind::Switch },
        Field { key: 8, id: "leases", kind: FieldKind::Switch },
        Field { key: 9, id: "lease", kind: TIMEOUT },
        Field { key: 10, id: "drift", kind: FieldKind::Chance },
        Field { key: 11, id: "margin", kind: WAIT },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] = &[
        ("lan", PaxosSettings::lan),
        ("cocagne", PaxosSettings::cocagne),
        ("riak_ensemble", PaxosSettings::riak_ensemble),
        ("single_decree", PaxosSettings::single),
    ];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Choice(self.mode as u8),
            1 => Value::Span(self.heartbeat),
            2 => Value::Span(self.window),
            3 => Value::Span(self.slack),
            4 => Value::Span(self.deference),
            5 => Value::Span(self.round),
            6 => Value::Range(self.back_off.0, self.back_off.1),
            7 => Value::Switch(self.growing),
            8 => Value::Switch(self.leases),
            9 => Value::Span(self.lease),
            10 => Value::Chance(self.drift),
            _ => Value::Span(self.margin),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Choice(0)) => self.mode = Mode::Single,
            (0, Value::Choice(_)) => self.mode = Mode::Multi,
            (1, Value::Span(span)) => self.heartbeat = span,
            (2, Value::Span(span)) => self.window = span,
            (3, Value::Span(span)) => self.slack = span,
            (4, Value::Span(span)) => self.deference = span,
            (5, Value::Span(span)) => self.round = span,
            (6, Value::Range(low, high)) => self.back_off = (low, high),
            (7, Value::Switch(growing)) => self.growing = growing,
            (8, Value::Switch(leases)) => self.leases = leases,
            (9, Value::Span(span)) => self.lease = span,
            (10, Value::Chance(drift)) => self.drift = drift,
            (11, Value::Span(span)) => self.margin = span,
            _ => {}
        }
    }
}
