//! Bully (Garcia-Molina 1982, in the textbook form): the highest live id coordinates.
//!
//! It assumes a synchronous network: every message arrives within a known time, none is lost, nobody pauses.
//! Outside of that it promises nothing, and the page says so.
//!
//! [`detection`] suspects the coordinator, [`election`] asks the higher nodes, [`claims`] decides whom to follow.

mod claims;
mod detection;
mod disk;
mod election;
mod inspect;
mod message;
mod mutants;
mod process;
mod properties;
mod settings;

pub use disk::{BullyDisk, BullyRecord};
pub use message::{Attempt, BullyMessage};
pub use mutants::Mutant;
pub use process::{Bully, BullyTimer, Part};
pub use properties::BullyPromises;
pub use settings::{Acceptance, BullySettings};
