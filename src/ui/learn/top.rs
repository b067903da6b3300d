//! The top of every page of Learn: the mark, the pages, theme and projector.

use crate::ui::controls::nav::Pages;
use crate::ui::preferences::Preferences;
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
                on:click=move |_| project(preferences)
            >
                <Icon glyph=Glyph::Projector/>
            </button>
        </header>
    }
}

/// Large, and on the whole screen where the browser allows it.
fn project(preferences: Preferences) {
    let on = !preferences.projector.get_untracked();
    preferences.projector.set(on);
    if let (true, Some(root)) = (on, document().document_element()) {
        let _ = root.request_fullscreen();
    } else {
        document().exit_fullscreen();
    }
}
