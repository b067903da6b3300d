//! What Bully promises, and when it does not: the highest live id wins *if* no message is late or lost.

use super::message::Attempt;
use super::process::{Bully, Part};
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::property::{Book, Promise, Promises, View};
use crate::sim::time::Micros;

const HIGHEST_LIVE_WINS: usize = 0;

/// How the promise can break; the first number of a break.
const WON_OVER_A_HIGHER: u64 = 1;
const FOLLOWS_A_LOWER: u64 = 2;
const TWO_COORDINATE: u64 = 3;
const NOT_SETTLED: u64 = 4;

/// What was last seen of one node.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Seen {
    life: u32,
    up: bool,
    up_since: Micros,
    attempt: Attempt,
    attempt_since: Micros,
    coordinates: bool,
}

/// The observer of Bully's promises.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BullyPromises {
    /// By slot.
    seen: Vec<Seen>,
    /// When somebody last started, crashed, or was meddled with.
    changed_at: Micros,
    /// When the model's assumptions last did not hold.
    upset_at: Option<Micros>,
    /// Since when several nodes coordinate at once.
    several_since: Option<Micros>,
    /// Everybody was seen to agree after the last change.
    settled: bool,
}

impl Promises<Bully> for BullyPromises {
    const LIST: &'static [Promise] = &[
        Promise { id: "highest_live_wins", promised: true, needs_disks: false },
        Promise { id: "partition_or_pause", promised: false, needs_disks: false },
    ];

    fn check(&mut self, view: &View<'_, Bully>, touched: Place, book: &mut Book) {
        self.judge_the_model(view, book);
        if view.kernel.strain.by_act {
            self.changed(view.now);
        }
        let slot = view.census.slot(touched);
        let before = self.note(view, slot);
        self.judge_the_node(view, slot, before, book);
        self.judge_the_cluster(view, slot, book);
    }

    fn acted(&mut self, view: &View<'_, Bully>, book: &mut Book) {
        // Where nothing happens any more, an act is the occasion to notice that a deadline has passed.
        self.judge_the_cluster(view, 0, book);
        self.changed(view.now);
        self.judge_the_model(view, book);
    }
}

impl BullyPromises {
    /// Whether the synchronous model holds; if not, nothing is promised until its consequences are over.
    fn judge_the_model(&mut self, view: &View<'_, Bully>, book: &mut Book) {
        if let Some(why) = upset(view) {
            self.upset_at = Some(view.now);
            self.changed(view.now);
            return book.suspended(HIGHEST_LIVE_WINS, why);
        }
        if self.upset_at.is_some_and(|at| view.now > at + settles_within(view)) && self.all_agree(view).is_none() {
            self.upset_at = None;
            book.resumed(HIGHEST_LIVE_WINS);
        }
    }

    fn changed(&mut self, now: Micros) {
        self.changed_at = now;
        self.settled = false;
    }

    /// Takes note of one node; returns what was seen before.
    fn note(&mut self, view: &View<'_, Bully>, slot: usize) -> Seen {
        if self.seen.len() < view.processes.len() {
            self.seen.resize(view.processes.len(), Seen::default());
        }
        let before = self.seen[slot];
        let seen = &mut self.seen[slot];
        let process = view.processes[slot].as_ref();
        if process.is_some() && (!before.up || before.life != view.lives[slot]) {
            seen.up_since = view.now;
        }
        let lived_on = before.up == process.is_some() && before.life == view.lives[slot];
        seen.up = process.is_some();
        seen.life = view.lives[slot];
        seen.coordinates = process.is_some_and(|process| process.part == Part::Coordinator);
        let attempt = process.map_or(Attempt::default(), Bully::attempt);
        if attempt != before.attempt {
            (seen.attempt, seen.attempt_since) = (attempt, view.now);
        }
        if !lived_on {
            self.changed(view.now);
        }
        before
    }

