//! What must be true of a run at a moment: a fact by name, and what it is compared with.

use super::lookup::{Fact, lookup};
use crate::share::json::reader::{Json, Value};
use crate::sim::simulation::Simulation;
use std::cmp::Ordering;

/// `"N3.term": 2`, `"sent.vote_request": "> 4"`, `"leader": "!= N1"`, `"N2.commit": "= leader.commit"`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    pub path: String,
    relation: Relation,
    wanted: Wanted,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Relation {
    Is,
    IsNot,
    Below,
    AtMost,
    Above,
    AtLeast,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Wanted {
    /// As [`Fact::plain`] spells it.
    Text(String),
    /// Another fact.
    Path(String),
}

/// In the order in which they are tried: the longer first.
const RELATIONS: [(&str, Relation); 6] = [
    ("!=", Relation::IsNot),
    ("<=", Relation::AtMost),
    (">=", Relation::AtLeast),
    ("<", Relation::Below),
    (">", Relation::Above),
    ("=", Relation::Is),
];

impl Claim {
    /// All claims of an object.
    ///
    /// # Errors
    /// A sentence that names what is no claim.
    pub fn read_all(json: &Json) -> Result<Vec<Claim>, String> {
        let Value::Map(members) = &json.value else {
            return Err(format!("claims must be an object, not {} (line {})", json.kind(), json.line));
        };
        members.iter().map(|member| Claim::read(&member.name, &member.json)).collect()
    }

    fn read(path: &str, json: &Json) -> Result<Claim, String> {
        let (relation, wanted) = match &json.value {
            Value::Number(number) => (Relation::Is, Wanted::Text(number.clone())),
            Value::Flag(flag) => (Relation::Is, Wanted::Text(if *flag { "yes" } else { "no" }.into())),
            Value::Text(text) => read_text(text),
            _ => return Err(format!("\"{path}\" is compared with {} (line {})", json.kind(), json.line)),
        };
        Ok(Claim { path: path.to_owned(), relation, wanted })
    }

    /// Whether it is true now. A fact that does not exist makes no claim true.
    pub fn holds(&self, sim: &dyn Simulation) -> bool {
        self.judge(sim).unwrap_or(false)
    }

    fn judge(&self, sim: &dyn Simulation) -> Option<bool> {
        let found = lookup(sim, &self.path)?;
        let wanted = match &self.wanted {
            Wanted::Text(text) => text.clone(),
            Wanted::Path(path) => lookup(sim, path)?.plain(),
        };
        let order = compare(&found.plain(), &wanted);
        Some(match self.relation {
            Relation::Is => order == Ordering::Equal,
            Relation::IsNot => order != Ordering::Equal,
            Relation::Below => order == Ordering::Less,
            Relation::AtMost => order != Ordering::Greater,
            Relation::Above => order == Ordering::Greater,
            Relation::AtLeast => order != Ordering::Less,
        })
    }

    /// What was claimed and what was found, for whoever writes the text.
    pub fn report(&self, sim: &dyn Simulation) -> String {
        let found = lookup(sim, &self.path).map_or_else(|| "no such fact".to_owned(), |fact: Fact| fact.plain());
        let sign = RELATIONS.iter().find(|(_, relation)| *relation == self.relation).map_or("=", |(sign, _)| sign);
        let wanted = match &self.wanted {
            Wanted::Text(text) | Wanted::Path(text) => text,
        };
        format!("{} {sign} {wanted}, and it is {found}", self.path)
    }
}

/// `"> 4"` is a relation and a number or a path; anything else is the text itself.
fn read_text(text: &str) -> (Relation, Wanted) {
    let Some((rest, relation)) =
        RELATIONS.iter().find_map(|&(sign, relation)| text.strip_prefix(sign).map(|rest| (rest.trim(), relation)))
    else {
        return (Relation::Is, Wanted::Text(text.to_owned()));
    };
    let is_path = rest.contains('.') || matches!(rest, "leader" | "winner" | "target" | "quorum" | "nodes" | "reign");
    let wanted = if is_path { Wanted::Path(rest.to_owned()) } else { Wanted::Text(rest.to_owned()) };
    (relation, wanted)
}

/// As numbers where both are, else as texts.
fn compare(one: &str, other: &str) -> Ordering {
    match (one.parse::<u64>(), other.parse::<u64>()) {
        (Ok(one), Ok(other)) => one.cmp(&other),
        _ => one.cmp(other),
    }
}
