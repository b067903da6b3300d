//! Acts: `{ "crash": "leader" }`, `{ "cut": { "from": 1, "to": 3 } }`. One act has one name; some have more fields.

use super::fields::{flag, items, text, unknown};
use super::links;
use super::messages::which;
use super::places::{place, who};
use super::problem::{Part, Problems};
use super::spans::parse_rate;
use super::values::{find_field, span, value};
use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::who::plain;
use crate::share::json::reader::{Member, Value};
use crate::sim::duty::Work;
use crate::sim::fault::{Fault, Scope, Waking, Who};
use crate::sim::network::Wires;
use crate::sim::pauses::Pauses;
use crate::sim::place::Census;
use crate::sim::request::Word;
use crate::sim::settings::{Field, Settings};
use crate::sim::store::Guard;

/// Every act, and the fields it may have beside its own.
pub const ACTS: &[(&str, &[&str])] = &[
    ("crash", &[]),
    ("restart", &[]),
    ("wipe", &[]),
    ("pause", &[]),
    ("resume", &["order"]),
    ("cut", &[]),
    ("mend", &[]),
    ("isolate", &[]),
    ("rejoin", &[]),
    ("partition", &[]),
    ("heal", &[]),
    ("link", &[]),
    ("drop", &[]),
    ("duplicate", &[]),
    ("delay", &[]),
    ("deliver", &[]),
    ("drift", &["rate"]),
    ("request", &["to", "of"]),
    ("read", &["to", "of"]),
    ("timeout_now", &[]),
    ("transfer", &["from"]),
    ("resign", &[]),
    ("forget_leader", &[]),
    ("tune", &["of"]),
];

/// What acts are read against.
#[derive(Clone, Copy)]
pub struct Cast {
    pub algorithm: Algorithm,
    pub census: Census,
}

/// The act of an entry; several if it tunes several settings. `triggers` are the fields that say when.
pub fn act(part: &Part<'_>, cast: Cast, triggers: &[&str], problems: &mut Problems) -> Option<Vec<Fault>> {
    let Value::Map(members) = &part.json.value else {
        return problems.at(part, format!("must be an object, not {}", part.json.kind()));
    };
    let known = |member: &Member| ACTS.iter().find(|&&(name, _)| name == spelled(&member.name));
    let mut named = members.iter().filter_map(|member| known(member).map(|act| (member, act)));
    let Some((member, &(name, beside))) = named.next() else {
        return no_act(part, members, triggers, problems);
    };
    if let Some((second, _)) = named.next() {
        let message = format!("an entry does one thing: \"{}\" or \"{}\"", member.name, second.name);
        return problems.note(second.line, part.path_to(&second.name), message);
    }
    let mut is_good = true;
    for other in members.iter().filter(|other| other.name != member.name) {
        if !triggers.contains(&other.name.as_str()) && !beside.contains(&other.name.as_str()) {
            let names = triggers.iter().chain(beside).copied().chain(ACTS.iter().map(|&(act, _)| act));
            let message = match names.clone().any(|known| known == other.name) {
                true => format!("does not belong to \"{name}\""),
                false => unknown("field", &other.name, names),
            };
            problems.note::<()>(other.line, part.path_to(&other.name), message);
            is_good = false;
        }
    }
    let own = Part { json: &member.json, path: part.path_to(&member.name) };
    if name == "tune" {
        return tune(part, &own, cast, problems).filter(|_| is_good);
    }
    one(name, part, &own, cast, problems).filter(|_| is_good).map(|fault| vec![fault])
}

/// Another name of the same act.
fn spelled(name: &str) -> &str {
    if name == "rewire" { "link" } else { name }
}

fn no_act(part: &Part<'_>, members: &[Member], triggers: &[&str], problems: &mut Problems) -> Option<Vec<Fault>> {
    match members.iter().find(|member| !triggers.contains(&member.name.as_str())) {
        Some(member) => {
            let names = ACTS.iter().map(|&(name, _)| name);
            problems.note(member.line, part.path_to(&member.name), unknown("act", &member.name, names))
        }
        None => problems.at(part, "says when, but not what is to happen"),
    }
}

