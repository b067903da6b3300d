//! What can be set: of the clients, of the recipe, and of the service.

#[cfg(feature = "mutants")]
use super::mutants::Mutants;
use crate::sim::settings::{Field, FieldKind, Settings, Value};
use crate::sim::time::{HOUR, MILLISECOND, MINUTE, Micros, SECOND};

/// The three servers of the ensemble.
pub const SERVERS: u8 = 3;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecipeSettings {
    /// What clients ask for; the service grants what lies between its least and its greatest.
    pub session_timeout: Micros,
    pub tick_time: Micros,
    /// Ticks of silence that servers bear of each other.
    pub sync_limit: u32,
    /// How long the service has no leading server after it lost one.
    pub outage: Micros,
    /// Everybody watches the lowest znode instead of its predecessor.
    pub herd: bool,
    /// Without a connection: stop leading at once, or only when the session is lost.
    pub lead_until_lost: bool,
    /// Who has resigned queues again.
    pub requeue: bool,
    /// A client without a connection gives its session up by itself after 4/3 of its timeout.
    pub give_up_alone: bool,
    /// The shortest session the service grants; 0: two ticks.
    pub min_session_timeout: Micros,
    /// The longest; 0: twenty ticks.
    pub max_session_timeout: Micros,
    #[cfg(feature = "mutants")]
    pub mutants: Mutants,
}

impl RecipeSettings {
    /// The shortest session that ZooKeeper's sample configuration grants.
    pub fn zookeeper() -> RecipeSettings {
        RecipeSettings {
            session_timeout: 4 * SECOND,
            tick_time: 2 * SECOND,
            sync_limit: 5,
            outage: 350 * MILLISECOND,
            herd: false,
            lead_until_lost: false,
            requeue: true,
            give_up_alone: false,
            min_session_timeout: 0,
            max_session_timeout: 0,
            #[cfg(feature = "mutants")]
            mutants: Mutants::default(),
        }
    }

    /// For watching.
    pub fn quick() -> RecipeSettings {
        RecipeSettings { session_timeout: SECOND, tick_time: 400 * MILLISECOND, ..RecipeSettings::zookeeper() }
    }

    pub fn herd() -> RecipeSettings {
        RecipeSettings { herd: true, ..RecipeSettings::quick() }
    }

    /// Between 2 and 20 ticks, unless the service is told other limits.
    pub fn granted(&self, asked: Micros) -> Micros {
        let limit = |given, ticks| if given == 0 { ticks * self.tick_time } else { given };
        asked.max(limit(self.min_session_timeout, 2)).min(limit(self.max_session_timeout, 20))
    }

    pub(super) fn sync_time(&self) -> Micros {
        Micros::from(self.sync_limit) * self.tick_time
    }
}

impl Default for RecipeSettings {
    fn default() -> RecipeSettings {
        RecipeSettings::quick()
    }
}

impl Settings for RecipeSettings {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "session_timeout", kind: FieldKind::Span { low: 10 * MILLISECOND, high: HOUR } },
        Field { key: 1, id: "tick_time", kind: FieldKind::Span { low: 10 * MILLISECOND, high: MINUTE } },
        Field { key: 2, id: "sync_limit", kind: FieldKind::Count { low: 1, high: 100 } },
        Field { key: 3, id: "outage", kind: FieldKind::Span { low: MILLISECOND, high: 10 * MINUTE } },
        Field { key: 4, id: "herd", kind: FieldKind::Switch },
        Field { key: 5, id: "lead_until_lost", kind: FieldKind::Switch },
        Field { key: 6, id: "requeue", kind: FieldKind::Switch },
        Field { key: 7, id: "give_up_alone", kind: FieldKind::Switch },
        Field { key: 8, id: "min_session_timeout", kind: FieldKind::Span { low: 0, high: HOUR } },
        Field { key: 9, id: "max_session_timeout", kind: FieldKind::Span { low: 0, high: HOUR } },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] =
        &[("quick", RecipeSettings::quick), ("zookeeper", RecipeSettings::zookeeper), ("herd", RecipeSettings::herd)];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Span(self.session_timeout),
            1 => Value::Span(self.tick_time),
            2 => Value::Count(self.sync_limit.into()),
            3 => Value::Span(self.outage),
            4 => Value::Switch(self.herd),
            5 => Value::Switch(self.lead_until_lost),
            6 => Value::Switch(self.requeue),
            7 => Value::Switch(self.give_up_alone),
            8 => Value::Span(self.min_session_timeout),
            _ => Value::Span(self.max_session_timeout),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Span(span)) => self.session_timeout = span,
            (1, Value::Span(span)) => self.tick_time = span,
            (2, Value::Count(count)) => self.sync_limit = count as u32,
            (3, Value::Span(span)) => self.outage = span,
            (4, Value::Switch(on)) => self.herd = on,
            (5, Value::Switch(on)) => self.lead_until_lost = on,
            (6, Value::Switch(on)) => self.requeue = on,
            (7, Value::Switch(on)) => self.give_up_alone = on,
            (8, Value::Span(span)) => self.min_session_timeout = span,
            (9, Value::Span(span)) => self.max_session_timeout = span,
            _ => {}
        }
    }
}
