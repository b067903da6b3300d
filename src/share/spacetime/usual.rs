//! How much of a run is shown while nobody says otherwise: the last two elections, but never so much that messages
//! cannot be told apart.

use super::arrows::MOST_ARROWS;
use crate::playback::milestones::{Milestone, MilestoneKind};
use crate::playback::spacetime::Spacetime;
use crate::sim::time::Micros;

/// Room left of the older election, as a part of the window.
const ROOM: f64 = 0.04;
/// When more is needed, so much more is shown, that it lasts for a while.
const AHEAD: f64 = 1.25;
/// When this many times less would do, less is shown.
const TOO_MUCH: f64 = 2.5;

/// What a window must show that ends a little after now.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Need {
    /// From this long ago on there were two elections; the whole run, if there were fewer.
    pub elections: Micros,
    /// At least this much is shown.
    pub shortest: Micros,
    /// In more than this there are too many messages to draw each.
    pub legible: Micros,
}

impl Need {
    pub fn at(now: Micros, marks: &[Milestone], index: &Spacetime, shortest: Micros) -> Need {
        let before = marks.iter().rev().skip_while(|mark| mark.at > now);
        let older = before.filter(|mark| mark.kind == MilestoneKind::Election).nth(1);
        let sent = index.messages.list();
        let so_far = sent.partition_point(|message| message.sent <= now);
        // A window reaches a little beyond now, where there will be messages too.
        let first_legible = so_far.checked_sub(MOST_ARROWS * 3 / 4).map_or(0, |index| sent[index].sent);
        let legible = if first_legible == 0 { Micros::MAX } else { now.saturating_sub(first_legible) };
        Need { elections: now.saturating_sub(older.map_or(0, |mark| mark.at)), shortest, legible }
    }

    /// How long the window is to be, in microseconds, if `anchor` of it lies before now. It stays `as it is` as long as
    /// it serves: a picture whose scale creeps cannot be read. 0 for a window that is still to be chosen.
    pub fn length(self, as_it_is: f64, anchor: f64) -> f64 {
        let shortest = self.shortest as f64;
        let most = (self.legible as f64 / anchor).max(shortest);
        let needed = (self.elections as f64 / (anchor - ROOM)).clamp(shortest, most);
        let is_too_much = as_it_is > needed * TOO_MUCH || as_it_is > most * AHEAD;
        // Where messages bound it, the bound moves with every burst of them.
        let is_too_little = as_it_is < needed && (needed < most || as_it_is * AHEAD < needed);
        match is_too_little || is_too_much {
            true if as_it_is == 0.0 => needed,
            true => (needed * AHEAD).min(most),
            false => as_it_is,
        }
    }
}
