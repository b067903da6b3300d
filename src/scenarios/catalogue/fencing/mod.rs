//! Split brain carried to damage: what two leaders do to the store, unless it compares their tokens
//! (protocols.md, section 6). Every story starts with fencing off; the same run with fencing on is the repair.

mod broken_store;
mod drifting_clock;
mod half_deaf_leader;
mod minority_leader;
mod paused_leader;
mod read_then_write;
mod shelf;
mod store_grants;
mod two_coordinators;
mod zombie_client;

pub use shelf::FENCING;
