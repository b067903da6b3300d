//! The stage itself: layers from back to front, and what the pointer does to them.

use super::bench::{bench_markup, no_quorum_markup};
use super::defs::DEFS;
use super::divide::Divide;
use super::ensemble::Ensemble;
use super::geometry::{Point, Rect};
use super::key::Key;
use super::layout::{Layout, View};
use super::links::{links_markup, waits_markup};
use super::node::Node;
use super::partition::division;
use super::queue::queue_markup;
use super::signals::StageSignals;
use super::votes::votes_markup;
use crate::picture::placing::free_tag;
use crate::sim::place::Place;
use crate::ui::letters::root_font_size;
use crate::ui::selection::Selection;
use crate::words::en::stage as say;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::svg;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;

/// What the layers share.
#[derive(Clone, Copy)]
pub struct Handlers {
    pub signals: StageSignals,
    pub selected: Signal<Option<Selection>>,
    /// The slot that Tab reaches.
    pub roving: RwSignal<usize>,
    on_select: Callback<Option<Selection>>,
    on_menu: Callback<(Selection, i32, i32)>,
    root: NodeRef<html::Section>,
    /// Nodes can be moved by hand.
    pub movable: bool,
}

impl Handlers {
    /// Chooses, and offers the menu at the right of what was chosen.
    pub fn choose_with_menu(&self, what: Selection, target: Option<web_sys::EventTarget>) {
        self.on_select.run(Some(what));
        let Some(element) = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
        let shape = element.query_selector(".hit").ok().flatten().unwrap_or(element);
        let room = shape.get_bounding_client_rect();
        self.on_menu.run((what, (room.right() + 8.0) as i32, (room.top() + room.height() / 2.0) as i32));
    }

    /// Moves focus and choice along the ring.
    pub fn walk(&self, slot: usize, step: isize) -> bool {
        let count = self.signals.nodes.with_untracked(Vec::len) as isize;
        if count == 0 {
            return false;
        }
        let next = (slot as isize + step).rem_euclid(count) as usize;
        self.roving.set(next);
        let found = self.root.get_untracked().and_then(|root| {
            let element = root.query_selector(&format!("[data-slot=\"{next}\"]")).ok().flatten()?;
            element.dyn_into::<web_sys::SvgElement>().ok()
        });
        if let Some(element) = found {
            let _ = element.focus();
        }
        if let Some(place) = self.signals.nodes.with_untracked(|nodes| nodes[next].with_untracked(|facts| facts.place))
        {
            self.on_select.run(Some(Selection::Place(place)));
        }
        true
    }
}

/// Where to put a part of the page over an area of the stage.
pub fn room_style(room: Rect) -> String {
    let rem = |units: f64| units / 16.0;
    format!(
        "position:absolute;left:{:.3}rem;top:{:.3}rem;width:{:.3}rem;height:{:.3}rem",
        rem(room.x),
        rem(room.y),
        rem(room.w),
        rem(room.h)
    )
}

