//! The app: reads the address, opens the run, mounts the page it asks for.

use super::address::{self, Page};
use super::bookmark;
use super::doors::Doors;
use super::frame;
use super::keyboard;
use super::opening::{self, Complaints};
use super::pages::compare::LaterCompare;
use super::pages::embed::LaterEmbed;
use super::pages::play::Play;
use super::pages::{lab, learn};
use super::panels::announcer::LiveRegions;
use super::parts;
use super::preferences::{Preferences, Theme, wants_less_motion};
use super::rescue;
use super::session::Session;
use super::turning;
use crate::words::en::run as say;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

/// The page, once everything is here that its address needs.
#[component]
pub fn App() -> impl IntoView {
    turning::watch();
    let made = StoredValue::new_local(None::<AnyView>);
    let arrived = RwSignal::new(None::<bool>);
    let making = ScopedFuture::new(room());
    spawn_local(async move {
        let view = making.await;
        let is_here = view.is_ok();
        made.set_value(view.ok());
        arrived.set(Some(is_here));
        // Until now the page showed a still of a cluster.
        if let Some(still) = document().get_element_by_id("still") {
            still.remove();
        }
    });
    move || match arrived.get() {
        None => ().into_any(),
        Some(true) => made.try_update_value(Option::take).flatten().into_any(),
        Some(false) => view! { <p class="empty">{parts::SORRY}</p> }.into_any(),
    }
}

/// What the address names, with the parts of the program that it needs.
async fn room() -> Result<AnyView, parts::Missing> {
    if !address::is_of_the_first_family() {
        parts::all_families().await?;
    }
    match turning::room().as_str() {
        "learn" => parts::styled("learn", Box::pin(learn::whole())).await,
        "lab" => lab::whole().await,
        _ => Ok(view! { <Run/> }.into_any()),
    }
}

/// The pages about one run.
#[component]
fn Run() -> impl IntoView {
    let Some(address) = address::read() else {
        return view! { <p class="empty">{say::NO_ALGORITHM_IS_BUILT_INTO_THIS}</p> }.into_any();
    };
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
    lab::open_named_run(session);
    let page = match address.page {
        Page::Play => view! { <Play session/> }.into_any(),
        Page::Compare => view! { <LaterCompare session/> }.into_any(),
        Page::Embed => view! { <LaterEmbed session locked=address.locked/> }.into_any(),
    };
    view! {
        {page}
        <LiveRegions announcer=session.announcer/>
    }
    .into_any()
}
