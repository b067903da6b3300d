//! The run as a picture: a moment, a span that moves, a sequence diagram.

use super::pieces::{CopyButton, PageSheets, data_address, file_name, moment, save};
use crate::share::export::animated::animated;
use crate::share::export::mermaid::mermaid;
use crate::share::export::sequence::sequence;
use crate::share::export::sheet::Look;
use crate::share::export::snapshot::snapshot;
use crate::share::export::span::Span;
use crate::sim::time::MILLISECOND;
use crate::ui::session::Session;
use crate::words::sharing as say;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Still,
    Moving,
    Diagram,
}

const KINDS: [(Kind, &str); 3] =
    [(Kind::Still, say::STILL), (Kind::Moving, say::MOVING), (Kind::Diagram, say::DIAGRAM)];
/// The span offered first, in milliseconds before this moment.
const USUAL: u64 = 300;

#[component]
pub fn PictureTab(session: Session) -> impl IntoView {
    let sheets = StoredValue::new(PageSheets::read());
    let kind = RwSignal::new(Kind::Still);
    let look = RwSignal::new(Look::Auto);
    let to = RwSignal::new(moment(session));
    let from = RwSignal::new(moment(session).saturating_sub(USUAL));
    let span = move || Span { from: from.get() * MILLISECOND, to: to.get() * MILLISECOND };
    let drawn = Memo::new(move |_| -> Result<String, String> {
        sheets.with_value(|sheets| {
            let origin = sheets.origin(session, look.get());
            match kind.get() {
                Kind::Still => Ok(session.look(|sim| snapshot(sim, &origin))),
                Kind::Moving => animated(&session.recording(), span(), &origin),
                Kind::Diagram => sequence(&session.recording(), span(), &origin),
            }
        })
    });
    let diagram = Signal::derive(move || {
        sheets.with_value(|sheets| {
            let text = mermaid(&session.recording(), span(), &sheets.origin(session, Look::Auto));
            text.unwrap_or_else(|problem| problem)
        })
    });
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
    let svg = move || drawn.with(|drawn| drawn.clone().ok());
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
        <div class="chip-row" role="group" aria-label="What">{kinds.collect_view()}</div>
        <div class="share-options">
            <div class="field" class:gone=move || kind.get() == Kind::Still role="group" aria-label=say::SPAN>
                {say::SPAN} {field("From, in milliseconds", from)} {field("To, in milliseconds", to)}
            </div>
            <label class="field">"Theme"
                <select class="pick" data-act="Look" on:change=move |event| look.set(Look::from_name(&event_target_value(&event)).unwrap_or_default())>
                    <option value="auto">"auto"</option>
                    <option value="light">"light"</option>
                    <option value="dark">"dark"</option>
                </select>
            </label>
        </div>
        <div class="share-picture" role="group" aria-label=say::PREVIEW tabindex="0">
            {move || drawn.with(|drawn| match drawn {
                Ok(svg) => view! { <img alt=say::PREVIEW src=data_address(svg)/> }.into_any(),
                Err(problem) => view! { <p role="alert">{format!("No picture: {problem}.")}</p> }.into_any(),
            })}
        </div>
        <p class="hint">{move || if kind.get() == Kind::Moving { say::MOVING_HINT } else { "" }}</p>
        <div class="dialog-foot">
            {move || (kind.get() == Kind::Diagram).then(|| view! { <CopyButton text=diagram name=say::COPY_MERMAID/> })}
            {move || (kind.get() != Kind::Moving).then(|| view! { <button class="btn" data-act="SavePng" on:click=save_png>{say::SAVE_PNG}</button> })}
            <button class="btn primary" data-act="SaveSvg" on:click=save_svg>{say::SAVE_SVG}</button>
        </div>
    }
}

/// Draws the picture on a canvas, twice as large, and saves that.
fn paint(svg: &str, name: String) {
    let Ok(image) = HtmlImageElement::new() else { return };
    let drawn = image.clone();
    let loaded = Closure::once_into_js(move || {
        let canvas =
            document().create_element("canvas").ok().and_then(|made| made.dyn_into::<HtmlCanvasElement>().ok());
        let Some(canvas) = canvas else { return };
        let (width, height) = (drawn.natural_width() * 2, drawn.natural_height() * 2);
        canvas.set_width(width);
        canvas.set_height(height);
        let Some(context) = canvas.get_context("2d").ok().flatten() else { return };
        let context: CanvasRenderingContext2d = context.unchecked_into();
        let (w, h) = (f64::from(width), f64::from(height));
        if context.draw_image_with_html_image_element_and_dw_and_dh(&drawn, 0.0, 0.0, w, h).is_ok()
            && let Ok(address) = canvas.to_data_url()
        {
            save(&address, &name);
        }
    });
    image.set_onload(Some(loaded.unchecked_ref()));
    image.set_src(&data_address(svg));
}
