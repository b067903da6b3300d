//! Durations of the lease, as Kubernetes names them.

#[cfg(feature = "mutants")]
use super::mutants::Mutants;
use crate::sim::settings::{Field, FieldKind, Settings, Value};
use crate::sim::time::{HOUR, MILLISECOND, Micros, SECOND};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeaseSettings {
    /// Who sees no change for this long may take the lease.
    pub lease_duration: Micros,
    /// A holder that could not renew for this long gives up.
    pub renew_deadline: Micros,
    /// How often a holder renews.
    pub retry_period: Micros,
    /// Others look after the retry period plus up to this many per cent of it.
    pub jitter: u64,
    /// A lease that ran out, rather than being released, stays closed for this long.
    pub lock_delay: Micros,
    /// A holder that resigns clears the record.
    pub release: bool,
    /// The count of holders goes with every write as a fencing token, as a sequencer in Chubby and the LockIndex in
    /// Consul do. A lease by itself has none (protocols.md 6.3).
    pub sequencer: bool,
    #[cfg(feature = "mutants")]
    pub mutants: Mutants,
}

impl LeaseSettings {
    pub fn quick() -> LeaseSettings {
        LeaseSettings {
            lease_duration: 3 * SECOND,
            renew_deadline: 2 * SECOND,
            retry_period: 400 * MILLISECOND,
            jitter: 120,
            lock_delay: 0,
            release: true,
            sequencer: false,
            #[cfg(feature = "mutants")]
            mutants: Mutants::default(),
        }
    }

    /// The defaults of controller manager and scheduler.
    pub fn kubernetes() -> LeaseSettings {
        LeaseSettings {
            lease_duration: 15 * SECOND,
            renew_deadline: 10 * SECOND,
            retry_period: 2 * SECOND,
            ..LeaseSettings::quick()
        }
    }

    pub fn patroni() -> LeaseSettings {
        LeaseSettings {
            lease_duration: 30 * SECOND,
            renew_deadline: 20 * SECOND,
            retry_period: 10 * SECOND,
            jitter: 0,
            ..LeaseSettings::quick()
        }
    }

    /// A session of 15 s that is reaped at twice that, and the default lock delay.
    pub fn consul() -> LeaseSettings {
        LeaseSettings {
            lease_duration: 30 * SECOND,
            renew_deadline: 15 * SECOND,
            retry_period: 5 * SECOND,
            jitter: 0,
            lock_delay: 15 * SECOND,
            sequencer: true,
            ..LeaseSettings::quick()
        }
    }

    /// A client's lock on a Chubby file.
    pub fn chubby() -> LeaseSettings {
        LeaseSettings {
            lease_duration: 12 * SECOND,
            renew_deadline: 10 * SECOND,
            retry_period: 4 * SECOND,
            jitter: 0,
            lock_delay: 60 * SECOND,
            sequencer: true,
            ..LeaseSettings::quick()
        }
    }
}

impl Default for LeaseSettings {
    fn default() -> LeaseSettings {
        LeaseSettings::quick()
    }
}

const SPAN: FieldKind = FieldKind::Span { low: 10 * MILLISECOND, high: HOUR };

impl Settings for LeaseSettings {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "lease_duration", kind: SPAN },
        Field { key: 1, id: "renew_deadline", kind: SPAN },
        Field { key: 2, id: "retry_period", kind: SPAN },
        Field { key: 3, id: "jitter", kind: FieldKind::Count { low: 0, high: 1_000 } },
        Field { key: 4, id: "lock_delay", kind: FieldKind::Span { low: 0, high: HOUR } },
        Field { key: 5, id: "release", kind: FieldKind::Switch },
        Field { key: 6, id: "sequencer", kind: FieldKind::Switch },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] = &[
        ("quick", LeaseSettings::quick),
        ("kubernetes", LeaseSettings::kubernetes),
        ("patroni", LeaseSettings::patroni),
        ("consul", LeaseSettings::consul),
        ("chubby", LeaseSettings::chubby),
    ];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Span(self.lease_duration),
            1 => Value::Span(self.renew_deadline),
            2 => Value::Span(self.retry_period),
            3 => Value::Count(self.jitter),
            4 => Value::Span(self.lock_delay),
            5 => Value::Switch(self.release),
            _ => Value::Switch(self.sequencer),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Span(span)) => self.lease_duration = span,
            (1, Value::Span(span)) => self.renew_deadline = span,
            (2, Value::Span(span)) => self.retry_period = span,
            (3, Value::Count(count)) => self.jitter = count,
            (4, Value::Span(span)) => self.lock_delay = span,
            (5, Value::Switch(on)) => self.release = on,
            (6, Value::Switch(on)) => self.sequencer = on,
            _ => {}
        }
    }
}
