//! What the milestone buttons stop at: anything of note, or one kind of event.

use crate::playback::walk::Stop;
use crate::ui::session::Session;
use crate::words::en::controls as say;
use leptos::prelude::*;

fn name(stop: Stop) -> &'static str {
    match stop {
        Stop::Election => say::ELECTIONS,
        Stop::LeaderChange => say::LEADER_CHANGES,
        Stop::Fault => say::FAULTS,
        Stop::Refusal => say::REFUSALS,
        Stop::Commit => say::DECISIONS,
        Stop::Broken => say::BROKEN_PROMISES,
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
        <select class="pick walk" class:chosen=move || session.walks_by.get().is_some() data-act="WalkBy" aria-label=say::WHAT_THE_PREVIOUS_AND_NEXT_BUTTONS title=say::WHAT_THE_BUTTONS_AND_ARROWS_STOP_AT on:change=chosen>
            <option value="0">{say::ANY}</option>
            {Stop::ALL.into_iter().enumerate().map(option).collect_view()}
        </select>
    }
}
