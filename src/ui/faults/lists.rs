//! Links and messages as rows, for fingers, keyboards and screen readers.

use super::links::{LinkAct, all_links, link_state};
use super::messages::{MessageAct, name_of, under_way};
use crate::sim::fault::MessageName;
use crate::sim::kernel::FlightState;
use crate::sim::order::put_in_order;
use crate::sim::place::Place;
use crate::sim::simulation::Simulation;
use crate::ui::doors::Doors;
use crate::ui::selection::Selection;
use crate::ui::session::Session;
use crate::ui::widgets::dialog::Dialog;
use crate::words::en::faults as say;
use crate::words::event_line::kind_of;
use crate::words::lookup::{Words, sentence_case};
use crate::words::numbers::span;
use leptos::prelude::*;

/// More rows than this nobody reads.
const MOST_MESSAGES: usize = 40;

#[component]
pub fn WiresDialog(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    view! {
        <Dialog open=doors.wires title=say::LINKS_AND_MESSAGES class="wide">
            <section aria-labelledby="messages-title">
                <h3 id="messages-title">{say::MESSAGES_UNDER_WAY}</h3>
                <MessageRows session/>
            </section>
            <section aria-labelledby="links-title">
                <h3 id="links-title">{move || format!("{} links", links(session).len())}</h3>
                <ul class="rows">{links(session).into_iter().map(|(a, b)| view! { <LinkRow session a b/> }).collect_view()}</ul>
            </section>
        </Dialog>
    }
}

/// Those of the chosen node first.
fn links(session: Session) -> Vec<(Place, Place)> {
    let mut links = session.look(all_links);
    if let Some(Selection::Place(chosen)) = session.selected.get_untracked() {
        put_in_order(&mut links, |&(a, b)| a != chosen && b != chosen);
    }
    links
}

#[component]
fn LinkRow(session: Session, a: Place, b: Place) -> impl IntoView {
    let state = move || session.look_now_and_then(|sim| link_state(sim, a, b));
    let button = move |act: LinkAct| {
        let act_now = move |_| act.faults(a, b).into_iter().for_each(|fault| session.act(fault));
        let label = act.label(a, b);
        let name = format!("{label}, link {a} to {b}");
        view! { <button class="btn" data-link-act=format!("{act:?}") aria-label=name on:click=act_now>{label}</button> }
    };
    view! {
        <li class="row" data-link-row=format!("{a}-{b}")>
            <span class="row-name">{format!("{a} \u{2013} {b}")}</span>
            <span class="row-state">{state}</span>
            <span class="row-acts">{LinkAct::ALL.map(button).collect_view()}</span>
        </li>
    }
}

/// What a row says of a message.
#[derive(Clone, PartialEq, Eq)]
struct Row {
    name: MessageName,
    title: String,
    route: String,
    due: String,
}

fn rows(words: &Words, sim: &dyn Simulation) -> Vec<Row> {
    let now = sim.now();
    let row = |flight: &crate::sim::kernel::Flight| {
        let kind = kind_of(sim, flight.message.kind).map_or_else(String::new, |kind| words.name("message", kind.id));
        let due = match flight.state {
            FlightState::Flying => format!("in {}", span(flight.arrives_at.saturating_sub(now))),
            FlightState::Stalled => say::WAITS_FOR_THE_LINK.into(),
            _ => say::WAITS_IN_THE_INBOX.into(),
        };
        Row {
            name: name_of(flight),
            title: sentence_case(&kind),
            route: format!("{} to {}", flight.message.from, flight.message.to),
            due,
        }
    };
    under_way(sim).iter().take(MOST_MESSAGES).map(row).collect()
}

/// The messages under way; while the run plays they come and go.
#[component]
pub fn MessageRows(session: Session) -> impl IntoView {
    let list = Memo::new(move |_| session.look_now_and_then(|sim| rows(&session.words(), sim)));
    let row = move |row: Row| {
        let name = row.name;
        let button = move |act: MessageAct| {
            let full = format!("{} message {} to {}", act.label(), name.from, name.to);
            let act_now = move |_| session.act(act.fault(name));
            view! { <button class="btn" data-message-act=format!("{act:?}") aria-label=full on:click=act_now>{act.label()}</button> }
        };
        view! {
            <li class="row">
                <span class="row-name">{row.route}</span>
                <span class="row-state">{row.title}", "{row.due}</span>
                <span class="row-acts">{MessageAct::ALL.map(button).collect_view()}</span>
            </li>
        }
    };
    let is_empty = move || list.with(Vec::is_empty);
    view! {
        <p class="hint" hidden=move || !is_empty()>{say::NO_MESSAGE_IS_UNDER_WAY}</p>
        <p class="hint" hidden=move || is_empty() || !session.playing.get()>
            <button class="btn" on:click=move |_| session.pause()>{say::PAUSE_THE_RUN}</button>
            {say::TO_HOLD_THEM_STILL}
        </p>
        <ul class="rows">
            <For each=move || list.get() key=|row| (row.name, row.due.clone()) children=row/>
        </ul>
    }
}
