//! Putting the diagram together.

use super::arrows;
use super::bars;
use super::flags;
use super::frame::Frame;
use super::picture::{Anchor, Ink, Pen, Picture, Text, Trace};
use crate::playback::milestones::Milestone;
use crate::playback::spacetime::Spacetime;
use crate::sim::simulation::Simulation;
use crate::sim::time::{HOUR, MILLISECOND, MINUTE, Micros, SECOND};
use crate::words::lookup::Words;
use crate::words::numbers::{grouped, instant};

/// Everything that is drawn from.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub words: &'a Words,
    pub sim: &'a dyn Simulation,
    pub index: &'a Spacetime,
    /// In order of time.
    pub marks: &'a [Milestone],
    pub frame: &'a Frame,
    /// Where the playhead stands.
    pub now: Micros,
    /// What comes after has not been played.
    pub newest: Micros,
}

impl Scene<'_> {
    /// Right of this nothing is known, in pixels.
    pub(super) fn known(&self) -> f64 {
        self.frame.x(self.newest as f64).clamp(self.frame.gutter(), self.frame.width)
    }
}

/// The whole diagram; the playhead comes last and can be left out.
pub fn draw(scene: &Scene<'_>, with_playhead: bool) -> Picture {
    let mut picture = Picture::default();
    let frame = scene.frame;
    if frame.width <= frame.gutter() + 20.0 || frame.window.length <= 0.0 {
        return picture;
    }
    if frame.slim {
        track(scene, &mut picture);
        bars::bars(scene, &mut picture);
    } else {
        axis(scene, &mut picture);
        two_leaders(scene, &mut picture);
        let one_by_one = arrows::are_arrows(scene);
        let labels = bars::bars(scene, &mut picture);
        if one_by_one {
            arrows::arrows(scene, &mut picture);
        } else {
            arrows::density(scene, &mut picture);
        }
        labels.into_iter().for_each(|label| picture.text(label));
        arrows::seals(scene, &mut picture);
        unknown(scene, &mut picture);
        names(scene, &mut picture);
    }
    flags::draw_flags(scene, &mut picture);
    if with_playhead {
        playhead(scene, &mut picture);
    }
    picture
}

/// The slim line: what has been played, and what could be.
fn track(scene: &Scene<'_>, picture: &mut Picture) {
    let frame = scene.frame;
    let height = frame.lane_height() * 0.3;
    let mut whole = Trace::default();
    whole.rect(0.0, frame.y(0) - height / 2.0, frame.width, height);
    picture.fill(Ink::Line, whole);
    let mut known = Trace::default();
    known.rect(0.0, frame.y(0) - height / 2.0, scene.known(), height);
    picture.path(Ink::Ink3, Pen::Fill, 60, known);
}

fn axis(scene: &Scene<'_>, picture: &mut Picture) {
    const STEPS: [Micros; 19] = [
        MILLISECOND / 10,
        MILLISECOND / 2,
        MILLISECOND,
        2 * MILLISECOND,
        5 * MILLISECOND,
        10 * MILLISECOND,
        20 * MILLISECOND,
        50 * MILLISECOND,
        100 * MILLISECOND,
        200 * MILLISECOND,
        500 * MILLISECOND,
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND,
        30 * SECOND,
        MINUTE,
        5 * MINUTE,
        HOUR,
    ];
    let frame = scene.frame;
    let wanted = frame.grain() * 5.6 * frame.rem;
    let step = STEPS.into_iter().find(|&step| step as f64 >= wanted).unwrap_or(HOUR);
    let (from, until) = frame.ends();
    let mut lines = Trace::default();
    let mut at = from.div_ceil(step) * step;
    let size = 0.75 * frame.rem;
    let head = frame.x(scene.now as f64);
    while at <= until {
        let x = frame.x(at as f64);
        lines.line((x, frame.top()), (x, frame.bottom()));
        let covered = (x - head).abs() < 5.0 * frame.rem;
        if !covered && x > frame.gutter() + frame.rem && x < frame.width - 2.0 * frame.rem {
            let place = (x, frame.bottom() + 0.95 * frame.rem);
            let text = moment(at, step);
            picture.text(Text { text, at: place, anchor: Anchor::Middle, size, bold: false, ink: Ink::Ink3 });
        }
        at += step;
    }
    picture.stroke(Ink::Line, 1.0, lines);
}

