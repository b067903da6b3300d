//! The top of the page: the mark, keys, theme, projector.

use super::nav::Pages;
use crate::ui::doors::Doors;
use crate::ui::preferences::Preferences;
use crate::ui::widgets::icon::{BrandMark, Glyph, Icon};
use crate::words::en::controls as say;
use leptos::prelude::*;

#[component]
pub fn Header() -> impl IntoView {
    let doors = expect_context::<Doors>();
    let preferences = expect_context::<Preferences>();
    let theme = move || say::theme(preferences.theme.get().name());
    view! {
        <header class="top">
            <a class="skip" href="#stage" on:click=to_the_stage>{say::TO_THE_STAGE}</a>
            <a class="brand" href="#/play/raft" aria-label="Conclave" on:click=|event| event.prevent_default()>
                <BrandMark/>
                <span class="brand-name">"Conclave"</span>
            </a>
            <Pages/>
            <span class="grow"></span>
            <button class="btn quiet wide-only" data-act="Table" aria-keyshortcuts="V" aria-pressed=move || doors.table.get().to_string() on:click=move |_| doors.table.update(|shown| *shown = !*shown)>
                {say::TABLE} <kbd aria-hidden="true" data-key="V"></kbd>
            </button>
            <button class="btn quiet wide-only" data-act="Wires" aria-keyshortcuts="L" on:click=move |_| doors.wires.set(true)>
                {say::LINKS} <kbd aria-hidden="true" data-key="L"></kbd>
            </button>
            <button class="btn quiet wide-only" data-act="Keys" aria-keyshortcuts="?" on:click=move |_| doors.keys.set(true)>
                {say::KEYS} <kbd aria-hidden="true" data-key="?"></kbd>
            </button>
            <button class="btn quiet wide-only" data-act="Files" aria-keyshortcuts="O" on:click=move |_| doors.files.set(true)>
                {say::RUN} <kbd aria-hidden="true" data-key="O"></kbd>
            </button>
            <button class="btn icon quiet" data-act="Theme" aria-label=theme title=theme aria-keyshortcuts="D" on:click=move |_| preferences.next_theme()>
                <Icon glyph=Glyph::Theme/>
            </button>
            <button
                class="btn icon quiet wide-only"
                data-act="Projector"
                aria-label=say::PROJECTOR_MODE
                title=say::PROJECTOR_MODE
                aria-keyshortcuts="J"
                aria-pressed=move || preferences.projector.get().to_string()
                on:click=move |_| preferences.projector.update(|on| *on = !*on)
            >
                <Icon glyph=Glyph::Projector/>
            </button>
            <button class="btn icon quiet" data-act="Share" aria-label=say::SHARE_OR_EMBED title=say::SHARE_OR_EMBED aria-keyshortcuts="S" on:click=move |_| doors.share.set(true)>
                <Icon glyph=Glyph::Share/>
            </button>
            <button class="btn icon quiet narrow-only" data-act="Setup" aria-label=say::SET_UP_AND_MORE title=say::SET_UP_AND_MORE on:click=move |_| doors.setup.set(true)>
                <Icon glyph=Glyph::Settings/>
            </button>
        </header>
    }
}

/// The fragment is the address of the run: the skip link moves the focus itself.
fn to_the_stage(event: web_sys::MouseEvent) {
    event.prevent_default();
    use wasm_bindgen::JsCast;
    let first = document().query_selector(".stage [data-slot][tabindex='0']").ok().flatten();
    if let Some(node) = first.and_then(|node| node.dyn_into::<web_sys::SvgElement>().ok()) {
        let _ = node.focus();
    }
}
