//! What can be set for Bully. There are no published defaults, only formulas (protocols.md 2.4).

use super::mutants::{Mutant, mutated};
use crate::sim::settings::{Field, FieldKind, Settings, Value};
use crate::sim::time::{HOUR, MILLISECOND, Micros, SECOND};

/// Which announcements are accepted (B-7).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Acceptance {
    /// From every higher node; a lower one is bullied.
    Higher,
    /// Variant: from everyone not below the present coordinator; others are ignored.
    NotBelowPresent,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BullySettings {
    /// T: how long to wait for an answer. Twice the longest one-way delay, and the processing.
    pub answer: Micros,
    /// T': how long to wait for the announcement after an answer. At least twice T.
    pub coordinator: Micros,
    pub heartbeat: Micros,
    /// So long without a heartbeat, and the coordinator is suspected.
    pub silence: Micros,
    pub acceptance: Acceptance,
    #[cfg(feature = "mutants")]
    pub mutants: u32,
}

impl BullySettings {
    /// The longest one-way delay D, in milliseconds, that the timeouts are made for; heartbeat interval likewise.
    fn made_for(delay: Micros, processing: Micros, heartbeat: Micros) -> BullySettings {
        let answer = (2 * delay + processing) * MILLISECOND;
        let heartbeat = heartbeat * MILLISECOND;
        BullySettings {
            answer,
            coordinator: 2 * answer,
            heartbeat,
            silence: answer + 2 * heartbeat,
            acceptance: Acceptance::Higher,
            #[cfg(feature = "mutants")]
            mutants: 0,
        }
    }

    /// T as the rules use it.
    pub(super) fn answer_timeout(&self) -> Micros {
        if mutated(self, Mutant::ShortAnswerTimeout) { self.answer / 2 } else { self.answer }
    }

    /// Within this time after the last crash, start or disturbance every live node follows the highest one:
    /// silence, then at most one lost wait for an announcement, then an election and its announcement.
    pub fn settles_within(&self) -> Micros {
        self.silence + self.heartbeat + 2 * (self.answer + self.coordinator) + self.answer
    }

    /// Whether the timeouts keep the distances that the model asks for (protocols.md 2.4).
    pub fn are_sound(&self) -> bool {
        self.coordinator >= 2 * self.answer && self.silence >= self.heartbeat + self.answer
    }
}

impl Default for BullySettings {
    fn default() -> BullySettings {
        BullySettings::made_for(50, 10, 100)
    }
}

const TIMEOUT: FieldKind = FieldKind::Span { low: MILLISECOND, high: HOUR };

impl Settings for BullySettings {
    const FIELDS: &'static [Field] = &[
        Field { key: 0, id: "answer", kind: TIMEOUT },
        Field { key: 1, id: "coordinator", kind: TIMEOUT },
        Field { key: 2, id: "heartbeat", kind: FieldKind::Span { low: MILLISECOND, high: 60 * SECOND } },
        Field { key: 3, id: "silence", kind: TIMEOUT },
        Field { key: 4, id: "acceptance", kind: FieldKind::Choice(&["higher", "not_below_present"]) },
    ];
    const PRESETS: &'static [(&'static str, fn() -> Self)] =
        &[("lan", BullySettings::default), ("wan", || BullySettings::made_for(200, 20, 400))];

    fn value(&self, key: u8) -> Value {
        match key {
            0 => Value::Span(self.answer),
            1 => Value::Span(self.coordinator),
            2 => Value::Span(self.heartbeat),
            3 => Value::Span(self.silence),
            _ => Value::Choice(self.acceptance as u8),
        }
    }

    fn set(&mut self, key: u8, value: Value) {
        match (key, value) {
            (0, Value::Span(span)) => self.answer = span,
            (1, Value::Span(span)) => self.coordinator = span,
            (2, Value::Span(span)) => self.heartbeat = span,
            (3, Value::Span(span)) => self.silence = span,
            (4, Value::Choice(0)) => self.acceptance = Acceptance::Higher,
            (4, Value::Choice(_)) => self.acceptance = Acceptance::NotBelowPresent,
            _ => {}
        }
    }
}
