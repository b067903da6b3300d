//! Finding room: for captions and log strips beside the nodes, and for tags beside lines.

use super::geometry::{Point, Rect};
use super::layout::{Layout, Side, Spot};

/// Caption above, strip (seven cells and "+12") or card below.
pub const BLOCK: (f64, f64) = (150.0, 34.0);

/// Gives every node the first free place for its block. Up to six nodes show theirs all the time; of more, only
/// the chosen node shows its own, so those need not keep clear of one another.
pub fn place_blocks(layout: &mut Layout) {
    if layout.view.is_compact() || layout.view.is_dense() {
        return;
    }
    let nodes = usize::from(layout.view.nodes);
    let all_at_once = layout.view.nodes <= 6 || layout.view.servers > 0;
    let mut found = Vec::new();
    for index in 0..nodes {
        let spot = layout.spots[index];
        let block = candidates(&spot, layout.centre, index == 0 && layout.view.servers == 0, pitch(layout))
            .into_iter()
            .find(|(room, _)| layout.is_free(*room, Some(index)));
        if all_at_once {
            layout.spots[index].block = block;
        }
        found.push(block);
    }
    for (spot, block) in layout.spots.iter_mut().zip(found) {
        spot.block = block;
    }
}

/// How much room across a block may take.
fn pitch(layout: &Layout) -> f64 {
    if layout.view.servers == 0 || layout.view.nodes < 2 {
        return if layout.view.nodes > 7 { 120.0 } else { BLOCK.0 };
    }
    (layout.spots[1].at.x - layout.spots[0].at.x - 6.0).min(BLOCK.0)
}

fn candidates(spot: &Spot, centre: Point, is_top: bool, width: f64) -> Vec<(Rect, Side)> {
    let (at, height) = (spot.at, BLOCK.1);
    let below = |dx: f64| (Rect::new(at.x - width / 2.0 + dx, at.y + spot.radius + 13.0, width, height), Side::Below);
    let above =
        |dx: f64| (Rect::new(at.x - width / 2.0 + dx, at.y - spot.radius - 16.0 - height, width, height), Side::Above);
    let right = |dy: f64| (Rect::new(at.x + spot.radius + 22.0, at.y - 26.0 + dy, width, height), Side::Right);
    let left = |dy: f64| (Rect::new(at.x - spot.radius - 22.0 - width, at.y - 26.0 + dy, width, height), Side::Left);
    let outwards = if at.x < centre.x { -1.0 } else { 1.0 };
    let beside = if at.x < centre.x { [left(0.0), right(0.0)] } else { [right(0.0), left(0.0)] };
    let mut list = Vec::new();
    if is_top {
        list.extend([right(0.0), left(0.0), right(-12.0), left(14.0)]);
    }
    list.push(below(0.0));
    list.extend([8.0, 16.0, 26.0, 38.0, 52.0].map(|shift| below(shift * outwards)));
    list.extend([8.0, 16.0, 26.0, 38.0].map(|shift| below(-shift * outwards)));
    list.extend(beside);
    list.extend([-14.0, 14.0, -26.0].map(|shift| if outwards < 0.0 { left(shift) } else { right(shift) }));
    let steps = || (1..=12).flat_map(|step| [f64::from(step) * 6.0, f64::from(step) * -6.0]);
    list.extend(std::iter::once(0.0).chain(steps()).map(above));
    list.extend(steps().map(below));
    list.extend(steps().map(right));
    list.extend(steps().map(left));
    list
}

/// The first of these places for a tag that is free; the last one if none is.
pub fn free_tag(layout: &Layout, size: (f64, f64), wishes: &[Point]) -> Rect {
    let rooms = wishes.iter().map(|&wish| keep_inside(layout, Rect::around(wish, size.0, size.1)));
    let mut last = Rect::new(8.0, layout.view.height - size.1 - 8.0, size.0, size.1);
    for room in rooms {
        if layout.is_free(room, None) {
            return room;
        }
        last = room;
    }
    last
}

