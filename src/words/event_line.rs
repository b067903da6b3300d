//! One event in a sentence.

use super::act_line::act_line;
use super::lookup::{Words, fill, plain};
use super::numbers::grouped;
use crate::sim::duty::Stage;
use crate::sim::event::{Event, EventId, Loss, MessageRef, What};
use crate::sim::message::{ABSENT, Kind};
use crate::sim::office::{STORE_KIND, STORE_KINDS};
use crate::sim::place::Place;
use crate::sim::reign::{Role, Standing};
use crate::sim::request::{Answer, Word};
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;

/// What an event is about; the log is filtered by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Topic {
    /// What the visitor or the scenario did, and what befell a process.
    Acts,
    /// Who leads, who wants to.
    Leadership,
    /// What clients asked and were told, what was decided.
    Clients,
    Messages,
    /// Timers and disks.
    Inner,
}

/// An event as a line of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub event: EventId,
    pub at: Micros,
    pub topic: Topic,
    /// Happens all the time while all is well: left out of the short log.
    pub routine: bool,
    pub text: String,
}

/// The sentence of this event.
pub fn event_line(words: &Words, sim: &dyn Simulation, event: &Event) -> Line {
    let (topic, routine, text) = told(words, sim, event);
    Line { event: event.id, at: event.at, topic, routine, text }
}

fn told(words: &Words, sim: &dyn Simulation, event: &Event) -> (Topic, bool, String) {
    let at = event.place;
    let simple = |id: &str| words.sentence("event", id, |key| (key == "at").then(|| at.to_string()));
    match event.what {
        What::Booted { life } => (Topic::Acts, life <= 1, simple(if life > 1 { "booted_again" } else { "booted" })),
        What::Crashed => (Topic::Acts, is_the_act_itself(sim, event), simple("crashed")),
        What::Wiped => (Topic::Acts, is_the_act_itself(sim, event), simple("wiped")),
        What::Paused { by_chance: true } => (Topic::Acts, false, simple("paused_by_chance")),
        What::Paused { .. } => (Topic::Acts, true, simple("paused")),
        What::Resumed { timers_first: true } => (Topic::Acts, false, simple("resumed.timers_first")),
        What::Resumed { .. } => (Topic::Acts, false, simple("resumed.inbox_first")),
        What::Sent { message, lost, .. } => {
            let mut text = message_line(words, sim, &message, "sent", None);
            if let Some(why) = lost {
                text.pop();
                text += &format!("; {}.", words.name("loss", loss_id(why)));
            }
            (Topic::Messages, lost.is_none() || is_routine(sim, &message), text)
        }
        What::Delivered { message } => {
            (Topic::Messages, is_routine(sim, &message), message_line(words, sim, &message, "delivered", None))
        }
        What::Waits { message } => (Topic::Messages, true, message_line(words, sim, &message, "waits", None)),
        What::Lost { message, why } => {
            (Topic::Messages, is_routine(sim, &message), message_line(words, sim, &message, "lost", Some(why)))
        }
        What::TimerFired { timer } => timer_line(words, sim, at, timer),
        What::Saved { .. } => (Topic::Inner, true, simple("saved")),
        What::LinkChanged { peer, up } => (
            Topic::Inner,
            true,
            words.sentence("event", if up { "link_up" } else { "link_down" }, |key| match key {
                "at" => Some(at.to_string()),
                "peer" => Some(peer.to_string()),
                _ => None,
            }),
        ),
        What::Became(standing) => became_line(words, at, &standing),
        What::Told(tale) => {
            (Topic::Clients, !leads(sim, at), words.sentence("tale", tale.id, |key| numbered(at, &tale.numbers, key)))
        }
        What::Applies => (Topic::Clients, true, simple("applies")),
        What::Works { number, stage } => (Topic::Clients, true, works_line(words, at, number, stage)),
        What::Asked { read, value, .. } => {
            let id = if read { "asked_read" } else { "asked_write" };
            (
                Topic::Clients,
                false,
                words.sentence("event", id, |key| match key {
                    "at" => Some(at.to_string()),
                    "value" => Some(Word::from_number(value).to_string()),
                    _ => None,
                }),
            )
        }
        What::Answered { answer, .. } => (Topic::Clients, false, answer_line(words, at, answer)),
        What::Acted { act } => match sim.history().acts.get(act as usize) {
            Some(act) => (Topic::Acts, false, act_line(words, sim, act)),
            None => (Topic::Acts, false, "An act.".into()),
        },
        What::NotActed => {
            let why = event.cause.and_then(|cause| sim.history().event(cause)).and_then(|event| event.reason);
            let why = why.map_or_else(|| "it did not fit".into(), |reason| words.name("reason", reason.0));
            (Topic::Acts, false, words.sentence("event", "not_acted", |key| (key == "why").then(|| why.clone())))
        }
    }
}

/// What a follower learns, the leader has told before.
fn leads(sim: &dyn Simulation, place: Place) -> bool {
    let kernel = sim.kernel();
    kernel.standings[kernel.census.slot(place)].role == Role::Leader
}

/// A crash that follows an act says nothing that the act's own line does not say.
fn is_the_act_itself(sim: &dyn Simulation, event: &Event) -> bool {
    let cause = event.cause.and_then(|cause| sim.history().event(cause));
    cause.is_some_and(|cause| matches!(cause.what, What::Acted { .. }) && cause.place == event.place)
}

/// Signs of life and their answers, which say nothing new while all is well.
fn is_routine(sim: &dyn Simulation, message: &MessageRef) -> bool {
    let Some(kind) = kind_of(sim, message.kind) else { return false };
    let carries = kind.fields.iter().position(|field| *field == "entries").map(|index| message.facts[index]);
    ["append", "heartbeat", "ping", "alive", "lease"].iter().any(|sign| kind.id.contains(sign))
        && (carries == Some(0) || kind.id.contains("reply") || carries.is_none())
}

