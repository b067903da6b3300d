//! Messages: arrows where they can be told apart, else how many there were. Writes to the store as seals.

use super::bars::{bar_height, trace_in};
use super::draw::Scene;
use super::frame::{Frame, Lane};
use super::picture::{Anchor, Ink, Pen, Picture, Text, Trace};
use crate::playback::spacetime::messages::{Fate, NO_REIGN, Segment};
use crate::sim::event::Loss;
use crate::sim::message::Shape;
use crate::sim::office::{STORE_KIND, is_refusal};
use crate::sim::place::Place;
use crate::sim::reign::Role;

/// More than these in the window are not drawn one by one.
pub const MOST_ARROWS: usize = 420;

/// The part of its way that a lost message is shown to go.
const LOST_AT: f64 = 0.75;

/// Whether the messages of this window are drawn one by one.
pub fn are_arrows(scene: &Scene<'_>) -> bool {
    let (from, until) = scene.frame.ends();
    !scene.frame.slim && scene.index.messages.sent_within(from, until) <= MOST_ARROWS
}

pub(super) fn arrows(scene: &Scene<'_>, picture: &mut Picture) {
    let mut lines: Vec<(Ink, Trace)> = Vec::new();
    let mut heads: Vec<(Ink, Trace)> = Vec::new();
    let mut quiet = (Trace::default(), Trace::default());
    let (mut crosses, mut refused) = (Trace::default(), Trace::default());
    let (from, until) = scene.frame.ends();
    for segment in scene.index.messages.within(from, until) {
        let Some((tail, tip)) = way(scene, segment) else { continue };
        let is_refused = segment.shape == Shape::Refuse;
        let (line, head) = if segment.is_routine() {
            (&mut quiet.0, &mut quiet.1)
        } else {
            let ink = Ink::of_reign((segment.reign != NO_REIGN).then_some(segment.reign));
            (trace_in(&mut lines, ink), trace_in(&mut heads, ink))
        };
        line.line(tail, tip);
        match segment.fate {
            Fate::Arrived | Fate::Waits => arrow_head(tail, tip, if segment.is_routine() { 5.0 } else { 6.5 }, head),
            Fate::Lost(_) => cross(tip, 3.2, &mut crosses),
            Fate::Flying => {}
        }
        if is_refused {
            cross(((tail.0 + tip.0) / 2.0, (tail.1 + tip.1) / 2.0), 3.2, &mut refused);
        }
    }
    picture.path(Ink::Ink3, Pen::Stroke(1.0, (0.0, 0.0)), 80, quiet.0);
    picture.path(Ink::Ink3, Pen::Fill, 100, quiet.1);
    lines.into_iter().for_each(|(ink, trace)| picture.stroke(ink, 1.75, trace));
    heads.into_iter().for_each(|(ink, trace)| picture.fill(ink, trace));
    picture.stroke(Ink::Ink, 1.5, crosses);
    picture.stroke(Ink::Alarm, 1.75, refused);
}

/// From where to where a message is drawn: no further than the newest moment. `None` if it stays in its lane, or has
/// no lane.
pub(super) fn way(scene: &Scene<'_>, segment: &Segment) -> Option<((f64, f64), (f64, f64))> {
    let frame = scene.frame;
    let census = scene.sim.kernel().census;
    let (from, to) = (frame.row(census, segment.from)?, frame.row(census, segment.to)?);
    if from == to || segment.end == u64::MAX {
        return None;
    }
    let tail = (frame.x(segment.sent as f64), frame.y(from));
    let mut tip = (frame.x(segment.end as f64), frame.y(to));
    let mut part = 1.0_f64;
    if matches!(segment.fate, Fate::Lost(why) if why != Loss::ReceiverDown) {
        part = LOST_AT;
    }
    let reach = tip.0 - tail.0;
    if reach > 0.0 && tail.0 + reach * part > scene.known() {
        part = ((scene.known() - tail.0) / reach).clamp(0.0, 1.0);
    }
    // Neither end lies on a bar: it touches its edge.
    let drop = tip.1 - tail.1;
    let edge = |slot: u8, at: u64| bar_at(scene, usize::from(slot), at) / drop.abs().max(1.0);
    let begin = edge(segment.from, segment.sent).min(part);
    if part >= 1.0 {
        part = (1.0 - edge(segment.to, segment.end)).max(begin);
    }
    tip = (tail.0 + reach * part, tail.1 + drop * part);
    Some(((tail.0 + reach * begin, tail.1 + drop * begin), tip))
}

