//! The settings of a server, and the bundles people know.

#[cfg(feature = "mutants")]
use super::mutants;
use crate::sim::settings::{Field, FieldKind, Value};
use crate::sim::time::{HOUR, MILLISECOND, Micros};

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Settings {
    /// Drawn uniformly at every start of the election timer.
    pub election_timeout: (Micros, Micros),
    pub heartbeat: Micros,
    /// Timeouts are whole multiples of it; 0 for none.
    pub tick: Micros,
    /// Where in a tick this server's own ticks begin, by its clock; 0: whenever a timer starts. As members of etcd
    /// start at different times, their ticks never fall together.
    pub tick_phase: Micros,
    /// Ask before raising the term.
    pub pre_vote: bool,
    /// Leaders count who hears them, voters are loyal to a leader they hear.
    pub check_quorum: bool,
    /// etcd: every step back to follower restarts the election timer. Off, the paper's rule (protocols.md 1.3).
    pub reset_on_step_down: bool,
    /// etcd: a candidate that a quorum refused becomes a follower of the same term.
    pub refused_by_quorum_steps_back: bool,
    /// A candidate sends its requests only once its own vote is on disk (R-6b allows sooner).
    pub write_before_asking: bool,
    /// Rules taken out, to see what breaks. Absent from releases.
    #[cfg(feature = "mutants")]
    pub mutants: mutants::Mutants,
}

impl Settings {
    /// 150-300 ms, heartbeat every 75 ms (paper 9.3).
    pub fn paper() -> Settings {
        Settings {
            election_timeout: (150 * MILLISECOND, 300 * MILLISECOND),
            heartbeat: 75 * MILLISECOND,
            tick: 0,
            tick_phase: 0,
            pre_vote: false,
            check_quorum: false,
            reset_on_step_down: false,
            refused_by_quorum_steps_back: false,
            write_before_asking: false,
            #[cfg(feature = "mutants")]
            mutants: mutants::Mutants::default(),
        }
    }

    /// For links of 30 to 40 ms (thesis 9.4).
    pub fn wide() -> Settings {
        Settings {
            election_timeout: (300 * MILLISECOND, 600 * MILLISECOND),
            heartbeat: 150 * MILLISECOND,
            ..Settings::paper()
        }
    }

    /// The etcd server's defaults: ticks of 100 ms, 10 to 19 of them.
    pub fn etcd() -> Settings {
        Settings {
            election_timeout: (1_000 * MILLISECOND, 1_900 * MILLISECOND),
            heartbeat: 100 * MILLISECOND,
            tick: 100 * MILLISECOND,
            pre_vote: true,
            check_quorum: true,
            reset_on_step_down: true,
            refused_by_quorum_steps_back: true,
            ..Settings::paper()
        }
    }

    /// The defaults of raft-rs: 20 to 39 ticks, taken as 100 ms each, heartbeat every second tick.
    pub fn raft_rs() -> Settings {
        Settings {
            election_timeout: (2_000 * MILLISECOND, 3_900 * MILLISECOND),
            heartbeat: 200 * MILLISECOND,
            pre_vote: false,
            check_quorum: false,
            ..Settings::etcd()
        }
    }

    /// What "recently" means for a loyal voter, and how long a handover may take.
    pub fn minimum_election_timeout(&self) -> Micros {
        self.election_timeout.0
    }

    /// From now until a span of whole ticks is over: the tick that runs counts for a whole one.
    pub(super) fn by_own_ticks(&self, span: Micros, now: Micros) -> Micros {
        if self.tick == 0 || self.tick_phase == 0 {
            return span;
        }
        let into_this_tick = (now + self.tick - self.tick_phase % self.tick) % self.tick;
        span.saturating_sub(into_this_tick).max(1)
    }

    /// Rounded up, 1 to 100.
    pub(super) fn heartbeats_per_timeout(&self) -> u8 {
        self.minimum_election_timeout().div_ceil(self.heartbeat.max(1)).clamp(1, 100) as u8
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::paper()
    }
}

impl crate::sim::settings::Settings for Settings {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "election_timeout", kind: FieldKind::Range { low: MILLISECOND, high: 24 * HOUR } },
        Field { key: 1, id: "heartbeat", kind: FieldKind::Span { low: MILLISECOND, high: 24 * HOUR } },
        Field { key: 2, id: "tick", kind: FieldKind::Span { low: 0, high: HOUR } },
        Field { key: 3, id: "pre_vote", kind: FieldKind::Switch },
        Field { key: 4, id: "check_quorum", kind: FieldKind::Switch },
        Field { key: 5, id: "reset_on_step_down", kind: FieldKind::Switch },
        Field { key: 6, id: "refused_by_quorum_steps_back", kind: FieldKind::Switch },
        Field { key: 7, id: "write_before_asking", kind: FieldKind::Switch },
        Field { key: 8, id: "tick_phase", kind: FieldKind::Span { low: 0, high: HOUR } },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] = &[
        ("paper", Settings::paper),
        ("etcd", Settings::etcd),
        ("wide", Settings::wide),
        ("raft_rs", Settings::raft_rs),
    ];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Range(self.election_timeout.0, self.election_timeout.1),
            1 => Value::Span(self.heartbeat),
            2 => Value::Span(self.tick),
            3 => Value::Switch(self.pre_vote),
            4 => Value::Switch(self.check_quorum),
            5 => Value::Switch(self.reset_on_step_down),
            6 => Value::Switch(self.refused_by_quorum_steps_back),
            7 => Value::Switch(self.write_before_asking),
            _ => Value::Span(self.tick_phase),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Range(low, high)) => self.election_timeout = (low, high),
            (1, Value::Span(span)) => self.heartbeat = span,
            (2, Value::Span(span)) => self.tick = span,
            (3, Value::Switch(on)) => self.pre_vote = on,
            (4, Value::Switch(on)) => self.check_quorum = on,
            (5, Value::Switch(on)) => self.reset_on_step_down = on,
            (6, Value::Switch(on)) => self.refused_by_quorum_steps_back = on,
            (7, Value::Switch(on)) => self.write_before_asking = on,
            (8, Value::Span(span)) => self.tick_phase = span,
            _ => {}
        }
    }
}
