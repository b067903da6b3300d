//! The words on the ensemble's box: how many of its servers are up, the button that opens it, what is abridged.

use super::signals::StageSignals;
use super::stage::room_style;
use crate::words::en::stage as say;
use leptos::prelude::*;

#[component]
pub fn Ensemble(signals: StageSignals) -> impl IntoView {
    let rooms = Memo::new(move |_| signals.layout.with(|layout| layout.ensemble_words()));
    let is_open = move || signals.open.get();
    move || {
        rooms.get().map(|(line, button)| {
            view! {
                <div class="ensemble-line" style=room_style(line)>
                    <strong>{say::ENSEMBLE}</strong>
                    <span>{move || signals.queue.with(|facts| facts.ensemble())}</span>
                </div>
                <button
                    class="ensemble-open"
                    style=room_style(button)
                    aria-expanded=move || is_open().to_string()
                    title=say::HOW_THE_SERVERS_REPLACE_THEIR_LEADER
                    on:click=move |_| signals.open.update(|open| *open = !*open)
                >
                    {move || if is_open() { say::CLOSE } else { say::THREE_SERVERS }}
                </button>
            }
        })
    }
}
