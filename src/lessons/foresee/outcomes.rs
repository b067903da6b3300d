//! One function per kind of question: what is asked, what may be answered, what the copy did.

use super::copy::Copy;
use super::nodes::{say, seen, why_not, worth_choosing};
use super::{Choice, HORIZON, MOST_CHOICES, Question};
use crate::lessons::lookup::{impatient, with_role};
use crate::share::document::parse_span;
use crate::sim::event::{EventId, What};
use crate::sim::fault::Who;
use crate::sim::inspection::Seat;
use crate::sim::kernel::FlightState;
use crate::sim::place::Place;
use crate::sim::reign::Role;
use crate::sim::request::Answer;
use crate::sim::store::Outcome;
use crate::sim::time::{MILLISECOND, Micros, SECOND};
use crate::words::event_line::kind_of;
use crate::words::numbers::{instant, listed, span};

type Asked = Result<Question, String>;

/// A client waits no longer than this.
const CLIENT_WAITS: Micros = 20 * SECOND;

fn choice(name: String, small: String, verdict: String) -> Choice {
    Choice { name, small, verdict }
}

/// The node whose event made the answer, and nobody, as choices.
fn who(mut copy: Copy, kind: &str, role: Role, enough: impl Fn(&Copy) -> Option<(Place, EventId, Micros)>) -> Asked {
    let favourite = impatient(copy.sim.as_ref());
    let known = copy.sim.kernel().measures.tenures.last().map(|tenure| tenure.place);
    let before: Vec<(Place, String)> = copy.sim.kernel().census.nodes().map(|node| (node, seen(&copy, node))).collect();
    let from = copy.moment.events;
    copy.run_on(HORIZON, |sim| {
        let mut events = sim.history().events().rev().take_while(|event| event.id >= from && !event.leads_step);
        events.any(|event| matches!(event.what, What::Became(standing) if standing.role == role))
    });
    let found = enough(&copy);
    let nodes = worth_choosing(&copy, &[found.map(|(place, ..)| place), favourite, known], MOST_CHOICES - 1);
    let small = |node: Place| before.iter().find(|(at, _)| *at == node).map_or("", |(_, small)| small).to_owned();
    let horizon = || ("span", span(HORIZON));
    let won = |place: Place, at: Micros| {
        let id = if role == Role::Leader { "why.took_office" } else { "why.first" };
        say(id, &[("who", place.to_string()), ("at", instant(at))])
    };
    let mut choices: Vec<Choice> = nodes
        .iter()
        .map(|&node| {
            let verdict = match found {
                Some((place, _, at)) if place == node => won(place, at),
                _ => why_not(&copy, node),
            };
            choice(node.to_string(), small(node), verdict)
        })
        .collect();
    let none = if role == Role::Leader { "why.nobody" } else { "why.never_first" };
    let verdict = match found {
        Some((place, _, at)) => won(place, at),
        None => say(none, &[horizon()]),
    };
    let nobody = say(&format!("choice.{kind}.nobody"), &[]);
    choices.push(choice(nobody, say(&format!("choice.{kind}.nobody.small"), &[horizon()]), verdict));
    let right = match found {
        Some((place, ..)) => nodes.iter().position(|&node| node == place),
        None => Some(nodes.len()),
    };
    let decisive = found.map(|(_, event, _)| copy.step_of(event));
    let ask = say(&format!("ask.{kind}"), &[]);
    Ok(copy.question(ask, choices, right.unwrap_or(0), decisive))
}

fn became(copy: &Copy, role: Role) -> Option<(Place, EventId, Micros)> {
    let mut events = copy.since();
    let event = events.find(|event| matches!(event.what, What::Became(standing) if standing.role == role))?;
    Some((event.place, event.id, event.at))
}

pub fn winner(copy: Copy) -> Asked {
    who(copy, "winner", Role::Leader, |copy| became(copy, Role::Leader))
}

pub fn first(copy: Copy) -> Asked {
    if with_role(copy.sim.as_ref(), Role::Candidate).next().is_some() {
        return Err("somebody stands for election already".into());
    }
    who(copy, "first", Role::Candidate, |copy| became(copy, Role::Candidate))
}

