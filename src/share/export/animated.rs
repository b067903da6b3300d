//! A stretch of a run as one picture that moves by itself: no script, so that it plays in a README.
//!
//! All of it is style: what is seen when is a matter of keyframes, and they apply only to whoever has nothing against
//! motion. Everybody else, and every tool that prints, sees the end of the stretch standing still.

use super::column::{column, key};
use super::frame::{FOOT, Origin, whole};
use super::snapshot::{HEAD, head};
use super::span::{Span, play};
use super::stage::{HEIGHT, WIDTH, ground, has_ring, layout_of, middle, node, place_of};
use super::timeline::{Cell, Clock};
use crate::picture::courses::{Drawn, is_plain};
use crate::picture::defs::DEFS;
use crate::picture::geometry::{Rect, short};
use crate::picture::layout::Layout;
use crate::picture::motion::{Course, End, courses, ring_dash, ring_left};
use crate::picture::phrases::{escape, wax};
use crate::picture::scene::Scene;
use crate::picture::uses::Uses;
use crate::playback::recording::Recording;
use crate::sim::inspection::Ring;
use crate::sim::message::Kind;
use crate::sim::simulation::Simulation;
use crate::sim::time::{MILLISECOND, Micros};
use crate::words::headline::headline;
use crate::words::numbers::instant;
use crate::words::picture_line::{described, pace, stretch, too_long};
use std::fmt::Write;

/// As many messages as one picture holds.
const MOST: usize = 600;
/// How long the end is held before it begins anew, in milliseconds.
const HOLD: u64 = 2_000;
/// The printed clock moves so often.
const TICKS: u64 = 50;

/// How long a stretch plays: at a twentieth of real speed, but 4 to 10 s in all.
fn plays(span: Span) -> u64 {
    ((span.to - span.from) / MILLISECOND * 20).clamp(4_000, 10_000 - HOLD)
}

/// # Errors
/// As [`play`]; and too many messages fly.
pub fn animated(recording: &Recording, span: Span, origin: &Origin) -> Result<String, String> {
    let mut film = Film::default();
    let end = play(recording, span, |sim| film.take(sim, origin))?;
    if film.journeys.len() > MOST {
        return Err(too_long("messages", film.journeys.len(), MOST));
    }
    let clock = Clock { from: span.from, to: span.to, plays: plays(span), holds: HOLD };
    let layout = layout_of(end.as_ref());
    let mut writer = Writer { clock, keyframes: String::new(), frames: 0 };
    let body = film.write(&layout, end.as_ref(), &mut writer);
    let said = headline(&origin.words, end.as_ref());
    let told = described(&origin.words, origin.family, origin.nodes, &said.title, &said.why);
    let when = format!("{}, {}", stretch(span.from, span.to), pace(span.to - span.from, clock.plays * MILLISECOND));
    let style = format!(
        "{}@media (prefers-reduced-motion:no-preference){{.s,.m{{animation-duration:{};animation-iteration-count:infinite}}.s{{animation-timing-function:step-end}}.m{{animation-timing-function:linear}}}}\n",
        writer.keyframes,
        clock.round()
    );
    Ok(whole(origin, (WIDTH, HEAD + HEIGHT + FOOT), &when, &told, &style, &body))
}

/// What was seen, from the start to the end.
#[derive(Default)]
struct Film {
    head: Cell,
    ground: Cell,
    middle: Cell,
    column: Cell,
    nodes: Vec<Cell>,
    rings: Vec<Vec<(Micros, Option<Ring>)>>,
    journeys: Vec<Journey>,
    kinds: &'static [Kind],
}

/// A message from when it is first seen until it is no more, or becomes another.
struct Journey {
    course: Course,
    from: Micros,
    until: Option<Micros>,
    is_plain: bool,
}

