//! What happened: the last few events that say something, and why the newest came about.

use super::why::WhyEvent;
use crate::ui::doors::Doors;
use crate::ui::session::Session;
use crate::words::en::panels as say;
use crate::words::event_line::{Line, event_line};
use crate::words::numbers::instant;
use crate::words::vocabulary::RuleText;
use leptos::prelude::*;

/// As many lines as the rail has room for.
const SHOWN: usize = 4;
/// How far back it looks for them.
const LOOKED_AT: usize = 400;

#[component]
pub fn Events(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let lines = Memo::new(move |_| last_lines(session, SHOWN));
    let why = Memo::new(move |_| {
        let newest = lines.with(|lines| lines.last().map(|line| line.event))?;
        session.look(|sim| {
            let event = sim.history().event(newest)?;
            let rule = event.rule.or_else(|| sim.history().event(event.cause?)?.rule)?;
            session.words().rule(rule).copied()
        })
    });
    let newest = Memo::new(move |_| lines.with(|lines| lines.last().map(|line| line.event)));
    let name = move || lines.with(|lines| lines.last().map_or_else(String::new, |line| format!("Why? {}", line.text)));
    let count = move || {
        let events = session.look_now_and_then(|sim| sim.events());
        format!("event {}", crate::words::numbers::grouped(events))
    };
    let rows = move || {
        let lines = lines.get();
        if lines.is_empty() {
            let text = match session.now.get_untracked() {
                0 => say::NOTHING_HAS_HAPPENED_YET_PRESS,
                _ => say::NOTHING_BUT_SIGNS_OF_LIFE,
            };
            return view! { <li class="hint">{text}</li> }.into_any();
        }
        let last = lines.len() - 1;
        let row = move |(index, line): (usize, Line)| {
            let event = line.event;
            let whole = line.text.clone();
            view! {
                <li>
                    <button class="ev" class:now=index == last title=whole on:click=move |_| session.go_to_event(event)>
                        <span class="ev-at">{instant(line.at)}</span>
                        <span class="ev-text">{line.text}</span>
                    </button>
                </li>
            }
        };
        lines.into_iter().enumerate().map(row).collect_view().into_any()
    };
    view! {
        <section class="panel events" data-panel="events" aria-labelledby="events-title">
            <header>
                <h2 id="events-title">{say::WHAT_HAPPENED}</h2>
                <span class="aside">{count}</span>
                <WhyEvent event=newest name=Signal::derive(name)/>
                <button class="linkish" data-act="Log" aria-keyshortcuts="E" on:click=move |_| doors.log.set(true)>{say::LOG}</button>
            </header>
            <ol class="ev-list">{rows}</ol>
            <div class="why-room">{move || why.get().map(rule_box)}</div>
        </section>
    }
}

/// The rule behind the newest line.
fn rule_box(rule: RuleText) -> impl IntoView {
    view! {
        <div class="why">
            <p>{rule.text}</p>
            <p class="src">{format!("{} \u{b7} rule {}", rule.source, rule.rule)}</p>
        </div>
    }
}

/// The newest lines that say something, the newest last.
pub fn last_lines(session: Session, count: usize) -> Vec<Line> {
    let words = session.words();
    session.look_now_and_then(|sim| {
        let newest = sim.history().events().rev().take(LOOKED_AT);
        let told = newest.map(|event| event_line(&words, sim, event)).filter(|line| !line.routine);
        let mut lines: Vec<Line> = told.take(count).collect();
        lines.reverse();
        lines
    })
}
