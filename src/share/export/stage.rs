//! The stage as markup without handles: what the page draws, for a picture that nobody can touch.

use crate::picture::bench::{bench_markup, no_quorum_markup};
use crate::picture::courses::Drawn;
use crate::picture::geometry::{Point, short};
use crate::picture::layout::{Layout, View};
use crate::picture::links::{links_markup, waits_markup};
use crate::picture::motion::{Course, End, ring_dash, ring_left};
use crate::picture::partition::division;
use crate::picture::phrases::wax;
use crate::picture::portrait::{body_markup, data_markup};
use crate::picture::queue::queue_markup;
use crate::picture::scene::{NodeFacts, Scene};
use crate::picture::uses::Uses;
use crate::picture::votes::votes_markup;
use crate::sim::inspection::Ring;
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;
use std::fmt::Write;

/// The size of the stage in a picture: that of the page at 1280 x 800.
pub const WIDTH: f64 = 936.0;
pub const HEIGHT: f64 = 456.0;

pub fn layout_of(sim: &dyn Simulation) -> Layout {
    let census = sim.kernel().census;
    let (nodes, servers) = (census.nodes, census.servers);
    Layout::new(View { width: WIDTH, height: HEIGHT, nodes, servers, open: true, store: true, projector: false })
}

/// Links, arrows of waiting, the box of an ensemble.
pub fn ground(scene: &Scene, layout: &Layout) -> String {
    let mut svg = String::new();
    if let Some(room) = layout.ensemble {
        let _ = write!(
            svg,
            "<rect class=\"ensemble\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\"/>",
            short(room.x),
            short(room.y),
            short(room.w),
            short(room.h)
        );
    }
    svg.push_str(&links_markup(&scene.links, layout, !scene.partition.groups.is_empty()));
    let waits =
        |facts: &NodeFacts| facts.waits_for.iter().filter_map(|&to| Some((facts.place?, to))).collect::<Vec<_>>();
    let waits: Vec<(Place, Place)> = scene.nodes.iter().flat_map(waits).collect();
    if layout.queue.is_none() {
        svg.push_str(&waits_markup(&waits, layout));
    }
    svg.push_str(&queue_markup(&scene.queue, layout));
    bare(&svg)
}

/// The bench, and the line of a partition over it.
pub fn middle(scene: &Scene, layout: &Layout, uses: Uses) -> String {
    let parted = division(&scene.partition, layout);
    let aside = Point::new(parted.aside.0, parted.aside.1);
    let mut svg = match (&scene.bench, layout.bench) {
        (Some(facts), Some(seats)) => bench_markup(facts, &seats, aside) + &votes_markup(facts, layout, None),
        (None, Some(seats)) if !uses.quorum && layout.view.servers == 0 => no_quorum_markup(&seats),
        _ => String::new(),
    };
    for path in &parted.paths {
        let _ = write!(svg, "<path class=\"part-clear\" d=\"{path}\"/><path class=\"part\" d=\"{path}\"/>");
    }
    svg
}

/// Where a node's own drawing goes.
pub fn place_of(layout: &Layout, slot: usize) -> String {
    layout
        .spots
        .get(slot)
        .map_or_else(String::new, |spot| format!("translate({} {})", short(spot.at.x), short(spot.at.y)))
}

/// A node around the origin, its ring left out.
pub fn node(facts: &NodeFacts, layout: &Layout, slot: usize) -> String {
    let Some(spot) = layout.spots.get(slot) else { return String::new() };
    format!("{}{}", data_markup(facts, spot), body_markup(facts, spot))
}

pub fn has_ring(facts: &NodeFacts) -> bool {
    facts.timer.is_some() && facts.status != Status::Down
}

/// The track of a timer ring and the ring itself. `more` goes into the ring's element.
pub fn ring(ring: Option<&Ring>, now: Micros, layout: &Layout, slot: usize, more: &str) -> String {
    let Some(spot) = layout.spots.get(slot) else { return String::new() };
    let radius = short(spot.radius + 8.0);
    let (steps, is_low) = ring.map_or((0, false), |ring| ring_left(ring, now));
    let class = if is_low && more.is_empty() { "ring low" } else { "ring" };
    let dash = if steps == 0 && more.is_empty() { String::new() } else { ring_dash(steps) };
    let track = format!("<circle class=\"ring-t\" r=\"{radius}\" fill=\"none\"/>");
    if dash.is_empty() {
        return track;
    }
    format!(
        "{track}<circle class=\"{class}\" r=\"{radius}\" pathLength=\"100\" transform=\"rotate(-90)\" stroke-dasharray=\"{dash}\" {more}/>"
    )
}

/// One message where it is now.
pub fn message(course: &Course, drawn: &Drawn, now: Micros, is_plain: bool) -> String {
    let part = course.part(now).min(drawn.stop);
    let x = short(part * drawn.length);
    let is_over = course.is_over(now);
    let stays = is_over || course.end == End::Held;
    let words = if stays && !is_plain && drawn.label.is_some() { drawn.words("lost-words") } else { String::new() };
    let seen = if is_over { drawn.ruin } else { drawn.glyph.as_str() };
    format!(
        "<g class=\"msg {}{}\" transform=\"{}\">{}<path class=\"trail\" d=\"M0 0H{x}\"/><g transform=\"translate({x})\">{}</g></g>",
        wax(course.reign),
        if is_over { " over" } else { "" },
        drawn.transform,
        drawn.ahead,
        drawn.upright(&format!("{seen}{words}")),
    )
}

/// Without what only a pointer or a screen reader on the page makes use of.
fn bare(markup: &str) -> String {
    let cuts = [
        ("<path class=\"hit\"", "/>"),
        (" role=\"button\"", ""),
        (" tabindex=\"-1\"", ""),
        (" aria-label=\"", "\""),
        (" data-a=\"", "\""),
        (" data-b=\"", "\""),
    ];
    cuts.iter().fold(markup.to_owned(), |text, (start, end)| without(&text, start, end))
}

fn without(text: &str, start: &str, end: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        out.push_str(&rest[..at]);
        let after = &rest[at + start.len()..];
        rest = after.find(end).map_or("", |length| &after[length + end.len()..]);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_cut_away() {
        let markup = "<g class=\"link\" role=\"button\" tabindex=\"-1\" aria-label=\"x\" data-a=\"1\" data-b=\"2\"><path class=\"lk\" d=\"M0\"/><path class=\"hit\" d=\"M1\"/></g>";
        assert_eq!(bare(markup), "<g class=\"link\"><path class=\"lk\" d=\"M0\"/></g>");
        assert_eq!(without("a[b", "[", "]"), "a");
    }
}
