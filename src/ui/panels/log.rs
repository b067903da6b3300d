//! The whole log: every event that is still remembered, filtered, each line a way to its moment.

use crate::ui::doors::Doors;
use crate::ui::session::Session;
use crate::ui::widgets::dialog::Dialog;
use crate::words::en::panels as say;
use crate::words::event_line::{Line, Topic, event_line};
use crate::words::numbers::instant;
use crate::words::why::Question;
use leptos::prelude::*;

/// So many lines at a time.
const PAGE: usize = 200;

const TOPICS: [(Topic, &str); 5] = [
    (Topic::Acts, say::ACTS),
    (Topic::Leadership, say::LEADERSHIP),
    (Topic::Clients, say::CLIENTS),
    (Topic::Messages, say::MESSAGES),
    (Topic::Inner, say::TIMERS_AND_DISKS),
];

#[component]
pub fn LogDialog(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    view! {
        <Dialog open=doors.log title=say::LOG class="wide">
            <Log session/>
        </Dialog>
    }
}

#[component]
fn Log(session: Session) -> impl IntoView {
    let topics = RwSignal::new(TOPICS.map(|(topic, _)| topic).to_vec());
    let routine = RwSignal::new(false);
    let search = RwSignal::new(String::new());
    let pages = RwSignal::new(1_usize);
    let doors = expect_context::<Doors>();
    let lines = Memo::new(move |_| {
        let (topics, routine, search) = (topics.get(), routine.get(), search.get().to_lowercase());
        let words = session.words();
        session.look_now_and_then(|sim| {
            let fits = |line: &Line| {
                topics.contains(&line.topic)
                    && (routine || !line.routine)
                    && (search.is_empty() || line.text.to_lowercase().contains(&search))
            };
            let told = sim.history().events().rev().map(|event| event_line(&words, sim, event));
            told.filter(fits).take(pages.get() * PAGE + 1).collect::<Vec<Line>>()
        })
    });
    let is_more = move || lines.with(|lines| lines.len() > pages.get() * PAGE);
    let toggle = move |topic: Topic| {
        topics.update(|topics| match topics.iter().position(|chosen| *chosen == topic) {
            Some(index) => drop(topics.remove(index)),
            None => topics.push(topic),
        });
    };
    let filter = move |(topic, name): (Topic, &'static str)| {
        let on = move || topics.with(|topics| topics.contains(&topic));
        view! {
            <button class="chip-button" aria-pressed=move || on().to_string() on:click=move |_| toggle(topic)>{name}</button>
        }
    };
    let row = move |line: Line| {
        let event = line.event;
        let ask = move |_| {
            doors.log.set(false);
            doors.why.set(Some(Question::Event(event)));
        };
        view! {
            <li class="log-row">
                <button class="ev" on:click=move |_| session.go_to_event(event)>
                    <span class="ev-at">{instant(line.at)}</span>
                    <span class="ev-text">{line.text}</span>
                </button>
                <button class="linkish" aria-label=say::why_event(event) on:click=ask>{say::WHY}</button>
            </li>
        }
    };
    view! {
        <div class="log-filters" role="group" aria-label=say::FILTER>
            {TOPICS.map(filter).collect_view()}
            <button class="chip-button" aria-pressed=move || routine.get().to_string() on:click=move |_| routine.update(|on| *on = !*on)>
                {say::HEARTBEATS_AND_OTHER_ROUTINE}
            </button>
            <input class="pick log-search" type="search" placeholder=say::FIND_FOR_EXAMPLE_N3 aria-label=say::FIND_IN_THE_LOG on:input=move |event| search.set(event_target_value(&event))/>
        </div>
        <p class="hint" role="status">
            {move || match lines.with(Vec::len) {
                0 => say::NOTHING_FITS_THE_FILTER.to_owned(),
                _ if is_more() => say::last_events((pages.get() * PAGE) as u64),
                count => say::all_events(count as u64),
            }}
        </p>
        <ol class="log-list">
            <For each=move || lines.with(|lines| lines.iter().take(pages.get() * PAGE).cloned().collect::<Vec<_>>()) key=|line| (line.event, line.text.len()) children=row/>
        </ol>
        <button class="btn" hidden=move || !is_more() on:click=move |_| pages.update(|pages| *pages += 1)>{say::SHOW_OLDER}</button>
    }
}
