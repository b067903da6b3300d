//! One question at hand: the world, its history, and the steps of the answer so far.

use crate::sim::event::{Event, EventId, MessageRef, What};
use crate::sim::history::Act;
use crate::sim::measures::Status;
use crate::sim::message::ABSENT;
use crate::sim::place::Place;
use crate::sim::reign::{Role, Standing};
use crate::sim::rule::Rule;
use crate::sim::simulation::Simulation;
use crate::sim::store::Fencing;
use crate::sim::time::Micros;
use crate::words::event_line::{event_line, kind_of};
use crate::words::lookup::{Words, sentence_case};

/// A rule as an answer cites it: one plain sentence, and the section of the paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cited {
    pub rule: Rule,
    pub text: &'static str,
    pub source: &'static str,
}

/// One step of an answer. Steps with an event are a way to its moment; the others tell the present state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    pub event: Option<EventId>,
    pub at: Option<Micros>,
    pub text: String,
    pub rule: Option<Cited>,
}

/// The answer to a question: what decided first, then what led to it, back in time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    pub question: String,
    pub steps: Vec<Step>,
}

/// So many steps are as many as anybody reads.
pub(super) const MOST: usize = 14;

pub(super) struct Case<'a> {
    pub words: &'a Words,
    pub sim: &'a dyn Simulation,
    pub steps: Vec<Step>,
}

