//! The lanes themselves: a thin line while a node follows, dashes of wax while it runs, a bar of wax while it leads,
//! hatched while it is frozen, dots while it is down.

use super::draw::Scene;
use super::frame::{Frame, Lane};
use super::picture::{Anchor, Ink, Picture, Text, Trace};
use crate::playback::spacetime::lanes::{Life, Span};
use crate::sim::place::Place;
use crate::sim::reign::Role;
use crate::words::event_line::title;
use crate::words::lookup::Words;

/// The strokes of all lanes, gathered by how they are drawn.
#[derive(Default)]
struct Strokes {
    up: Trace,
    down: Trace,
    runs: Vec<(Ink, Trace)>,
    leads: Vec<(Ink, Trace)>,
    hatches: Trace,
    frozen: Trace,
    labels: Vec<Text>,
}

/// How high the bar of a leader is.
pub(super) fn bar_height(frame: &Frame) -> f64 {
    let lane = frame.lane_height();
    match frame.slim {
        true => lane * 0.55,
        // In a low lane as high as its words need.
        false => (lane * 0.7).max((lane * 0.92).min(0.77 * frame.rem)).min(0.95 * frame.rem),
    }
}

/// Answers with the words on the bars, which go on top of what crosses them.
pub(super) fn bars(scene: &Scene<'_>, picture: &mut Picture) -> Vec<Text> {
    let mut strokes = Strokes::default();
    let census = scene.sim.kernel().census;
    for (row, &lane) in scene.frame.lanes.iter().enumerate() {
        let y = scene.frame.y(row);
        match lane {
            Lane::Node(node) => lane_of(scene, census.slot(Place::Node(node)), y, &mut strokes),
            Lane::Service => {
                // A thin line for every server, close together.
                let apart = (scene.frame.lane_height() * 0.26).min(4.5);
                for server in 1..=census.servers {
                    let offset = (f64::from(server) - f64::from(census.servers + 1) / 2.0) * apart;
                    server_of(scene, census.slot(Place::Server(server)), y + offset, &mut strokes);
                }
            }
            Lane::Store => {
                let (left, right) = (scene.frame.gutter(), scene.known());
                let mut band = Trace::default();
                let height = scene.frame.lane_height() * 0.8;
                band.rect(left, y - height / 2.0, (right - left).max(0.0), height);
                picture.fill(Ink::Paper, band);
                server_of(scene, census.slot(Place::Store), y, &mut strokes);
            }
        }
    }
    picture.stroke(Ink::Ink3, 1.5, strokes.up);
    picture.dashed(Ink::Ink3, 1.5, (1.0, 5.0), strokes.down);
    strokes.leads.into_iter().for_each(|(ink, trace)| picture.fill(ink, trace));
    strokes.runs.into_iter().for_each(|(ink, trace)| picture.dashed(ink, 4.0, (6.0, 3.5), trace));
    picture.stroke(Ink::Ink3, 1.0, strokes.frozen);
    picture.stroke(Ink::Sheet, 2.0, strokes.hatches);
    strokes.labels
}

fn lane_of(scene: &Scene<'_>, slot: usize, y: f64, strokes: &mut Strokes) {
    let frame = scene.frame;
    let (from, until) = frame.ends();
    let spans = scene.index.lanes.within(slot, from, until);
    let left = frame.gutter();
    let first = spans.first().map_or(scene.known(), |span| frame.x(span.at as f64));
    if first > left && !frame.slim {
        strokes.down.line((left, y), (first.min(scene.known()), y));
    }
    for (index, span) in spans.iter().enumerate() {
        let x0 = frame.x(span.at as f64).max(left);
        let end = spans.get(index + 1).map_or(scene.known(), |next| frame.x(next.at as f64));
        let x1 = end.min(scene.known()).min(frame.width);
        if x1 > x0 {
            span_of(scene, span, (x0, x1), y, strokes);
        }
    }
}

