//! The words on the ensemble's box: how many of its servers are up, the button that opens it, what is abridged.

use super::geometry::Rect;
use super::signals::StageSignals;
use super::stage::room_style;
use leptos::prelude::*;

#[component]
pub fn Ensemble(signals: StageSignals) -> impl IntoView {
    // The box, and where its first server begins.
    let room = Memo::new(move |_| {
        signals.layout.with(|layout| {
            let first = layout.spots.get(usize::from(layout.view.nodes))?;
            layout.queue.and(layout.ensemble).map(|room| (room, first.at.x - first.radius - 6.0))
        })
    });
    let is_open = move || signals.open.get();
    move || {
        room.get().map(|(room, first)| {
            let line = Rect::new(room.x + 10.0, room.y + 6.0, (first - room.x - 10.0).min(160.0), 34.0);
            let button = Rect::new(room.right() - 96.0, room.y + 6.0, 88.0, 32.0);
            view! {
                <div class="ensemble-line" style=room_style(line)>
                    <strong>"Ensemble"</strong>
                    <span>{move || signals.queue.with(|facts| facts.ensemble())}</span>
                </div>
                <button
                    class="ensemble-open"
                    style=room_style(button)
                    aria-expanded=move || is_open().to_string()
                    title="How the servers replace their leader is abridged to an outage of a set length; sessions survive it, and their timers restart."
                    on:click=move |_| signals.open.update(|open| *open = !*open)
                >
                    {move || if is_open() { "Close" } else { "3 servers" }}
                </button>
            }
        })
    }
}
