//! The run as a picture: a moment, a span that moves, a sequence diagram.

use super::page_sheets::PageSheets;
use super::painting::paint;
use super::pieces::{CopyButton, data_address, file_name, moment, save};
use crate::share::export::animated::animated;
use crate::share::export::lanes::space_time;
use crate::share::export::mermaid::mermaid;
use crate::share::export::sequence::sequence;
use crate::share::export::sheet::Look;
use crate::share::export::snapshot::snapshot;
use crate::share::export::span::Span;
use crate::share::export::transcript::transcript;
use crate::sim::time::MILLISECOND;
use crate::ui::session::Session;
use crate::words::sharing as say;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Still,
    Moving,
    Diagram,
    SpaceTime,
    Text,
}

const KINDS: [(Kind, &str); 5] = [
    (Kind::Still, say::STILL),
    (Kind::Moving, say::MOVING),
    (Kind::Diagram, say::DIAGRAM),
    (Kind::SpaceTime, say::SPACE_TIME),
    (Kind::Text, say::TRANSCRIPT),
];
/// The span offered first, in milliseconds before this moment.
const USUAL: u64 = 300;

#[component]
pub fn PictureTab(session: Session) -> impl IntoView {
    let sheets = RwSignal::new(None::<PageSheets>);
    spawn_local(async move {
        let read = PageSheets::read().await;
        let _ = sheets.try_set(Some(read));
    });
    let kind = RwSignal::new(Kind::Still);
    let look = RwSignal::new(Look::Auto);
    let to = RwSignal::new(moment(session));
    let from = RwSignal::new(moment(session).saturating_sub(USUAL));
    let span = move || Span { from: from.get() * MILLISECOND, to: to.get() * MILLISECOND };
    let recording = StoredValue::new(session.recording());
    // `None` until the page's style is here.
    let made = move |kind: Option<Kind>| -> Option<Result<String, String>> {
        sheets.with(|sheets| {
            let origin = sheets.as_ref()?.origin(session, look.get());
            Some(recording.with_value(|recording| match kind {
                Some(Kind::Still) => Ok(session.look(|sim| snapshot(sim, &origin))),
                Some(Kind::Moving) => animated(recording, span(), &origin),
                Some(Kind::Diagram) => sequence(recording, span(), &origin),
                Some(Kind::SpaceTime) => space_time(recording, span(), &origin),
                Some(Kind::Text) => transcript(recording, span(), &origin),
                None => mermaid(recording, span(), &origin),
            }))
        })
    };
    let drawn = Memo::new(move |_| made(Some(kind.get())));
    let diagram =
        Signal::derive(move || made(None).unwrap_or_else(|| Ok(String::new())).unwrap_or_else(|problem| problem));
    let told = Signal::derive(move || drawn.with(|drawn| drawn.clone().and_then(Result::ok).unwrap_or_default()));
    let kinds = KINDS.into_iter().map(|(one, name)| {
        view! {
            <button class="chip-button" data-kind=name aria-pressed=move || (kind.get() == one).to_string() on:click=move |_| kind.set(one)>{name}</button>
        }
    });
    let field = |name: &'static str, value: RwSignal<u64>| {
        let changed = move |event| {
            if let Ok(ms) = event_target_value(&event).parse::<u64>() {
                value.set(ms.min(3_600_000));
            }
        };
        view! { <input class="pick seed-field" inputmode="numeric" aria-label=name prop:value=move || value.get().to_string() on:change=changed/> }
    };
    let svg = move || drawn.with(|drawn| drawn.clone().and_then(Result::ok));
    let save_text = move |_| {
        if let Some(text) = svg() {
            let data = format!("data:text/plain;charset=utf-8,{}", js_sys::encode_uri_component(&text));
            save(&data, &(file_name(session) + ".txt"));
        }
    };
    let save_svg = move |_| {
        if let Some(svg) = svg() {
            save(&data_address(&svg), &(file_name(session) + ".svg"));
        }
    };
    let save_png = move |_| {
        if let Some(svg) = svg() {
            paint(&svg, file_name(session) + ".png");
        }
    };
    view! {
        <div class="chip-row" role="group" aria-label=say::WHAT>{kinds.collect_view()}</div>
        <div class="share-options">
            <div class="field" class:gone=move || kind.get() == Kind::Still role="group" aria-label=say::SPAN>
                {say::SPAN} {field(say::FROM, from)} {field(say::TO, to)}
            </div>
            <label class="field" class:gone=move || kind.get() == Kind::Text>{say::THEME}
                <select class="pick" data-act="Look" on:change=move |event| look.set(Look::from_name(&event_target_value(&event)).unwrap_or_default())>
                    <option value="auto">{say::AUTO}</option>
                    <option value="light">{say::LIGHT}</option>
                    <option value="dark">{say::DARK}</option>
                </select>
            </label>
        </div>
        <div class="share-picture" role="group" aria-label=say::PREVIEW tabindex="0">
            {move || drawn.with(|drawn| match drawn {
                None => ().into_any(),
                Some(Ok(text)) if kind.get() == Kind::Text => view! { <pre>{text.clone()}</pre> }.into_any(),
                Some(Ok(svg)) => view! { <img alt=say::PREVIEW src=data_address(svg)/> }.into_any(),
                Some(Err(problem)) => view! { <p role="alert">{say::no_picture(problem)}</p> }.into_any(),
            })}
        </div>
        <p class="hint">{move || if kind.get() == Kind::Moving { say::MOVING_HINT } else { "" }}</p>
        <div class="dialog-foot">
            {move || (kind.get() == Kind::Diagram).then(|| view! { <CopyButton text=diagram name=say::COPY_MERMAID/> })}
            {move || match kind.get() {
                Kind::Text => view! {
                    <CopyButton text=told name=say::COPY/>
                    <button class="btn primary" data-act="SaveText" on:click=save_text>{say::SAVE_TEXT}</button>
                }
                .into_any(),
                kind => view! {
                    {(kind != Kind::Moving).then(|| view! { <button class="btn" data-act="SavePng" on:click=save_png>{say::SAVE_PNG}</button> })}
                    <button class="btn primary" data-act="SaveSvg" on:click=save_svg>{say::SAVE_SVG}</button>
                }
                .into_any(),
            }}
        </div>
    }
}