impl<'a> Case<'a> {
    pub fn new(words: &'a Words, sim: &'a dyn Simulation) -> Case<'a> {
        Case { words, sim, steps: Vec::new() }
    }

    // ---- telling ----------------------------------------------------------------------------------------------

    /// A sentence about the present.
    pub fn say(&mut self, text: impl Into<String>) {
        self.say_by(text, None);
    }

    /// The same with the rule that makes it so.
    pub fn say_by(&mut self, text: impl Into<String>, rule: Option<Rule>) {
        let rule = self.cite(rule);
        self.steps.push(Step { event: None, at: None, text: text.into(), rule });
    }

    /// What happened, with the rule and the reason that stand on it.
    pub fn tell(&mut self, id: EventId) {
        self.tell_as(id, String::new());
    }

    /// The same, by another rule than the one that came last in its step.
    pub fn tell_by(&mut self, id: EventId, rule: Option<Rule>) {
        self.write(id, String::new(), rule);
    }

    /// The same, and a remark behind it. An event is told once.
    pub fn tell_as(&mut self, id: EventId, remark: String) {
        self.write(id, remark, None);
    }

    fn write(&mut self, id: EventId, remark: String, rule: Option<Rule>) {
        if self.steps.len() >= MOST || self.has_told(id) {
            return;
        }
        let Some(event) = self.event(id) else { return self.forgotten() };
        let mut text = event_line(self.words, self.sim, event).text;
        if let Some(reason) = event.reason {
            text += &format!(" {}.", sentence_case(&self.words.name("reason", reason.0)));
        }
        if !remark.is_empty() {
            text += &format!(" {remark}");
        }
        let decided = rule.or(event.rule).or_else(|| self.step_of(event).and_then(|step| step.rule));
        // Without fencing the store takes anything: the rule is not what decided.
        let fenced = self.sim.kernel().store.guard.fencing != Fencing::Off;
        let rule = self.cite(decided.filter(|rule| rule.family != 'F' || fenced));
        self.steps.push(Step { event: Some(id), at: Some(event.at), text, rule });
    }

    pub fn has_told(&self, id: EventId) -> bool {
        self.steps.iter().any(|step| step.event == Some(id))
    }

    /// The history does not reach back to the cause.
    pub fn forgotten(&mut self) {
        const GONE: &str = "What led to this is longer ago than is kept. Go back in time and ask again.";
        if self.steps.last().is_none_or(|step| step.text != GONE) {
            self.say(GONE);
        }
    }

    /// A rule is cited once in an answer.
    fn cite(&self, rule: Option<Rule>) -> Option<Cited> {
        let known = self.words.rule(rule?)?;
        let said = self.steps.iter().any(|step| step.rule.is_some_and(|cited| cited.rule == known.rule));
        (!said).then_some(Cited { rule: known.rule, text: known.text, source: known.source })
    }

    // ---- looking up -------------------------------------------------------------------------------------------

    pub fn event(&self, id: EventId) -> Option<&'a Event> {
        self.sim.history().event(id)
    }

    /// The event that leads the step in which this one happened.
    pub fn step_of(&self, event: &'a Event) -> Option<&'a Event> {
        if event.leads_step { Some(event) } else { event.cause.and_then(|cause| self.event(cause)) }
    }

    /// The newest event before `end` that fits.
    pub fn last_before(&self, end: EventId, fits: impl Fn(&Event) -> bool) -> Option<&'a Event> {
        let history = self.sim.history();
        let behind = history.end().saturating_sub(end) as usize;
        history.events().rev().skip(behind).find(|event| fits(event))
    }

    /// The newest event that fits.
    pub fn last(&self, fits: impl Fn(&Event) -> bool) -> Option<&'a Event> {
        self.last_before(EventId::MAX, fits)
    }

    /// From the event after `from` to the one before `end`, oldest first.
    pub fn between(&self, from: EventId, end: EventId) -> impl Iterator<Item = &'a Event> + use<'a> {
        let history = self.sim.history();
        (from.saturating_add(1).max(history.first())..end.min(history.end())).filter_map(move |id| history.event(id))
    }

    pub fn status(&self, place: Place) -> Status {
        self.sim.kernel().statuses[self.sim.kernel().census.slot(place)]
    }

    pub fn standing(&self, place: Place) -> &'a Standing {
        &self.sim.kernel().standings[self.sim.kernel().census.slot(place)]
    }

    pub fn leads(&self, place: Place) -> bool {
        self.status(place) != Status::Down && self.standing(place).role == Role::Leader
    }

    pub fn nodes(&self) -> impl Iterator<Item = Place> + use<> {
        self.sim.kernel().census.nodes()
    }

    /// The moment at which this place took on the standing it had just before `end`.
    pub fn became_before(&self, place: Place, end: EventId, role: Role) -> Option<&'a Event> {
        self.last_before(end, |event| {
            event.place == place && matches!(event.what, What::Became(standing) if standing.role == role)
        })
    }

    /// The moment at which it came to lead as it does.
    pub fn took_the_lead(&self, place: Place) -> Option<&'a Event> {
        let mut found: Option<&'a Event> = None;
        for event in self.sim.history().events().rev().filter(|event| event.place == place) {
            match event.what {
                What::Became(standing) if standing.role == Role::Leader => found = Some(event),
                What::Became(_) | What::Booted { .. } => break,
                _ => {}
            }
        }
        found
    }

    /// The moment at which it came to stand for election, before any other change.
    pub fn ran_before(&self, place: Place, end: EventId) -> Option<&'a Event> {
        let mut found: Option<&'a Event> = None;
        let history = self.sim.history();
        let behind = history.end().saturating_sub(end) as usize;
        for event in history.events().rev().skip(behind).filter(|event| event.place == place) {
            match event.what {
                What::Became(standing) if standing.role == Role::Candidate => {
                    // A candidacy that follows another is its own: a timer ran out again.
                    let again = found.is_some_and(|later: &Event| is_timer(self.step_of(later)));
                    if again {
                        break;
                    }
                    found = Some(event);
                }
                What::Became(_) | What::Booted { .. } if found.is_some() => break,
                _ => {}
            }
        }
        found
    }

    /// The number that a message carries under this name.
    pub fn fact(&self, message: &MessageRef, name: &str) -> Option<u64> {
        let kind = kind_of(self.sim, message.kind)?;
        let index = kind.fields.iter().position(|field| *field == name)?;
        message.facts.get(index).copied().filter(|number| *number != ABSENT)
    }

    pub fn kind_id(&self, message: &MessageRef) -> &'static str {
        kind_of(self.sim, message.kind).map_or("", |kind| kind.id)
    }

    /// What an act was, told by the event that notes it.
    pub fn act(&self, event: &Event) -> Option<&'a Act> {
        match event.what {
            What::Acted { act } => self.sim.history().acts.get(act as usize),
            _ => None,
        }
    }

    /// Whether a setting of this name is switched on at a place; `None` where the family has none.
    pub fn switch(&self, place: Place, id: &str) -> Option<bool> {
        let field = self.sim.fields().iter().find(|field| field.id == id)?;
        match self.sim.setting(place, field.key) {
            crate::sim::settings::Value::Switch(on) => Some(on),
            _ => None,
        }
    }
}

pub(super) fn is_timer(event: Option<&Event>) -> bool {
    event.is_some_and(|event| matches!(event.what, What::TimerFired { .. }))
}

/// The message that an event is about.
pub(super) fn message_of(event: &Event) -> Option<MessageRef> {
    match event.what {
        What::Sent { message, .. }
        | What::Delivered { message }
        | What::Waits { message }
        | What::Lost { message, .. } => Some(message),
        _ => None,
    }
}
