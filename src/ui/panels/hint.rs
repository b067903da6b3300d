//! The hint of the first visit: it goes with the first act.

use crate::ui::preferences::{Preferences, coarse_pointer};
use crate::ui::session::Session;
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
        (true, true) => "Crash the leader: press K, or click it.",
        (true, false) if touch => "Crash the leader: tap it.",
        (true, false) => "Crash the leader: click it.",
        (false, _) => session.words().find("headline.before").unwrap_or_default(),
    };
    view! {
        <p class="first-hint" class:gone=move || done.get()>
            {text}
            <button class="linkish" data-act="Hint" on:click=move |_| done.set(true)>"Hide"</button>
        </p>
    }
}
