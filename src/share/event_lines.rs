//! The history as JSON lines: one object per event, with the same field names for every family.
//! `docs/documents.md` lists them.

use super::document::write_fault;
use super::json::writer::Writer;
use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::who::place_name;
use crate::sim::event::{Event, Loss, MessageRef, What};
use crate::sim::fault::By;
use crate::sim::message::ABSENT;
use crate::sim::place::Place;
use crate::sim::reign::{Reign, Role, Standing};
use crate::sim::request::{Answer, Word};
use crate::sim::simulation::Simulation;

/// Writes one event as one object.
pub fn write_event(event: &Event, simulation: &dyn Simulation, algorithm: Algorithm, w: &mut Writer) {
    w.open_map();
    w.name("at_us").number(event.at);
    w.name("kind").text(kind(&event.what));
    w.name("event").number(event.id);
    write_place_field(event.place, w);
    write_what(&event.what, simulation, algorithm, w);
    match event.cause {
        Some(cause) => w.name("cause").number(cause),
        None => w.name("cause").null(),
    }
    match event.rule {
        Some(rule) => w.name("rule").text(&rule.to_string()),
        None => w.name("rule").null(),
    }
    if let Some(reason) = event.reason {
        w.name("reason").text(reason.0);
    }
    w.close_map();
}

fn kind(what: &What) -> &'static str {
    match what {
        What::Booted { .. } => "booted",
        What::Crashed => "crashed",
        What::Wiped => "wiped",
        What::Paused { .. } => "paused",
        What::Resumed { .. } => "resumed",
        What::Sent { .. } => "sent",
        What::Delivered { .. } => "delivered",
        What::Waits { .. } => "waits",
        What::Lost { .. } => "lost",
        What::TimerFired { .. } => "timer",
        What::Saved { .. } => "saved",
        What::LinkChanged { .. } => "link",
        What::Became(_) => "became",
        What::Told(_) => "told",
        What::Applies => "applies",
        What::Works { .. } => "works",
        What::Asked { .. } => "asked",
        What::Answered { .. } => "answered",
        What::Acted { .. } => "acted",
        What::NotActed => "not_acted",
    }
}

fn write_what(what: &What, simulation: &dyn Simulation, algorithm: Algorithm, w: &mut Writer) {
    match *what {
        What::Booted { life } => w.name("life").number(u64::from(life)),
        What::Paused { by_chance } => w.name("by_chance").flag(by_chance),
        What::Resumed { timers_first } => {
            w.name("order").text(if timers_first { "timers first" } else { "inbox first" });
        }
        What::Sent { message, arrives, lost } => {
            write_message(&message, algorithm, w);
            match arrives {
                Some(at) => w.name("arrives_us").number(at),
                None => w.name("arrives_us").null(),
            }
            if let Some(why) = lost {
                w.name("lost").text(loss(why));
            }
        }
        What::Delivered { message } | What::Waits { message } => write_message(&message, algorithm, w),
        What::Lost { message, why } => {
            write_message(&message, algorithm, w);
            w.name("lost").text(loss(why));
        }
        What::TimerFired { timer } => {
            w.name("timer").text(simulation.timer_names().get(usize::from(timer)).copied().unwrap_or(""));
        }
        What::Saved { ticket } => w.name("ticket").number(u64::from(ticket)),
        What::LinkChanged { peer, up } => {
            write_peer(peer, w.name("peer"));
            w.name("up").flag(up);
        }
        What::Became(standing) => write_standing(&standing, w),
        What::Told(tale) => {
            w.name("tale").text(tale.id);
            w.name("numbers").open_list();
            tale.numbers.iter().for_each(|&number| w.number(number));
            w.close_list();
        }
        What::Works { number, .. } => w.name("number").number(number),
        What::Asked { id, read, value } => {
            w.name("request").number(u64::from(id));
            w.name("read").flag(read);
            w.name("value").text(&Word::from_number(value).to_string());
        }
        What::Answered { id, answer } => {
            w.name("request").number(u64::from(id));
            write_answer(answer, w);
        }
        What::Acted { act } => write_act(act, simulation, algorithm, w),
        What::Crashed | What::Wiped | What::Applies | What::NotActed => {}
    }
}

/// `"node": 3`, `"server": 1` or `"store": true`.
pub fn write_place_field(place: Place, w: &mut Writer) {
    match place {
        Place::Node(n) => w.name("node").number(u64::from(n)),
        Place::Server(n) => w.name("server").number(u64::from(n)),
        Place::Store => w.name("store").flag(true),
    }
}

/// A place as a value: `3`, `"S1"`, `"store"`.
pub fn write_peer(place: Place, w: &mut Writer) {
    match place {
        Place::Node(n) => w.number(u64::from(n)),
        other => w.text(&place_name(other)),
    }
}

/// A number, `[counter, id]`, or null.
pub fn write_reign(reign: Option<Reign>, w: &mut Writer) {
    match reign {
        None => w.null(),
        Some(Reign { number, by: 0 }) => w.number(number),
        Some(Reign { number, by }) => {
            w.open_list();
            w.number(number);
            w.number(u64::from(by));
            w.close_list();
        }
    }
}

pub fn role(role: Role) -> &'static str {
    match role {
        Role::Follower => "follower",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    }
}

/// Role, the family's own word for it, reign, whom it follows.
pub fn write_standing(standing: &Standing, w: &mut Writer) {
    w.name("role").text(role(standing.role));
    w.name("title").text(standing.title);
    write_reign(standing.reign, w.name("reign"));
    match standing.follows {
        Some(place) => write_peer(place, w.name("follows")),
        None => w.name("follows").null(),
    }
}

fn write_message(message: &MessageRef, algorithm: Algorithm, w: &mut Writer) {
    w.name("message").open_map();
    let kind = algorithm.kind(message.kind);
    w.name("kind").text(kind.map_or("", |kind| kind.id));
    write_peer(message.from, w.name("from"));
    write_peer(message.to, w.name("to"));
    w.name("nth").number(u64::from(message.nth));
    for (name, &fact) in kind.map_or(&[] as &[_], |kind| kind.fields).iter().zip(&message.facts) {
        match fact {
            ABSENT => w.name(name).null(),
            fact => w.name(name).number(fact),
        }
    }
    w.close_map();
}

fn loss(why: Loss) -> &'static str {
    match why {
        Loss::Cut => "cut",
        Loss::Chance => "chance",
        Loss::Dropped => "dropped",
        Loss::ReceiverDown => "receiver_down",
        Loss::ConnectionBroke => "connection_broke",
    }
}

fn write_answer(answer: Answer, w: &mut Writer) {
    match answer {
        Answer::Written { index } => {
            w.name("answer").text("written");
            w.name("index").number(index);
        }
        Answer::Read { as_of } => {
            w.name("answer").text("read");
            w.name("as_of").number(as_of);
        }
        Answer::Refused(reason) => {
            w.name("answer").text("refused");
            w.name("why").text(reason.0);
        }
    }
}

/// The act as a document would write it, and who did it.
fn write_act(act: u32, simulation: &dyn Simulation, algorithm: Algorithm, w: &mut Writer) {
    let Some(act) = simulation.history().acts.get(act as usize) else { return };
    w.name("by").text(if act.by == By::Script { "script" } else { "visitor" });
    w.name("act").open_map();
    write_fault(&act.fault, algorithm, simulation.kernel().census, w);
    w.close_map();
    match act.target {
        Some(place) => write_peer(place, w.name("target")),
        None => w.name("target").null(),
    }
}
