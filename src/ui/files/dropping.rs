//! A file dropped anywhere on the page is opened.

use super::reading::open_file;
use crate::ui::doors::Doors;
use crate::ui::opening::Complaints;
use crate::ui::session::Session;
use crate::words::en::files as say;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{DataTransfer, DragEvent};

/// What says so while a file hangs over the page.
#[component]
pub fn DropVeil(session: Session) -> impl IntoView {
    let over = RwSignal::new(false);
    listen(session, expect_context::<Doors>(), expect_context::<Complaints>(), over);
    move || over.get().then(|| view! { <div class="drop-veil" aria-hidden="true"><p>{say::DROP}</p></div> })
}

/// Listens for the life of the page. `over` is true while a file hangs over it.
fn listen(session: Session, doors: Doors, complaints: Complaints, over: RwSignal<bool>) {
    let moved = move |event: DragEvent| {
        if event.data_transfer().is_some_and(|carried| has_files(&carried)) {
            event.prevent_default();
            over.set(true);
        }
    };
    let left = move |event: DragEvent| {
        // From one part of the page to another it has not left.
        if event.related_target().is_none() {
            over.set(false);
        }
    };
    let dropped = move |event: DragEvent| {
        over.set(false);
        let Some(carried) = event.data_transfer().filter(has_files) else { return };
        event.prevent_default();
        if let Some(file) = carried.files().and_then(|files| files.get(0)) {
            open_file(session, doors, complaints, file);
        }
    };
    hear("dragover", moved);
    hear("dragleave", left);
    hear("drop", dropped);
}

fn has_files(carried: &DataTransfer) -> bool {
    carried.types().includes(&"Files".into(), 0)
}

fn hear(what: &str, with: impl FnMut(DragEvent) + 'static) {
    let closure = Closure::<dyn FnMut(DragEvent)>::new(with);
    let _ = document().add_event_listener_with_callback(what, closure.as_ref().unchecked_ref());
    closure.forget();
}
