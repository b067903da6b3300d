//! Predict, then run: questions about what comes next. Every answer is found by running a copy of this very run.

mod copy;
mod nodes;
mod outcomes;

use crate::playback::recording::Recording;
use crate::sim::event::EventId;
use crate::sim::time::{MINUTE, Micros};

/// So far ahead an outcome is looked for, unless the question says otherwise.
pub const HORIZON: Micros = 2 * MINUTE;
/// No question has more answers to choose among.
pub const MOST_CHOICES: usize = 4;

/// A moment of a run: the time, and how many events had happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    pub at: Micros,
    pub events: u64,
}

/// One answer to choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    pub name: String,
    /// What can be seen of it now.
    pub small: String,
    /// What came of it, to be read after answering.
    pub verdict: String,
}

/// A question about a run, with its answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    pub ask: String,
    pub choices: Vec<Choice>,
    /// The index of the right one.
    pub right: usize,
    /// The event that decided it, if one did.
    pub decisive: Option<EventId>,
    /// That event in a sentence.
    pub line: String,
    /// The rule that decided it and where it comes from.
    pub rule: Option<(String, String)>,
    /// When the outcome stands.
    pub until: Micros,
}

/// Asks what `kind` says of this run at this moment: `winner`, `first`, `write`, `votes`, `next`, `leaders 1s`,
/// `store`, `how_long`.
///
/// # Errors
/// The kind is not known, or at this moment there is nothing of the kind to ask.
pub fn ask(recording: &Recording, moment: Moment, kind: &str) -> Result<Question, String> {
    let copy = copy::Copy::at(recording, moment)?;
    let (kind, detail) = kind.split_once(' ').unwrap_or((kind, ""));
    let question = match kind {
        "winner" => outcomes::winner(copy),
        "first" => outcomes::first(copy),
        "write" => outcomes::write(copy),
        "votes" => outcomes::votes(copy),
        "next" => outcomes::next(copy),
        "leaders" => outcomes::leaders(copy, detail),
        "store" => outcomes::store(copy),
        "how_long" => outcomes::how_long(copy),
        _ => Err(format!("\"{kind}\" is no kind of question")),
    }?;
    let sound = (2..=MOST_CHOICES).contains(&question.choices.len()) && question.right < question.choices.len();
    if sound { Ok(question) } else { Err("there is only one answer to choose".into()) }
}

/// The kinds that [`ask`] knows.
pub const KINDS: &[&str] = &["winner", "first", "write", "votes", "next", "leaders", "store", "how_long"];
