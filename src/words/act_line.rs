//! One act in a sentence: what the visitor, or the scenario, did.

use super::event_line::kind_of;
use super::lookup::{Words, fill};
use super::numbers::{percent, span};
use crate::sim::duty::Work;
use crate::sim::fault::{By, Fault, LinkWires, Scope, Which, Who};
use crate::sim::history::Act;
use crate::sim::network::Wires;
use crate::sim::pauses::Pauses;
use crate::sim::settings::{Field, FieldKind, Settings, Value};
use crate::sim::simulation::Simulation;
use crate::sim::store::Guard;

/// `You crashed N1.`
pub fn act_line(words: &Words, sim: &dyn Simulation, act: &Act) -> String {
    let named = act.target.map(Who::At);
    let did = deed(words, sim, &act.fault, named);
    match act.by {
        By::Visitor => format!("You {did}."),
        By::Script => format!("The scenario {did}."),
    }
}

/// `crashed N1`: the act in the past tense, as it follows "You". `target` is whom it hit, if that is known.
pub fn deed(words: &Words, sim: &dyn Simulation, fault: &Fault, target: Option<Who>) -> String {
    let value = |key: &str| part(words, sim, fault, target, key);
    fill(words.find(&format!("act.{}", id(fault))).unwrap_or("acted"), value)
}

fn id(fault: &Fault) -> &'static str {
    match fault {
        Fault::Crash(_) => "crash",
        Fault::Restart(_) => "restart",
        Fault::Wipe(_) => "wipe",
        Fault::Pause(_) => "pause",
        Fault::Resume(..) => "resume",
        Fault::Cut { both: true, .. } => "cut_both",
        Fault::Cut { .. } => "cut",
        Fault::Mend { both: true, .. } => "mend_both",
        Fault::Mend { .. } => "mend",
        Fault::Isolate(_) => "isolate",
        Fault::Rejoin(_) => "rejoin",
        Fault::Partition(_) => "partition",
        Fault::Heal => "heal",
        Fault::Rewire { .. } => "rewire",
        Fault::Drop(_) => "drop",
        Fault::Duplicate(_) => "duplicate",
        Fault::Delay(..) => "delay",
        Fault::Deliver(_) => "deliver",
        Fault::Drift(..) => "drift",
        Fault::Request(..) => "request",
        Fault::Read(..) => "read",
        Fault::TimeOutNow(_) => "time_out_now",
        Fault::Transfer { .. } => "transfer",
        Fault::Resign(_) => "resign",
        Fault::ForgetLeader(_) => "forget_leader",
        Fault::Tune(..) => "tune",
    }
}

fn part(words: &Words, sim: &dyn Simulation, fault: &Fault, target: Option<Who>, key: &str) -> Option<String> {
    let text = match (key, fault) {
        ("who", fault) => whom(target.or(fault.aimed_at())?),
        ("from", Fault::Cut { from, .. } | Fault::Mend { from, .. } | Fault::Rewire { from, .. }) => whom(*from),
        ("to", Fault::Cut { to, .. } | Fault::Mend { to, .. } | Fault::Rewire { to, .. }) => whom(*to),
        ("from", Fault::Transfer { from, .. }) => whom(target.unwrap_or(*from)),
        ("to", Fault::Transfer { to, .. }) => to.map_or("the best node".into(), whom),
        ("groups", Fault::Partition(groups)) => groups_line(groups),
        ("wires", Fault::Rewire { wires, .. }) => wires_line(*wires),
        ("message", Fault::Drop(w) | Fault::Duplicate(w) | Fault::Delay(w, _) | Fault::Deliver(w)) => {
            which_line(words, sim, *w)
        }
        ("span", Fault::Delay(_, by)) => span(*by),
        ("drift", Fault::Drift(_, parts)) => drift_line(*parts),
        ("value", Fault::Request(word, _) | Fault::Read(word, _)) => word.to_string(),
        ("setting", Fault::Tune(scope, key, _)) => field(sim, *scope, *key).map(|f| words.name("setting", f.id))?,
        ("value", Fault::Tune(scope, key, value)) => value_line(words, field(sim, *scope, *key), *value),
        ("where", Fault::Tune(Scope::Node(place), ..)) => format!(" at {place}"),
        _ => return None,
    };
    Some(text)
}

fn whom(who: Who) -> String {
    match who {
        Who::At(place) => place.to_string(),
        Who::Leader => "the leader".into(),
        Who::OldLeader => "the old leader".into(),
        Who::Candidate => "the candidate".into(),
        Who::Follower => "a follower".into(),
        Who::Followed => "the node that most follow".into(),
    }
}

fn groups_line(groups: &[Vec<Who>]) -> String {
    let side = |group: &Vec<Who>| match group.as_slice() {
        [] => "all others".into(),
        group => group.iter().map(|&who| whom(who)).collect::<Vec<_>>().join(" "),
    };
    groups.iter().map(side).collect::<Vec<_>>().join(" | ")
}

fn wires_line(wires: LinkWires) -> String {
    match (wires.latency, wires.loss) {
        (None, None) => "as the others again".into(),
        (Some((low, _)), None) => format!("{} one way", span(low)),
        (None, Some(loss)) => format!("{} lost", percent(loss)),
        (Some((low, _)), Some(loss)) => format!("{} one way, {} lost", span(low), percent(loss)),
    }
}

fn which_line(words: &Words, sim: &dyn Simulation, which: Which) -> String {
    let named = |kind: u8| kind_of(sim, kind).map(|kind| words.name("message", kind.id));
    let (all, kind, from, to) = match which {
        Which::One(name) => {
            return format!("a message from {} to {}", name.from, name.to);
        }
        Which::Like { kind, from, to } => (false, kind, from, to),
        Which::Every { kind, from, to } => (true, kind, from, to),
    };
    let mut line = String::from(if all { "every " } else { "the next " });
    line.push_str(&kind.and_then(named).unwrap_or_else(|| "message".into()));
    if let Some(from) = from {
        line += &format!(" from {}", whom(from));
    }
    if let Some(to) = to {
        line += &format!(" to {}", whom(to));
    }
    line
}

/// `20 % fast`.
pub fn drift_line(parts: i32) -> String {
    match parts {
        0 => "at the right speed".into(),
        _ => format!("{} {}", percent(parts.unsigned_abs()), if parts > 0 { "fast" } else { "slow" }),
    }
}

fn field(sim: &dyn Simulation, scope: Scope, key: u8) -> Option<&'static Field> {
    let fields = match scope {
        Scope::Protocol | Scope::Node(_) => sim.fields(),
        Scope::Wires => Wires::FIELDS,
        Scope::Pauses => Pauses::FIELDS,
        Scope::Work => Work::FIELDS,
        Scope::Store => Guard::FIELDS,
    };
    fields.iter().find(|field| field.key == key)
}

/// A setting's value: `on`, `150 to 300 ms`, `30 %`.
pub fn value_line(words: &Words, field: Option<&Field>, value: Value) -> String {
    match value {
        Value::Switch(on) => (if on { "on" } else { "off" }).into(),
        Value::Span(time) => span(time),
        Value::Range(low, high) if low == high => span(low),
        Value::Range(low, high) => format!("{} to {}", span(low), span(high)),
        Value::Count(count) => count.to_string(),
        Value::Chance(chance) => percent(chance),
        Value::Choice(index) => match field.map(|field| field.kind) {
            Some(FieldKind::Choice(choices)) => {
                choices.get(usize::from(index)).map_or_else(String::new, |id| words.name("choice", id))
            }
            _ => index.to_string(),
        },
    }
}
