//! The app: reads the address, opens the run, mounts the page it asks for.

use super::address::{self, Page};
use super::bookmark;
use super::doors::Doors;
use super::frame;
use super::keyboard;
use super::lab::open_run;
use super::opening::{self, Complaints};
use super::pages::compare::LaterCompare;
use super::pages::embed::Embed;
use super::pages::lab::LabPage;
use super::pages::learn::Learn;
use super::pages::play::Play;
use super::panels::announcer::LiveRegions;
use super::parts;
use super::preferences::{Preferences, Theme, wants_less_motion};
use super::rescue;
use super::session::Session;
use super::turning;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page, once everything is here that its address needs.
#[component]
pub fn App() -> impl IntoView {
    turning::watch();
    let ready = RwSignal::new(address::is_of_the_first_family());
    let failed = RwSignal::new(false);
    if !ready.get_untracked() {
        spawn_local(async move {
            match parts::all_families().await {
                Ok(()) => ready.set(true),
                Err(parts::Missing) => failed.set(true),
            }
        });
    }
    move || match (ready.get(), failed.get()) {
        (true, _) => view! { <Ready/> }.into_any(),
        (_, true) => view! { <p class="empty">{parts::SORRY}</p> }.into_any(),
        _ => view! { <p class="empty">"Loading the algorithm\u{2026}"</p> }.into_any(),
    }
}

#[component]
fn Ready() -> impl IntoView {
    if turning::room() == "learn" {
        return view! { <Learn/> }.into_any();
    }
    let Some(address) = address::read() else {
        return view! { <p class="empty">"No algorithm is built into this copy."</p> }.into_any();
    };
    if address.page == Page::Lab {
        turn_pages();
        provide_context(Preferences::open(address.theme, false, false));
        return view! { <LabPage address=address::experiment()/> }.into_any();
    }
    let embed = address.page == Page::Embed;
    let running = !wants_less_motion() && (!embed || address.autoplay);
    let is_entered = address.at.is_some() || matches!(address.link, Some(Ok(_)));
    let session = Session::open(address.setup.clone(), running || is_entered);
    let complaints = Complaints::new();
    provide_context(complaints);
    if !(address.page == Page::Play && bookmark::restore(session)) {
        complaints.page.set(opening::enter(session, &address));
    }
    if embed && running {
        session.playing.set(true);
    }
    opening::listen(session, complaints, address.page);
    if address.page == Page::Play {
        bookmark::keep(session, address.looks.clone());
    }
    // What a visitor prefers here is no business of somebody else's page.
    let theme = address.theme.or(embed.then_some(Theme::Auto));
    let preferences = Preferences::open(theme, address.present, !embed);
    let doors = Doors::new();
    provide_context(doors);
    provide_context(preferences);
    // Keys that act would act on one side only.
    keyboard::listen(session, doors, preferences, address.locked || address.page == Page::Compare);
    rescue::note(session);
    Effect::new(move |_| frame::drive(session));
    open_run::follow(session);
    let page = match address.page {
        Page::Play | Page::Lab => view! { <Play session/> }.into_any(),
        Page::Compare => view! { <LaterCompare session/> }.into_any(),
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
