//! Settings that describe themselves: documents, links, sliders and `Tune` share one description.

use super::time::Micros;

/// The value of one setting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Value {
    Switch(bool),
    Span(Micros),
    /// Inclusive bounds of a uniform draw.
    Range(Micros, Micros),
    Count(u64),
    /// Parts per million.
    Chance(u32),
    /// Index into the choices of [`FieldKind::Choice`].
    Choice(u8),
}

/// What values a setting takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldKind {
    Switch,
    Span { low: Micros, high: Micros },
    Range { low: Micros, high: Micros },
    Count { low: u64, high: u64 },
    Chance,
    Choice(&'static [&'static str]),
}

impl FieldKind {
    /// Whether the value is of this kind and within its bounds (a range must not be empty).
    pub fn admits(self, value: Value) -> bool {
        match (self, value) {
            (FieldKind::Switch, Value::Switch(_)) => true,
            (FieldKind::Span { low, high }, Value::Span(span)) => (low..=high).contains(&span),
            (FieldKind::Range { low, high }, Value::Range(from, to)) => low <= from && from <= to && to <= high,
            (FieldKind::Count { low, high }, Value::Count(count)) => (low..=high).contains(&count),
            (FieldKind::Chance, Value::Chance(chance)) => chance <= 1_000_000,
            (FieldKind::Choice(choices), Value::Choice(choice)) => usize::from(choice) < choices.len(),
            _ => false,
        }
    }
}

/// One setting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// Stable number, used in links. Never reuse one.
    pub key: u8,
    /// Stable id, used in documents and by `words`.
    pub id: &'static str,
    pub kind: FieldKind,
}

/// A bundle of settings.
pub trait Settings: Clone + PartialEq + Eq + std::fmt::Debug + Default + 'static {
    const FIELDS: &'static [Field];
    /// Named bundles; the first is the default.
    const PRESETS: &'static [(&'static str, fn() -> Self)];

    fn value(&self, key: u8) -> Value;
    /// The value has been checked against the field's kind; an unknown key changes nothing.
    fn set(&mut self, key: u8, value: Value);
}

/// The field with this id.
pub fn field_by_id(fields: &'static [Field], id: &str) -> Option<&'static Field> {
    fields.iter().find(|field| field.id == id)
}
