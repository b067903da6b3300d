//! The still on a card: the nodes of a cluster in a ring, by shape and wax as on the stage.

use crate::lessons::still::{Part, Still};
use crate::picture::geometry::{Point, seal_path, short};
use crate::picture::phrases::wax;
use leptos::prelude::*;

const MIDDLE: Point = Point::new(44.0, 44.0);
/// Of the ring, and of a node.
const RING: f64 = 32.0;
const NODE: f64 = 9.0;

#[component]
pub fn StillPicture(still: Still) -> impl IntoView {
    let all = still.nodes.len().max(1);
    let place = |index: usize| MIDDLE.around(RING, RING, 360.0 * index as f64 / all as f64 - 90.0);
    let is_cut = |a: usize, b: usize| still.cut.contains(&(a as u8 + 1, b as u8 + 1));
    let pairs = (0..all).flat_map(|a| (a + 1..all).map(move |b| (a, b)));
    let lines: String = pairs
        .filter(|&(a, b)| !is_cut(a, b))
        .map(|(a, b)| {
            let (from, to) = (place(a), place(b));
            format!("M{} {}L{} {}", short(from.x), short(from.y), short(to.x), short(to.y))
        })
        .collect();
    let node = |(index, &(part, reign)): (usize, &(Part, _))| {
        let at = place(index);
        let (x, y) = (short(at.x), short(at.y));
        let shape = match part {
            Part::Leader => seal_path(at, NODE, 10),
            Part::Candidate => format!("M{x} {y}m0-{NODE}l{NODE} {NODE}l-{NODE} {NODE}l-{NODE}-{NODE}z"),
            Part::Down => format!("M{x} {y}m-5-5l10 10m0-10l-10 10"),
            Part::Paused => format!("M{x} {y}m-3-5v10m6-10v10"),
            Part::Follower => String::new(),
        };
        let name = match part {
            Part::Leader => "leads",
            Part::Candidate => "stands",
            Part::Down | Part::Paused => "still",
            Part::Follower => "follows",
        };
        view! { <g class=format!("{name} {}", wax(reign))><circle cx=x.clone() cy=y.clone() r=NODE/><path d=shape/></g> }
    };
    view! {
        <svg class="card-still" viewBox="0 0 88 88" aria-hidden="true">
            <path d=lines/>
            {still.nodes.iter().enumerate().map(node).collect_view()}
        </svg>
    }
}
