//! A world seen from outside, whatever its algorithm.

use super::event::EventId;
use super::fault::{By, Fault};
use super::history::History;
use super::inspection::Inspection;
use super::kernel::Kernel;
use super::message::Kind;
use super::place::Place;
use super::property::Property;
use super::settings::{Field, Value};
use super::time::Micros;
use super::touched::Touched;

/// Object-safe: the player, the page, the lab and the command line see worlds only like this.
pub trait Simulation {
    /// The parts that do not depend on the algorithm: clock, wires, statuses, standings, measures, flights.
    fn kernel(&self) -> &Kernel;
    fn next_event_at(&self) -> Option<Micros>;
    /// Lets the next thing happen, if anything is due at all.
    fn step(&mut self) -> Touched;
    /// Everything due up to and including `until`; then it is that time.
    fn run_until(&mut self, until: Micros) -> Touched;
    /// Moves the clock without letting anything happen; the next event must not be earlier.
    fn wait_until(&mut self, until: Micros);
    /// Acts, now.
    fn inject(&mut self, by: By, fault: &Fault) -> Touched;
    /// Everything to show of one place.
    fn inspect(&self, place: Place) -> Inspection;
    fn properties(&self) -> &[Property];
    fn kinds(&self) -> &'static [Kind];
    fn timer_names(&self) -> &'static [&'static str];
    fn fields(&self) -> &'static [Field];
    /// The present value of a protocol setting at a node.
    fn setting(&self, place: Place, key: u8) -> Value;
    /// History is off at first; properties are on.
    fn keep_history(&mut self, bound: usize);
    fn judge_promises(&mut self, judge: bool);
    fn history_mut(&mut self) -> &mut History;
    /// A copy of the world without its history.
    fn checkpoint(&mut self) -> Box<dyn Simulation>;
    /// Starts the same world anew with another seed, keeping what is allocated.
    fn restart(&mut self, seed: u64);

    fn history(&self) -> &History {
        &self.kernel().history
    }
    fn now(&self) -> Micros {
        self.kernel().now
    }
    fn events(&self) -> EventId {
        self.kernel().events
    }
}
