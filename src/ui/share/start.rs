//! Where in the run the shared address begins.

use super::pieces::here;
use crate::ui::session::Session;
use crate::words::sharing as say;
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum From {
    Here,
    Beginning,
    Event,
}

/// What was chosen.
#[derive(Clone, Copy)]
pub struct Start {
    pub from: RwSignal<From>,
    /// The number of an event; at first that of the last one.
    pub event: RwSignal<u64>,
    here: StoredValue<String>,
}

impl Start {
    pub fn new(session: Session) -> Start {
        let last = session.look(|sim| sim.events().saturating_sub(1));
        Start { from: RwSignal::new(From::Here), event: RwSignal::new(last), here: StoredValue::new(here(session)) }
    }

    /// The parameter `t` beside this run. A whole run holds its own moment, to the event.
    pub fn parameter(&self, run: &str) -> Option<String> {
        match self.from.get() {
            From::Here => (!run.starts_with("s=")).then(|| self.here.get_value()),
            From::Beginning => Some("0".into()),
            From::Event => Some(format!("e{}", self.event.get())),
        }
    }
}

/// The number of the event, while one is wanted.
#[component]
pub fn EventField(start: Start) -> impl IntoView {
    let changed = move |event| {
        if let Ok(number) = event_target_value(&event).trim().parse() {
            start.event.set(number);
        }
    };
    view! {
        <input
            class="pick seed-field"
            class:gone=move || start.from.get() != From::Event
            inputmode="numeric"
            data-act="Event"
            aria-label=say::EVENT_NUMBER
            prop:value=move || start.event.get().to_string()
            on:change=changed
        />
    }
}
