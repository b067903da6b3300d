//! The rule that decided an event, in one sentence, and where it comes from.

use crate::sim::event::{Event, EventId};
use crate::sim::simulation::Simulation;
use crate::words::lookup::{Words, sentence_case};
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
    pub rule: String,
    pub text: String,
    pub source: String,
}

/// The rule written on the event, or the reason why nothing more happened.
pub fn why(words: &Words, event: &Event) -> Option<Why> {
    let reason = event.reason.map(|reason| sentence_case(&words.name("reason", reason.0)) + ".");
    let Some(rule) = event.rule else {
        return reason.map(|text| Why { rule: "Nothing more".into(), text, source: String::new() });
    };
    let (text, source) = match words.rule(rule) {
        Some(known) => (known.text.to_owned(), known.source.to_owned()),
        None => (String::new(), String::new()),
    };
    let text = match reason {
        Some(reason) => format!("{reason} {text}"),
        None => text,
    };
    Some(Why { rule: rule.to_string(), text, source })
}

/// The step this event belongs to carries the rule.
pub fn why_of(words: &Words, sim: &dyn Simulation, id: EventId) -> Option<Why> {
    let event = sim.history().event(id)?;
    why(words, event).or_else(|| event.cause.and_then(|cause| why(words, sim.history().event(cause)?)))
}

#[component]
pub fn WhyBox(why: Why) -> impl IntoView {
    let source = if why.source.is_empty() {
        format!("rule {}", why.rule)
    } else {
        format!("{} \u{b7} rule {}", why.source, why.rule)
    };
    let source = if why.rule == "Nothing more" { String::new() } else { source };
    view! {
        <div class="why">
            <p><b>"Why? "</b>{why.text}</p>
            <p class="src">{source}</p>
        </div>
    }
}
