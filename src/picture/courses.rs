//! A message on its way as SVG: its lane, what flies on it, and the words beside it.

use super::geometry::{Lane, Point, Rect, short};
use super::glyphs::{glyph_markup, lost_markup};
use super::layout::Layout;
use super::links::{WALL, arrow_head};
use super::motion::{Course, End};
use super::phrases::{escape, lost_because, say};
use crate::sim::event::Loss;
use crate::sim::fault::MessageName;
use crate::sim::message::Kind;
use crate::sim::office::{STORE_KIND, STORE_KINDS};
use crate::sim::place::{Census, Place};

/// The parts of one message. What flies is moved along the lane, which starts at the origin and goes right.
pub struct Drawn {
    /// Puts the origin at the start of the lane.
    pub transform: String,
    pub length: f64,
    /// The rest of the way, dotted, with its arrow; nothing if it does not arrive.
    pub ahead: String,
    /// What flies, around the origin of [`Drawn::flying`].
    pub glyph: String,
    /// What is left where it was lost; nothing if it arrives.
    pub ruin: &'static str,
    /// Where the words lie, if there is room for them.
    pub label: Option<Rect>,
    /// It gets no further than this part of the way: a lost message stops before it would be hidden.
    pub stop: f64,
    degrees: f64,
    /// Where the words start, seen from what flies, and their anchor.
    beside: (f64, f64, &'static str),
    words: String,
}

impl Drawn {
    /// `taken` is where words lie already.
    pub fn new(course: &Course, layout: &Layout, taken: &[Rect], kinds: &'static [Kind]) -> Drawn {
        let lane = lane_of(course.name, course.copy, layout);
        let (mut end, words) = match course.end {
            End::Arrives => (0.5, format!("{} {}", say("message", kind_id(kinds, course.kind)), course.name.to)),
            End::Held => (WALL, "waits, the link is cut".to_owned()),
            End::Lost(why, at) => (f64::from(at) / 1_000.0, lost_because(why, course.name.to)),
        };
        let arrives = matches!(course.end, End::Arrives);
        while end > 0.3 && !arrives && is_hidden(layout, lane.start.towards(lane.end, end)) {
            end -= 0.04;
        }
        let rests = lane.start.towards(lane.end, end);
        let found = label_place(layout, taken, rests.x, rests.y, 8.0 + 6.6 * words.chars().count() as f64);
        let ahead = if arrives {
            let arrow = arrow_head(Point::new(lane.length + 4.0, 0.0), 0.0, "ah");
            format!("<path class=\"togo\" d=\"M0 0H{}\"/>{arrow}", short(lane.length))
        } else {
            String::new()
        };
        Drawn {
            transform: format!(
                "translate({} {}) rotate({})",
                short(lane.start.x),
                short(lane.start.y),
                short(lane.degrees)
            ),
            length: lane.length,
            ahead,
            glyph: glyph_markup(course.shape, course.reign, course.name.from, course.name.to),
            ruin: if arrives { "" } else { lost_markup() },
            label: found.map(|(room, ..)| room),
            stop: if arrives { 1.0 } else { end },
            degrees: lane.degrees,
            beside: found.map_or((0.0, -15.0, "middle"), |(_, dx, dy, anchor)| (dx, dy, anchor)),
            words,
        }
    }

    /// Upright on the lane, whatever its direction.
    pub fn upright(&self, markup: &str) -> String {
        format!("<g transform=\"rotate({})\">{markup}</g>", short(-self.degrees))
    }

    /// The words beside what flies.
    pub fn words(&self, class: &str) -> String {
        let (x, y, anchor) = self.beside;
        format!(
            "<text class=\"ml {class}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            short(x),
            short(y),
            escape(&self.words)
        )
    }

    /// For the page: the rest of the way, and for the projector the words half way, where they rest.
    pub fn way(&self) -> String {
        if self.ahead.is_empty() {
            return String::new();
        }
        let half = short(self.length / 2.0);
        format!("{}<g transform=\"translate({half})\">{}</g>", self.ahead, self.upright(&self.words("far")))
    }

    /// For the page: both what flies and what is left of it, and the words; the style says which is seen.
    pub fn flying(&self) -> String {
        self.upright(&format!(
            "<circle class=\"hit\" r=\"16\"/><g class=\"as-sent\">{}</g><g class=\"as-lost\">{}</g>{}",
            self.glyph,
            self.ruin,
            self.words("near")
        ))
    }
}

/// Needs no words: the line of a partition says why it goes no further.
pub fn is_plain(course: &Course, is_parted: bool) -> bool {
    is_parted && matches!(course.end, End::Lost(Loss::Cut, _) | End::Held)
}

/// Messages fly beside the straight line; copies of one a little further out.
fn lane_of(name: MessageName, copy: u8, layout: &Layout) -> Lane {
    let census = Census { nodes: layout.view.nodes, servers: layout.view.servers };
    let end = |place: Place| match place {
        Place::Store => (layout.store_gate, 4.0),
        _ => match layout.spots.get(census.slot(place)) {
            Some(spot) => (spot.at, spot.gate() + 4.0),
            None => (layout.centre, 0.0),
        },
    };
    let ((from, from_gate), (to, to_gate)) = (end(name.from), end(name.to));
    Lane::new(from, from_gate, to, to_gate, 7.0 + 9.0 * f64::from(copy.min(3)))
}

/// Behind a node, its slip or its words.
fn is_hidden(layout: &Layout, at: Point) -> bool {
    layout.spots.iter().any(|spot| {
        at.distance(spot.at) < spot.outer() + 8.0
            || spot.slip.meets_disc(at, 10.0)
            || spot.block.is_some_and(|(block, _)| block.meets_disc(at, 10.0))
    })
}

/// Above, below, right or left of where a message rests: the first that covers nothing.
fn label_place(layout: &Layout, taken: &[Rect], x: f64, y: f64, width: f64) -> Option<(Rect, f64, f64, &'static str)> {
    let places = [
        (Rect::new(x - width / 2.0, y - 30.0, width, 18.0), 0.0, -16.0, "middle"),
        (Rect::new(x - width / 2.0, y + 12.0, width, 18.0), 0.0, 26.0, "middle"),
        (Rect::new(x + 13.0, y - 9.0, width, 18.0), 15.0, 4.5, "start"),
        (Rect::new(x - 13.0 - width, y - 9.0, width, 18.0), -15.0, 4.5, "end"),
    ];
    places.into_iter().find(|(room, ..)| layout.is_free(*room, None) && !taken.iter().any(|other| other.meets(*room)))
}

/// The name of a kind of message, if the world has it.
fn kind_id(kinds: &'static [Kind], kind: u8) -> &'static str {
    let of_store = kind.checked_sub(STORE_KIND).and_then(|of_store| STORE_KINDS.get(usize::from(of_store)));
    of_store.or_else(|| kinds.get(usize::from(kind))).map_or("message", |kind| kind.id)
}
