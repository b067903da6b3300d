//! A history written down, one event per line, for people and for comparison. What happened in the course of a step
//! is indented below what began it.

use conclave::sim::event::{Event, Loss, MessageRef, What};
use conclave::sim::fault::{By, Fault};
use conclave::sim::message::{ABSENT, Kind};
use conclave::sim::request::{Answer, Word};
use conclave::sim::simulation::Simulation;
use conclave::sim::time::Micros;
use std::fmt::Write;

pub fn written(world: &dyn Simulation) -> String {
    let mut text = String::new();
    for event in world.history().events() {
        let indent = if event.leads_step { "" } else { "  " };
        let _ = write!(text, "{}  {indent}{} {}", time(event.at), event.place, what(event, world));
        if let Some(rule) = event.rule {
            let _ = write!(text, "  [{rule}]");
        }
        if let Some(reason) = event.reason {
            let _ = write!(text, "  ({reason})");
        }
        text.push('\n');
    }
    let _ = writeln!(text, "digest {:016x}", world.history().digest());
    text
}

/// Milliseconds with three places.
fn time(at: Micros) -> String {
    format!("{:>5}.{:03}", at / 1_000, at % 1_000)
}

fn what(event: &Event, world: &dyn Simulation) -> String {
    let name = |message: &MessageRef| described(message, world.kinds());
    let timer = |timer: u8| world.timer_names()[usize::from(timer)];
    match event.what {
        What::Booted { life } => format!("starts, life {life}"),
        What::Crashed => "crashes".into(),
        What::Wiped => "loses its disk".into(),
        What::Paused { by_chance } => if by_chance { "freezes by chance" } else { "freezes" }.into(),
        What::Resumed { timers_first } => {
            if timers_first { "wakes, timers first" } else { "wakes, inbox first" }.into()
        }
        What::Sent { message, arrives: Some(at), .. } => {
            format!("sends {} to {}, arrives {}", name(&message), message.to, time(at).trim_start())
        }
        What::Sent { message, lost, .. } => format!("sends {} to {}, {}", name(&message), message.to, fate(lost)),
        What::Delivered { message } => format!("gets {} from {}", name(&message), message.from),
        What::Waits { message } => format!("frozen, {} from {} waits", name(&message), message.from),
        What::Lost { message, why } => format!("{} from {} {}", name(&message), message.from, fate(Some(why))),
        What::TimerFired { timer: fired } => format!("timer {} runs out", timer(fired)),
        What::Saved { ticket } => format!("write {ticket} is durable"),
        What::LinkChanged { peer, up } => format!("connection to {peer} {}", if up { "up" } else { "down" }),
        What::Became(standing) => {
            let reign = standing.reign.map_or("-".to_string(), |reign| reign.to_string());
            let follows = standing.follows.map_or("nobody".to_string(), |place| place.to_string());
            format!("is {} in reign {reign}, follows {follows}", standing.title)
        }
        What::Told(tale) => format!("tells {} {:?}", tale.id, tale.numbers),
        What::Asked { id, read, value } => {
            let verb = if read { "to read" } else { "to write" };
            format!("is asked {verb} \"{}\", request {id}", Word::from_number(value))
        }
        What::Answered { id, answer } => match answer {
            Answer::Written { index } => format!("answers request {id}: written at {index}"),
            Answer::Read { as_of } => format!("answers request {id}: read as of {as_of}"),
            Answer::Refused(why) => format!("answers request {id}: refused, {why}"),
        },
        What::Acted { act } => {
            let act = &world.history().acts[act as usize];
            let by = if act.by == By::Script { "script" } else { "visitor" };
            match &act.fault {
                Fault::Request(word, who) => format!("{by}: write \"{word}\" at {who:?}"),
                fault => format!("{by}: {fault:?}"),
            }
        }
        ref other => format!("{other:?}"),
    }
}

fn described(message: &MessageRef, kinds: &[Kind]) -> String {
    let Some(kind) = kinds.get(usize::from(message.kind)) else { return format!("kind {}", message.kind) };
    let facts = kind.fields.iter().zip(message.facts).filter(|&(_, fact)| fact != ABSENT);
    let facts: Vec<String> = facts.map(|(field, fact)| format!("{field} {fact}")).collect();
    format!("{}({})", kind.id, facts.join(", "))
}

fn fate(lost: Option<Loss>) -> &'static str {
    match lost {
        Some(Loss::Cut) => "lost: the link is cut",
        Some(Loss::Chance) => "lost by chance",
        Some(Loss::Dropped) => "dropped",
        Some(Loss::ReceiverDown) => "lost: the receiver is down",
        Some(Loss::ConnectionBroke) => "lost: the connection broke",
        None => "waits for the connection",
    }
}
