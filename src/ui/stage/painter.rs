//! What is redrawn every frame, straight on the page: rings and messages. An attribute is set only if it changed.

use super::courses::{Drawn, is_plain};
use super::geometry::Rect;
use super::layout::Layout;
use super::motion::{Course, End, RING_STEPS, ring_dash, ring_left};
use super::phrases::wax;
use crate::sim::fault::MessageName;
use crate::sim::inspection::Ring;
use crate::sim::message::Kind;
use crate::sim::place::Place;
use crate::sim::time::Micros;
use crate::ui::selection::Selection;
use leptos::prelude::document;
use web_sys::Element;

/// So many steps of a ring may wait for the next tenth of a second: a twentieth of its way.
const CREEP: u64 = RING_STEPS / 20;

#[derive(Default)]
pub(super) struct Painter {
    pub now: Micros,
    pub rings: Vec<Option<Ring>>,
    tenth: u64,
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
        let tenth = crate::ui::frame::tenth();
        let may_creep = tenth != self.tenth;
        self.tenth = tenth;
        for (ring, element) in self.rings.iter().zip(&mut self.ring_elements) {
            let Some(element) = element else { continue };
            let (steps, is_low) = ring.as_ref().map_or((0, false), |ring| ring_left(ring, self.now));
            // Rings creep: together, ten times a second, is enough, so that most frames paint none of them.
            let creeps = element.steps.abs_diff(steps) <= CREEP && element.is_low == is_low;
            if creeps && !may_creep {
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
            let is_plain = is_plain(course, self.is_parted);
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
        let drawn = Drawn::new(&course, layout, taken, kinds);
        self.stop = drawn.stop;
        self.lane.set_inner_html(&drawn.way());
        self.glyph.set_inner_html(&drawn.flying());
        let _ = self.root.set_attribute("transform", &drawn.transform);
        self.label = drawn.label.filter(|_| !is_plain);
        self.length = drawn.length;
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
