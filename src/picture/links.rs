//! Links as SVG: a thin line, a wide one to hit, and what is wrong with it.

use super::geometry::{Lane, Point, short};
use super::layout::Layout;
use super::phrases::name;
use super::scene::LinkFacts;
use crate::sim::place::{Census, Place};
use std::fmt::Write;

/// The part of the way at which a cut link ends.
pub const WALL: f64 = 0.2;

/// All links between processes. Those that a partition cuts need no walls: its line tells.
pub fn links_markup(links: &[LinkFacts], layout: &Layout, is_parted: bool) -> String {
    let census = Census { nodes: layout.view.nodes, servers: layout.view.servers };
    let mut svg = String::new();
    for link in links {
        if !is_drawn(link, layout) {
            continue;
        }
        let spot = |place: Place| layout.spots.get(census.slot(place));
        let (Some(from), Some(to)) = (spot(link.a), spot(link.b)) else { continue };
        let straight = Lane::new(from.at, from.outer(), to.at, to.outer(), 0.0);
        let _ = write!(
            svg,
            "<g class=\"link{}\" role=\"button\" tabindex=\"-1\" aria-label=\"{}\" data-a=\"{}\" data-b=\"{}\">{}<path class=\"hit\" d=\"{}\"/></g>",
            class(link),
            words(link),
            link.a.code(),
            link.b.code(),
            if is_parted && link.cut_there && link.cut_back {
                format!("<path class=\"lk parted\" d=\"{}\"/>", line(from.at, to.at))
            } else {
                line_markup(link, from.at, to.at, &straight, from.outer(), to.outer())
            },
            line(straight.start, straight.end),
        );
    }
    svg
}

/// Clients of a recipe talk to servers only: a whole link between two of them says nothing.
fn is_drawn(link: &LinkFacts, layout: &Layout) -> bool {
    layout.view.servers == 0 || link.a.is_node() != link.b.is_node() || link.cut_there || link.cut_back
}

fn class(link: &LinkFacts) -> &'static str {
    match (link.cut_there && link.cut_back, link.cut_there || link.cut_back, link.slow, link.lossy) {
        (true, _, _, _) => " cut",
        (_, true, _, _) => " one-way",
        (_, _, true, _) => " slow",
        (_, _, _, true) => " lossy",
        _ => "",
    }
}

fn words(link: &LinkFacts) -> String {
    let (a, b) = (name(link.a), name(link.b));
    match (link.cut_there, link.cut_back) {
        (true, true) => format!("Link {a} to {b}, cut both ways"),
        (true, false) => format!("Link {a} to {b}, {a} cannot reach {b}"),
        (false, true) => format!("Link {a} to {b}, {b} cannot reach {a}"),
        _ if link.slow => format!("Link {a} to {b}, slow"),
        _ if link.lossy => format!("Link {a} to {b}, loses messages"),
        _ => format!("Link {a} to {b}"),
    }
}

fn line(start: Point, end: Point) -> String {
    format!("M{} {}L{} {}", short(start.x), short(start.y), short(end.x), short(end.y))
}

fn line_markup(link: &LinkFacts, a: Point, b: Point, straight: &Lane, gate_a: f64, gate_b: f64) -> String {
    match (link.cut_there, link.cut_back) {
        (false, false) => format!("<path class=\"lk\" d=\"{}\"/>", line(a, b)),
        (true, true) => {
            // A wall at either end: where what is sent from there stops.
            let walls = [WALL, 1.0 - WALL].map(|part| straight.start.towards(straight.end, part));
            format!(
                "<path class=\"lk\" d=\"{}{}\"/><path class=\"wall\" d=\"{}{}\"/>",
                line(a, walls[0]),
                line(walls[1], b),
                wall(walls[0], straight.degrees),
                wall(walls[1], straight.degrees)
            )
        }
        (there, _) => {
            let (from, to, gate_from, gate_to) = if there { (a, b, gate_a, gate_b) } else { (b, a, gate_b, gate_a) };
            let closed = Lane::new(from, gate_from, to, gate_to, 4.0);
            let open = Lane::new(to, gate_to, from, gate_from, 4.0);
            let stop = closed.start.towards(closed.end, WALL);
            format!(
                "<path class=\"lk\" d=\"{}\"/><path class=\"wall\" d=\"{}\"/><path class=\"lk open\" d=\"{}\"/>{}",
                line(closed.start, stop),
                wall(stop, closed.degrees),
                line(open.start, open.end),
                arrow_head(open.end, open.degrees, "lk-head")
            )
        }
    }
}

fn wall(at: Point, degrees: f64) -> String {
    let (above, below) = (at.around(8.0, 8.0, degrees - 90.0), at.around(8.0, 8.0, degrees + 90.0));
    line(above, below)
}

/// A triangle whose tip is here.
pub fn arrow_head(tip: Point, degrees: f64, class: &str) -> String {
    let back = tip.around(9.0, 9.0, degrees + 180.0);
    let (left, right) = (back.around(4.0, 4.0, degrees - 90.0), back.around(4.0, 4.0, degrees + 90.0));
    format!(
        "<path class=\"{class}\" d=\"M{} {}L{} {}L{} {}z\"/>",
        short(tip.x),
        short(tip.y),
        short(left.x),
        short(left.y),
        short(right.x),
        short(right.y)
    )
}

/// Thin arrows from those who wait to those they wait for.
pub fn waits_markup(waits: &[(Place, Place)], layout: &Layout) -> String {
    let census = Census { nodes: layout.view.nodes, servers: layout.view.servers };
    let mut svg = String::new();
    for &(from, to) in waits {
        let (Some(here), Some(there)) = (layout.spots.get(census.slot(from)), layout.spots.get(census.slot(to))) else {
            continue;
        };
        let lane = Lane::new(here.at, here.outer() + 2.0, there.at, there.outer() + 2.0, 0.0);
        let _ = write!(
            svg,
            "<path class=\"waits\" d=\"{}\"/>{}",
            line(lane.start, lane.end),
            arrow_head(lane.end, lane.degrees, "waits-head")
        );
    }
    svg
}
