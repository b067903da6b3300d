//! What projector mode adds for a room: the newest event in large type under the stage, and a ring at the presenter's pointer.

use super::events::last_lines;
use crate::ui::preferences::Preferences;
use crate::ui::session::Session;
use crate::words::numbers::instant;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::PointerEvent;

/// The newest event that says something, under the stage.
#[component]
pub fn Subtitle(session: Session) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let newest = Memo::new(move |_| last_lines(session, 1).pop().map(|line| (line.at, line.text)));
    let said = move || {
        newest.get().map(|(at, text)| {
            view! {
                <span class="subtitle-at">{format!("{} ms", instant(at))}</span>
                <span>{text}</span>
            }
        })
    };
    move || preferences.projector.get().then(|| view! { <p class="subtitle" data-panel="subtitle">{said}</p> })
}

/// Where the presenter points, for people in the last row. A finger or a pen shows itself.
#[component]
pub fn PointerRing() -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let at = RwSignal::new(None::<(i32, i32)>);
    let moved = Closure::<dyn FnMut(PointerEvent)>::new(move |event: PointerEvent| {
        if preferences.projector.get_untracked() {
            let is_mouse = event.pointer_type() == "mouse";
            at.set(is_mouse.then(|| (event.client_x(), event.client_y())));
        }
    });
    let left = Closure::<dyn FnMut()>::new(move || at.set(None));
    let document = document();
    let _ = document.add_event_listener_with_callback("pointermove", moved.as_ref().unchecked_ref());
    if let Some(root) = document.document_element() {
        let _ = root.add_event_listener_with_callback("pointerleave", left.as_ref().unchecked_ref());
    }
    moved.forget();
    left.forget();
    let place = move || at.get().map_or_else(String::new, |(x, y)| format!("transform:translate({x}px,{y}px)"));
    let is_shown = Memo::new(move |_| preferences.projector.get() && at.with(Option::is_some));
    move || is_shown.get().then(|| view! { <div class="pointer-ring" aria-hidden="true" style=place></div> })
}