impl Film {
    fn take(&mut self, sim: &dyn Simulation, origin: &Origin) {
        let now = sim.now();
        let layout = layout_of(sim);
        let scene = Scene::of(sim);
        self.kinds = sim.kinds();
        self.head.note(now, head(&headline(&origin.words, sim)));
        self.ground.note(now, ground(&scene, &layout));
        self.middle.note(now, middle(&scene, &layout, Uses::of(sim)));
        self.column.note(now, column(&origin.words, sim, &layout));
        self.nodes.resize_with(scene.nodes.len(), Cell::default);
        self.rings.resize_with(scene.nodes.len(), Vec::new);
        for (slot, facts) in scene.nodes.iter().enumerate() {
            self.nodes[slot].note(now, node(facts, &layout, slot));
            let ring = scene.rings[slot].filter(|_| has_ring(facts));
            let known = &mut self.rings[slot];
            if known.last().is_none_or(|(_, last)| *last != ring) {
                known.push((now, ring));
            }
        }
        self.take_messages(sim, now, !scene.partition.groups.is_empty());
    }

    fn take_messages(&mut self, sim: &dyn Simulation, now: Micros, is_parted: bool) {
        let mut flying: Vec<Course> = Vec::new();
        courses(sim.kernel(), now, &mut flying);
        for journey in self.journeys.iter_mut().filter(|journey| journey.until.is_none()) {
            if !flying.contains(&journey.course) {
                journey.until = Some(now);
            }
        }
        for course in flying {
            let known = self.journeys.iter().any(|journey| journey.until.is_none() && journey.course == course);
            if !known {
                self.journeys.push(Journey { course, from: now, until: None, is_plain: is_plain(&course, is_parted) });
            }
        }
    }

    fn write(&self, layout: &Layout, end: &dyn Simulation, w: &mut Writer) -> String {
        let many = if layout.view.nodes > 6 { " class=\"many\"" } else { "" };
        let mut body = format!("<defs>{DEFS}</defs>\n");
        w.cell(&mut body, &self.head);
        let _ = writeln!(body, "<g transform=\"translate(0 {})\"{many}>", short(HEAD));
        w.cell(&mut body, &self.ground);
        w.cell(&mut body, &self.middle);
        let mut taken: Vec<Rect> = Vec::new();
        for journey in &self.journeys {
            let drawn = Drawn::new(&journey.course, layout, &taken, self.kinds);
            w.journey(&mut body, journey, &drawn, &mut taken);
        }
        for (slot, cell) in self.nodes.iter().enumerate() {
            let _ = writeln!(body, "<g class=\"node\" transform=\"{}\">", place_of(layout, slot));
            w.ring(&mut body, &self.rings[slot], layout, slot);
            w.cell(&mut body, cell);
            body.push_str("</g>\n");
        }
        w.cell(&mut body, &self.column);
        let _ = writeln!(body, "{}\n</g>", key(end, layout));
        w.clock(&mut body);
        body
    }
}

struct Writer {
    clock: Clock,
    keyframes: String,
    frames: usize,
}

impl Writer {
    /// The attribute that makes an element follow these keyframes.
    fn follow(&mut self, css: &str) -> String {
        let name = format!("k{}", self.frames);
        self.frames += 1;
        let _ = writeln!(self.keyframes, "@keyframes {name}{{{css}}}");
        format!("style=\"animation-name:{name}\"")
    }

    /// Markup that is seen in these windows; without motion, if it is seen at the end.
    fn seen(&mut self, body: &mut String, windows: &[(Micros, Micros)], markup: &str, more: &str) {
        let always = windows.first().is_some_and(|&(from, until)| from <= self.clock.from && until >= self.clock.to);
        if always {
            let _ = writeln!(body, "<g{more}>{markup}</g>");
            return;
        }
        let at_end = windows.last().is_some_and(|&(_, until)| until >= self.clock.to);
        let follow = self.follow(&self.clock.seen(windows));
        let hidden = if at_end { "" } else { " visibility=\"hidden\"" };
        let _ = writeln!(body, "<g class=\"s\" {follow}{hidden}><g{more}>{markup}</g></g>");
    }

    fn cell(&mut self, body: &mut String, cell: &Cell) {
        for (markup, windows) in cell.looks(self.clock.to) {
            self.seen(body, &windows, markup, "");
        }
    }