fn span_of(scene: &Scene<'_>, span: &Span, (x0, x1): (f64, f64), y: f64, strokes: &mut Strokes) {
    let frame = scene.frame;
    let bar = bar_height(frame);
    let ink = Ink::of_reign(span.reign.map(|reign| reign.number));
    match span.life {
        Life::Up if !frame.slim => strokes.up.line((x0, y), (x1, y)),
        Life::Down if !frame.slim => strokes.down.line((x0, y), (x1, y)),
        Life::Up | Life::Down => {}
        Life::Runs if frame.slim => {}
        Life::Runs => trace_in(&mut strokes.runs, ink).line((x0, y), (x1.max(x0 + 2.0), y)),
        Life::Leads => {
            trace_in(&mut strokes.leads, ink).rect(x0, y - bar / 2.0, (x1 - x0).max(1.5), bar);
            label(scene, span, (x0, x1), (y, bar), strokes);
        }
        Life::Paused => {
            if span.role == Role::Leader {
                trace_in(&mut strokes.leads, ink).rect(x0, y - bar / 2.0, (x1 - x0).max(1.5), bar);
                hatch((x0, x1), (y, bar), &mut strokes.hatches);
            } else if !frame.slim {
                strokes.frozen.rect(x0, y - bar / 3.0, (x1 - x0).max(1.5), bar * 2.0 / 3.0);
                hatch((x0, x1), (y, bar * 2.0 / 3.0), &mut strokes.frozen);
            }
        }
    }
}

/// Slanted lines, not more than anybody can tell apart.
fn hatch((x0, x1): (f64, f64), (y, bar): (f64, f64), into: &mut Trace) {
    let apart = 6.0_f64.max((x1 - x0) / 160.0);
    let mut x = x0;
    while x + bar / 2.0 <= x1 {
        into.line((x, y + bar / 2.0), (x + bar / 2.0, y - bar / 2.0));
        x += apart;
    }
}

/// "leader, term 7" where it fits, else "term 7".
fn label(scene: &Scene<'_>, span: &Span, (x0, x1): (f64, f64), (y, bar): (f64, f64), strokes: &mut Strokes) {
    let frame = scene.frame;
    let size = 0.75 * frame.rem;
    if frame.slim || bar < 0.9 * size {
        return;
    }
    let long = said(scene.words, span);
    let short = span.reign.map_or_else(String::new, |reign| scene.words.reign(reign));
    let room = (x1 - x0 - 0.8 * frame.rem) / (0.52 * size);
    let fits = |text: &String| !text.is_empty() && (text.chars().count() as f64) < room;
    if let Some(text) = [long, short].into_iter().find(fits) {
        let at = (x0 + 0.4 * frame.rem, y + 0.36 * size);
        strokes.labels.push(Text { text, at, anchor: Anchor::Start, size, bold: true, ink: Ink::OnReign });
    }
}

fn said(words: &Words, span: &Span) -> String {
    let standing = crate::sim::reign::Standing { role: span.role, title: span.title, ..Default::default() };
    let title = title(words, &standing);
    match span.reign {
        Some(reign) => format!("{title}, {}", words.reign(reign)),
        None => title,
    }
}

/// A server or the store: it runs, is frozen, or is down.
fn server_of(scene: &Scene<'_>, slot: usize, y: f64, strokes: &mut Strokes) {
    let frame = scene.frame;
    let (from, until) = frame.ends();
    let spans = scene.index.lanes.within(slot, from, until);
    let starts_up = slot == scene.sim.kernel().census.processes();
    let mut x0 = frame.gutter();
    let mut is_up = starts_up && spans.first().is_none_or(|span| span.at > from);
    for span in spans {
        let x1 = frame.x(span.at as f64).max(x0).min(scene.known());
        let into = if is_up { &mut strokes.up } else { &mut strokes.down };
        if x1 > x0 && !(is_up && starts_up) {
            into.line((x0, y), (x1, y));
        }
        is_up = !matches!(span.life, Life::Down | Life::Paused);
        x0 = x1;
    }
    let into = if is_up { &mut strokes.up } else { &mut strokes.down };
    if scene.known() > x0 && !(is_up && starts_up) {
        into.line((x0, y), (scene.known(), y));
    }
}

/// The trace of this colour.
pub(super) fn trace_in(list: &mut Vec<(Ink, Trace)>, ink: Ink) -> &mut Trace {
    let index = list.iter().position(|(other, _)| *other == ink).unwrap_or_else(|| {
        list.push((ink, Trace::default()));
        list.len() - 1
    });
    &mut list[index].1
}
