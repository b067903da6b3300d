//! Turning from one page to another: the first part of the fragment names the page.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Pages besides Play.
const ROOMS: &[&str] = &["learn", "embed", "compare", "lab"];

/// `learn`, `embed` ...; `play` if nothing else is named.
pub fn room() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let path = hash.trim_start_matches('#').trim_start_matches('/');
    let first = path.split(['/', '?', '=']).next().unwrap_or("");
    ROOMS.iter().find(|room| **room == first).map_or_else(|| "play".into(), |room| (*room).into())
}

/// Loads the page anew when the fragment names another one: each begins with a clean table.
pub fn watch() {
    let here = room();
    let changed = Closure::<dyn FnMut()>::new(move || {
        if room() != here {
            let _ = window().location().reload();
        }
    });
    let _ = window().add_event_listener_with_callback("hashchange", changed.as_ref().unchecked_ref());
    changed.forget();
}
