//! The top of every page of Learn: the mark, the pages, theme and projector.

use crate::ui::controls::nav::Pages;
use crate::ui::preferences::Preferences;
use crate::ui::session::Session;
use crate::ui::widgets::full_screen;
use crate::ui::widgets::icon::{BrandMark, Glyph, Icon};
use crate::words::en::learn as say;
use leptos::prelude::*;

#[component]
pub fn Top() -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let theme = move || say::theme(preferences.theme.get().name());
    view! {
        <header class="top">
            <a class="brand" href="#/play/raft" aria-label="Conclave"><BrandMark/><span class="brand-name">"Conclave"</span></a>
            <Pages/>
            <span class="grow"></span>
            <button class="btn icon quiet" data-act="Theme" aria-label=theme title=theme aria-keyshortcuts="D" on:click=move |_| preferences.next_theme()>
                <Icon glyph=Glyph::Theme/>
            </button>
            <button
                class="btn icon quiet wide-only"
                data-act="Projector"
                aria-label=say::PROJECTOR_MODE
                title=say::PROJECTOR_MODE_HINT
                aria-keyshortcuts="J"
                aria-pressed=move || preferences.projector.get().to_string()
                on:click=move |_| preferences.projector.update(|on| *on = !*on)
            >
                <Icon glyph=Glyph::Projector/>
            </button>
        </header>
    }
}

/// Large, and on the whole screen where the browser gives it. The key asks as the button does; an address cannot.
pub fn project(session: Session, preferences: Preferences) {
    Effect::new(move |was: Option<bool>| {
        let on = preferences.projector.get();
        match was {
            Some(false) if on => full_screen::take(session),
            Some(true) if !on => full_screen::leave(),
            _ => {}
        }
        on
    });
}
