//! A remark that goes away by itself.

use crate::ui::session::Session;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// Long enough to read, in milliseconds.
const SHOWN_FOR: u32 = 4_000;

#[component]
pub fn Notice(session: Session) -> impl IntoView {
    let timer = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        let shown = session.notice.with(Option::is_some);
        let hide = move || session.notice.set(None);
        timer.set_value(shown.then(|| Timeout::new(SHOWN_FOR, hide)));
    });
    move || session.notice.get().map(|text| view! { <p class="notice">{text}</p> })
}