fn one(name: &str, entry: &Part<'_>, own: &Part<'_>, cast: Cast, problems: &mut Problems) -> Option<Fault> {
    let census = cast.census;
    let target = |problems: &mut Problems| who(own, census, problems);
    Some(match name {
        "crash" => Fault::Crash(target(problems)?),
        "restart" => Fault::Restart(target(problems)?),
        "wipe" => Fault::Wipe(target(problems)?),
        "pause" => Fault::Pause(target(problems)?),
        "resume" => {
            let who = target(problems);
            let waking = waking(entry, problems);
            Fault::Resume(who?, waking?)
        }
        "isolate" => Fault::Isolate(target(problems)?),
        "rejoin" => Fault::Rejoin(target(problems)?),
        "timeout_now" => Fault::TimeOutNow(target(problems)?),
        "resign" => Fault::Resign(target(problems)?),
        "forget_leader" => Fault::ForgetLeader(target(problems)?),
        "cut" | "mend" => {
            let (from, to, both) = links::ends(own, census, &[], problems)?;
            if name == "cut" { Fault::Cut { from, to, both } } else { Fault::Mend { from, to, both } }
        }
        "link" => {
            let ends = links::ends(own, census, &["latency", "loss"], problems);
            let wires = links::wires(own, problems);
            let (from, to, both) = ends?;
            Fault::Rewire { from, to, both, wires: wires? }
        }
        "partition" => Fault::Partition(groups(own, census, problems)?),
        "heal" if flag(own, problems)? => Fault::Heal,
        "heal" => return problems.at(own, "can only be true"),
        "drop" => Fault::Drop(which(own, cast.algorithm.kinds(), census, &[], true, problems)?),
        "duplicate" => Fault::Duplicate(which(own, cast.algorithm.kinds(), census, &[], false, problems)?),
        "deliver" => Fault::Deliver(which(own, cast.algorithm.kinds(), census, &[], false, problems)?),
        "delay" => {
            let which = which(own, cast.algorithm.kinds(), census, &["by"], false, problems);
            let by = match own.child("by") {
                Some(by) => span(&by, problems),
                None => problems.at(own, "needs \"by\", the time by which the message is late"),
            };
            Fault::Delay(which?, by?)
        }
        "drift" => {
            let who = target(problems);
            let rate = rate(entry, problems);
            Fault::Drift(who?, rate?)
        }
        "request" | "read" => {
            let word = word(own, problems);
            let of = whom_to_ask(entry, census, problems);
            let (word, of) = (word?, of?);
            if name == "read" { Fault::Read(word, of) } else { Fault::Request(word, of) }
        }
        _ => transfer(entry, own, census, problems)?,
    })
}

fn waking(entry: &Part<'_>, problems: &mut Problems) -> Option<Waking> {
    let Some(order) = entry.child("order") else { return Some(Waking::Either) };
    match plain(text(&order, problems)?).as_str() {
        "inbox first" => Some(Waking::InboxFirst),
        "timers first" => Some(Waking::TimersFirst),
        "either" => Some(Waking::Either),
        _ => problems.at(&order, "must be \"inbox first\", \"timers first\" or \"either\""),
    }
}

fn groups(own: &Part<'_>, census: Census, problems: &mut Problems) -> Option<Vec<Vec<Who>>> {
    let lists = items(own, problems)?;
    if lists.len() < 2 {
        return problems.at(own, "needs two groups or more, such as [[1, 2], [3, 4, 5]]");
    }
    let mut groups: Vec<Vec<Who>> = Vec::new();
    let mut is_good = true;
    for list in &lists {
        let mut group = Vec::new();
        for part in items(list, problems)? {
            match who(&part, census, problems) {
                Some(who) if matches!(who, Who::At(_)) && groups.iter().flatten().chain(&group).any(|&w| w == who) => {
                    problems.at::<()>(&part, "is in the partition twice");
                    is_good = false;
                }
                Some(who) => group.push(who),
                None => is_good = false,
            }
        }
        groups.push(group);
    }
    is_good.then_some(groups)
}

