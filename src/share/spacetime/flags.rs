//! Flags above the lanes: what was done, who took the lead, what was refused, what was broken.

use super::draw::Scene;
use super::picture::{Anchor, Ink, Picture, Text, Trace};
use crate::playback::milestones::{Milestone, MilestoneKind};
use crate::sim::fault::{By, Fault, Who};
use crate::words::act_line::deed;
use crate::words::lookup::sentence_case;

/// Closer than this, in pixels, flags cover one another.
const APART: f64 = 7.0;

/// A flag where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Flag<'a> {
    pub x: f64,
    pub mark: &'a Milestone,
}

/// The flags of the window from left to right; of those too close together the gravest.
pub fn flags<'a>(scene: &Scene<'a>) -> Vec<Flag<'a>> {
    let (from, until) = scene.frame.ends();
    let first = scene.marks.partition_point(|mark| mark.at < from);
    let end = scene.marks.partition_point(|mark| mark.at <= until);
    let mut out: Vec<Flag<'a>> = Vec::new();
    for mark in scene.marks[first.min(end)..end].iter().filter(|mark| is_flagged(scene, mark)) {
        let flag = Flag { x: scene.frame.x(mark.at as f64), mark };
        match out.last_mut() {
            Some(last) if flag.x - last.x < APART => {
                if gravity(mark.kind) > gravity(last.mark.kind) {
                    *last = flag;
                }
            }
            _ => out.push(flag),
        }
    }
    out
}

fn gravity(kind: MilestoneKind) -> u8 {
    match kind {
        MilestoneKind::Broken(_) => 4,
        MilestoneKind::Act(_) => 3,
        MilestoneKind::Refusal => 2,
        _ => 1,
    }
}

/// Requests of a scenario come by the dozen, and so do elections: their dashes are seen in the lane.
fn is_flagged(scene: &Scene<'_>, mark: &Milestone) -> bool {
    match mark.kind {
        MilestoneKind::Act(act) => scene
            .sim
            .history()
            .acts
            .get(act as usize)
            .is_none_or(|act| act.by == By::Visitor || !matches!(act.fault, Fault::Request(..) | Fault::Read(..))),
        MilestoneKind::Leader | MilestoneKind::Refusal | MilestoneKind::Broken(_) | MilestoneKind::Pause => true,
        _ => false,
    }
}

pub(super) fn draw_flags(scene: &Scene<'_>, picture: &mut Picture) {
    let frame = scene.frame;
    let r = frame.rem;
    let (mut ink, mut alarm, mut poles) = (Trace::default(), Trace::default(), Trace::default());
    let mut free_from = frame.gutter();
    let mut labels = Vec::new();
    let flags = flags(scene);
    for (index, flag) in flags.iter().enumerate() {
        let x = flag.x;
        let is_alarm = matches!(flag.mark.kind, MilestoneKind::Refusal | MilestoneKind::Broken(_));
        let into = if is_alarm { &mut alarm } else { &mut ink };
        let small = flag.mark.kind == MilestoneKind::Leader || frame.slim;
        let (half, tip) = if small { (0.18 * r, 0.75 * r) } else { (0.27 * r, 0.95 * r) };
        into.shape(&[
            (x - half, 0.2 * r),
            (x + half, 0.2 * r),
            (x + half, tip - 0.25 * r),
            (x, tip),
            (x - half, tip - 0.25 * r),
        ]);
        if frame.slim {
            continue;
        }
        poles.line((x, 0.95 * r), (x, frame.bottom()));
        let text = said(scene, flag.mark);
        let size = 0.75 * r;
        let width = text.chars().count() as f64 * 0.54 * size;
        let next = flags.get(index + 1).map_or(frame.width, |next| next.x - 0.4 * r);
        if x - 0.3 * r >= free_from && x + 0.45 * r + width < next.min(frame.width) {
            let at = (x + 0.45 * r, 0.86 * r);
            let colour = if is_alarm { Ink::Alarm } else { Ink::Ink };
            labels.push(Text { text, at, anchor: Anchor::Start, size, bold: true, ink: colour });
            free_from = x + 0.45 * r + width + 0.4 * r;
        }
    }
    picture.dashed(Ink::Ink2, 1.0, (1.5, 3.5), poles);
    picture.fill(Ink::Ink, ink);
    picture.fill(Ink::Alarm, alarm);
    labels.into_iter().for_each(|label| picture.text(label));
}

/// What a flag says.
pub fn said(scene: &Scene<'_>, mark: &Milestone) -> String {
    match mark.kind {
        MilestoneKind::Act(act) => match scene.sim.history().acts.get(act as usize) {
            Some(act) => {
                let did = deed(scene.words, scene.sim, &act.fault, act.target.map(Who::At));
                if act.by == By::Visitor { format!("You {did}") } else { sentence_case(&did) }
            }
            None => "An act".into(),
        },
        MilestoneKind::Leader => format!("{} elected", mark.place),
        MilestoneKind::Election => format!("{} runs", mark.place),
        MilestoneKind::SteppedDown => format!("{} steps down", mark.place),
        MilestoneKind::Pause => format!("{} freezes", mark.place),
        MilestoneKind::Refusal => "Refused".into(),
        MilestoneKind::Broken(_) => "Promise broken".into(),
        MilestoneKind::Declined => format!("{} refuses", mark.place),
        MilestoneKind::Commit(number) => format!("Decided: {number}"),
    }
}
