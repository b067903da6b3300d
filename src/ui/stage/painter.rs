//! What is redrawn every frame, straight on the page: rings and messages. An attribute is set only if it changed.

use super::geometry::{Lane, Point, Rect, short};
use super::glyphs::{glyph_markup, lost_markup};
use super::layout::Layout;
use super::links::{WALL, arrow_head};
use super::motion::{Course, End, ring_dash, ring_left};
use super::phrases::{escape, lost_because, say, wax};
use super::signals::kind_id;
use crate::sim::event::Loss;
use crate::sim::fault::MessageName;
use crate::sim::inspection::Ring;
use crate::sim::message::Kind;
use crate::sim::place::{Census, Place};
use crate::sim::time::Micros;
use crate::ui::selection::Selection;
use leptos::prelude::document;
use web_sys::Element;

#[derive(Default)]
pub(super) struct Painter {
    pub now: Micros,
    pub rings: Vec<Option<Ring>>,
    frame: u32,
    pub courses: Vec<Course>,
    pub courses_changed: bool,
    pub kinds: &'static [Kind],
    pub selected: Option<Selection>,
    pub reduced_motion: bool,
    /// A partition is drawn: what its line stops need not say why.
    pub is_parted: bool,
    layout: Option<Layout>,
    layer: Option<Element>,
    sprites: Vec<Sprite>,
    ring_elements: Vec<Option<RingElement>>,
}

struct RingElement {
    element: Element,
    steps: u64,
    is_low: bool,
}

/// A pooled group of the page that shows one message after another.
struct Sprite {
    root: Element,
    lane: Element,
    trail: Element,
    glyph: Element,
    shown: Option<Course>,
    label: Option<Rect>,
    length: f64,
    x: f64,
    is_over: bool,
    is_selected: bool,
    /// A lost message stops before it would be hidden.
    stop: f64,
}

impl Painter {
    pub fn set_layer(&mut self, layer: Option<Element>) {
        self.layer = layer;
        self.sprites.clear();
        self.courses_changed = true;
    }

    pub fn set_layout(&mut self, layout: Layout) {
        self.layout = Some(layout);
        for sprite in &mut self.sprites {
            sprite.hide();
        }
        self.courses_changed = true;
    }

    pub fn set_ring_element(&mut self, slot: usize, element: Option<Element>) {
        if self.ring_elements.len() <= slot {
            self.ring_elements.resize_with(slot + 1, || None);
        }
        self.ring_elements[slot] = element.map(|element| RingElement { element, steps: u64::MAX, is_low: false });
    }

    /// The message that this element belongs to.
    pub fn message_at(&self, element: &Element) -> Option<MessageName> {
        let root = element.closest("[data-sprite]").ok()??;
        let index: usize = root.get_attribute("data-sprite")?.parse().ok()?;
        Some(self.sprites.get(index)?.shown.as_ref()?.name)
    }

    pub fn paint(&mut self, now: Micros) {
        self.now = now;
        self.paint_rings();
        if self.layer.is_none() {
            return;
        }
        if self.courses_changed {
            self.courses_changed = false;
            self.assign();
        }
        let selected = match self.selected {
            Some(Selection::Message(name)) => Some(name),
            _ => None,
        };
        for sprite in &mut self.sprites {
            sprite.travel(now, selected, self.reduced_motion);
        }
    }

    fn paint_rings(&mut self) {
        self.frame = self.frame.wrapping_add(1);
        for (ring, element) in self.rings.iter().zip(&mut self.ring_elements) {
            let Some(element) = element else { continue };
            let (steps, is_low) = ring.as_ref().map_or((0, false), |ring| ring_left(ring, self.now));
            // Rings creep: together on every third frame is enough, so that most frames paint none of them.
            let creeps = element.steps.abs_diff(steps) <= 6 && element.is_low == is_low;
            if creeps && !self.frame.is_multiple_of(3) {
                continue;
            }
            if element.steps != steps {
                if (element.steps == 0 || element.steps == u64::MAX) != (steps == 0) {
                    let _ = element.element.set_attribute("visibility", if steps == 0 { "hidden" } else { "visible" });
                }
                element.steps = steps;
                if steps > 0 {
                    let _ = element.element.set_attribute("stroke-dasharray", &ring_dash(steps));
                }
            }
            if element.is_low != is_low {
                element.is_low = is_low;
                let _ = element.element.set_attribute("class", if is_low { "ring low" } else { "ring" });
            }
        }
    }

    /// Gives every course a sprite, keeping those that show it already.
    fn assign(&mut self) {
        let Some(layout) = &self.layout else { return };
        let is_same = |one: &Course, other: &Course| {
            one.name == other.name
                && one.copy == other.copy
                && one.end == other.end
                && one.arrives_at == other.arrives_at
        };
        for sprite in &mut self.sprites {
            if sprite.shown.as_ref().is_some_and(|shown| !self.courses.iter().any(|course| is_same(shown, course))) {
                sprite.hide();
            }
        }
        let is_inside = |course: &Course| {
            layout.is_closed() && !course.name.from.is_node() && matches!(course.name.to, Place::Server(_))
        };
        for course in self.courses.iter().filter(|course| !is_inside(course)) {
            if self.sprites.iter().any(|sprite| sprite.shown.as_ref().is_some_and(|shown| is_same(shown, course))) {
                continue;
            }
            let free = match self.sprites.iter().position(|sprite| sprite.shown.is_none()) {
                Some(free) => free,
                None => {
                    let Some(sprite) = self.layer.as_ref().and_then(|layer| Sprite::new(layer, self.sprites.len()))
                    else {
                        return;
                    };
                    self.sprites.push(sprite);
                    self.sprites.len() - 1
                }
            };
            let taken: Vec<Rect> = self.sprites.iter().filter_map(|sprite| sprite.label).collect();
            let is_plain = self.is_parted && matches!(course.end, End::Lost(Loss::Cut, _) | End::Held);
            self.sprites[free].show(*course, layout, &taken, self.kinds, is_plain);
        }
    }
}

