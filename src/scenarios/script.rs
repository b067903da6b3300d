//! What happens when, written down before the run.

use super::cue::Cue;
use crate::sim::fault::Fault;
use crate::sim::time::Micros;

/// When an entry runs. A pair of times is drawn from uniformly, bounds included, from the entry's own random stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trigger {
    /// At this time of the run, whatever other entries do.
    At(Micros, Micros),
    /// This long after the entry before it ran; the first entry counts from the start.
    After(Micros, Micros),
    /// At the first moment, once the entry before it has run, at which the cue is true.
    When(Cue),
}

/// One line of a script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub trigger: Trigger,
    pub act: Fault,
}

impl Entry {
    pub fn at(at: Micros, act: Fault) -> Entry {
        Entry { trigger: Trigger::At(at, at), act }
    }

    pub fn after(span: Micros, act: Fault) -> Entry {
        Entry { trigger: Trigger::After(span, span), act }
    }

    pub fn when(cue: Cue, act: Fault) -> Entry {
        Entry { trigger: Trigger::When(cue), act }
    }
}
