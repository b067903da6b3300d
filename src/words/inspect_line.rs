//! Values of an inspector in words.

use super::lookup::Words;
use super::numbers::{grouped, listed};
use crate::sim::inspection::Shown;

/// A value as the inspector prints it.
pub fn shown(words: &Words, value: &Shown) -> String {
    match value {
        Shown::Number(number) => grouped(*number),
        Shown::Numbers(numbers) if numbers.is_empty() => "none".into(),
        Shown::Numbers(numbers) => numbers.iter().map(|&n| grouped(n)).collect::<Vec<_>>().join(" "),
        Shown::Place(place) => place.to_string(),
        Shown::Places(places) => listed(places),
        Shown::Reign(reign) => reign.to_string(),
        Shown::Flag(flag) => (if *flag { "yes" } else { "no" }).into(),
        Shown::Id(id) => words.name("value", id),
        Shown::Text(text) => text.clone(),
        Shown::Nothing => "none".into(),
    }
}