fn keep_inside(layout: &Layout, room: Rect) -> Rect {
    let x = room.x.min(layout.view.width - room.w - 4.0).max(4.0);
    let y = room.y.min(layout.view.height - room.h - 4.0).max(4.0);
    Rect { x, y, ..room }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::layout::{BADGE, View};

    const ROOMS: [(f64, f64); 6] =
        [(936.0, 488.0), (936.0, 498.0), (1052.0, 470.0), (1396.0, 560.0), (724.0, 488.0), (1100.0, 640.0)];

    fn view(width: f64, height: f64, nodes: u8) -> View {
        View { width, height, nodes, servers: 0, open: false, store: true, projector: false }
    }

    /// Nodes with rings, badges and slips, and every fixed area.
    fn assert_clear(layout: &Layout, what: &str) {
        let whole = Rect::new(0.0, 0.0, layout.view.width, layout.view.height);
        let areas = [layout.headline, layout.store, layout.key, layout.bench.map(|bench| bench.bounds())];
        let areas: Vec<Rect> = areas.into_iter().flatten().collect();
        for (index, area) in areas.iter().enumerate() {
            assert!(whole.holds(*area), "{what}: area {area:?} leaves the stage");
            assert!(!areas[..index].iter().any(|other| other.meets(*area)), "{what}: {area:?} meets another area");
        }
        for (index, spot) in layout.spots.iter().enumerate() {
            let disc = Rect::around(spot.at, 2.0 * spot.outer(), 2.0 * spot.outer());
            let badge = Rect::around(spot.badge, 2.0 * BADGE, 2.0 * BADGE);
            for own in [disc, badge, spot.slip] {
                assert!(whole.holds(own), "{what}: node {} at {own:?} leaves the stage", index + 1);
            }
            for area in &areas {
                let hit = area.meets_disc(spot.at, spot.outer()) || area.meets(badge) || area.meets(spot.slip);
                assert!(!hit, "{what}: node {} covers {area:?}", index + 1);
            }
            for other in layout.spots.iter().skip(index + 1) {
                let apart = spot.at.distance(other.at) >= spot.outer() + other.outer();
                assert!(apart, "{what}: rings of node {} and another meet", index + 1);
            }
            for (far, other) in layout.spots.iter().enumerate().filter(|(far, _)| *far != index) {
                let hit = spot.slip.meets_disc(other.at, other.outer())
                    || spot.slip.meets_disc(other.badge, BADGE)
                    || spot.slip.meets(other.slip)
                    || badge.meets_disc(other.at, other.outer());
                assert!(!hit, "{what}: slip or badge of node {} covers node {}", index + 1, far + 1);
            }
        }
    }

    #[test]
    fn nothing_overlaps_with_three_to_nine_nodes() {
        for (width, height) in ROOMS {
            for nodes in 3..=9 {
                for projector in [false, true] {
                    let layout = Layout::new(View { projector, ..view(width, height, nodes) });
                    let what = format!("{width} x {height}, {nodes} nodes, projector {projector}");
                    assert_clear(&layout, &what);
                    assert!(layout.bench.is_some(), "{what}: no bench");
                    for (index, spot) in layout.spots.iter().enumerate() {
                        let Some((block, _)) = spot.block else {
                            // Beside a narrow rail the rail alone shows the log of seven and more.
                            assert!(width < 900.0 && nodes > 6, "{what}: no room for node {}", index + 1);
                            continue;
                        };
                        let mut bare = layout.clone();
                        if nodes > 6 {
                            bare.spots.iter_mut().for_each(|spot| spot.block = None);
                        }
                        assert!(bare.is_free(block, Some(index)), "{what}: block of node {} overlaps", index + 1);
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_overlaps_on_phones_and_in_frames() {
        for (width, height, store) in
            [(375.0, 330.0, false), (320.0, 300.0, false), (640.0, 262.0, true), (600.0, 330.0, true)]
        {
            for nodes in 3..=9 {
                let layout = Layout::new(View { store, ..view(width, height, nodes) });
                assert_clear(&layout, &format!("{width} x {height}, {nodes} nodes"));
                assert!(layout.bench.is_some() || nodes > 5, "{width} x {height}, {nodes} nodes: no bench");
                assert!(layout.spots.iter().all(|spot| spot.block.is_none()));
            }
        }
    }

    #[test]
    fn a_recipe_stands_in_a_row_above_its_ensemble() {
        for (nodes, open) in (1..=9).flat_map(|nodes| [(nodes, false), (nodes, true)]) {
            let layout = Layout::new(View { servers: 3, open, ..view(936.0, 488.0, nodes) });
            let ensemble = layout.ensemble.expect("a box");
            for spot in &layout.spots[..usize::from(nodes)] {
                assert!(spot.at.y + spot.outer() < ensemble.y);
                let (block, _) = spot.block.expect("room below");
                assert!(!block.meets(ensemble));
            }
            for spot in &layout.spots[usize::from(nodes)..] {
                assert!(ensemble.holds(Rect::around(spot.at, 2.0 * spot.outer(), 2.0 * spot.outer())));
                assert!(!layout.queue.expect("a queue").meets_disc(spot.at, spot.radius));
            }
            assert!(ensemble.holds(layout.queue.expect("a queue")));
        }
    }

    #[test]
    fn a_node_moved_by_hand_stays_on_the_stage_and_takes_its_words_along() {
        let layout = Layout::new(view(936.0, 488.0, 5));
        assert_eq!(layout.clone().moved(&[]), layout);
        let far = layout.clone().moved(&[Point::default(), Point::new(9_000.0, -9_000.0)]);
        let spot = far.spots[1];
        assert!(spot.at.x + spot.outer() < far.store.expect("a store").x && spot.at.y > spot.outer());
        assert_eq!(far.spots[2].at, layout.spots[2].at, "the others stay");
        let down = layout.clone().moved(&[Point::default(), Point::new(0.0, 30.0)]);
        let (was, is) = (layout.spots[1], down.spots[1]);
        assert_eq!(is.badge, was.badge.shifted(0.0, 30.0));
        let (block, _) = is.block.expect("room for its words");
        assert!(down.is_free(block, Some(1)));
    }

    #[test]
    fn up_to_twenty_five_nodes_stay_apart() {
        for nodes in 10..=25 {
            let layout = Layout::new(view(936.0, 488.0, nodes));
            for (index, spot) in layout.spots.iter().enumerate() {
                for other in &layout.spots[index + 1..] {
                    assert!(spot.at.distance(other.at) >= 2.0 * spot.radius + 8.0, "{nodes} nodes");
                }
            }
        }
    }
}