fn timer_line(words: &Words, sim: &dyn Simulation, at: Place, timer: u8) -> (Topic, bool, String) {
    let id = sim.timer_names().get(usize::from(timer)).copied().unwrap_or("timer");
    let routine = ["heartbeat", "ping", "tick"].iter().any(|often| id.contains(often));
    let value = |key: &str| match key {
        "at" => Some(at.to_string()),
        "timer" => Some(words.name("timer", id)),
        _ => None,
    };
    let text = match words.find(&format!("timer.{id}.fired")) {
        Some(own) => fill(own, value),
        None => words.sentence("event", "timer", value),
    };
    (Topic::Inner, routine, text)
}

fn became_line(words: &Words, at: Place, standing: &Standing) -> (Topic, bool, String) {
    let id = match standing.role {
        Role::Leader => "leader",
        Role::Follower if standing.follows.is_some_and(|leader| leader != at) => "follows",
        _ => "became",
    };
    let text = words.sentence("event", id, |key| match key {
        "at" => Some(at.to_string()),
        "leader" => standing.follows.map(|leader| leader.to_string()),
        "title" => Some(title(words, standing)),
        "reign" => standing.reign.map(|reign| format!(" in {}", words.reign(reign))),
        _ => None,
    });
    (Topic::Leadership, standing.role == Role::Follower, text)
}

fn stage_id(stage: Stage) -> &'static str {
    match stage {
        Stage::Idle => "idle",
        Stage::RaisingFence => "raising_fence",
        Stage::Reading => "reading",
        Stage::Ready => "ready",
        Stage::Acting { .. } => "acting",
        Stage::Waiting { .. } => "waiting",
        Stage::Refused => "refused",
    }
}

/// The kind with this number: the family's, or one of the store's.
pub fn kind_of(sim: &dyn Simulation, kind: u8) -> Option<&'static Kind> {
    match kind.checked_sub(STORE_KIND) {
        Some(stores) => STORE_KINDS.get(usize::from(stores)),
        None => sim.kinds().get(usize::from(kind)),
    }
}

/// The family's word for the role, else the common one.
pub fn title(words: &Words, standing: &Standing) -> String {
    let common = match standing.role {
        Role::Follower => "follower",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    };
    let id = if standing.title.is_empty() { common } else { standing.title };
    words.find(&format!("title.{id}")).map_or_else(|| plain(id), Into::into)
}

fn works_line(words: &Words, at: Place, number: u64, stage: Stage) -> String {
    words.sentence("works", stage_id(stage), |key| match key {
        "at" => Some(at.to_string()),
        "number" => Some(grouped(number)),
        _ => None,
    })
}

fn answer_line(words: &Words, at: Place, answer: Answer) -> String {
    let (id, index, why) = match answer {
        Answer::Written { index } => ("written", index, None),
        Answer::Read { as_of } => ("read", as_of, None),
        Answer::Refused(reason) => ("refused", 0, Some(words.name("reason", reason.0))),
    };
    words.sentence("event", id, |key| match key {
        "at" => Some(at.to_string()),
        "index" => Some(grouped(index)),
        "why" => why.clone(),
        _ => None,
    })
}

/// The numbers of a tale or of a break.
pub fn numbered(at: Place, numbers: &[u64; 3], key: &str) -> Option<String> {
    match key {
        "at" => Some(at.to_string()),
        "0" | "1" | "2" => key.parse::<usize>().ok().map(|index| grouped(numbers[index])),
        _ => None,
    }
}

fn message_line(words: &Words, sim: &dyn Simulation, message: &MessageRef, what: &str, why: Option<Loss>) -> String {
    let Some(kind) = kind_of(sim, message.kind) else { return String::new() };
    let own = |key: &str| fact(kind.fields, &message.facts, key).map(|(_, text)| text);
    let value = |key: &str| match key {
        "from" => Some(message.from.to_string()),
        "to" => Some(message.to.to_string()),
        "message" => Some(with_article(&words.name("message", kind.id))),
        "why" => why.map(|why| words.name("loss", loss_id(why))),
        // Half a ballot is no token.
        "token" | "seen" => own(key).map(|number| own("by").map_or(number.clone(), |by| format!("{number}·N{by}"))),
        _ => own(key),
    };
    let lacks_token = kind.fields.contains(&"token") && value("token").is_none();
    let without = lacks_token.then(|| words.find(&format!("message.{}.{what}.without", kind.id))).flatten();
    match without.or_else(|| words.find(&format!("message.{}.{what}", kind.id))) {
        Some(own) => fill(own, value),
        None => super::lookup::sentence_case(&words.sentence("event", what, value)),
    }
}

fn with_article(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    if name.starts_with("a ") || name.starts_with("an ") || name.starts_with("the ") {
        name.into()
    } else {
        format!("{article} {name}")
    }
}

fn fact(fields: &[&'static str], facts: &[u64], key: &str) -> Option<(&'static str, String)> {
    let index = fields.iter().position(|field| *field == key)?;
    let number = *facts.get(index)?;
    (number != ABSENT).then(|| (fields[index], grouped(number)))
}

/// The id of a loss in the tables.
pub fn loss_id(loss: Loss) -> &'static str {
    match loss {
        Loss::Cut => "cut",
        Loss::Chance => "chance",
        Loss::Dropped => "dropped",
        Loss::ReceiverDown => "receiver_down",
        Loss::ConnectionBroke => "connection_broke",
    }
}