fn svg(tag: &str) -> Option<Element> {
    document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag).ok()
}

impl Sprite {
    fn new(layer: &Element, index: usize) -> Option<Sprite> {
        let (root, lane, trail, glyph) = (svg("g")?, svg("g")?, svg("path")?, svg("g")?);
        root.set_attribute("data-sprite", &index.to_string()).ok()?;
        trail.set_attribute("class", "trail").ok()?;
        for child in [&lane, &trail, &glyph] {
            root.append_child(child).ok()?;
        }
        layer.append_child(&root).ok()?;
        let mut sprite = Sprite {
            root,
            lane,
            trail,
            glyph,
            shown: None,
            label: None,
            length: 0.0,
            x: -1.0,
            is_over: false,
            is_selected: false,
            stop: 1.0,
        };
        sprite.hide();
        Some(sprite)
    }

    fn hide(&mut self) {
        self.shown = None;
        self.label = None;
        let _ = self.root.set_attribute("class", "msg gone");
    }

    fn show(&mut self, course: Course, layout: &Layout, taken: &[Rect], kinds: &'static [Kind], is_plain: bool) {
        let lane = lane_of(course.name, course.copy, layout);
        let (end, words) = match course.end {
            End::Arrives => (0.5, format!("{} {}", say("message", kind_id(kinds, course.kind)), course.name.to)),
            End::Held => (WALL, "waits, the link is cut".to_owned()),
            End::Lost(why, at) => (f64::from(at) / 1_000.0, lost_because(why, course.name.to)),
        };
        let mut end = end;
        while end > 0.3 && !matches!(course.end, End::Arrives) && is_hidden(layout, lane.start.towards(lane.end, end)) {
            end -= 0.04;
        }
        self.stop = if matches!(course.end, End::Arrives) { 1.0 } else { end };
        let rests = lane.start.towards(lane.end, end);
        let found = label_place(layout, taken, rests.x, rests.y, 8.0 + 6.6 * words.chars().count() as f64);
        let arrives = matches!(course.end, End::Arrives);
        let (dx, dy, anchor) = found.map_or((0.0, -15.0, "middle"), |(_, dx, dy, anchor)| (dx, dy, anchor));
        let label = |class: &str| {
            let (x, y) = (short(dx), short(dy));
            format!("<text class=\"ml {class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>", escape(&words))
        };
        let upright = short(-lane.degrees);
        // On its way: the rest of the way dotted, and for the projector the words half way, where they rest.
        let ahead = if arrives {
            let (tip, half) = (short(lane.length), short(lane.length / 2.0));
            format!(
                "<path class=\"togo\" d=\"M0 0H{tip}\"/>{}<g transform=\"translate({half}) rotate({upright})\">{}</g>",
                arrow_head(Point::new(lane.length + 4.0, 0.0), 0.0, "ah"),
                label("far")
            )
        } else {
            String::new()
        };
        self.lane.set_inner_html(&ahead);
        self.glyph.set_inner_html(&format!(
            "<g transform=\"rotate({upright})\"><circle class=\"hit\" r=\"16\"/><g class=\"as-sent\">{}</g><g class=\"as-lost\">{}</g>{}</g>",
            glyph_markup(course.shape, course.reign, course.name.from, course.name.to),
            if arrives { "" } else { lost_markup() },
            label("near")
        ));
        let _ = self.root.set_attribute(
            "transform",
            &format!("translate({} {}) rotate({})", short(lane.start.x), short(lane.start.y), short(lane.degrees)),
        );
        self.label = found.map(|(room, ..)| room).filter(|_| !is_plain);
        self.length = lane.length;
        self.x = -1.0;
        self.is_over = false;
        self.is_selected = false;
        self.shown = Some(course);
        self.set_class();
    }

    fn set_class(&self) {
        let Some(course) = &self.shown else { return };
        let class = format!(
            "msg {}{}{}{}{}",
            wax(course.reign),
            if self.is_over { " over" } else { "" },
            if self.is_selected { " chosen" } else { "" },
            if self.label.is_some() { "" } else { " cramped" },
            if matches!(course.end, End::Held) { " held" } else { "" },
        );
        let _ = self.root.set_attribute("class", &class);
    }

    fn travel(&mut self, now: Micros, selected: Option<MessageName>, reduced_motion: bool) {
        let Some(course) = &self.shown else { return };
        let mut part = course.part(now).min(self.stop);
        if reduced_motion && course.end == End::Arrives {
            part = 0.5;
        }
        let x = (part * self.length * 2.0).round() / 2.0;
        let is_over = course.is_over(now);
        let is_selected = selected == Some(course.name);
        if x != self.x {
            self.x = x;
            let flown = if reduced_motion && course.end == End::Arrives { self.length } else { x };
            let _ = self.glyph.set_attribute("transform", &format!("translate({x})"));
            let _ = self.trail.set_attribute("d", &format!("M0 0H{flown}"));
        }
        if (is_over, is_selected) != (self.is_over, self.is_selected) {
            (self.is_over, self.is_selected) = (is_over, is_selected);
            self.set_class();
        }
    }
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
