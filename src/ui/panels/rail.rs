//! The column beside the stage; on a narrow screen a sheet below it, one tab at a time.

use super::events::Events;
use super::promises::Promises;
use super::selected::Selected;
use crate::ui::doors::{Doors, Tab};
use crate::ui::session::Session;
use crate::ui::widgets::roving::rove;
use crate::words::en::panels as say;
use leptos::prelude::*;

#[component]
pub fn Rail(session: Session) -> impl IntoView {
    view! {
        <aside class="rail" aria-label=say::WHAT_HAPPENED_WHAT_IS_CHOSEN>
            <Tabs/>
            <Events session/>
            <Selected session/>
            <Promises session/>
        </aside>
    }
}

/// Shown on narrow screens only.
#[component]
fn Tabs() -> impl IntoView {
    let doors = expect_context::<Doors>();
    let tab = move |tab: Tab| {
        let chosen = move || doors.tab.get() == tab;
        view! {
            <button
                role="tab"
                data-tab=tab.id()
                aria-selected=move || chosen().to_string()
                tabindex=move || if chosen() { "0" } else { "-1" }
                on:click=move |_| doors.tab.set(tab)
            >
                {tab.name()}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=say::PANELS on:keydown=|event| rove(&event, "[role=tab]", true)>
            {Tab::ALL.map(tab).collect_view()}
        </div>
    }
}
