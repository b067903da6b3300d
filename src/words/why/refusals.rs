//! Why somebody said no: what it was asked, the rule, and the earlier event that the rule looks at. The store's
//! refusals too.

use super::case::{Case, message_of};
use crate::sim::event::{Event, EventId, MessageRef, What};
use crate::sim::office::{STORE_KIND, is_refusal};
use crate::sim::place::Place;
use crate::sim::reign::Role;
use crate::words::lookup::sentence_case;
use crate::words::numbers::grouped;

/// Kinds by which something is asked for that can be refused, also by silence.
const ASKING: &[&str] =
    &["vote_request", "pre_vote_request", "prepare", "accept", "election", "alter_isr", "fetch", "follower_info"];

/// Kinds that say no whatever they carry.
const REFUSING: &[&str] = &["nack", "refused", "fenced", "diverged", "conflict", "closed", "expired", "ok"];

impl<'a> Case<'a> {
    /// Whether this message says no.
    pub(super) fn says_no(&self, message: &MessageRef) -> bool {
        let answer = self.fact(message, "granted").or_else(|| self.fact(message, "success"));
        is_refusal(message.kind) || answer == Some(0) || REFUSING.contains(&self.kind_id(message))
    }

    /// Answers if the event is a refusal, or carries one; false if it is not.
    pub(super) fn refusal(&mut self, event: &'a Event) -> bool {
        let Some(message) = message_of(event) else { return false };
        if is_refusal(message.kind) {
            self.why_fenced(event, &message);
            return true;
        }
        if self.says_no(&message) {
            let sent = if matches!(event.what, What::Sent { .. }) { Some(event.id) } else { event.cause };
            let step = sent.and_then(|sent| self.event(sent)).and_then(|sent| self.step_of(sent));
            self.tell(event.id);
            match step {
                Some(step) => self.why_refused(step),
                None => self.forgotten(),
            }
            return true;
        }
        if matches!(event.what, What::Delivered { .. }) && self.is_refused(event) {
            self.why_refused(event);
            return true;
        }
        false
    }

    /// Whether what arrived here was something asked for, and was not granted.
    pub(super) fn is_refused(&self, arrival: &Event) -> bool {
        let asks = message_of(arrival).is_some_and(|message| ASKING.contains(&self.kind_id(&message)));
        matches!(arrival.what, What::Delivered { .. }) && asks && arrival.reason.is_some()
    }

