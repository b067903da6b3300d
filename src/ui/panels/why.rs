//! The buttons that ask why. The answer opens over the rail and is loaded when it is first wanted.

use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::reign::Role;
use crate::ui::doors::Doors;
use crate::ui::session::Session;
use crate::words::en::panels as say;
use crate::words::why::{Question, of_run};
use leptos::prelude::*;

/// Asks why it is as the headline says.
#[component]
pub fn WhyRun(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let press = move |_| doors.why.set(Some(session.look(of_run)));
    view! { <button class="linkish why-ask" data-act="WhyRun" aria-keyshortcuts="Q" on:click=press>{say::WHY}</button> }
}

/// Asks why an event happened.
#[component]
pub fn WhyEvent(#[prop(into)] event: Signal<Option<u64>>, #[prop(into)] name: Signal<String>) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let press = move |_| doors.why.set(event.get_untracked().map(Question::Event));
    view! { <button class="linkish why-ask" data-act="WhyEvent" aria-label=name hidden=move || event.get().is_none() on:click=press>{say::WHY}</button> }
}

/// The name of a promise, which asks how it came to stand as it does.
#[component]
pub fn WhyPromise(index: usize, name: String) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let said = format!("Why? {name}");
    let press = move |_| doors.why.set(Some(Question::Promise(index)));
    view! { <button class="prom-why" data-act="WhyPromise" aria-label=said title=say::WHY on:click=press>{name}</button> }
}

/// Asks why the chosen node leads, or does not.
#[component]
pub fn WhyPlace(session: Session, place: Place) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let leads = Memo::new(move |_| {
        session.look_now_and_then(|sim| {
            let slot = sim.kernel().census.slot(place);
            sim.kernel().statuses[slot] != Status::Down && sim.kernel().standings[slot].role == Role::Leader
        })
    });
    let press =
        move |_| doors.why.set(Some(if leads.get() { Question::Leads(place) } else { Question::NotLeader(place) }));
    let text = move || if leads.get() { say::WHY_LEADER } else { say::WHY_NOT_LEADER };
    place
        .is_node()
        .then(|| view! { <button class="linkish why-ask" data-act="WhyPlace" on:click=press>{text}</button> })
}
