//! Pictures of a run that live where no script runs: a moment, a span as a sequence diagram, a span that moves.
//!
//! [`snapshot`] draws one moment; [`span`] plays a stretch of a recording; [`sequence`] and [`mermaid`] write it down,
//! [`animated`] lets it move, [`lanes`] draws it from left to right, [`transcript`] tells it. [`sheet`] turns the page's style into plain colours; [`frame`] is what surrounds every
//! picture, with the line that says where it comes from. The same recording gives the same bytes everywhere.

pub mod animated;
pub mod column;
pub mod frame;
pub mod lanes;
pub mod mermaid;
pub mod sequence;
pub mod sheet;
pub mod snapshot;
pub mod span;
pub mod stage;
pub mod timeline;
pub mod transcript;
