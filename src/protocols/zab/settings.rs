//! What can be set: the names are those of ZooKeeper's own configuration.

#[cfg(feature = "mutants")]
use super::mutants::Mutants;
use crate::sim::settings::{Field, FieldKind, Settings, Value};
use crate::sim::time::{MILLISECOND, MINUTE, Micros, SECOND};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ZabSettings {
    /// The unit of the two limits; leaders ping every half.
    pub tick_time: Micros,
    /// How many ticks discovery and synchronisation may take each.
    pub init_limit: u32,
    /// How many ticks of silence a leader and a synced follower bear.
    pub sync_limit: u32,
    /// How long a server that sees a quorum waits for a better vote.
    pub finalize_wait: Micros,
    /// After this much silence a looking server tells its vote again; doubled every time.
    pub notification_interval: Micros,
    pub max_notification_interval: Micros,
    /// How long a follower waits before it knocks again at a leader that does not lead yet.
    pub connect_retry: Micros,
    pub connect_tries: u32,
    /// How long an elected leader takes until its port is open. Followers that knock before have to try again.
    pub opens_after: Micros,
    /// Only this many servers, the lowest ids, have weight and may lead; 0: all of them.
    pub weighted: u8,
    /// How many committed transactions a server keeps in its log; older ones are only in its snapshot.
    pub log_kept: u32,
    /// How many of these a leader has in memory too. Who needs older ones gets them from the log on disk.
    pub memory_kept: u32,
    /// The last count within an epoch; one more transaction needs a new election.
    pub counter_limit: u32,
    /// This server's votes have the format of an old release: in a rolling upgrade some have, others have not.
    pub old_format: bool,
    #[cfg(feature = "mutants")]
    pub mutants: Mutants,
}

impl ZabSettings {
    /// The sample configuration that comes with ZooKeeper, and the fixed waits of release 3.8.
    pub fn zookeeper() -> ZabSettings {
        ZabSettings {
            tick_time: 2 * SECOND,
            init_limit: 10,
            sync_limit: 5,
            finalize_wait: 200 * MILLISECOND,
            notification_interval: 200 * MILLISECOND,
            max_notification_interval: MINUTE,
            connect_retry: 100 * MILLISECOND,
            connect_tries: 5,
            opens_after: 15 * MILLISECOND,
            weighted: 0,
            log_kept: 500,
            memory_kept: 500,
            counter_limit: u32::MAX,
            old_format: false,
            #[cfg(feature = "mutants")]
            mutants: Mutants::default(),
        }
    }

    /// The same with a tenth of the tick.
    pub fn zookeeper_fast() -> ZabSettings {
        ZabSettings { tick_time: 200 * MILLISECOND, ..ZabSettings::zookeeper() }
    }

    /// For watching: silence is noticed within a second or two.
    pub fn quick() -> ZabSettings {
        ZabSettings { tick_time: 400 * MILLISECOND, sync_limit: 3, opens_after: 0, ..ZabSettings::zookeeper() }
    }

    pub(super) fn init_time(&self) -> Micros {
        Micros::from(self.init_limit) * self.tick_time
    }

    pub(super) fn sync_time(&self) -> Micros {
        Micros::from(self.sync_limit) * self.tick_time
    }

    /// Servers without weight vote, but never lead and never count.
    pub fn has_weight(&self, server: u8) -> bool {
        self.weighted == 0 || server <= self.weighted
    }

    /// Strictly more than half of the configured servers that have weight (protocols.md 0.4).
    pub(super) fn is_quorum(&self, configured: u8, agreeing: usize) -> bool {
        let voters = if self.weighted == 0 { configured } else { configured.min(self.weighted) };
        agreeing > usize::from(voters) / 2
    }
}

impl Default for ZabSettings {
    fn default() -> ZabSettings {
        ZabSettings::quick()
    }
}

impl Settings for ZabSettings {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "tick_time", kind: FieldKind::Span { low: 10 * MILLISECOND, high: MINUTE } },
        Field { key: 1, id: "init_limit", kind: FieldKind::Count { low: 1, high: 100 } },
        Field { key: 2, id: "sync_limit", kind: FieldKind::Count { low: 1, high: 100 } },
        Field { key: 3, id: "finalize_wait", kind: FieldKind::Span { low: 1, high: 10 * SECOND } },
        Field { key: 4, id: "notification_interval", kind: FieldKind::Span { low: MILLISECOND, high: MINUTE } },
        Field {
            key: 5,
            id: "max_notification_interval",
            kind: FieldKind::Span { low: MILLISECOND, high: 10 * MINUTE },
        },
        Field { key: 6, id: "connect_retry", kind: FieldKind::Span { low: MILLISECOND, high: MINUTE } },
        Field { key: 7, id: "connect_tries", kind: FieldKind::Count { low: 1, high: 100 } },
        Field { key: 8, id: "weighted", kind: FieldKind::Count { low: 0, high: 32 } },
        Field { key: 9, id: "log_kept", kind: FieldKind::Count { low: 1, high: 100_000 } },
        Field { key: 10, id: "counter_limit", kind: FieldKind::Count { low: 1, high: u32::MAX as u64 } },
        Field { key: 12, id: "opens_after", kind: FieldKind::Span { low: 0, high: 10 * SECOND } },
        Field { key: 11, id: "old_format", kind: FieldKind::Switch },
        Field { key: 13, id: "memory_kept", kind: FieldKind::Count { low: 0, high: 100_000 } },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] = &[
        ("quick", ZabSettings::quick),
        ("zookeeper", ZabSettings::zookeeper),
        ("zookeeper_fast", ZabSettings::zookeeper_fast),
    ];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Span(self.tick_time),
            1 => Value::Count(self.init_limit.into()),
            2 => Value::Count(self.sync_limit.into()),
            3 => Value::Span(self.finalize_wait),
            4 => Value::Span(self.notification_interval),
            5 => Value::Span(self.max_notification_interval),
            6 => Value::Span(self.connect_retry),
            7 => Value::Count(self.connect_tries.into()),
            8 => Value::Count(self.weighted.into()),
            9 => Value::Count(self.log_kept.into()),
            10 => Value::Count(self.counter_limit.into()),
            12 => Value::Span(self.opens_after),
            13 => Value::Count(self.memory_kept.into()),
            _ => Value::Switch(self.old_format),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Span(span)) => self.tick_time = span,
            (1, Value::Count(count)) => self.init_limit = count as u32,
            (2, Value::Count(count)) => self.sync_limit = count as u32,
            (3, Value::Span(span)) => self.finalize_wait = span,
            (4, Value::Span(span)) => self.notification_interval = span,
            (5, Value::Span(span)) => self.max_notification_interval = span,
            (6, Value::Span(span)) => self.connect_retry = span,
            (7, Value::Count(count)) => self.connect_tries = count as u32,
            (8, Value::Count(count)) => self.weighted = count as u8,
            (9, Value::Count(count)) => self.log_kept = count as u32,
            (10, Value::Count(count)) => self.counter_limit = count as u32,
            (12, Value::Span(span)) => self.opens_after = span,
            (11, Value::Switch(on)) => self.old_format = on,
            (13, Value::Count(count)) => self.memory_kept = count as u32,
            _ => {}
        }
    }
}
