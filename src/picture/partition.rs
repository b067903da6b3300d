//! The line of a partition: one smooth curve around each smaller group, between the bench and its nodes.

use super::geometry::{Point, Rect, smooth_path};
use super::layout::Layout;
use super::phrases::milliseconds;
use super::placing::free_tag;
use super::scene::PartitionFacts;
use crate::sim::place::Place;

/// A partition as it is drawn.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Division {
    pub paths: Vec<String>,
    pub tag: Option<(Rect, String)>,
    /// How far the bench moves towards the largest group.
    pub aside: (f64, f64),
}

pub fn division(facts: &PartitionFacts, layout: &Layout) -> Division {
    if facts.groups.is_empty() || layout.view.servers > 0 {
        return Division::default();
    }
    let nodes = usize::from(layout.view.nodes);
    let groups = group_of_each(facts, nodes);
    let largest = largest_group(&groups);
    let mut paths = Vec::new();
    let mut ends: Vec<Point> = Vec::new();
    for group in 0..facts.groups.len() {
        let Some(arc) = arc_of(&groups, group).filter(|_| group != largest) else { continue };
        let curve = around(layout, arc);
        ends.extend([curve[curve.len() - 1], curve[0]]);
        paths.push(smooth_path(&curve));
    }
    let words = match facts.since {
        Some(at) => format!("Cut at {} · Heal", milliseconds(at)),
        None => "Cut · Heal".to_owned(),
    };
    let size = (14.0 + 6.9 * words.chars().count() as f64, 26.0);
    let wishes: Vec<Point> = ends.iter().flat_map(|&end| beside(end, size)).chain(corners(layout)).collect();
    let tag = (!layout.view.is_compact()).then(|| (free_tag(layout, size, &wishes), words));
    Division { paths, tag, aside: aside(layout, &groups, largest) }
}

fn beside(end: Point, size: (f64, f64)) -> Vec<Point> {
    let reach = size.0 / 2.0;
    let steps = [0.0, 18.0, -18.0, 36.0, -36.0, 60.0, -60.0];
    steps.iter().flat_map(|&dy| [0.0, 0.6, -0.6, 1.0, -1.0].map(|part| end.shifted(part * reach, dy))).collect()
}

fn corners(layout: &Layout) -> Vec<Point> {
    let (width, height) = (layout.view.width, layout.view.height);
    vec![
        Point::new(90.0, height - 20.0),
        Point::new(layout.centre.x, height - 18.0),
        Point::new(width * 0.6, height - 18.0),
        Point::new(90.0, 150.0),
    ]
}

/// Nodes named in no group stay with the first.
fn group_of_each(facts: &PartitionFacts, nodes: usize) -> Vec<usize> {
    (1..=nodes as u8)
        .map(|number| facts.groups.iter().position(|group| group.contains(&Place::Node(number))).unwrap_or(0))
        .collect()
}

fn largest_group(groups: &[usize]) -> usize {
    let size = |group: usize| groups.iter().filter(|&&other| other == group).count();
    groups.iter().copied().max_by_key(|&group| (size(group), std::cmp::Reverse(group))).unwrap_or(0)
}

/// The first and last node of a group whose members stand side by side.
fn arc_of(groups: &[usize], group: usize) -> Option<(usize, usize)> {
    let count = groups.len();
    let is_in = |index: usize| groups[index % count] == group;
    let starts: Vec<usize> = (0..count).filter(|&index| is_in(index) && !is_in(index + count - 1)).collect();
    let [first] = starts[..] else { return None };
    let length = (0..count).take_while(|step| is_in(first + step)).count();
    Some((first, first + length - 1))
}

