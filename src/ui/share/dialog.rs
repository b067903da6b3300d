//! The dialog that shares the run: as a link, as a frame in somebody's page, as a picture.

use super::embed_tab::EmbedTab;
use super::link_tab::LinkTab;
use super::picture_tab::PictureTab;
use crate::ui::doors::Doors;
use crate::ui::session::Session;
use crate::ui::widgets::dialog::Dialog;
use crate::ui::widgets::roving::rove;
use crate::words::sharing as say;
use leptos::prelude::*;

#[component]
pub fn ShareDialog(session: Session) -> impl IntoView {
    let open = expect_context::<Doors>().share;
    let tab = RwSignal::new(0_usize);
    Effect::new(move |_| {
        // What is copied should be what was seen when it was asked for.
        if open.get() {
            session.pause();
        }
    });
    let tabs = move || {
        say::TABS.into_iter().enumerate().map(move |(index, name)| {
            let is_chosen = move || tab.get() == index;
            view! {
                <button role="tab" aria-selected=move || is_chosen().to_string() tabindex=move || if is_chosen() { "0" } else { "-1" } data-tab=name on:click=move |_| tab.set(index)>
                    {name}
                </button>
            }
        })
        .collect_view()
    };
    view! {
        <Dialog open title=say::TITLE class="share">
            <div class="share-tabs" role="tablist" on:keydown=|event| rove(&event, "[role=tab]", true)>{tabs()}</div>
            <div class="share-tab" role="tabpanel" tabindex="-1">
                {move || match tab.get() {
                    0 => view! { <LinkTab session/> }.into_any(),
                    1 => view! { <EmbedTab session/> }.into_any(),
                    _ => view! { <PictureTab session/> }.into_any(),
                }}
            </div>
        </Dialog>
    }
}
