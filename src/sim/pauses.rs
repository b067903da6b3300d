//! Random pauses: every node freezes now and then, as a garbage collection does.

use super::settings::{Field, FieldKind, Settings, Value};
use super::time::{HOUR, MILLISECOND, Micros};

/// Off while `every` is 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Pauses {
    /// The mean time between two pauses of a node; each gap is uniform between 0 and twice this.
    pub every: Micros,
    pub length: (Micros, Micros),
}

impl Default for Pauses {
    fn default() -> Pauses {
        Pauses { every: 0, length: (50 * MILLISECOND, 400 * MILLISECOND) }
    }
}

impl Settings for Pauses {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "every", kind: FieldKind::Span { low: 0, high: HOUR } },
        Field { key: 1, id: "length", kind: FieldKind::Range { low: 1, high: HOUR } },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] = &[("none", Pauses::default)];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Span(self.every),
            _ => Value::Range(self.length.0, self.length.1),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Span(every)) => self.every = every,
            (1, Value::Range(low, high)) => self.length = (low, high),
            _ => {}
        }
    }
}
