//! The table of votes that a server has received, where the stage has room for it: what its count goes by.

use super::bench::BenchFacts;
use super::geometry::{Rect, short};
use super::layout::{Layout, side_column};
use super::phrases::{escape, name};
use crate::sim::inspection::Heard;
use crate::sim::place::Place;
use std::fmt::Write;

const ROW: f64 = 16.0;
const WIDTH: f64 = 146.0;
/// What keeps it apart from everything else.
const MARGIN: f64 = 6.0;
/// How tall a headline may become: a bell, two lines or three, and a link.
const WARNING: f64 = 118.0;
/// Where the parts of a vote end, to the right of the names; the tick comes after the last.
const COLUMNS: [f64; 4] = [46.0, 75.0, 104.0, 132.0];

/// The table of the chosen server if it looks for a leader, else of the one whose count the bench shows, else of the first.
pub fn votes_markup(facts: &BenchFacts, layout: &Layout, chosen: Option<Place>) -> String {
    let of = |place: Option<Place>| facts.tables.iter().find(|(by, _)| Some(*by) == place);
    let counts = facts.counts.first().map(|count| count.by);
    let Some((by, table)) = of(chosen).or_else(|| of(counts)).or_else(|| facts.tables.first()) else {
        return String::new();
    };
    // Everybody's row has its place from the start, so that the table stands still while it fills.
    match room(layout, usize::from(layout.view.nodes)) {
        Some(room) => table_markup(*by, table, room),
        None => String::new(),
    }
}

fn table_markup(by: Place, table: &[Heard], room: Rect) -> String {
    let mut svg = format!(
        "<g class=\"votes\"><text class=\"votes-of\" x=\"{}\" y=\"{}\">{}</text>",
        short(room.x),
        short(room.y + 12.0),
        escape(&format!("votes received by {}", name(by)))
    );
    for (row, heard) in table.iter().enumerate() {
        let y = room.y + ROW * (row + 1) as f64 + 14.0;
        let class = if heard.counts { "counts" } else { "other" };
        let _ = write!(
            svg,
            "<g class=\"{class}\"><text x=\"{}\" y=\"{}\">{}</text>",
            short(room.x),
            short(y),
            name(heard.from)
        );
        for ((letter, number), column) in heard.parts.iter().zip(COLUMNS) {
            let _ = write!(
                svg,
                "<text class=\"part-of-vote\" x=\"{}\" y=\"{}\">{letter} {number}</text>",
                short(room.x + column),
                short(y)
            );
        }
        if heard.counts {
            let _ = write!(svg, "<path d=\"M{} {}l3 3.5l5 -8\"/>", short(room.x + 137.0), short(y - 4.0));
        }
        svg.push_str("</g>");
    }
    svg.push_str("</g>");
    svg
}

/// The first free place: at the left below the headline, else at the right of the ring.
fn room(layout: &Layout, rows: usize) -> Option<Rect> {
    if layout.view.is_compact() || layout.view.is_dense() {
        return None;
    }
    let height = ROW * (rows + 1) as f64 + 4.0;
    // What the page lays beside the ring, the ledger or what it offers in its place, is not the layout's to know.
    let right = layout.view.width - side_column(&layout.view) - WIDTH - 8.0;
    let down = |x: f64| (0..64).map(move |step| Rect::new(x, 24.0 + 8.0 * f64::from(step), WIDTH, height));
    // A warning is taller than the line a roof has for the headline.
    let warning = layout.headline.map(|line| Rect::new(line.x, line.y, line.w.min(272.0), line.h.max(WARNING)));
    let is_clear = |room: &Rect| !warning.is_some_and(|words| words.meets(*room));
    let mut rooms = down(20.0).chain(down(right)).chain(down(8.0));
    rooms.find(|room| is_clear(room) && layout.is_free(room.grown(MARGIN), None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::layout::View;

    fn layout(width: f64, height: f64, nodes: u8) -> Layout {
        Layout::new(View { width, height, nodes, servers: 0, open: false, store: true, projector: false })
    }

    fn heard(from: u8, leader: u64, counts: bool) -> Heard {
        Heard { from: Place::Node(from), parts: [('e', 4), ('z', 12), ('s', leader), ('r', 2)], counts }
    }

    #[test]
    fn the_table_of_the_chosen_server_is_drawn_with_a_tick_for_every_vote_that_counts() {
        let table = |by: u8| (Place::Node(by), vec![heard(1, 3, true), heard(2, 2, false), heard(3, 3, true)]);
        let facts = BenchFacts { counts: Vec::new(), tables: vec![table(1), table(3)] };
        let svg = votes_markup(&facts, &layout(936.0, 498.0, 3), Some(Place::Node(3)));
        assert!(svg.contains("votes received by N3") && svg.contains(">z 12<") && svg.contains(">r 2<"), "{svg}");
        assert_eq!(svg.matches("<path").count(), 2);
        assert!(votes_markup(&facts, &layout(936.0, 498.0, 3), None).contains("votes received by N1"));
    }

    #[test]
    fn it_stands_in_free_room_at_the_sizes_of_the_page() {
        for nodes in 3..=7 {
            for (width, height) in [(936.0, 498.0), (936.0, 456.0), (1_280.0, 560.0)] {
                let layout = layout(width, height, nodes);
                let room = room(&layout, usize::from(nodes));
                assert!(room.is_some_and(|room| layout.is_free(room, None)), "{nodes} nodes in {width} x {height}");
                let warning = layout.headline.map(|line| Rect::new(line.x, line.y, line.w.min(272.0), 118.0));
                assert!(!room.zip(warning).is_some_and(|(room, words)| room.meets(words)), "{nodes} below a warning");
            }
        }
        for nodes in 3..=7 {
            let mut view = layout(724.0, 470.0, nodes).view;
            view.store = false;
            let beside = |room: Rect| room.right() > view.width - side_column(&view);
            assert!(!room(&Layout::new(view), usize::from(nodes)).is_some_and(beside), "what stands there is covered");
        }
        assert_eq!(room(&layout(375.0, 330.0, 5), 5), None, "a phone has it in its sheet");
    }
}