fn rate(entry: &Part<'_>, problems: &mut Problems) -> Option<i32> {
    let Some(rate) = entry.child("rate") else {
        return problems.at(entry, "\"drift\" needs \"rate\", how fast the clock runs: \"+20%\", \"-300ppm\"");
    };
    match parse_rate(text(&rate, problems)?) {
        Ok(parts) => Some(parts),
        Err(message) => problems.at(&rate, message),
    }
}

fn word(own: &Part<'_>, problems: &mut Problems) -> Option<Word> {
    let word = Word::new(text(own, problems)?);
    word.or_else(|| problems.at(own, "must be at most eight letters"))
}

/// `"to"` or `"of"`; the leader, if neither is given.
fn whom_to_ask(entry: &Part<'_>, census: Census, problems: &mut Problems) -> Option<Who> {
    match (entry.child("to"), entry.child("of")) {
        (Some(_), Some(of)) => problems.at(&of, "give \"to\" or \"of\", not both"),
        (Some(part), None) | (None, Some(part)) => who(&part, census, problems),
        (None, None) => Some(Who::Leader),
    }
}

fn transfer(entry: &Part<'_>, own: &Part<'_>, census: Census, problems: &mut Problems) -> Option<Fault> {
    let to = match &own.json.value {
        Value::Text(name) if plain(name) == "best" => Some(None),
        _ => who(own, census, problems).map(Some),
    };
    let from = entry.child("from").map_or(Some(Who::Leader), |from| who(&from, census, problems));
    Some(Fault::Transfer { from: from?, to: to? })
}

// ---- settings ------------------------------------------------------------------------------------------------

/// A scope of settings, the prefix it goes by, and its fields.
pub fn scopes(algorithm: Algorithm) -> [(Scope, &'static str, &'static [Field]); 5] {
    [
        (Scope::Protocol, "", algorithm.fields()),
        (Scope::Wires, "wires.", Wires::FIELDS),
        (Scope::Pauses, "pauses.", Pauses::FIELDS),
        (Scope::Work, "work.", Work::FIELDS),
        (Scope::Store, "store.", Guard::FIELDS),
    ]
}

fn tune(entry: &Part<'_>, own: &Part<'_>, cast: Cast, problems: &mut Problems) -> Option<Vec<Fault>> {
    let Value::Map(members) = &own.json.value else {
        return problems.at(own, "must be an object such as { \"pre_vote\": true }");
    };
    let of = match entry.child("of") {
        Some(of) => Some(place(&of, cast.census, problems)?),
        None => None,
    };
    if members.is_empty() {
        return problems.at(own, "names no setting");
    }
    let mut faults = Vec::new();
    for member in members {
        let part = Part { json: &member.json, path: own.path_to(&member.name) };
        let Some((scope, field)) = find_setting(&member.name, cast.algorithm) else {
            let known: Vec<String> = scopes(cast.algorithm)
                .iter()
                .flat_map(|(_, prefix, fields)| fields.iter().map(move |field| format!("{prefix}{}", field.id)))
                .collect();
            let message = unknown("setting", &member.name, known.iter().map(String::as_str));
            problems.note::<()>(member.line, part.path, message);
            continue;
        };
        let scope = match (of, scope) {
            (Some(place), Scope::Protocol) => Scope::Node(place),
            (Some(_), _) => {
                problems.at::<()>(&part, "is the same for all: it goes without \"of\"");
                continue;
            }
            (None, scope) => scope,
        };
        if let Some(value) = value(field.kind, &part, problems) {
            faults.push(Fault::Tune(scope, field.key, value));
        }
    }
    (faults.len() == members.len()).then_some(faults)
}

fn find_setting(name: &str, algorithm: Algorithm) -> Option<(Scope, &'static Field)> {
    let (scope, prefix, fields) =
        scopes(algorithm).into_iter().rev().find(|&(_, prefix, _)| name.starts_with(prefix))?;
    find_field(fields, &name[prefix.len()..]).map(|field| (scope, field))
}
