//! The chosen node, link or message: what it knows, and what can be done to it.

use super::why::{WhyEvent, WhyPlace};
use crate::sim::fault::MessageName;
use crate::sim::kernel::{Flight, FlightState};
use crate::sim::measures::Status;
use crate::sim::message::ABSENT;
use crate::sim::place::Place;
use crate::sim::simulation::Simulation;
use crate::ui::doors::Doors;
use crate::ui::faults::act_bar::{ActButton, UndoRedo, target_signal};
use crate::ui::faults::acts::Act;
use crate::ui::faults::links::{LinkAct, link_state};
use crate::ui::faults::messages::{MessageButtons, find};
use crate::ui::selection::Selection;
use crate::ui::session::Session;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::ui::widgets::roving::rove;
use crate::ui::widgets::seal::wax;
use crate::words::act_line::drift_line;
use crate::words::en::panels as say;
use crate::words::event_line::{kind_of, loss_id, title};
use crate::words::inspect_line::shown;
use crate::words::lookup::{Words, sentence_case};
use crate::words::numbers::{grouped, instant, span};
use leptos::prelude::*;

/// A fact: its name, its value, whether it survives a crash.
type Fact = (String, String, bool);

#[component]
pub fn Selected(session: Session) -> impl IntoView {
    let inside = move || match session.selected.get() {
        None => view! { <Nothing session/> }.into_any(),
        Some(Selection::Place(place)) => view! { <NodeCard session place/> }.into_any(),
        Some(Selection::Link(a, b)) => view! { <LinkCard session a b/> }.into_any(),
        Some(Selection::Message(name)) => view! { <MessageCard session name/> }.into_any(),
    };
    view! { <section class="panel selected" data-panel="node" aria-label=say::CHOSEN>{inside}</section> }
}

#[component]
fn Nothing(session: Session) -> impl IntoView {
    view! {
        <header><h2>{say::NOTHING_CHOSEN}</h2></header>
        <p class="hint">{say::SELECT_A_NODE_TO_SEE}</p>
        <NodePicker session/>
        <LeaderActs session/>
    }
}

/// On a narrow screen the row of acts has no place of its own.
#[component]
fn LeaderActs(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let target = target_signal(session);
    let acts = [Act::CrashOrRestart, Act::PauseOrResume, Act::Heal, Act::Write];
    view! {
        <div class="acts narrow-acts" role="group" aria-label=say::ACTS_ON_THE_LEADER>
            {acts.map(|act| view! { <ActButton session act target/> }).collect_view()}
            <button class="btn" on:click=move |_| doors.partition.set(true)>{say::PARTITION}</button>
            <UndoRedo session/>
        </div>
    }
}

/// The nodes as a row of buttons.
#[component]
fn NodePicker(session: Session) -> impl IntoView {
    let nodes = move || {
        session.run.track();
        session.look(|sim| sim.kernel().census.nodes().collect::<Vec<Place>>())
    };
    let button = move |(index, place): (usize, Place)| {
        view! {
            <button
                class="btn"
                data-pick=place.to_string()
                tabindex=if index == 0 { "0" } else { "-1" }
                on:click=move |_| session.select(Some(Selection::Place(place)))
            >
                {place.to_string()}
            </button>
        }
    };
    view! {
        <div class="acts picker" role="group" aria-label=say::CHOOSE_A_NODE on:keydown=|event| rove(&event, "button", false)>
            {move || nodes().into_iter().enumerate().map(button).collect_view()}
        </div>
    }
}

#[component]
fn Facts(facts: Memo<Vec<Fact>>) -> impl IntoView {
    let row = |(name, value, durable): Fact| {
        view! {
            <div class="kv-row">
                <dt>{name}</dt>
                <dd>{value}{durable.then(|| view! { <span class="disk">{say::ON_DISK}</span> })}</dd>
            </div>
        }
    };
    view! { <dl class="kv" tabindex="0" aria-label=say::FACTS>{move || facts.get().into_iter().map(row).collect_view()}</dl> }
}

#[component]
fn NodeCard(session: Session, place: Place) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let badge = Memo::new(move |_| session.look_now_and_then(|sim| badge(&session.words(), sim, place)));
    let facts = Memo::new(move |_| session.look_now_and_then(|sim| node_facts(&session.words(), sim, place)));
    let target = Signal::derive(move || Some(place));
    let act = move |act: Act| view! { <ActButton session act target short=true/> };
    let more = move |_| doors.menu_at(Selection::Place(place));
    view! {
        <header>
            <h2>{place.to_string()}</h2>
            {move || {
                let (class, text) = badge.get();
                view! { <span class=format!("chip {class}")>{text}</span> }
            }}
            <WhyPlace session place/>
            <button class="linkish push" on:click=move |_| session.select(None)>{say::LET_GO}</button>
        </header>
        <div class="acts">
            {[Act::CrashOrRestart, Act::PauseOrResume, Act::CutOffOrRejoin].map(act).collect_view()}
            <button class="btn icon" data-act="More" aria-label=say::more_for(place) title=say::MORE on:click=more><Icon glyph=Glyph::More/></button>
        </div>
        <Facts facts/>
    }
}

