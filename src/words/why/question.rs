//! What can be asked of a run, a place, an event, a promise; and the way to the answer.

use super::case::{Answer, Case};
use crate::sim::event::{Event, EventId, What};
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::property::Verdict;
use crate::sim::reign::Role;
use crate::sim::simulation::Simulation;
use crate::words::event_line::event_line;
use crate::words::lookup::Words;
use crate::words::numbers::grouped;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    /// Why this happened. A message is asked about by the event of its sending.
    Event(EventId),
    /// Why nobody leads now.
    NobodyLeads,
    /// Why several lead now.
    SeveralLead,
    /// Why this node does not lead now.
    NotLeader(Place),
    /// Why this node leads, and goes on doing so.
    Leads(Place),
    /// Why it started its newest election.
    Ran(Place),
    /// Why it refused what it was asked last.
    Refused(Place),
    /// Why the store refused it last.
    Fenced(Place),
    /// Why the entry with this index is not committed, as this place sees it.
    NotCommitted(Place, u64),
    /// Why the promise with this index stands as it does.
    Promise(usize),
}

/// Answers from the history and the present state.
pub fn answer(words: &Words, sim: &dyn Simulation, question: Question) -> Answer {
    let mut case = Case::new(words, sim);
    match question {
        Question::Event(event) => case.why_event(event),
        Question::NobodyLeads => case.why_nobody_leads(),
        Question::SeveralLead => case.why_several_lead(),
        Question::NotLeader(place) => case.why_not_leader(place),
        Question::Leads(place) => case.why_leads(place),
        Question::Ran(place) => match case.ran_before(place, EventId::MAX) {
            Some(ran) => case.why_ran(ran),
            None => case.say(format!("{place} has started no election that is still remembered.")),
        },
        Question::Refused(place) => match case.last_refusal(place) {
            Some(refused) => case.why_refused(refused),
            None => case.say(format!("{place} has refused nothing that is still remembered.")),
        },
        Question::Fenced(place) => match case.last_fenced(place) {
            Some(fenced) => case.why_event(fenced.id),
            None => case.say(format!("The store has refused {place} nothing that is still remembered.")),
        },
        Question::NotCommitted(place, index) => case.why_not_committed(place, index),
        Question::Promise(index) => case.why_promise(index),
    }
    let question = asked(words, sim, question);
    Answer { question, steps: case.steps }
}

/// The question as a person asks it.
pub fn asked(words: &Words, sim: &dyn Simulation, question: Question) -> String {
    match question {
        Question::Event(id) => match sim.history().event(id) {
            Some(event) => asked_of_event(words, sim, event),
            None => "Why did this happen?".into(),
        },
        Question::NobodyLeads => "Why is nobody leader?".into(),
        Question::SeveralLead => "Why are there several leaders?".into(),
        Question::NotLeader(place) => {
            let runs = sim.kernel().standings[sim.kernel().census.slot(place)].role == Role::Candidate;
            format!("Why is {place} not leader{}?", if runs { " yet" } else { "" })
        }
        Question::Leads(place) if is_outdated(sim, place) => format!("Why is {place} still leader?"),
        Question::Leads(place) => format!("Why is {place} leader?"),
        Question::Ran(place) => format!("Why did {place} start an election?"),
        Question::Refused(place) => format!("Why did {place} refuse?"),
        Question::Fenced(place) => format!("Why did the store refuse {place}?"),
        Question::NotCommitted(_, index) => format!("Why is entry {} not committed?", grouped(index)),
        Question::Promise(index) => match sim.properties().get(index) {
            Some(property) => {
                let name = words.name("promise", property.promise.id);
                match property.verdict {
                    Verdict::Kept => format!("{name}: does it hold?"),
                    Verdict::Broken(_) => format!("{name}: why is it broken?"),
                    Verdict::AtRisk(_) => format!("{name}: why is it at risk?"),
                    _ => format!("{name}: why is it not promised?"),
                }
            }
            None => "Which promise?".into(),
        },
    }
}

fn asked_of_event(words: &Words, sim: &dyn Simulation, event: &Event) -> String {
    let case = Case::new(words, sim);
    match event.what {
        What::Became(standing) if standing.role == Role::Leader => format!("Why did {} become leader?", event.place),
        What::Became(standing) if standing.role == Role::Candidate => {
            format!("Why did {} start an election?", event.place)
        }
        What::Sent { message, .. } | What::Delivered { message } if crate::sim::office::is_refusal(message.kind) => {
            format!("Why was the write of {} refused?", message.to)
        }
        What::Sent { message, .. } | What::Delivered { message } if case.says_no(&message) => {
            format!("Why did {} refuse {}?", message.from, message.to)
        }
        What::Delivered { message } if case.is_refused(event) => {
            format!("Why did {} refuse {}?", event.place, message.from)
        }
        _ => format!("Why? {}", event_line(words, sim, event).text),
    }
}

/// Another leads since.
fn is_outdated(sim: &dyn Simulation, place: Place) -> bool {
    let tenures = &sim.kernel().measures.tenures;
    let own = tenures.iter().rposition(|tenure| tenure.place == place && tenure.until.is_none());
    own.is_some_and(|own| tenures[own + 1..].iter().any(|tenure| tenure.place != place))
}

/// What can be asked of the run as it stands: one question, if any.
pub fn of_run(sim: &dyn Simulation) -> Question {
    let kernel = sim.kernel();
    if let Some(broken) = sim.properties().iter().position(|property| matches!(property.verdict, Verdict::Broken(_))) {
        return Question::Promise(broken);
    }
    let leads = |&node: &Place| {
        let slot = kernel.census.slot(node);
        kernel.statuses[slot] != Status::Down && kernel.standings[slot].role == Role::Leader
    };
    let leaders: Vec<Place> = kernel.census.nodes().filter(leads).collect();
    match leaders.as_slice() {
        [] => Question::NobodyLeads,
        [one] => Question::Leads(*one),
        _ => Question::SeveralLead,
    }
}

/// What can be asked of a node, the most telling first.
pub fn of_place(words: &Words, sim: &dyn Simulation, place: Place) -> Vec<Question> {
    let kernel = sim.kernel();
    if !place.is_node() {
        return Vec::new();
    }
    let slot = kernel.census.slot(place);
    let case = Case::new(words, sim);
    let mut questions = Vec::new();
    questions.push(match case.leads(place) {
        true => Question::Leads(place),
        false => Question::NotLeader(place),
    });
    let page = sim.inspect(place);
    let open = page.strip.iter().rposition(|cell| !cell.settled && cell.letter == ' ');
    let counts = kernel.census.servers == 0 && words.majority_counts() && kernel.statuses[slot] != Status::Down;
    if let Some(open) = open.filter(|_| counts) {
        questions.push(Question::NotCommitted(place, page.strip_start + open as u64));
    }
    if kernel.standings[slot].role != Role::Candidate && case.ran_before(place, EventId::MAX).is_some() {
        questions.push(Question::Ran(place));
    }
    if case.last_refusal(place).is_some() {
        questions.push(Question::Refused(place));
    }
    if case.last_fenced(place).is_some() {
        questions.push(Question::Fenced(place));
    }
    questions
}
