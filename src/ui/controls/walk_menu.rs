//! What the milestone buttons stop at: anything of note, or one kind of event.

use crate::playback::walk::Stop;
use crate::ui::session::Session;
use leptos::prelude::*;

fn name(stop: Stop) -> &'static str {
    match stop {
        Stop::Election => "Elections",
        Stop::LeaderChange => "Leader changes",
        Stop::Fault => "Faults",
        Stop::Refusal => "Refusals",
        Stop::Commit => "Decisions",
        Stop::Broken => "Broken promises",
    }
}

#[component]
pub fn WalkMenu(session: Session) -> impl IntoView {
    let option = |(index, stop): (usize, Stop)| view! { <option value=(index + 1).to_string()>{name(stop)}</option> };
    let chosen = move |event| {
        let index = event_target_value(&event).parse::<usize>().unwrap_or(0);
        session.walks_by.set(index.checked_sub(1).and_then(|index| Stop::ALL.get(index)).copied());
    };
    view! {
        <select class="pick walk" class:chosen=move || session.walks_by.get().is_some() data-act="WalkBy" aria-label="What the previous and next buttons stop at" title="What the previous and next buttons, and Shift with the arrow keys, stop at" on:change=chosen>
            <option value="0">"Any"</option>
            {Stop::ALL.into_iter().enumerate().map(option).collect_view()}
        </select>
    }
}