/// Half the height of the bar that a place has at this moment; 0 where it is a line.
fn bar_at(scene: &Scene<'_>, slot: usize, at: u64) -> f64 {
    let spans = scene.index.lanes.of(slot);
    let index = spans.partition_point(|span| span.at < at);
    let leads = index.checked_sub(1).is_some_and(|index| spans[index].role == Role::Leader);
    if leads { bar_height(scene.frame) / 2.0 } else { 0.0 }
}

fn arrow_head(tail: (f64, f64), tip: (f64, f64), size: f64, into: &mut Trace) {
    let (dx, dy) = (tip.0 - tail.0, tip.1 - tail.1);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let base = (tip.0 - ux * size, tip.1 - uy * size);
    let half = size * 0.42;
    into.shape(&[tip, (base.0 - uy * half, base.1 + ux * half), (base.0 + uy * half, base.1 - ux * half)]);
}

pub(super) fn cross((x, y): (f64, f64), size: f64, into: &mut Trace) {
    into.line((x - size, y - size), (x + size, y + size));
    into.line((x - size, y + size), (x + size, y - size));
}

// ---- where arrows would cover one another ---------------------------------------------------------------------

/// Columns below each lane, as high as many messages were sent: routine in grey, others in ink.
pub(super) fn density(scene: &Scene<'_>, picture: &mut Picture) {
    let frame = scene.frame;
    let census = scene.sim.kernel().census;
    let bucket = scene.index.traffic.width() as f64;
    // Columns of whole buckets, at least three pixels wide.
    let per_column = (3.0 * frame.grain() / bucket).ceil().max(1.0);
    let span = per_column * bucket;
    let (mut quiet, mut loud) = (Trace::default(), Trace::default());
    let rows: Vec<(usize, Vec<usize>)> =
        frame.lanes.iter().enumerate().map(|(row, lane)| (row, slots_of(census, *lane))).collect();
    let first = (frame.window.from.max(0.0) / span).floor();
    let columns = (frame.window.length / span).ceil() as usize + 1;
    let mut cells: Vec<(usize, f64, f64, [u32; 2])> = Vec::new();
    let mut most = 4;
    for column in 0..columns {
        let from = (first + column as f64) * span;
        let (x0, x1) = (frame.x(from).max(frame.gutter()), frame.x(from + span).min(scene.known()));
        if x1 <= x0 {
            continue;
        }
        for (row, slots) in &rows {
            let mut counts = [0_u32; 2];
            for &slot in slots {
                let [routine, other] = scene.index.traffic.sent(slot, from as u64, (from + span) as u64);
                counts = [counts[0] + routine, counts[1] + other];
            }
            most = most.max(counts[0]).max(counts[1]);
            cells.push((*row, x0, x1, counts));
        }
    }
    cells.sort_by_key(|cell| cell.0);
    // Columns as high as their neighbour are one rectangle with it: steady traffic is a band, and quickly drawn.
    let mut open: Option<(usize, f64, f64, [f64; 2])> = None;
    for (row, x0, x1, counts) in cells {
        // Roots, so that few are seen beside many; in steps of half a pixel.
        let height = |count: u32| (f64::from(count) / f64::from(most)).sqrt() * frame.lane_height() * 0.5;
        let heights = counts.map(|count| ((height(count) * 2.0 + 0.5) as u32).max(count.min(1)) as f64 / 2.0);
        match &mut open {
            Some((of_row, _, until, before)) if *of_row == row && (x0 - *until).abs() < 0.01 && *before == heights => {
                *until = x1
            }
            _ => {
                columns_of(frame, open.replace((row, x0, x1, heights)), &mut quiet, &mut loud);
            }
        }
    }
    columns_of(frame, open, &mut quiet, &mut loud);
    picture.path(Ink::Ink3, Pen::Fill, 45, quiet);
    picture.path(Ink::Ink, Pen::Fill, 75, loud);
}

