//! Keys of Learn that come before those of the page: the presenter's remote and Escape.

use super::guide::{Guide, Mode};
use super::route::{Place, Route};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::KeyboardEvent;

/// Listens for the life of the page. To be called before the page's own keys are.
pub fn listen(guide: Guide, route: RwSignal<Route>) {
    let pressed = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if event.default_prevented() {
            return;
        }
        let on_stage = route.with_untracked(|route| route.place.has_stage());
        let is_key_of_the_run = event.key().chars().count() == 1 || event.key().starts_with("Arrow");
        if !on_stage {
            // Without a stage there is nothing for the keys of a run to do.
            if is_key_of_the_run || matches!(event.key().as_str(), "PageUp" | "PageDown" | "Home" | "End") {
                event.stop_immediate_propagation();
            }
            return;
        }
        let is_led = guide.mode.get_untracked() != Mode::Idle && guide.stops.with_untracked(|stops| !stops.is_empty());
        let in_dialog = document().query_selector("dialog[open],.menu").ok().flatten().is_some();
        if in_dialog || !is_led {
            return;
        }
        match event.key().as_str() {
            "PageDown" => guide.next(),
            "PageUp" => guide.previous(),
            "Escape" if route.with_untracked(|route| !matches!(route.place, Place::Practice)) => guide.take_or_return(),
            _ => return,
        }
        event.prevent_default();
    });
    let _ = document().add_event_listener_with_callback("keydown", pressed.as_ref().unchecked_ref());
    pressed.forget();
}
