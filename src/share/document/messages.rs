//! Which messages an act is aimed at: `{ "kind": "vote", "from": 2, "to": 1, "every": true, "nth": 3 }`.

use super::fields::{expect_fields, flag_or_false, number, text, unknown};
use super::places::{place, who, write_place, write_who};
use super::problem::{Part, Problems};
use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::who::plain;
use crate::share::json::writer::Writer;
use crate::sim::fault::{MessageName, Which};
use crate::sim::message::Kind;
use crate::sim::office::{STORE_KIND, STORE_KINDS};
use crate::sim::place::Census;

const FIELDS: [&str; 5] = ["kind", "from", "to", "nth", "every"];

/// `others` are fields that belong to the act rather than to the message. Only a drop may be standing (`every`).
pub fn which(
    part: &Part<'_>,
    kinds: &'static [Kind],
    census: Census,
    others: &[&str],
    may_stand: bool,
    problems: &mut Problems,
) -> Option<Which> {
    let known: Vec<&str> = FIELDS.iter().chain(others).copied().filter(|&name| may_stand || name != "every").collect();
    if !expect_fields(part, &known, problems) {
        return None;
    }
    if let Some(nth) = part.child("nth") {
        return one(part, &nth, census, problems);
    }
    let kind = match part.child("kind") {
        Some(kind) => Some(kind_number(&kind, kinds, problems)?),
        None => None,
    };
    let mut end = |name| match part.child(name) {
        Some(end) => who(&end, census, problems).map(Some),
        None => Some(None),
    };
    let (from, to) = (end("from"), end("to"));
    let (from, to) = (from?, to?);
    Some(match flag_or_false(part, "every", problems)? {
        true => Which::Every { kind, from, to },
        false => Which::Like { kind, from, to },
    })
}

/// The n-th message of a link: that names it, whatever its kind.
fn one(part: &Part<'_>, nth: &Part<'_>, census: Census, problems: &mut Problems) -> Option<Which> {
    let nth = number(nth, 1, u64::from(u32::MAX), problems);
    let mut end = |name| match part.child(name) {
        Some(end) => place(&end, census, problems),
        None => problems.at(part, format!("a message named by \"nth\" needs \"{name}\"")),
    };
    let (from, to) = (end("from"), end("to"));
    for other in ["kind", "every"] {
        if let Some(other) = part.child(other) {
            return problems.at(&other, "a message named by \"nth\" needs no more than \"from\" and \"to\"");
        }
    }
    Some(Which::One(MessageName { from: from?, to: to?, nth: nth? as u32 }))
}

/// The exact id of a kind, or the beginning of exactly one.
fn kind_number(part: &Part<'_>, kinds: &'static [Kind], problems: &mut Problems) -> Option<u8> {
    let name = plain(text(part, problems)?);
    let of_family = kinds.iter().enumerate().map(|(index, kind)| (kind.id, index as u8));
    let of_store = STORE_KINDS.iter().enumerate().map(|(index, kind)| (kind.id, STORE_KIND + index as u8));
    let all: Vec<(&str, u8)> = of_family.chain(of_store).collect();
    if let Some(&(_, number)) = all.iter().find(|&&(id, _)| plain(id) == name) {
        return Some(number);
    }
    let mut begun = all.iter().filter(|&&(id, _)| !name.is_empty() && plain(id).starts_with(&name));
    match (begun.next(), begun.next()) {
        (Some(&(_, number)), None) => Some(number),
        _ => problems.at(part, unknown("kind of message", &name, all.iter().map(|&(id, _)| id))),
    }
}

pub fn write_which(which: Which, algorithm: Algorithm, w: &mut Writer) {
    let (kind, from, to, every) = match which {
        Which::One(name) => {
            write_place(name.from, w.name("from"));
            write_place(name.to, w.name("to"));
            w.name("nth").number(u64::from(name.nth));
            return;
        }
        Which::Like { kind, from, to } => (kind, from, to, false),
        Which::Every { kind, from, to } => (kind, from, to, true),
    };
    if let Some(kind) = kind.and_then(|number| algorithm.kind(number)) {
        w.name("kind").text(kind.id);
    }
    if let Some(from) = from {
        write_who(from, w.name("from"));
    }
    if let Some(to) = to {
        write_who(to, w.name("to"));
    }
    if every {
        w.name("every").flag(true);
    }
}