/// `850`, `0.5 ms` apart: `850.5`; whole seconds and minutes with their unit.
fn moment(at: Micros, step: Micros) -> String {
    if step >= MINUTE && at.is_multiple_of(MINUTE) {
        return format!("{} min", at / MINUTE);
    }
    if step >= SECOND {
        return format!("{} s", grouped(at / SECOND));
    }
    if step < MILLISECOND {
        return format!("{}.{}", instant(at), at % MILLISECOND / 100);
    }
    instant(at)
}

/// Where several nodes led at once.
fn two_leaders(scene: &Scene<'_>, picture: &mut Picture) {
    let frame = scene.frame;
    let (mut wash, mut edge) = (Trace::default(), Trace::default());
    for (from, until) in scene.index.lanes.several_led() {
        let x0 = frame.x(from as f64).max(frame.gutter());
        let x1 = until.map_or(scene.known(), |until| frame.x(until as f64)).min(scene.known());
        if x1 > x0 {
            wash.rect(x0, frame.top(), x1 - x0, frame.bottom() - frame.top());
            edge.rect(x0, frame.top() - 3.0, x1 - x0, 3.0);
        }
    }
    picture.fill(Ink::AlarmWash, wash);
    picture.fill(Ink::Alarm, edge);
}

/// Right of the newest moment nothing has been played; between the playhead and there lies what was seen before.
fn unknown(scene: &Scene<'_>, picture: &mut Picture) {
    let frame = scene.frame;
    let known = scene.known();
    let mut beyond = Trace::default();
    if known < frame.width {
        beyond.rect(known, frame.top(), frame.width - known, frame.bottom() - frame.top());
    }
    picture.path(Ink::Paper, Pen::Fill, 92, beyond);
    let mut seen = Trace::default();
    let head = frame.x(scene.now as f64).max(frame.gutter());
    if head < known {
        seen.rect(head, frame.top(), known - head, frame.bottom() - frame.top());
    }
    picture.path(Ink::Paper, Pen::Fill, 45, seen);
}

fn names(scene: &Scene<'_>, picture: &mut Picture) {
    let frame = scene.frame;
    // Whatever reaches to the left of the lanes.
    let mut clean = Trace::default();
    clean.rect(0.0, frame.top() - 2.0, frame.gutter(), frame.height - frame.top() + 2.0);
    picture.fill(Ink::Sheet, clean);
    let size = 0.8 * frame.rem;
    for (row, lane) in frame.lanes.iter().enumerate() {
        let at = (frame.gutter() - 0.6 * frame.rem, frame.y(row) + 0.36 * size);
        let bold = matches!(lane, super::frame::Lane::Node(_));
        picture.text(Text { text: lane.name(), at, anchor: Anchor::End, size, bold, ink: Ink::Ink2 });
    }
}

fn playhead(scene: &Scene<'_>, picture: &mut Picture) {
    let frame = scene.frame;
    let x = frame.x(scene.now as f64);
    if x < frame.gutter() - 1.0 || x > frame.width + 1.0 {
        return;
    }
    let r = frame.rem;
    if frame.slim {
        let x = x.clamp(0.5 * r, frame.width - 0.5 * r);
        let (mut ring, mut inside) = (Trace::default(), Trace::default());
        ring.circle((x, frame.y(0)), 0.5 * r);
        inside.circle((x, frame.y(0)), 0.3 * r);
        picture.fill(Ink::Ink, ring);
        return picture.fill(Ink::Sheet, inside);
    }
    let mut line = Trace::default();
    line.line((x, frame.top() - 0.2 * r), (x, frame.bottom()));
    picture.stroke(Ink::Ink, 1.75, line);
    let mut handle = Trace::default();
    handle.circle((x, frame.top() - 0.25 * r), 0.3 * r);
    let text = format!("{} ms", instant(scene.now));
    let width = (text.chars().count() as f64 * 0.47 + 0.9) * r;
    let left = (x - width / 2.0).min(frame.width - width).max(frame.gutter());
    let (y, height) = (frame.bottom() + 0.1 * r, 1.15 * r);
    handle.circle((left + height / 2.0, y + height / 2.0), height / 2.0);
    handle.circle((left + width - height / 2.0, y + height / 2.0), height / 2.0);
    handle.rect(left + height / 2.0, y, width - height, height);
    picture.fill(Ink::Ink, handle);
    let at = (left + width / 2.0, y + 0.85 * r);
    picture.text(Text { text, at, anchor: Anchor::Middle, size: 0.78 * r, bold: true, ink: Ink::OnInk });
}
