//! Simulated time: whole microseconds since the start of the run.

/// An instant or a span in microseconds. Time never runs backwards and has no fractions,
/// so that native and wasm builds agree to the last event.
pub type Micros = u64;

pub const MILLISECOND: Micros = 1_000;
pub const SECOND: Micros = 1_000 * MILLISECOND;
pub const MINUTE: Micros = 60 * SECOND;
pub const HOUR: Micros = 60 * MINUTE;

/// The latest instant a run may reach: about eleven days. Longer waits are cut to it.
pub const END_OF_TIME: Micros = 1_000_000 * SECOND;
