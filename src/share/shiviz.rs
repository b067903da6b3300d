//! A history as ShiViz reads it (<https://bestchai.bitbucket.io/shiviz/>): every event with the vector clock of its
//! place. Clocks come from the causes on the events: what follows from something elsewhere knows all that was known there.

use crate::playback::recording::Recording;
use crate::sim::event::Event;
use crate::sim::place::{Census, Place};
use crate::sim::simulation::Simulation;
use crate::words::event_line::event_line;
use crate::words::lookup::Words;
use std::fmt::Write;

/// As many events are written: more than ShiViz can draw.
const MOST_EVENTS: u64 = 100_000;

/// ShiViz takes the first line as the expression to read the rest by, and the second as what parts executions: none.
const HEAD: &str = "(?<host>\\S*) (?<clock>{.*})\\n(?<at>\\S+ ms) (?<event>.*)\n\n";

/// The clocks of all places after every event so far.
pub struct Clocks {
    words: Words,
    census: Census,
    /// One row for each event: the clock of its place right after it.
    rows: Vec<u32>,
    /// The present clock of each place.
    now: Vec<Vec<u32>>,
}

impl Clocks {
    pub fn new(recording: &Recording) -> Clocks {
        let census = recording.scenario.census();
        let slots = census.slots();
        let words = Words::of(recording.scenario.algorithm.id());
        Clocks { words, census, rows: Vec::new(), now: vec![vec![0; slots]; slots] }
    }

    /// What comes before the first event.
    pub fn head() -> String {
        HEAD.into()
    }

    /// Writes the next event, on two lines. To be called with every event in turn; false once there are too many.
    pub fn write(&mut self, event: &Event, simulation: &dyn Simulation, out: &mut String) -> bool {
        if event.id >= MOST_EVENTS {
            return false;
        }
        let slots = self.census.slots();
        let slot = self.census.slot(event.place);
        let clock = &mut self.now[slot];
        let cause = event.cause.and_then(|cause| usize::try_from(cause).ok());
        if let Some(known) = cause.and_then(|cause| self.rows.get(cause * slots..(cause + 1) * slots)) {
            clock.iter_mut().zip(known).for_each(|(mine, theirs)| *mine = (*mine).max(*theirs));
        }
        clock[slot] += 1;
        let _ = write!(out, "{} {{", event.place);
        let mut comma = "";
        for (other, &count) in clock.iter().enumerate().filter(|&(_, &count)| count > 0) {
            let place: Place = self.census.place(other);
            let _ = write!(out, "{comma}\"{place}\":{count}");
            comma = ",";
        }
        self.rows.extend_from_slice(clock);
        let text = event_line(&self.words, simulation, event).text;
        let _ = writeln!(out, "}}\n{}.{:03} ms {text}", event.at / 1_000, event.at % 1_000);
        true
    }
}
