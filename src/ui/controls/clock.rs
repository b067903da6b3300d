//! The clock: the simulated time, and a way to go to another by typing it.

use crate::sim::time::MILLISECOND;
use crate::ui::session::Session;
use crate::words::en::controls as say;
use crate::words::numbers::instant;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Clock(session: Session) -> impl IntoView {
    let typing = RwSignal::new(false);
    let field: NodeRef<html::Input> = NodeRef::new();
    let shown = RwSignal::new(session.now.get_untracked());
    let last = StoredValue::new_local(0);
    Effect::new(move |_| {
        let now = session.now.get();
        // Ten times a second is as fast as anybody reads.
        let tenth = crate::ui::frame::tenth();
        if !session.playing.get() || tenth != last.get_value() {
            last.set_value(tenth);
            crate::ui::session::set_if_new(shown, now);
        }
    });
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let go = move || {
        let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        typing.set(false);
        if let Ok(at) = digits.parse::<u64>() {
            session.seek(at.min(3_600_000) * MILLISECOND);
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => go(),
        "Escape" => typing.set(false),
        _ => {}
    };
    let open = move |_| {
        session.pause();
        typing.set(true);
    };
    move || {
        if typing.get() {
            view! {
                <input
                    node_ref=field
                    class="clock-field"
                    inputmode="numeric"
                    aria-label=say::GO_TO_IN_MILLISECONDS
                    value=(session.now.get_untracked() / MILLISECOND).to_string()
                    on:keydown=on_key
                    on:blur=move |_| typing.set(false)
                />
            }
            .into_any()
        } else {
            view! {
                <button class="clock" title=say::GO_TO_A_TIME data-act="Clock" on:click=open>
                    <span class="sr">{say::SIMULATED_TIME_BEFORE}</span>
                    <b>{move || instant(shown.get())}</b>
                    <small>{say::MS_AFTER}</small>
                </button>
            }
            .into_any()
        }
    }
}
