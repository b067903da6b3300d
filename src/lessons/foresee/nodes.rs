//! What can be seen of a node before the answer, and what became of it after.

use super::copy::Copy;
use crate::lessons::lookup::status;
use crate::sim::event::What;
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::reign::Role;
use crate::sim::time::MILLISECOND;
use crate::words::en::asking::asking;
use crate::words::event_line::kind_of;
use crate::words::lookup::fill;
use crate::words::numbers::{grouped, instant, span};

/// One template of the asking words filled in.
pub fn say(id: &str, values: &[(&str, String)]) -> String {
    fill(asking(id), |key| values.iter().find(|(known, _)| *known == key).map(|(_, value)| value.clone()))
}

/// The small line below a node's name: what the picture shows of it now.
pub fn seen(copy: &Copy, node: Place) -> String {
    let sim = copy.sim.as_ref();
    match status(sim, node) {
        Status::Down => return say("choice.node.down", &[]),
        Status::Paused => return say("choice.node.paused", &[]),
        Status::Up => {}
    }
    let page = sim.inspect(node);
    if page.standing.role == Role::Leader {
        return say("choice.node.leads", &[]);
    }
    let mut parts = Vec::new();
    if let Some(ring) = page.ring.filter(|ring| ring.due_at > sim.now()) {
        let left = (ring.due_at - sim.now()) / MILLISECOND * MILLISECOND;
        parts.push(say("choice.node.waits", &[("span", span(left))]));
    }
    let entries = page.strip_start.saturating_sub(1) + page.strip.len() as u64;
    if !page.strip.is_empty() {
        let id = if entries == 1 { "choice.node.entry" } else { "choice.node.strip" };
        parts.push(say(id, &[("count", grouped(entries))]));
    }
    parts.join(" ")
}

/// Live nodes worth choosing among: the given ones first, then by number, so many at most.
pub fn worth_choosing(copy: &Copy, first: &[Option<Place>], most: usize) -> Vec<Place> {
    let mut chosen: Vec<Place> = Vec::new();
    for place in first.iter().flatten().copied().chain(copy.sim.kernel().census.nodes()) {
        if chosen.len() < most && place.is_node() && !chosen.contains(&place) {
            chosen.push(place);
        }
    }
    chosen.sort_unstable();
    chosen
}

/// Why this node did not win, from what happened since the question.
pub fn why_not(copy: &Copy, node: Place) -> String {
    let who = node.to_string();
    let stood = copy.since().find(|event| {
        event.place == node && matches!(event.what, What::Became(standing) if standing.role == Role::Candidate)
    });
    let refusal = copy.since().find_map(|event| match event.what {
        What::Delivered { message } if message.from == node && event.place != node && asks(copy, message.kind) => {
            event.reason.filter(|_| stood.is_some()).map(|reason| (event.place, reason))
        }
        _ => None,
    });
    let down = copy.sim.kernel().statuses[copy.sim.kernel().census.slot(node)] == Status::Down;
    match (down, refusal, stood) {
        (true, _, None) => say("why.down", &[("who", who)]),
        (_, Some((by, reason)), _) => {
            say("why.refused", &[("who", who), ("by", by.to_string()), ("reason", copy.words.name("reason", reason.0))])
        }
        (_, None, Some(event)) => say("why.stood", &[("who", who), ("at", instant(event.at))]),
        _ => say("why.did_not_stand", &[("who", who)]),
    }
}

/// Whether a message of this kind asks for support, so that a reason given to it is a refusal.
fn asks(copy: &Copy, kind: u8) -> bool {
    let id = kind_of(copy.sim.as_ref(), kind).map_or("", |kind| kind.id);
    ["vote_request", "pre_vote_request", "prepare", "election"].contains(&id)
}
