//! The app: reads the address, opens the run, mounts the page it asks for.

use super::address::{self, Page};
use super::bookmark;
use super::doors::Doors;
use super::frame;
use super::keyboard;
use super::opening::{self, Complaints};
use super::pages::embed::Embed;
use super::pages::play::Play;
use super::panels::announcer::LiveRegions;
use super::preferences::{Preferences, Theme, wants_less_motion};
use super::rescue;
use super::session::Session;
use leptos::prelude::*;

#[component]
pub fn App() -> impl IntoView {
    let Some(address) = address::read() else {
        return view! { <p class="empty">"No algorithm is built into this copy."</p> }.into_any();
    };
    let embed = address.page == Page::Embed;
    let running = !wants_less_motion() && (!embed || address.autoplay);
    let is_entered = address.at.is_some() || matches!(address.link, Some(Ok(_)));
    let session = Session::open(address.setup.clone(), running || is_entered);
    let complaints = Complaints::new();
    provide_context(complaints);
    if !(address.page == Page::Play && bookmark::restore(session)) {
        complaints.0.set(opening::enter(session, &address));
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
    keyboard::listen(session, doors, preferences, address.locked);
    rescue::note(session);
    Effect::new(move |_| frame::drive(session));
    let page = match address.page {
        Page::Play => view! { <Play session/> }.into_any(),
        Page::Embed => view! { <Embed session locked=address.locked/> }.into_any(),
    };
    view! {
        {page}
        <LiveRegions announcer=session.announcer/>
    }
    .into_any()
}
