//! A node as a control: focusable, chosen by click, tap or Enter, moved between by arrow keys.

use super::geometry::Point;
use super::layout::PIP;
use super::phrases::spoken;
use super::portrait::{body_markup, data_markup};
use super::scene::NodeFacts;
use super::stage::Handlers;
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::ui::letters::root_font_size;
use crate::ui::selection::Selection;
use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent, PointerEvent};
use leptos::prelude::*;
use leptos::svg;
use leptos::wasm_bindgen::JsCast;

/// How far an arrow key moves a node.
const PUSH: f64 = 16.0;

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

    // Where the pointer went down and how far the node was moved by then; whether it was dragged since.
    let grip = StoredValue::new(None::<(Point, Point)>);
    let dragged = StoredValue::new(false);
    let pointer = |event: &PointerEvent| Point::new(f64::from(event.client_x()), f64::from(event.client_y()));
    let on_press = move |event: PointerEvent| {
        dragged.set_value(false);
        if handlers.movable && place.is_node() && event.button() == 0 {
            grip.set_value(Some((pointer(&event), signals.moved(slot))));
        }
    };
    let on_drag = move |event: PointerEvent| {
        let Some((start, before)) = grip.get_value() else { return };
        let at = pointer(&event);
        if !dragged.get_value() {
            if start.distance(at) < 5.0 {
                return;
            }
            dragged.set_value(true);
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            if let Some(target) = target {
                let _ = target.set_pointer_capture(event.pointer_id());
            }
        }
        let unit = 16.0 / root_font_size();
        signals.move_node(slot, before.shifted((at.x - start.x) * unit, (at.y - start.y) * unit));
    };
    let let_go = move |_: PointerEvent| grip.set_value(None);

    let choose = move |target: Option<web_sys::EventTarget>| {
        handlers.roving.set(slot);
        handlers.choose_with_menu(me, target);
    };
    let on_click = move |event: MouseEvent| {
        event.stop_propagation();
        if !dragged.get_value() {
            choose(event.current_target());
        }
        dragged.set_value(false);
    };
    let on_context = move |event: MouseEvent| {
        event.prevent_default();
        event.stop_propagation();
        choose(event.current_target());
    };
    let on_key = move |event: KeyboardEvent| {
        let pushed = match event.key().as_str() {
            _ if !event.alt_key() || !handlers.movable || !place.is_node() => None,
            "ArrowRight" => Some((PUSH, 0.0)),
            "ArrowLeft" => Some((-PUSH, 0.0)),
            "ArrowDown" => Some((0.0, PUSH)),
            "ArrowUp" => Some((0.0, -PUSH)),
            _ => None,
        };
        if let Some((x, y)) = pushed {
            signals.move_node(slot, signals.moved(slot).shifted(x, y));
        }
        let handled = match event.key().as_str() {
            _ if pushed.is_some() => true,
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
            on:pointerdown=on_press
            on:pointermove=on_drag
            on:pointerup=let_go
            on:pointercancel=let_go
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
