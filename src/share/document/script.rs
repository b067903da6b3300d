//! When things happen: the entries of a script, and what a visitor did.

use super::acts::{Cast, act};
use super::fields::{items, number, text, unknown};
use super::problem::{Part, Problems};
use super::spans::parse_span;
use super::values::{range, span};
use crate::playback::recording::Intervention;
use crate::scenarios::cue::{Cue, NAMED};
use crate::scenarios::script::{Entry, Trigger};
use crate::scenarios::who::plain;
use crate::sim::fault::Fault;

const TRIGGERS: [&str; 3] = ["at", "after", "when"];

pub fn script(part: &Part<'_>, cast: Cast, problems: &mut Problems) -> Vec<Entry> {
    let mut script = Vec::new();
    for part in items(part, problems).unwrap_or_default() {
        let act = act(&part, cast, &TRIGGERS, problems);
        // A part that is no object has been complained of.
        let trigger = act.is_some().then(|| trigger(&part, problems)).flatten();
        if let (Some(acts), Some(trigger)) = (act, trigger) {
            script.extend(entries(trigger, acts));
        }
    }
    script
}

/// Several acts at once: the later ones come right after the first.
fn entries(trigger: Trigger, acts: Vec<Fault>) -> impl Iterator<Item = Entry> {
    let triggers = std::iter::once(trigger).chain(std::iter::repeat(Trigger::After(0, 0)));
    triggers.zip(acts).map(|(trigger, act)| Entry { trigger, act })
}

fn trigger(part: &Part<'_>, problems: &mut Problems) -> Option<Trigger> {
    let mut given = TRIGGERS.iter().filter_map(|&name| part.child(name).map(|value| (name, value)));
    let Some((name, value)) = given.next() else {
        return problems.at(part, "needs \"at\", \"after\" or \"when\"");
    };
    if let Some((_, second)) = given.next() {
        return problems.at(&second, "an entry has one of \"at\", \"after\" and \"when\"");
    }
    match name {
        "at" => range(&value, problems).map(|(low, high)| Trigger::At(low, high)),
        "after" => range(&value, problems).map(|(low, high)| Trigger::After(low, high)),
        _ => cue(&value, problems).map(Trigger::When),
    }
}

fn cue(part: &Part<'_>, problems: &mut Problems) -> Option<Cue> {
    let written = text(part, problems)?;
    let name = plain(written);
    if let Some(&(_, cue)) = NAMED.iter().find(|&&(known, _)| known == name) {
        return Some(cue);
    }
    if let Some(rest) = name.strip_prefix("at work") {
        let writes = rest.trim().strip_prefix("after").map(|rest| rest.trim().trim_end_matches("writes").trim());
        let writes = if rest.is_empty() { Some(0) } else { writes.and_then(|writes| writes.parse().ok()) };
        return match writes {
            Some(writes) => Some(Cue::AtWork(writes)),
            None => problems.at(part, "\"at work\", or \"at work after 3 writes\""),
        };
    }
    match name.strip_prefix("quiet").map(|rest| rest.trim_start().trim_start_matches("for").trim()) {
        Some("") => problems.at(part, "how long? \"quiet for 500ms\""),
        Some(time) => match parse_span(time) {
            Ok(span) => Some(Cue::Quiet(span)),
            Err(message) => problems.at(part, format!("\"quiet for\" a time: {message}")),
        },
        None => {
            let known = NAMED.iter().map(|&(known, _)| known).chain(["quiet for 500ms", "at work after 3 writes"]);
            problems.at(part, unknown("cue", written, known))
        }
    }
}

/// What a visitor did: `{ "at": "1.5s", "after_steps": 2, "crash": 3 }`.
pub fn interventions(part: &Part<'_>, cast: Cast, problems: &mut Problems) -> Vec<Intervention> {
    let mut found: Vec<Intervention> = Vec::new();
    for part in items(part, problems).unwrap_or_default() {
        let acts = act(&part, cast, &["at", "after_steps"], problems);
        let Some(acts) = acts else { continue };
        let at = match part.child("at") {
            Some(at) => span(&at, problems),
            None => problems.at(&part, "needs \"at\""),
        };
        let after = part.child("after_steps").map_or(Some(0), |n| number(&n, 0, u64::from(u32::MAX), problems));
        if let (Some(at), Some(after)) = (at, after) {
            let after = after as u32;
            if found.last().is_some_and(|earlier| (earlier.at, earlier.after) > (at, after)) {
                problems.at::<()>(&part, "comes before the one above it");
            }
            found.extend(acts.into_iter().map(|fault| Intervention { at, after, fault }));
        }
    }
    found
}