    /// The newest refusal by this place.
    pub(super) fn last_refusal(&self, by: Place) -> Option<&'a Event> {
        self.last(|event| event.place == by && self.is_refused(event))
    }

    /// `asked` is the step in which the refuser was asked.
    pub(super) fn why_refused(&mut self, asked: &'a Event) {
        // A disk that had to write first: what was asked came before.
        let asked = match asked.what {
            What::Saved { .. } => asked.cause.and_then(|cause| self.event(cause)).unwrap_or(asked),
            _ => asked,
        };
        let said = message_of(asked).map(|message| self.numbers_of(&message)).unwrap_or_default();
        self.tell_as(asked.id, said);
        if let Some(before) = self.what_the_rule_looks_at(asked) {
            self.tell(before);
        }
        self.back_from(asked.cause.and_then(|sent| self.event(sent)).and_then(|sent| sent.cause));
    }

    /// What a request carried, in words.
    fn numbers_of(&self, message: &MessageRef) -> String {
        let Some(kind) = crate::words::event_line::kind_of(self.sim, message.kind) else { return String::new() };
        let told = kind.fields.iter().filter(|field| **field != "force");
        let facts: Vec<String> = told
            .filter_map(|field| {
                let number = self.fact(message, field)?;
                Some(format!("{} {}", self.words.name("field", field), grouped(number)))
            })
            .collect();
        if facts.is_empty() { String::new() } else { format!("It carried: {}.", facts.join(", ")) }
    }

    /// The earlier event at the same place that settled the matter.
    fn what_the_rule_looks_at(&self, asked: &Event) -> Option<EventId> {
        let message = message_of(asked)?;
        let place = asked.place;
        let sent_by_it = |event: &Event| match event.what {
            What::Sent { message, .. } if event.place == place => Some(message),
            _ => None,
        };
        let found = match asked.reason?.0 {
            "voted_already" => {
                let term = self.fact(&message, "term");
                let gave = |event: &Event| {
                    sent_by_it(event).is_some_and(|sent| {
                        self.fact(&sent, "granted") == Some(1)
                            && self.kind_id(&sent) == "vote"
                            && self.fact(&sent, "term") == term
                    })
                };
                // A candidate gave its vote to itself when it stood.
                self.last_before(asked.id, gave).or_else(|| self.became_before(place, asked.id, Role::Candidate))
            }
            "hears_a_leader" | "lease_granted" | "not_following" => {
                let leader = self.standing(place).follows.filter(|&leader| leader != place);
                let leader = self.followed_before(place, asked.id).or(leader)?;
                self.last_before(asked.id, |event| {
                    event.place == place
                        && matches!(event.what, What::Delivered { message } if message.from == leader)
                })
            }
            "promised_a_higher_ballot" | "promised_a_newer_epoch" => self.last_before(asked.id, |event| {
                sent_by_it(event).is_some_and(|sent| matches!(self.kind_id(&sent), "promise" | "ack_epoch"))
            }),
            "log_not_up_to_date" => self.last_before(asked.id, |event| {
                event.place == place
                    && matches!(event.what, What::Delivered { message } if self.fact(&message, "entries").unwrap_or(0) > 0)
            }),
            "old_term" => {
                self.last_before(asked.id, |event| event.place == place && matches!(event.what, What::Became(_)))
            }
            _ => None,
        };
        found.map(|event| event.id)
    }

    // ---- the store --------------------------------------------------------------------------------------------

    /// Why the store refused a write: who had shown it a newer token, and why the writer went on.
    fn why_fenced(&mut self, event: &'a Event, refusal: &MessageRef) {
        let sent = match event.what {
            What::Sent { .. } => Some(event),
            _ => event.cause.and_then(|cause| self.event(cause)),
        };
        let Some(sent) = sent else { return self.forgotten() };
        let (writer, seen) = (refusal.to, refusal.facts[1]);
        if event.id != sent.id {
            self.tell(event.id);
        }
        self.tell(sent.id);
        let Some(write) = self.step_of(sent) else { return self.forgotten() };
        self.tell(write.id);
        let raised = self.first_with_token(seen, write.id);
        if let Some(raised) = raised {
            self.tell_as(raised.id, format!("From then on the store knew token {}.", grouped(seen)));
            if let Some(newer) = message_of(raised).map(|message| message.from) {
                self.tell_reign_of(newer, raised.id);
            }
        }
        self.tell_reign_of(writer, write.id);
        if let Some(taken) = self.became_before(writer, write.id, Role::Leader) {
            let changed = self
                .between(taken.id, write.id)
                .any(|event| event.place == writer && matches!(event.what, What::Became(_)));
            if !changed {
                self.say(format!("Nothing had told {writer} that its time was over."));
                let froze = self
                    .between(taken.id, write.id)
                    .filter(|event| event.place == writer && matches!(event.what, What::Paused { .. }))
                    .last();
                if let Some(froze) = froze {
                    self.tell(froze.id);
                }
            }
        }
        if let Some(cut) = self.parted(writer, writer, write.id).filter(|cut| self.is_still_cut(cut.id, write.id)) {
            self.tell(cut.id);
        }
    }

    fn is_still_cut(&self, cut: EventId, until: EventId) -> bool {
        use crate::sim::fault::Fault;
        !self.between(cut, until).any(|event| self.act(event).is_some_and(|act| act.fault == Fault::Heal))
    }

    fn tell_reign_of(&mut self, place: Place, end: EventId) {
        if let Some(taken) = self.became_before(place, end, Role::Leader) {
            self.tell(taken.id);
        }
    }

    /// The arrival at the store that first showed it this token.
    fn first_with_token(&self, token: u64, end: EventId) -> Option<&'a Event> {
        self.between(0, end).find(|event| {
            event.place == Place::Store
                && matches!(event.what, What::Delivered { message }
                    if message.kind >= STORE_KIND && self.fact(&message, "token") == Some(token))
        })
    }

    /// The newest refusal that a leader got from the store.
    pub(super) fn last_fenced(&self, writer: Place) -> Option<&'a Event> {
        self.last(|event| matches!(event.what, What::Sent { message, .. } if is_refusal(message.kind) && message.to == writer))
    }

    /// A reason as a sentence.
    pub(super) fn reason_of(&self, event: &Event) -> String {
        event.reason.map_or_else(String::new, |reason| sentence_case(&self.words.name("reason", reason.0)) + ".")
    }
}