    fn journey(&mut self, body: &mut String, journey: &Journey, drawn: &Drawn, taken: &mut Vec<Rect>) {
        let course = &journey.course;
        let to = self.clock.to;
        let natural = match course.end {
            End::Arrives => course.arrives_at,
            _ => to,
        };
        let until = journey.until.unwrap_or(to).min(natural).min(to);
        let over_at = match course.end {
            End::Lost(..) => (journey.from..=until).step_by(500).find(|&at| course.is_over(at)).unwrap_or(until),
            _ => until,
        };
        let moves_until = over_at.min(until);
        let x = |at: Micros| course.part(at).min(drawn.stop) * drawn.length;
        let more = format!(" class=\"msg {}\" transform=\"{}\"", wax(course.reign), drawn.transform);
        if moves_until > journey.from {
            let slide = self.follow(&format!(
                "{}{{transform:translateX({}px)}}{}{{transform:translateX({}px)}}",
                self.clock.percent(journey.from),
                short(x(journey.from)),
                self.clock.percent(moves_until),
                short(x(moves_until))
            ));
            let flies = format!(
                "{}<g class=\"m\" {slide} transform=\"translate({})\">{}</g>",
                drawn.ahead,
                short(x(moves_until)),
                drawn.upright(&drawn.glyph)
            );
            self.seen(body, &[(journey.from, moves_until)], &flies, &more);
        }
        if until > over_at || course.end == End::Held && until > journey.from && moves_until == journey.from {
            let has_room = !journey.is_plain && drawn.label.is_some();
            let words = if has_room { drawn.words("lost-words") } else { String::new() };
            if has_room {
                taken.extend(drawn.label);
                // Words of messages long gone make room again.
                let crowd = taken.len().saturating_sub(6);
                taken.drain(..crowd);
            }
            let rest = format!(
                "<g transform=\"translate({})\">{}</g>",
                short(x(until)),
                drawn.upright(&format!("{}{words}", drawn.ruin))
            );
            self.seen(body, &[(over_at, until)], &rest, &more);
        }
    }

    /// One ring that empties, is set anew, stops.
    fn ring(&mut self, body: &mut String, known: &[(Micros, Option<Ring>)], layout: &Layout, slot: usize) {
        let to = self.clock.to;
        if known.iter().all(|(_, ring)| ring.is_none()) {
            return;
        }
        let mut css = String::new();
        for (index, (since, ring)) in known.iter().enumerate() {
            let until = known.get(index + 1).map_or(to, |(next, _)| *next);
            let left = |at: Micros| ring.as_ref().map_or(0, |ring| ring_left(ring, at).0);
            let _ = write!(
                css,
                "{}{{stroke-dasharray:{}}}{}{{stroke-dasharray:{}}}",
                after(&self.clock, *since, self.clock.from),
                ring_dash(left(*since)),
                self.clock.percent(until),
                ring_dash(left(until))
            );
        }
        let follow = self.follow(&css);
        let last = known.last().and_then(|(_, ring)| *ring);
        let drawn =
            super::stage::ring(last.as_ref(), to, layout, slot, &follow).replace("class=\"ring\"", "class=\"ring m\"");
        let _ = writeln!(body, "{drawn}");
    }

    /// The printed clock and a line that fills.
    fn clock(&mut self, body: &mut String) {
        let (from, to) = (self.clock.from, self.clock.to);
        let mut cell = Cell::default();
        let y = HEAD + HEIGHT - 12.0;
        for tick in 0..=TICKS {
            let at = from + (to - from) * tick / TICKS;
            let text = format!("{} ms", instant(at));
            cell.note(at, format!("<text class=\"bold\" x=\"20\" y=\"{}\">{}</text>", short(y), escape(&text)));
        }
        self.cell(body, &cell);
        let fills = self.follow(&format!("0%{{transform:scaleX(0)}}{}{{transform:scaleX(1)}}", self.clock.percent(to)));
        let _ = writeln!(
            body,
            "<g transform=\"translate(0 {})\"><rect class=\"whole\" width=\"{w}\" height=\"3\"/><rect class=\"past m\" {fills} width=\"{w}\" height=\"3\"/></g>",
            short(HEAD + HEIGHT - 3.0),
            w = short(WIDTH)
        );
    }
}

/// A keyframe just behind the one before it, so that a ring jumps when it is set anew instead of growing.
fn after(clock: &Clock, at: Micros, from: Micros) -> String {
    if at <= from {
        return clock.percent(at);
    }
    clock.percent(at + (clock.to - clock.from) / 20_000 + 1)
}
