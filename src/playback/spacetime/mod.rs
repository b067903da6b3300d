//! What a space-time diagram is drawn from: who led, ran, froze or was down when ([`lanes`]), every message with its
//! way ([`messages`]), and how many were sent where they are too many to draw ([`traffic`]). Read event by event as a
//! run is played, kept beyond the bound of the history, cut back where the run changes.

mod index;
pub mod lanes;
pub mod messages;
pub mod traffic;

pub use index::{Spacetime, flight_of};
