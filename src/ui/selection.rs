//! What the visitor has chosen on the page: one thing at a time, named as the engine names it.

use crate::sim::fault::MessageName;
use crate::sim::place::Place;

/// The chosen thing. Stage, rail, lists and menus share it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Selection {
    Place(Place),
    /// Both directions between two places, the lower place first.
    Link(Place, Place),
    Message(MessageName),
}

impl Selection {
    /// The link between two places, whichever is named first.
    pub fn link(one: Place, other: Place) -> Selection {
        Selection::Link(one.min(other), one.max(other))
    }
}
