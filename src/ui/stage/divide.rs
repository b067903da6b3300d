//! Drawing a partition: a line by hand across the stage, its two sides named while the pointer moves.

use super::geometry::{Point, short, sides};
use super::partition::sides_in_words;
use super::signals::StageSignals;
use crate::sim::place::Place;
use crate::words::en::stage as say;
use leptos::ev::PointerEvent;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Divide(
    signals: StageSignals,
    drawing: Signal<bool>,
    on_partition_drawn: Callback<Vec<Vec<Place>>>,
) -> impl IntoView {
    let pad: NodeRef<html::Div> = NodeRef::new();
    let line = RwSignal::new(Vec::<Point>::new());
    let groups = Memo::new(move |_| line.with(|line| groups_of(signals, line)));

    let at = move |event: &PointerEvent| -> Option<Point> {
        let room = pad.get_untracked()?.get_bounding_client_rect();
        let unit = signals.layout.with_untracked(|layout| layout.view.width) / room.width().max(1.0);
        Some(Point::new(
            (f64::from(event.client_x()) - room.left()) * unit,
            (f64::from(event.client_y()) - room.top()) * unit,
        ))
    };
    let start = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(pad) = pad.get_untracked() {
            let _ = pad.set_pointer_capture(event.pointer_id());
        }
        line.set(at(&event).into_iter().collect());
    };
    let draw = move |event: PointerEvent| {
        let Some(point) = at(&event) else { return };
        let is_far = line.with_untracked(|line| line.last().is_some_and(|last| last.distance(point) > 5.0));
        if is_far {
            line.update(|line| line.push(point));
        }
    };
    let finish = move |_: PointerEvent| {
        let drawn = groups.get_untracked();
        line.set(Vec::new());
        if drawn.len() > 1 {
            on_partition_drawn.run(drawn);
        }
    };
    let path = move || {
        line.with(|line| {
            let points: Vec<String> = line.iter().map(|p| format!("{} {}", short(p.x), short(p.y))).collect();
            if points.len() > 1 { format!("M{}", points.join("L")) } else { String::new() }
        })
    };
    let words = move || match groups.get() {
        groups if groups.len() > 1 => sides_in_words(&groups),
        _ => say::DRAW_A_LINE_BETWEEN_THE_NODES.to_owned(),
    };
    let tag = move || {
        let point = line.with(|line| line.last().copied());
        let (width, middle) = signals.layout.with(|layout| (layout.view.width, layout.centre.x));
        let at = point.unwrap_or(Point::new(middle, 40.0));
        let x = at.x.clamp(130.0, (width - 130.0).max(130.0));
        format!("left:{:.2}rem;top:{:.2}rem", x / 16.0, (at.y - 40.0).max(8.0) / 16.0)
    };
    let view_box =
        move || signals.layout.with(|layout| format!("0 0 {:.1} {:.1}", layout.view.width, layout.view.height));

    view! {
        <Show when=move || drawing.get()>
            <div class="divide" node_ref=pad on:pointerdown=start on:pointermove=draw on:pointerup=finish on:pointercancel=move |_| line.set(Vec::new())>
                <svg viewBox=view_box aria-hidden="true"><path class="part" d=path></path></svg>
                <span class="divide-sides" style=tag aria-live="polite">{words}</span>
            </div>
        </Show>
    }
}

/// The nodes on either side of the line: one group if it parts nobody.
fn groups_of(signals: StageSignals, line: &[Point]) -> Vec<Vec<Place>> {
    let points: Vec<Point> = signals.layout.with(|layout| {
        layout
            .spots
            .iter()
            .take(usize::from(layout.view.nodes) + usize::from(layout.view.servers))
            .map(|spot| spot.at)
            .collect()
    });
    let places: Vec<Place> =
        signals.nodes.with(|nodes| nodes.iter().filter_map(|node| node.with_untracked(|facts| facts.place)).collect());
    let beyond = sides(line, &points);
    let side = |wanted: bool| -> Vec<Place> {
        places.iter().zip(&beyond).filter(|(_, beyond)| **beyond == wanted).map(|(place, _)| *place).collect()
    };
    [side(false), side(true)].into_iter().filter(|group| !group.is_empty()).collect()
}