/// Columns of one height: how many routine messages there were, and others.
fn columns_of(frame: &Frame, columns: Option<(usize, f64, f64, [f64; 2])>, quiet: &mut Trace, loud: &mut Trace) {
    let Some((row, x0, x1, [grey, ink])) = columns else { return };
    let base = frame.y(row) + frame.lane_height() * 0.46;
    if grey > 0.0 {
        quiet.rect(x0, base - grey, x1 - x0, grey);
    }
    if ink > 0.0 {
        loud.rect(x0, base - ink, (x1 - x0 - 0.5).max(1.0), ink);
    }
}

fn slots_of(census: crate::sim::place::Census, lane: Lane) -> Vec<usize> {
    match lane {
        Lane::Node(node) => vec![census.slot(Place::Node(node))],
        Lane::Service => (1..=census.servers).map(|server| census.slot(Place::Server(server))).collect(),
        Lane::Store => vec![census.slot(Place::Store)],
    }
}

// ---- the store ------------------------------------------------------------------------------------------------

/// A seal where a write reached the store, with its token; crossed red where one was refused.
pub(super) fn seals(scene: &Scene<'_>, picture: &mut Picture) {
    let frame = scene.frame;
    let Some(row) = frame.lanes.iter().position(|lane| *lane == Lane::Store) else { return };
    let store = scene.sim.kernel().census.slot(Place::Store) as u8;
    let y = frame.y(row);
    let radius = (frame.lane_height() * 0.42).min(0.6 * frame.rem);
    let (from, until) = frame.ends();
    let mut free_from = f64::MIN;
    let mut ticks: Vec<(Ink, Trace)> = Vec::new();
    let mut discs: Vec<(Ink, Trace)> = Vec::new();
    let mut numbers = Vec::new();
    let mut crosses = Trace::default();
    for segment in scene.index.messages.within(from, until) {
        if segment.from == store && is_refusal(segment.kind) {
            let x = frame.x(segment.sent as f64);
            if x >= frame.gutter() && x <= scene.known() {
                cross((x, y), radius * 0.85, &mut crosses);
            }
        }
        let writes = segment.kind == STORE_KIND + 2 || segment.kind == STORE_KIND + 1;
        if segment.to != store || !writes || !matches!(segment.fate, Fate::Arrived) {
            continue;
        }
        let x = frame.x(segment.end as f64);
        if x < frame.gutter() || x > scene.known() {
            continue;
        }
        let number = (segment.reign != NO_REIGN).then_some(segment.reign);
        let ink = Ink::of_reign(number);
        if x - radius < free_from {
            // Too close to the one before: a stroke says that there was another.
            trace_in(&mut ticks, ink).line((x, y - radius * 0.8), (x, y + radius * 0.8));
            continue;
        }
        free_from = x + radius + 1.0;
        trace_in(&mut discs, ink).circle((x, y), radius);
        let size = 0.75 * frame.rem;
        if let Some(number) = number.filter(|&number| number < 100 && radius * 2.0 >= size) {
            let at = (x, y + 0.36 * size);
            let text = number.to_string();
            numbers.push(Text { text, at, anchor: Anchor::Middle, size, bold: true, ink: Ink::OnReign });
        }
    }
    ticks.into_iter().for_each(|(ink, trace)| picture.stroke(ink, 1.5, trace));
    discs.into_iter().for_each(|(ink, trace)| picture.fill(ink, trace));
    numbers.into_iter().for_each(|number| picture.text(number));
    picture.stroke(Ink::Alarm, 2.0, crosses);
}
