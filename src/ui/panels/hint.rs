//! The hint of the first visit: it goes with the first act.

use crate::ui::preferences::{Preferences, coarse_pointer};
use crate::ui::session::Session;
use crate::words::en::panels as say;
use leptos::prelude::*;

#[component]
pub fn FirstHint(session: Session) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let done = RwSignal::new(false);
    Effect::new(move |_| {
        if session.undoable.with(Option::is_some) {
            done.set(true);
        }
    });
    let leads = Memo::new(move |_| {
        session.pulse.track();
        session.leader().is_some()
    });
    let touch = coarse_pointer();
    let text = move || match (leads.get(), preferences.letters.get() && !touch) {
        (true, true) => say::CRASH_THE_LEADER_PRESS_K,
        (true, false) if touch => say::CRASH_THE_LEADER_TAP,
        (true, false) => say::CRASH_THE_LEADER_CLICK,
        (false, _) => session.words().find("headline.before").unwrap_or_default(),
    };
    view! {
        <p class="first-hint" class:gone=move || done.get()>
            {text}
            <button class="linkish" data-act="Hint" on:click=move |_| done.set(true)>{say::HIDE}</button>
        </p>
    }
}
