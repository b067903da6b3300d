//! Turning from one page to another: the first part of the fragment names the page.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// `play`, `learn`, `embed` ...; `play` if nothing is named.
pub fn room() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let path = hash.trim_start_matches('#').trim_start_matches('/');
    let first = path.split(['/', '?', '=']).next().unwrap_or("");
    if first.is_empty() || first == "stage" { "play".into() } else { first.into() }
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