fn around(layout: &Layout, (first, last): (usize, usize)) -> Vec<Point> {
    let step = 360.0 / f64::from(layout.view.nodes.max(1));
    let start = layout.angle(first) - step / 2.0;
    let end = layout.angle(last) + step / 2.0;
    let at = |part: f64, degrees: f64| layout.centre.around(layout.across * part, layout.down * part, degrees);
    let middle = (start + end) / 2.0;
    let reach = |degrees: f64| {
        let mut part = 1.34;
        while part > 0.84 && !is_inside(layout, at(part, degrees)) {
            part -= 0.03;
        }
        part
    };
    let (far_start, far_end) = (reach(start), reach(end));
    let spread = (end - start) / 2.0;
    let inner = if spread > 100.0 { 0.36 } else { 0.46 };
    let mut curve = vec![at(far_start, start)];
    curve.extend((far_start > 1.04).then(|| at(0.94, start)));
    curve.push(at(0.62, start + spread * 0.18));
    curve.push(at(inner, middle));
    curve.push(at(0.62, end - spread * 0.18));
    curve.extend((far_end > 1.04).then(|| at(0.94, end)));
    curve.push(at(far_end, end));
    curve
}

fn is_inside(layout: &Layout, point: Point) -> bool {
    let right = layout.store.map_or(layout.view.width, |store| store.x);
    let in_words = layout.headline.is_some_and(|room| room.meets_disc(point, 6.0));
    point.x > 8.0 && point.y > 8.0 && point.x < right - 12.0 && point.y < layout.view.height - 8.0 && !in_words
}

fn aside(layout: &Layout, groups: &[usize], largest: usize) -> (f64, f64) {
    let members: Vec<Point> =
        (0..groups.len()).filter(|&index| groups[index] == largest).map(|index| layout.spots[index].at).collect();
    let (Some(bench), false) = (layout.bench, members.is_empty() || members.len() == groups.len()) else {
        return (0.0, 0.0);
    };
    let count = members.len() as f64;
    let mean =
        Point::new(members.iter().map(|p| p.x).sum::<f64>() / count, members.iter().map(|p| p.y).sum::<f64>() / count);
    let length = mean.distance(layout.centre).max(1.0);
    // As far as it stays clear of every node, at most a good step.
    let mut step = 30.0_f64;
    let shifted = |step: f64| ((mean.x - layout.centre.x) / length * step, (mean.y - layout.centre.y) / length * step);
    while step > 0.0 {
        let (dx, dy) = shifted(step);
        let room = bench.bounds();
        let room = Rect::new(room.x + dx, room.y + dy, room.w, room.h);
        let hits = |spot: &super::layout::Spot| room.meets_disc(spot.at, spot.outer()) || room.meets(spot.slip);
        if !layout.spots.iter().any(hits) {
            break;
        }
        step -= 5.0;
    }
    shifted(step.max(0.0))
}

/// "N1 N2 | N3 N4 N5".
pub fn sides_in_words(sides: &[Vec<Place>]) -> String {
    let side = |places: &Vec<Place>| places.iter().map(Place::to_string).collect::<Vec<_>>().join(" ");
    sides.iter().map(side).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::layout::View;

    fn layout(nodes: u8) -> Layout {
        Layout::new(View { width: 936.0, height: 488.0, nodes, servers: 0, open: false, store: true, projector: false })
    }

    fn cut(groups: &[&[u8]]) -> PartitionFacts {
        let groups = groups.iter().map(|group| group.iter().map(|&n| Place::Node(n)).collect()).collect();
        PartitionFacts { groups, since: Some(520_000) }
    }

    #[test]
    fn neighbours_are_parted_by_one_curve_and_the_tag_is_free() {
        for nodes in 3..=9_u8 {
            let layout = layout(nodes);
            for size in 1..nodes {
                let first: Vec<u8> = (1..=size).collect();
                let rest: Vec<u8> = (size + 1..=nodes).collect();
                let division = division(&cut(&[&first, &rest]), &layout);
                assert_eq!(division.paths.len(), 1, "{nodes} nodes, {size} apart");
                let (tag, words) = division.tag.expect("a tag");
                assert_eq!(words, "Cut at 520 ms · Heal");
                assert!(layout.is_free(tag, None), "{nodes} nodes, {size} apart: tag at {tag:?}");
            }
        }
    }

    #[test]
    fn a_group_across_the_start_of_the_ring_is_one_arc() {
        assert_eq!(arc_of(&[0, 0, 1, 1, 0], 0), Some((4, 6)));
        assert_eq!(arc_of(&[0, 1, 0, 1], 0), None);
    }

    #[test]
    fn whoever_is_in_no_group_stays_with_the_first() {
        assert_eq!(group_of_each(&cut(&[&[1], &[3]]), 3), [0, 0, 1]);
    }
}