/// The write that waits for its answer, or the next one asked for.
pub fn write(mut copy: Copy) -> Asked {
    let answered = |copy: &Copy, id: u32| {
        copy.sim.history().events().any(|event| matches!(event.what, What::Answered { id: known, .. } if known == id))
    };
    let mut pending = copy.sim.history().events().rev().filter_map(|event| match event.what {
        What::Asked { id, read: false, .. } => Some(id),
        _ => None,
    });
    let waiting = pending.next().filter(|&id| !answered(&copy, id));
    drop(pending);
    let mut wanted = waiting;
    copy.run_on(CLIENT_WAITS, |sim| {
        let last = sim.history().events().rev().take_while(|event| !event.leads_step);
        let newest: Vec<What> = last.map(|event| event.what).collect();
        let first = sim.history().event(sim.kernel().step_event()).map(|event| event.what);
        for what in newest.into_iter().chain(first) {
            if let (None, What::Asked { id, read: false, .. }) = (wanted, what) {
                wanted = Some(id);
            }
        }
        let given = sim.history().events().rev().take(64);
        let mut answers = given.filter_map(|event| match event.what {
            What::Answered { id, .. } => Some(id),
            _ => None,
        });
        wanted.is_some_and(|wanted| answers.any(|id| id == wanted))
    });
    let Some(wanted) = wanted else { return Err("no client asks for a write".into()) };
    let answer = copy.sim.history().events().find_map(|event| match event.what {
        What::Answered { id, answer } if id == wanted => Some((event.id, event.place, event.at, answer)),
        _ => None,
    });
    let waits = || ("span", span(CLIENT_WAITS));
    let (right, verdict, decisive) = match answer {
        Some((event, place, at, Answer::Refused(reason))) => {
            let reason = copy.words.name("reason", reason.0);
            let values = [("who", place.to_string()), ("at", instant(at)), ("reason", reason)];
            (1, say("why.client_refused", &values), Some(copy.step_of(event)))
        }
        Some((event, place, at, _)) => {
            let values = [("who", place.to_string()), ("at", instant(at))];
            (0, say("why.written", &values), Some(copy.step_of(event)))
        }
        None => (2, say("why.silence", &[waits()]), None),
    };
    let one = |id: &str| {
        let key = format!("choice.write.{id}");
        choice(say(&key, &[]), say(&format!("{key}.small"), &[waits()]), verdict.clone())
    };
    let choices = vec![one("written"), one("refused"), one("silence")];
    Ok(copy.question(say("ask.write", &[]), choices, right, decisive))
}

/// How far the candidate gets.
pub fn votes(mut copy: Copy) -> Asked {
    let Some(candidate) = copy.sim.kernel().resolve(Who::Candidate) else {
        return Err("nobody stands for election".into());
    };
    let page = copy.sim.inspect(candidate);
    let Some(bench) = page.bench.filter(|bench| bench.binding) else { return Err("no votes are counted".into()) };
    let (reign, needed) = (page.standing.reign, usize::from(bench.needed));
    let mut most = 1;
    let mut last = copy.moment.events;
    copy.run_on(HORIZON, |sim| {
        let page = sim.inspect(candidate);
        let goes_on = page.standing.role == Role::Candidate && page.standing.reign == reign;
        if !goes_on {
            if page.standing.role == Role::Leader && page.standing.reign == reign {
                most = needed.max(most);
            }
            return true;
        }
        let bench = page.bench.as_ref();
        let taken = bench.map_or(0, |bench| bench.seats.iter().filter(|(_, seat)| *seat == Seat::Taken).count());
        if taken > most {
            most = taken;
            last = sim.kernel().step_event();
        }
        false
    });
    let nodes = usize::from(copy.sim.kernel().census.nodes);
    let low = most.saturating_sub(2).clamp(1, (nodes + 1).saturating_sub(MOST_CHOICES).max(1));
    let high = nodes.min(low + MOST_CHOICES - 1);
    let verdict = say("why.votes", &[("at", instant(copy.sim.now())), ("count", most.to_string())]);
    let one = |count: usize| {
        let small =
            if count >= needed { format!("Enough: it needs {needed}.") } else { format!("Of {needed} needed.") };
        choice(count.to_string(), small, verdict.clone())
    };
    let choices: Vec<Choice> = (low..=high).map(one).collect();
    let ask = say("ask.votes", &[("who", candidate.to_string())]);
    let end = copy.sim.kernel().step_event();
    let decisive = if most >= needed { end } else { last };
    Ok(copy.question(ask, choices, most.saturating_sub(low), Some(decisive)))
}

/// Among messages that can be seen flying.
pub fn next(mut copy: Copy) -> Asked {
    let mut flights: Vec<_> =
        copy.sim.kernel().flights.iter().filter(|f| f.state == FlightState::Flying).copied().collect();
    flights.sort_by_key(|flight| (flight.arrives_at, flight.sent_event));
    flights.truncate(MOST_CHOICES);
    if flights.len() < 2 {
        return Err("fewer than two messages are under way".into());
    }
    let names: Vec<(Place, Place, u32)> =
        flights.iter().map(|f| (f.message.from, f.message.to, f.message.nth)).collect();
    let from = copy.moment.events;
    let arrival = |sim: &dyn crate::sim::simulation::Simulation| {
        sim.history().events().rev().take_while(|event| event.id >= from).find_map(|event| match event.what {
            What::Delivered { message } => {
                names.iter().position(|&name| name == (message.from, message.to, message.nth)).map(|i| (i, event.id))
            }
            _ => None,
        })
    };
    copy.run_on(HORIZON, |sim| arrival(sim).is_some());
    let Some((index, event)) = arrival(copy.sim.as_ref()) else { return Err("none of them arrives".into()) };
    let described = |index: usize| {
        let message = flights[index].message;
        let name = kind_of(copy.sim.as_ref(), message.kind).map_or("", |kind| kind.id);
        (copy.words.name("message", name), message.from, message.to)
    };
    let at = copy.sim.history().event(event).map_or(0, |event| event.at);
    let (message, from, to) = described(index);
    let values = [("at", instant(at)), ("message", message), ("from", from.to_string()), ("to", to.to_string())];
    let verdict = say("why.delivered", &values);
    let mut order: Vec<usize> = (0..flights.len()).collect();
    order.sort_by_key(|&index| names[index]);
    let choices = order
        .iter()
        .map(|&index| {
            let (message, from, to) = described(index);
            choice(crate::words::lookup::sentence_case(&message), format!("From {from} to {to}."), verdict.clone())
        })
        .collect();
    let right = order.iter().position(|&other| other == index).unwrap_or(0);
    Ok(copy.question(say("ask.next", &[]), choices, right, Some(event)))
}