#[component]
pub fn Stage(
    signals: StageSignals,
    #[prop(into)] selected: Signal<Option<Selection>>,
    /// The pointer draws the line of a partition.
    #[prop(into)]
    drawing: Signal<bool>,
    #[prop(into)] projector: Signal<bool>,
    /// Keep room for the store's ledger.
    #[prop(into)]
    with_store: Signal<bool>,
    /// Nodes can be moved by hand.
    movable: bool,
    on_select: Callback<Option<Selection>>,
    /// What was chosen, and where its menu opens, in CSS pixels of the window.
    on_menu: Callback<(Selection, i32, i32)>,
    on_partition_drawn: Callback<Vec<Vec<Place>>>,
    on_heal: Callback<()>,
    /// Drawn over the stage: headline, ledger.
    children: Children,
) -> impl IntoView {
    let root: NodeRef<html::Section> = NodeRef::new();
    let handlers = Handlers { signals, selected, roving: RwSignal::new(0), on_select, on_menu, root, movable };
    let layout = signals.layout;
    keep_layout(signals, root, projector, with_store);
    keep_selected(signals, selected);

    let parted = Memo::new(move |_| layout.with(|layout| signals.partition.with(|facts| division(facts, layout))));
    let links = Memo::new(move |_| {
        layout.with(|layout| {
            let is_parted = signals.partition.with(|facts| !facts.groups.is_empty());
            signals.links.with(|links| links_markup(links, layout, is_parted))
        })
    });
    let waits = Memo::new(move |_| {
        let nodes = signals.nodes.get();
        let of = |node: &ArcRwSignal<super::scene::NodeFacts>| {
            node.with(|facts| facts.waits_for.iter().filter_map(|&to| Some((facts.place?, to))).collect::<Vec<_>>())
        };
        let waits: Vec<(Place, Place)> = nodes.iter().flat_map(of).collect();
        // Who watches whom in a queue is drawn between their znodes.
        layout.with(|layout| if layout.queue.is_some() { String::new() } else { waits_markup(&waits, layout) })
    });
    let chosen = Memo::new(move |_| match selected.get() {
        Some(Selection::Place(place)) => Some(place),
        _ => None,
    });
    let bench = Memo::new(move |_| {
        let aside = parted.with(|parted| Point::new(parted.aside.0, parted.aside.1));
        let seats = layout.with(|layout| layout.bench);
        signals.bench.with(|facts| match (facts, seats) {
            (Some(facts), Some(seats)) => {
                let votes = layout.with(|layout| votes_markup(facts, layout, chosen.get()));
                bench_markup(facts, &seats, aside) + &votes
            }
            (None, Some(seats)) if !signals.uses.get().quorum && signals.census.get().1 == 0 => {
                no_quorum_markup(&seats)
            }
            _ => String::new(),
        })
    });
    let line = move || {
        parted.with(|parted| {
            parted
                .paths
                .iter()
                .map(|d| format!("<path class=\"part-clear\" d=\"{d}\"/><path class=\"part\" d=\"{d}\"/>"))
                .collect::<String>()
        })
    };
    let ensemble = move || {
        layout.with(|layout| {
            layout
                .ensemble
                .map(|room| {
                    format!(
                        "<rect class=\"ensemble\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\"/>",
                        room.x, room.y, room.w, room.h
                    )
                })
                .unwrap_or_default()
        })
    };

    let unserved = move || layout.with(|layout| layout.ensemble.is_none()).then_some("true");
    let queue = Memo::new(move |_| layout.with(|layout| signals.queue.with(|facts| queue_markup(facts, layout))));

    let layer: NodeRef<svg::G> = NodeRef::new();
    Effect::new(move |_| {
        let element = layer.get().map(|element| element.unchecked_into::<web_sys::Element>());
        signals.frame.update_value(|frame| {
            frame.painter.reduced_motion = prefers_reduced_motion();
            frame.painter.set_layer(element);
            frame.painter.paint(frame.painter.now);
        });
    });

    let on_link = move |event: MouseEvent| {
        event.stop_propagation();
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(link) = target.and_then(|target| target.closest("[data-a]").ok().flatten()) else { return };
        let place = |name: &str| link.get_attribute(name).and_then(|code| code.parse().ok()).and_then(Place::from_code);
        if let (Some(a), Some(b)) = (place("data-a"), place("data-b")) {
            let what = Selection::link(a, b);
            on_select.run(Some(what));
            on_menu.run((what, event.client_x(), event.client_y()));
        }
    };
    let on_message = move |event: leptos::ev::PointerEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let name = target.and_then(|target| signals.frame.with_value(|frame| frame.painter.message_at(&target)));
        if let Some(name) = name {
            event.stop_propagation();
            on_select.run(Some(Selection::Message(name)));
            on_menu.run((Selection::Message(name), event.client_x(), event.client_y()));
        }
    };
    let chosen_link = move || match selected.get() {
        Some(Selection::Link(a, b)) => format!("[data-a=\"{}\"][data-b=\"{}\"]", a.code(), b.code()),
        _ => String::new(),
    };
    Effect::new(move |_| {
        let chosen = chosen_link();
        links.track();
        let Some(root) = root.get() else { return };
        if let Ok(Some(old)) = root.query_selector(".link.chosen") {
            let _ = old.class_list().remove_1("chosen");
        }
        if let (false, Ok(Some(link))) = (chosen.is_empty(), root.query_selector(&format!(".link{chosen}"))) {
            let _ = link.class_list().add_1("chosen");
        }
    });

    view! {
        <section
            class="stage"
            class:projected=move || projector.get()
            class:movable=movable
            class:drawing=move || drawing.get()
            class:many=move || { signals.census.get().0 > 6 }
            node_ref=root
            role="group"
            aria-label=move || say::stage(signals.census.get().0)
        >
            <svg
                class="scene"
                viewBox=move || layout.with(|layout| format!("0 0 {:.1} {:.1}", layout.view.width, layout.view.height))
                on:click=move |_| on_select.run(None)
            >
                <defs inner_html=DEFS></defs>
                <g inner_html=ensemble></g>
                <g class="links" inner_html=move || links.get() on:click=on_link></g>
                <g inner_html=move || waits.get() aria-hidden="true"></g>
                <g class="queue" role="img" aria-hidden=unserved aria-label=move || signals.queue.with(|facts| facts.spoken()) inner_html=move || queue.get()></g>
                <g class="bench-layer" inner_html=move || bench.get()></g>
                <g class="partition" aria-hidden="true" inner_html=line></g>
                <g class="messages" node_ref=layer aria-hidden="true" on:pointerdown=on_message on:click=|event| event.stop_propagation()></g>
                {move || {
                    signals
                        .nodes
                        .get()
                        .into_iter()
                        .enumerate()
                        .filter_map(|(slot, facts)| {
                            let place = facts.with_untracked(|facts| facts.place)?;
                            Some(view! { <Node number=slot place facts handlers /> })
                        })
                        .collect_view()
                }}
            </svg>
            {move || parted.get().tag.map(|(room, words)| view! {
                <button class="part-tag" style=room_style(room) on:click=move |_| on_heal.run(())>{words}</button>
            })}
            {move || put_back_room(signals).map(|room| view! {
                <button class="part-tag put-back" style=room_style(room) on:click=move |_| signals.moved.set(Vec::new())>{say::PUT_NODES_BACK}</button>
            })}
            <Ensemble signals />
            <Divide signals drawing on_partition_drawn />
            {move || layout.with(|layout| layout.key).map(|room| view! { <div class="stage-key" style=room_style(room)><Key uses=signals.uses /></div> })}
            {children()}
        </section>
    }
}

