//! What lies under a pointer: a flag, or a message.

use super::arrows;
use super::draw::Scene;
use super::flags::{flags, said};
use crate::playback::spacetime::messages::Segment;
use crate::sim::event::EventId;
use crate::sim::fault::MessageName;
use crate::words::event_line::event_line;
use crate::words::lookup::sentence_case;

/// How far beside a line a finger may be, in pixels.
const NEAR: f64 = 5.0;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The moment to go to.
    pub event: EventId,
    /// The message, if it is one.
    pub message: Option<MessageName>,
}

/// The nearest thing within reach, if any.
pub fn hit(scene: &Scene<'_>, (x, y): (f64, f64)) -> Option<Hit> {
    let frame = scene.frame;
    if y < frame.top() {
        let flags = flags(scene);
        let near = flags.iter().min_by_key(|flag| ((flag.x - x).abs() * 10.0) as u64);
        return near.filter(|flag| (flag.x - x).abs() < 9.0).map(|flag| Hit { event: flag.mark.event, message: None });
    }
    if frame.slim || x < frame.gutter() || !arrows::are_arrows(scene) {
        return None;
    }
    let at = frame.at(x).max(0.0) as u64;
    let reach = (frame.grain() * NEAR) as u64;
    let under_way = scene.index.messages.within(at.saturating_sub(reach), at + reach);
    let near = under_way.filter_map(|segment| Some((away(scene, segment, (x, y))?, segment)));
    let (_, segment) = near.filter(|(away, _)| *away <= NEAR).min_by_key(|(away, _)| (*away * 100.0) as u64)?;
    let census = scene.sim.kernel().census;
    let (from, to) = (census.place(usize::from(segment.from)), census.place(usize::from(segment.to)));
    Some(Hit { event: segment.sent_event, message: Some(MessageName { from, to, nth: segment.nth }) })
}

/// What the thing is, in a sentence.
pub fn spoken(scene: &Scene<'_>, hit: &Hit) -> String {
    if hit.message.is_none()
        && let Some(mark) = scene.marks.iter().find(|mark| mark.event == hit.event)
    {
        return said(scene, mark) + ".";
    }
    if let Some(event) = scene.sim.history().event(hit.event) {
        return event_line(scene.words, scene.sim, event).text;
    }
    // Longer ago, or not played again yet: the index knows less than the history did.
    let list = scene.index.messages.list();
    let index = list.partition_point(|segment| segment.sent_event < hit.event);
    let kind = list.get(index).and_then(|segment| crate::words::event_line::kind_of(scene.sim, segment.kind));
    let name = kind.map_or_else(|| "message".into(), |kind| scene.words.name("message", kind.id));
    match hit.message {
        Some(name_of) => format!("{}, {} to {}.", sentence_case(&name), name_of.from, name_of.to),
        None => sentence_case(&name) + ".",
    }
}

/// How far a point is from the line of a message, in pixels.
fn away(scene: &Scene<'_>, segment: &Segment, (x, y): (f64, f64)) -> Option<f64> {
    let (tail, tip) = arrows::way(scene, segment)?;
    let (dx, dy) = (tip.0 - tail.0, tip.1 - tail.1);
    let length = dx * dx + dy * dy;
    let part = if length > 0.0 { (((x - tail.0) * dx + (y - tail.1) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (ax, ay) = (tail.0 + dx * part - x, tail.1 + dy * part - y);
    Some((ax * ax + ay * ay).sqrt())
}
