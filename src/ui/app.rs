//! The app: reads the address, opens the run, mounts the page it asks for.

use super::address::{self, Page};
use super::doors::Doors;
use super::frame;
use super::keyboard;
use super::lab::open_run;
use super::pages::embed::Embed;
use super::pages::lab::LabPage;
use super::pages::play::Play;
use super::panels::announcer::LiveRegions;
use super::preferences::{Preferences, wants_less_motion};
use super::rescue;
use super::session::Session;
use leptos::prelude::*;

#[component]
pub fn App() -> impl IntoView {
    let Some(address) = address::read() else {
        return view! { <p class="empty">"No algorithm is built into this copy."</p> }.into_any();
    };
    turn_pages();
    if address.page == Page::Lab {
        provide_context(Preferences::open(address.theme, false, false));
        return view! { <LabPage address=address::experiment()/> }.into_any();
    }
    let embed = address.page == Page::Embed;
    let running = !wants_less_motion() && (!embed || address.autoplay);
    let session = Session::open(address.setup, running && address.at.is_none());
    if let Some(at) = address.at {
        session.seek(at);
    }
    if let Some(complaint) = address.complaints.first() {
        session.remark(complaint.clone());
    }
    let preferences = Preferences::open(address.theme, address.present, !embed);
    let doors = Doors::new();
    provide_context(doors);
    provide_context(preferences);
    keyboard::listen(session, doors, preferences, address.locked);
    rescue::note(session);
    Effect::new(move |_| frame::drive(session));
    open_run::follow(session);
    let page = match address.page {
        Page::Play | Page::Lab => view! { <Play session/> }.into_any(),
        Page::Embed => view! { <Embed session locked=address.locked/> }.into_any(),
    };
    view! {
        {page}
        <LiveRegions announcer=session.announcer/>
    }
    .into_any()
}

/// Another address in the same tab, by a link or by the browser's buttons: the page starts anew with it.
fn turn_pages() {
    use wasm_bindgen::prelude::*;
    let turned = Closure::<dyn FnMut()>::new(|| {
        let _ = window().location().reload();
    });
    let _ = window().add_event_listener_with_callback("hashchange", turned.as_ref().unchecked_ref());
    turned.forget();
}