    fn judge_the_node(&mut self, view: &View<'_, Bully>, slot: usize, before: Seen, book: &mut Book) {
        let Some(process) = &view.processes[slot] else { return };
        let me = view.census.place(slot);
        if let Part::Follower { coordinator: Some(lower) } = process.part
            && lower < me
        {
            self.broken(view, book, [Some(me), Some(lower)], FOLLOWS_A_LOWER);
        }
        let seen = self.seen[slot];
        if !seen.coordinates || before.coordinates {
            return;
        }
        book.checked(HIGHEST_LIVE_WINS);
        // A higher node that was up all through the attempt has answered it.
        let higher = (slot + 1..self.seen.len())
            .find(|&other| self.seen[other].up && self.seen[other].up_since <= seen.attempt_since);
        if let Some(higher) = higher {
            self.broken(view, book, [Some(me), Some(view.census.place(higher))], WON_OVER_A_HIGHER);
        }
    }

    fn judge_the_cluster(&mut self, view: &View<'_, Bully>, slot: usize, book: &mut Book) {
        let mut coordinators = (0..self.seen.len()).filter(|&slot| self.seen[slot].coordinates);
        if let (Some(first), Some(second)) = (coordinators.next(), coordinators.next()) {
            let since = *self.several_since.get_or_insert(view.now);
            // A comeback is known everywhere within one delay, which is less than T.
            if view.now > since + view.settings[slot].answer || self.upset_at.is_some() {
                let places = [first, second].map(|slot| Some(view.census.place(slot)));
                self.broken(view, book, places, TWO_COORDINATE);
            }
        } else {
            self.several_since = None;
        }
        if view.now <= self.changed_at + settles_within(view) {
            return;
        }
        if !self.settled {
            book.checked(HIGHEST_LIVE_WINS);
        }
        if let Some(place) = self.all_agree(view) {
            self.broken(view, book, [Some(place), None], NOT_SETTLED);
        }
        self.settled = true;
    }

    /// Nobody, if every live node follows the highest live one; else the first that does not.
    fn all_agree(&self, view: &View<'_, Bully>) -> Option<Place> {
        let highest = view.processes.iter().rposition(Option::is_some).map(|slot| view.census.place(slot));
        let astray = |process: &&Bully| process.coordinator() != highest;
        view.processes.iter().flatten().find(astray).map(|process| process.me)
    }

    fn broken(&mut self, view: &View<'_, Bully>, book: &mut Book, places: [Option<Place>; 2], how: u64) {
        // Timeouts that do not fit together are the model's failure too.
        if let Some(why) = unsound(view) {
            self.upset_at = Some(view.now);
            book.suspended(HIGHEST_LIVE_WINS, why);
        }
        book.broken(HIGHEST_LIVE_WINS, places, [how, 0, 0]);
    }
}

/// The longest that any node's settings allow for agreement.
fn settles_within(view: &View<'_, Bully>) -> Micros {
    view.settings.iter().map(|settings| settings.settles_within()).max().unwrap_or(0)
}

/// Why the synchronous model does not hold now (protocols.md 2.1).
fn upset(view: &View<'_, Bully>) -> Option<&'static str> {
    let kernel = view.kernel;
    if kernel.strain.lost {
        return Some("message_lost");
    }
    let answer = view.settings.iter().map(|settings| settings.answer).min().unwrap_or(0);
    // An answer must be back before T is over, so one way must take less than half of it.
    if kernel.strain.longest_flight * 2 >= answer {
        return Some("message_late");
    }
    if kernel.statuses.contains(&Status::Paused) {
        return Some("node_pauses");
    }
    (0..view.settings.len()).any(|slot| kernel.drift(slot) != 0).then_some("clock_drifts")
}

fn unsound(view: &View<'_, Bully>) -> Option<&'static str> {
    let sound = view.settings.iter().all(|settings| settings.are_sound());
    (!sound).then_some("timeouts_do_not_fit")
}