/// Counted so long after the moment.
pub fn leaders(mut copy: Copy, after: &str) -> Asked {
    let after = if after.is_empty() { SECOND } else { parse_span(after)? };
    copy.run_on(after, |_| false);
    let leading: Vec<Place> = with_role(copy.sim.as_ref(), Role::Leader).collect();
    let from = copy.moment.at;
    let tenures = &copy.sim.kernel().measures.tenures;
    let changes = tenures.iter().flat_map(|t| [Some((t.from, t.place)), t.until.map(|until| (until, t.place))]);
    let last = changes.flatten().filter(|&(at, _)| at > from).max();
    let event = last.and_then(|(at, place)| {
        let of_office = |what: &What| matches!(what, What::Became(_) | What::Crashed);
        copy.since().rev().find(|event| event.at == at && event.place == place && of_office(&event.what))
    });
    let decisive = event.map(|event| copy.step_of(event.id));
    let verdict = say("why.leaders", &[("span", span(after)), ("who", listed(&leading))]);
    let choices: Vec<Choice> =
        (0..MOST_CHOICES).map(|count| choice(count.to_string(), String::new(), verdict.clone())).collect();
    let right = leading.len().min(MOST_CHOICES - 1);
    Ok(copy.question(say("ask.leaders", &[("span", span(after))]), choices, right, decisive))
}

/// The next line of the ledger.
pub fn store(mut copy: Copy) -> Asked {
    let counted = |sim: &dyn crate::sim::simulation::Simulation| {
        let damage = &sim.kernel().store.damage;
        damage.accepted + damage.refused
    };
    let before = counted(copy.sim.as_ref());
    if !copy.run_on(HORIZON, |sim| counted(sim) > before) {
        return Err("no write reaches the store".into());
    }
    let store = &copy.sim.kernel().store;
    let Some(row) = store.rows.back() else { return Err("the ledger is empty".into()) };
    let (right, id) = match row.outcome {
        Outcome::Accepted | Outcome::Repeated => (0, "accepted"),
        Outcome::Refused => (1, "refused"),
        Outcome::Stale | Outcome::Overwrote => (2, "damage"),
    };
    let token = store.highest.map_or_else(String::new, |token| token.to_string());
    let values = [("at", instant(row.at)), ("who", row.writer.to_string()), ("token", token)];
    let verdict = say(&format!("why.store.{id}"), &values);
    let one = |id: &str| {
        let key = format!("choice.store.{id}");
        choice(say(&key, &[]), say(&format!("{key}.small"), &[]), verdict.clone())
    };
    let choices = vec![one("accepted"), one("refused"), one("damage")];
    let event = copy.sim.kernel().step_event();
    Ok(copy.question(say("ask.store", &[]), choices, right, Some(event)))
}

/// Spans to choose among: each reaches from one step of this ladder to the next.
const LADDER: [Micros; 9] =
    [0, 30 * MILLISECOND, 100 * MILLISECOND, 300 * MILLISECOND, SECOND, 3 * SECOND, 10 * SECOND, 30 * SECOND, HORIZON];

pub fn how_long(mut copy: Copy) -> Asked {
    let from = copy.moment.at;
    let seed = copy.sim.kernel().seed;
    let before = copy.sim.kernel().measures.tenures.len();
    copy.run_on(HORIZON, |sim| sim.kernel().measures.tenures.len() > before);
    let found = became(&copy, Role::Leader);
    let Some((place, event, at)) = found else { return Err("nobody takes office".into()) };
    let took = at - from;
    let rung = (0..LADDER.len() - 1).find(|&rung| took < LADDER[rung + 1]).unwrap_or(LADDER.len() - 2);
    // Where the right answer stands among the four is up to the seed.
    let lowest = rung.saturating_sub((seed % 4) as usize).min(LADDER.len() - 1 - MOST_CHOICES);
    let verdict = say("why.how_long", &[("who", place.to_string()), ("span", span(took / MILLISECOND * MILLISECOND))]);
    let one = |rung: usize| {
        let values = [("low", span(LADDER[rung])), ("high", span(LADDER[rung + 1]))];
        let id = if rung == 0 { "choice.how_long.under" } else { "choice.how_long.between" };
        choice(say(id, &values), String::new(), verdict.clone())
    };
    let choices = (lowest..lowest + MOST_CHOICES).map(one).collect();
    let decisive = copy.step_of(event);
    Ok(copy.question(say("ask.how_long", &[]), choices, rung - lowest, Some(decisive)))
}
