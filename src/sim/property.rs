//! Named promises, judged after every event from the world itself, never from what a node believes.

use super::kernel::Kernel;
use super::place::{Census, Place};
use super::protocol::{Disk, Protocol};
use super::request::{Answer, Request, RequestId};
use super::time::Micros;

/// One promise of a family.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Promise {
    /// Stable id, a key of `words`: `"one_leader_per_term"`.
    pub id: &'static str,
    /// False for what people wrongly believe the family promises; shown, never judged broken.
    pub promised: bool,
    /// Whether a lost disk voids it.
    pub needs_disks: bool,
}

/// The promise of a world whose leaders write to a store with tokens.
const STORE_PROMISE: &[Promise] = &[Promise { id: "store_tokens_never_go_back", promised: true, needs_disks: false }];

/// What was seen when a promise broke. The meaning of the numbers is the promise's own (see `words`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Break {
    pub at: Micros,
    /// The event after which it was broken.
    pub event: u64,
    pub places: [Option<Place>; 2],
    pub numbers: [u64; 3],
}

/// How a promise stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    Kept,
    /// Not broken, but one more fault could; a reason id of `words`.
    AtRisk(&'static str),
    Broken(Break),
    /// Not promised since this place lost its disk; with the break that followed, if one did.
    Withdrawn {
        at: Micros,
        place: Place,
        then: Option<Break>,
    },
    /// Not promised at present, since what the algorithm assumes does not hold: a reason id of `words`;
    /// with the break that followed, if one did.
    Suspended {
        at: Micros,
        why: &'static str,
        then: Option<Break>,
    },
    NotPromised,
}

/// A promise and how it stands. `checks` counts the occasions on which it could have broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Property {
    pub promise: Promise,
    pub verdict: Verdict,
    pub checks: u64,
}

/// Where a family's observer writes its verdicts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Book {
    pub properties: Vec<Property>,
    pub(super) now: Micros,
    pub(super) event: u64,
    /// Set when a verdict changed; cleared by the world.
    pub(super) changed: bool,
}

impl Book {
    /// `with_store` adds the store's own promise at the end.
    pub fn new(promises: &'static [Promise], with_store: bool) -> Book {
        let fresh = |&promise: &Promise| Property {
            promise,
            verdict: if promise.promised { Verdict::Kept } else { Verdict::NotPromised },
            checks: 0,
        };
        Book {
            properties: promises.iter().chain(STORE_PROMISE.iter().filter(|_| with_store)).map(fresh).collect(),
            now: 0,
            event: 0,
            changed: false,
        }
    }

    /// The promise with this index was put to the test once more.
    pub fn checked(&mut self, index: usize) {
        self.properties[index].checks += 1;
    }

    /// The first break counts; later ones are its consequences.
    pub fn broken(&mut self, index: usize, places: [Option<Place>; 2], numbers: [u64; 3]) {
        let found = Break { at: self.now, event: self.event, places, numbers };
        let verdict = &mut self.properties[index].verdict;
        match verdict {
            Verdict::Kept | Verdict::AtRisk(_) => *verdict = Verdict::Broken(found),
            Verdict::Withdrawn { then: then @ None, .. } | Verdict::Suspended { then: then @ None, .. } => {
                *then = Some(found)
            }
            _ => return,
        }
        self.changed = true;
    }

    /// Marks a kept promise as at risk, or no longer.
    pub fn at_risk(&mut self, index: usize, why: Option<&'static str>) {
        let verdict = &mut self.properties[index].verdict;
        let next = match (*verdict, why) {
            (Verdict::Kept | Verdict::AtRisk(_), Some(why)) => Verdict::AtRisk(why),
            (Verdict::AtRisk(_), None) => Verdict::Kept,
            (same, _) => same,
        };
        self.changed |= next != *verdict;
        *verdict = next;
    }

    /// What the algorithm assumes does not hold: the promise is not given at present.
    pub fn suspended(&mut self, index: usize, why: &'static str) {
        let verdict = &mut self.properties[index].verdict;
        if matches!(verdict, Verdict::Kept | Verdict::AtRisk(_)) {
            *verdict = Verdict::Suspended { at: self.now, why, then: None };
            self.changed = true;
        }
    }

    /// What the algorithm assumes holds again, and the consequences are over.
    pub fn resumed(&mut self, index: usize) {
        let verdict = &mut self.properties[index].verdict;
        if matches!(verdict, Verdict::Suspended { .. }) {
            *verdict = Verdict::Kept;
            self.changed = true;
        }
    }

    pub(super) fn disk_lost(&mut self, place: Place) {
        for property in &mut self.properties {
            let stands = matches!(property.verdict, Verdict::Kept | Verdict::AtRisk(_) | Verdict::Suspended { .. });
            if property.promise.needs_disks && stands {
                property.verdict = Verdict::Withdrawn { at: self.now, place, then: None };
                self.changed = true;
            }
        }
    }
}

/// What an observer may look at: everything, as only the world knows it.
pub struct View<'a, P: Protocol> {
    pub now: Micros,
    pub census: Census,
    /// By slot; `None` while crashed.
    pub processes: &'a [Option<P>],
    /// By slot: what is durable now.
    pub disks: &'a [P::Disk],
    /// By slot: how often the place has booted.
    pub lives: &'a [u32],
    pub settings: &'a [P::Settings],
    /// Who is up, and what the wires did.
    pub kernel: &'a Kernel,
}

impl<P: Protocol> View<'_, P> {
    pub fn process(&self, place: Place) -> Option<&P> {
        self.processes[self.census.slot(place)].as_ref()
    }

    pub fn disk(&self, place: Place) -> &P::Disk {
        &self.disks[self.census.slot(place)]
    }
}

/// The observer of a family's promises. Incremental: it looks at what the event touched.
pub trait Promises<P: Protocol>: Clone + Default {
    const LIST: &'static [Promise];

    /// After every event that touched a process (also its crash, wipe and boot).
    fn check(&mut self, view: &View<'_, P>, touched: Place, book: &mut Book);
    /// A record of this place became durable.
    fn saved(&mut self, _view: &View<'_, P>, _by: Place, _record: &<P::Disk as Disk>::Record, _book: &mut Book) {}
    /// After every act, whatever it touched.
    fn acted(&mut self, _view: &View<'_, P>, _book: &mut Book) {}
    /// A client asked.
    fn asked(&mut self, _view: &View<'_, P>, _of: Place, _id: RequestId, _request: Request, _book: &mut Book) {}
    /// A client was answered.
    fn answered(&mut self, _view: &View<'_, P>, _by: Place, _id: RequestId, _answer: Answer, _book: &mut Book) {}
}