fn badge(words: &Words, sim: &dyn Simulation, place: Place) -> (&'static str, String) {
    let kernel = sim.kernel();
    let slot = kernel.census.slot(place);
    let standing = kernel.standings[slot];
    let reign = standing.reign.map_or_else(String::new, |reign| format!(", {}", words.reign(reign)));
    match kernel.statuses[slot] {
        Status::Down => ("rn", "crashed".into()),
        Status::Paused => (wax(standing.reign), format!("paused, {}{reign}", title(words, &standing))),
        Status::Up => (wax(standing.reign), format!("{}{reign}", title(words, &standing))),
    }
}

fn node_facts(words: &Words, sim: &dyn Simulation, place: Place) -> Vec<Fact> {
    let page = sim.inspect(place);
    let kernel = sim.kernel();
    let slot = kernel.census.slot(place);
    let mut facts = Vec::new();
    if let Some(ring) = page.ring {
        let timer = sim.timer_names().get(usize::from(ring.timer)).copied().unwrap_or("timer");
        let left = span(ring.due_at.saturating_sub(kernel.now));
        facts.push((
            sentence_case(&words.name("timer", timer)),
            format!("{left} left of {}", span(ring.due_at - ring.set_at)),
            false,
        ));
    }
    let rows = page.rows.iter().chain(&page.card);
    facts.extend(
        rows.map(|row| (words.name("row", row.id), shown(words, &row.value), row.durable))
            .map(|(name, value, durable)| (sentence_case(&name), value, durable)),
    );
    if kernel.drift(slot) != 0 {
        facts.push((say::CLOCK.into(), drift_line(kernel.drift(slot)), false));
    }
    if kernel.bodies[slot].wiped {
        facts.push((say::DISK.into(), say::WAS_LOST_ONCE.into(), false));
    }
    facts
}

#[component]
fn LinkCard(session: Session, a: Place, b: Place) -> impl IntoView {
    let state = move || session.look_now_and_then(|sim| link_state(sim, a, b));
    let button = move |act: LinkAct| {
        let act_now = move |_| act.faults(a, b).into_iter().for_each(|fault| session.act(fault));
        view! { <button class="btn" data-link-act=format!("{act:?}") on:click=act_now>{act.label(a, b)}</button> }
    };
    view! {
        <header>
            <h2>{format!("{a} \u{2013} {b}")}</h2>
            <span class="chip rn">{state}</span>
            <button class="linkish push" on:click=move |_| session.select(None)>{say::LET_GO}</button>
        </header>
        <div class="acts">{LinkAct::ALL.map(button).collect_view()}</div>
    }
}

#[component]
fn MessageCard(session: Session, name: MessageName) -> impl IntoView {
    let flight = Memo::new(move |_| session.look_now_and_then(|sim| find(sim, name)));
    let facts = Memo::new(move |_| {
        let flight = flight.get();
        session.look(|sim| flight.map_or_else(Vec::new, |flight| message_facts(&session.words(), sim, &flight)))
    });
    let kind = move || {
        let kind = flight.get().and_then(|flight| session.look(|sim| kind_of(sim, flight.message.kind)));
        kind.map_or_else(
            || say::MESSAGE_ARRIVED.into(),
            |kind| sentence_case(&session.words().name("message", kind.id)),
        )
    };
    let sent = Signal::derive(move || flight.get().map(|flight| flight.sent_event));
    let is_alive = move || flight.get().is_some_and(|flight| !matches!(flight.state, FlightState::Lost(_)));
    view! {
        <header>
            <h2>{kind}</h2>
            <span class="chip rn">{format!("{} to {}", name.from, name.to)}</span>
            <WhyEvent event=sent name=say::WHY_WAS_IT_SENT/>
            <button class="linkish push" on:click=move |_| session.select(None)>{say::LET_GO}</button>
        </header>
        <Show when=is_alive fallback=|| ()>
            <MessageButtons session name/>
        </Show>
        <Facts facts/>
    }
}

fn message_facts(words: &Words, sim: &dyn Simulation, flight: &Flight) -> Vec<Fact> {
    let mut facts = vec![(say::SENT.into(), format!("{} ms", instant(flight.sent_at)), false)];
    facts.push(match flight.state {
        FlightState::Flying => {
            let left = span(flight.arrives_at.saturating_sub(sim.now()));
            (say::DUE.into(), format!("{} ms, in {left}", instant(flight.arrives_at)), false)
        }
        FlightState::Stalled => (say::DUE.into(), say::WHEN_THE_LINK_IS_MENDED.into(), false),
        FlightState::InInbox => (say::DUE.into(), say::WHEN_THE_RECEIVER_WAKES.into(), false),
        FlightState::Lost(why) => (say::NEVER_ARRIVES.into(), words.name("loss", loss_id(why)), false),
        FlightState::Free => ("Arrived".into(), String::new(), false),
    });
    if let Some(kind) = kind_of(sim, flight.message.kind) {
        let named = kind.fields.iter().zip(flight.message.facts).filter(|(_, number)| *number != ABSENT);
        facts.extend(named.map(|(field, number)| (sentence_case(&words.name("field", field)), grouped(number), false)));
    }
    facts
}