/// Where the offer to undo what was moved stands, once something was.
fn put_back_room(signals: StageSignals) -> Option<Rect> {
    if signals.moved.with(Vec::is_empty) {
        return None;
    }
    signals.layout.with(|layout| {
        let (low, high) = (layout.view.height - 20.0, 20.0);
        let wishes = [Point::new(72.0, low), Point::new(72.0, high), Point::new(layout.centre.x, low)];
        Some(free_tag(layout, (128.0, 28.0), &wishes))
    })
}

/// Follows the size of the page's room for the stage.
fn keep_layout(signals: StageSignals, root: NodeRef<html::Section>, projector: Signal<bool>, with_store: Signal<bool>) {
    let size = RwSignal::new((936.0, 488.0));
    Effect::new(move |_| {
        let Some(element) = root.get() else { return };
        let measured = element.clone();
        let measure = move || {
            let unit = root_font_size() / 16.0;
            let room = (f64::from(measured.client_width()) / unit, f64::from(measured.client_height()) / unit);
            if room.0 > 1.0 && room.1 > 1.0 && size.get_untracked() != room {
                size.set(room);
            }
        };
        measure();
        let resized = Closure::<dyn FnMut()>::new(measure);
        if let Ok(observer) = web_sys::ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let keeper = StoredValue::new_local((observer, resized));
            on_cleanup(move || keeper.with_value(|(observer, _)| observer.disconnect()));
        }
    });
    Effect::new(move |_| {
        let (width, height) = size.get();
        let (nodes, servers) = signals.census.get();
        let (open, store, projector) = (signals.open.get(), with_store.get(), projector.get());
        let view = View { width, height, nodes, servers, open, store, projector };
        let layout = Layout::new(view).moved(&signals.moved.get());
        signals.frame.update_value(|frame| {
            frame.painter.set_layout(layout.clone());
            frame.painter.paint(frame.painter.now);
        });
        if signals.layout.with_untracked(|old| *old != layout) {
            signals.layout.set(layout);
        }
    });
}

fn keep_selected(signals: StageSignals, selected: Signal<Option<Selection>>) {
    Effect::new(move |_| {
        let selected = selected.get();
        signals.frame.update_value(|frame| {
            frame.painter.selected = selected;
            frame.painter.paint(frame.painter.now);
        });
    });
}

fn prefers_reduced_motion() -> bool {
    window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|query| query.matches())
}
