//! A node as a control: focusable, chosen by click, tap or Enter, moved between by arrow keys.

use super::layout::PIP;
use super::phrases::spoken;
use super::portrait::{body_markup, data_markup};
use super::scene::NodeFacts;
use super::stage::Handlers;
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::ui::selection::Selection;
use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos::svg;
use leptos::wasm_bindgen::JsCast;

#[component]
pub fn Node(
    /// The slot of its place.
    number: usize,
    place: Place,
    facts: ArcRwSignal<NodeFacts>,
    handlers: Handlers,
) -> impl IntoView {
    let slot = number;
    let facts = RwSignal::from(facts);
    let signals = handlers.signals;
    let spot = Memo::new(move |_| signals.layout.with(|layout| layout.spots.get(slot).copied()));
    let body =
        Memo::new(move |_| spot.get().map(|spot| facts.with(|facts| body_markup(facts, &spot))).unwrap_or_default());
    let data =
        Memo::new(move |_| spot.get().map(|spot| facts.with(|facts| data_markup(facts, &spot))).unwrap_or_default());
    let label = RwSignal::new(String::new());
    let tell = move || {
        let words = facts.with(|facts| spoken(facts, None));
        if label.with_untracked(|old| *old != words) {
            label.set(words);
        }
    };
    Effect::new(move |_| tell());
    let on_focus = move |_: FocusEvent| {
        handlers.roving.set(slot);
        label.set(facts.with_untracked(|facts| spoken(facts, signals.time_left(slot))));
    };

    let me = Selection::Place(place);
    let is_selected = move || handlers.selected.get() == Some(me);
    let radius = move || spot.get().map_or(40.0, |spot| spot.radius);
    let has_ring = Memo::new(move |_| facts.with(|facts| facts.timer.is_some() && facts.status != Status::Down));
    let ring: NodeRef<svg::Circle> = NodeRef::new();
    Effect::new(move |_| {
        let element = ring.get().map(|element| element.unchecked_into::<web_sys::Element>());
        signals.frame.update_value(|frame| {
            frame.painter.set_ring_element(slot, element);
            frame.painter.paint(frame.painter.now);
        });
    });

    let choose = move |target: Option<web_sys::EventTarget>| {
        handlers.roving.set(slot);
        handlers.choose_with_menu(me, target);
    };
    let on_click = move |event: MouseEvent| {
        event.stop_propagation();
        choose(event.current_target());
    };
    let on_context = move |event: MouseEvent| {
        event.prevent_default();
        event.stop_propagation();
        choose(event.current_target());
    };
    let on_key = move |event: KeyboardEvent| {
        let handled = match event.key().as_str() {
            "Enter" | " " => {
                choose(event.current_target());
                true
            }
            "ArrowRight" | "ArrowDown" => handlers.walk(slot, 1),
            "ArrowLeft" | "ArrowUp" => handlers.walk(slot, -1),
            _ => false,
        };
        if handled {
            event.prevent_default();
            event.stop_propagation();
        }
    };

    view! {
        <g
            class="node"
            class:chosen=is_selected
            class:server=move || !place.is_node()
            class:pip=move || spot.get().is_some_and(|spot| spot.radius <= PIP)
            class:loose=move || facts.with(|facts| matches!(facts.standing.title, "disconnected" | "without_session"))
            transform=move || spot.get().map(|spot| format!("translate({:.1} {:.1})", spot.at.x, spot.at.y)).unwrap_or_default()
            on:click=on_click
            on:contextmenu=on_context
            on:keydown=on_key
            on:focusin=on_focus
        >
            <circle class="halo" r=move || radius() + 17.0></circle>
            <circle class="focus-ring" r=move || radius() + 14.0></circle>
            <g class:no-ring=move || !has_ring.get()>
                <circle class="ring-t" r=move || radius() + 8.0></circle>
                <circle node_ref=ring class="ring" pathLength="100" transform="rotate(-90)" r=move || radius() + 8.0></circle>
            </g>
            <g aria-hidden="true" inner_html=move || data.get()></g>
            <g aria-hidden="true" inner_html=move || body.get()></g>
            // The control is a shape of its own: what is drawn below it are not words to be read.
            <circle
                class="hit"
                r=move || (radius() + 12.0).max(22.0)
                role="button"
                data-slot=slot.to_string()
                aria-label=move || label.get()
                aria-pressed=move || if is_selected() { "true" } else { "false" }
                tabindex=move || if handlers.roving.get() == slot { "0" } else { "-1" }
            ></circle>
        </g>
    }
}
