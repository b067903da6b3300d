//! What can be set, by Kafka's names where it has them.

#[cfg(feature = "mutants")]
use super::mutants::Mutants;
use crate::sim::settings::{Field, FieldKind, Settings, Value};
use crate::sim::time::{HOUR, MILLISECOND, Micros, SECOND};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AppointedSettings {
    /// The controller takes a broker for dead after this much silence.
    pub session_timeout: Micros,
    pub beat: Micros,
    /// A follower that was not level for this long is out of sync.
    pub lag_time: Micros,
    pub fetch_wait: Micros,
    /// How many must be in sync for a write with acks=all.
    pub min_insync: u32,
    /// Writes wait for everybody in sync; otherwise only for the leader's own disk.
    pub acks_all: bool,
    /// If nobody in sync lives, appoint somebody who is not.
    pub unclean: bool,
    /// Hand back to the first broker once it is in sync.
    pub preferred: bool,
    #[cfg(feature = "mutants")]
    pub mutants: Mutants,
}

impl AppointedSettings {
    pub fn quick() -> AppointedSettings {
        AppointedSettings {
            session_timeout: 1_500 * MILLISECOND,
            beat: 300 * MILLISECOND,
            lag_time: 2 * SECOND,
            fetch_wait: 200 * MILLISECOND,
            min_insync: 2,
            acks_all: true,
            unclean: false,
            preferred: false,
            #[cfg(feature = "mutants")]
            mutants: Mutants::default(),
        }
    }

    /// With controllers that vote among themselves.
    pub fn kraft() -> AppointedSettings {
        AppointedSettings {
            session_timeout: 9 * SECOND,
            beat: 2 * SECOND,
            lag_time: 30 * SECOND,
            fetch_wait: 500 * MILLISECOND,
            min_insync: 1,
            preferred: true,
            ..AppointedSettings::quick()
        }
    }

    /// With ZooKeeper, as it was: sessions of 18 s.
    pub fn kafka_zookeeper() -> AppointedSettings {
        AppointedSettings { session_timeout: 18 * SECOND, beat: 6 * SECOND, ..AppointedSettings::kraft() }
    }
}

impl Default for AppointedSettings {
    fn default() -> AppointedSettings {
        AppointedSettings::quick()
    }
}

const SPAN: FieldKind = FieldKind::Span { low: 10 * MILLISECOND, high: HOUR };

impl Settings for AppointedSettings {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "session_timeout", kind: SPAN },
        Field { key: 1, id: "beat", kind: SPAN },
        Field { key: 2, id: "lag_time", kind: SPAN },
        Field { key: 3, id: "fetch_wait", kind: SPAN },
        Field { key: 4, id: "min_insync", kind: FieldKind::Count { low: 1, high: 16 } },
        Field { key: 5, id: "acks_all", kind: FieldKind::Switch },
        Field { key: 6, id: "unclean", kind: FieldKind::Switch },
        Field { key: 7, id: "preferred", kind: FieldKind::Switch },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] = &[
        ("quick", AppointedSettings::quick),
        ("kraft", AppointedSettings::kraft),
        ("kafka_zookeeper", AppointedSettings::kafka_zookeeper),
    ];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Span(self.session_timeout),
            1 => Value::Span(self.beat),
            2 => Value::Span(self.lag_time),
            3 => Value::Span(self.fetch_wait),
            4 => Value::Count(self.min_insync.into()),
            5 => Value::Switch(self.acks_all),
            6 => Value::Switch(self.unclean),
            _ => Value::Switch(self.preferred),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Span(span)) => self.session_timeout = span,
            (1, Value::Span(span)) => self.beat = span,
            (2, Value::Span(span)) => self.lag_time = span,
            (3, Value::Span(span)) => self.fetch_wait = span,
            (4, Value::Count(count)) => self.min_insync = count as u32,
            (5, Value::Switch(on)) => self.acks_all = on,
            (6, Value::Switch(on)) => self.unclean = on,
            (7, Value::Switch(on)) => self.preferred = on,
            _ => {}
        }
    }
}
