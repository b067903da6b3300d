//! The history of a run, from its first event to a moment: as JSON lines, or as a log that ShiViz draws.

use super::event_lines::write_event;
use super::json::writer::Writer;
use super::shiviz::Clocks;
use crate::playback::director::Director;
use crate::playback::player::Moment;
use crate::playback::recording::Recording;
use crate::playback::runner::run_to;
use crate::scenarios::scenario::OpenError;
use crate::sim::event::Event;
use crate::sim::history::BOUND;
use crate::sim::simulation::Simulation;

/// As many events as a file of the page holds: some two hundred megabytes.
pub const MOST_EVENTS: u64 = 1_000_000;

/// A file of events, and whether all of them are in it.
pub struct Retelling {
    pub text: String,
    pub whole: bool,
}

/// Plays a recording to a moment and hands over every event in turn, until `each` answers false.
///
/// # Errors
/// The recording's scenario cannot be opened.
pub fn retell(
    recording: &Recording,
    until: Moment,
    each: &mut dyn FnMut(&Event, &dyn Simulation) -> bool,
) -> Result<Box<dyn Simulation>, OpenError> {
    let mut simulation = recording.scenario.open_with_history(BOUND)?;
    let mut director = Director::new(recording);
    let mut told = 0;
    let mut tell = |simulation: &dyn Simulation| {
        while let Some(event) = simulation.history().event(told) {
            told += 1;
            if !each(event, simulation) {
                return false;
            }
        }
        true
    };
    if tell(simulation.as_ref()) {
        run_to(simulation.as_mut(), &mut director, &recording.interventions, until, tell);
    }
    Ok(simulation)
}

/// One object a line, as `conclave-cli run --events` prints them.
///
/// # Errors
/// As [`retell`].
pub fn json_lines(recording: &Recording, until: Moment) -> Result<Retelling, OpenError> {
    let (mut text, mut line, mut whole) = (String::new(), Writer::new(), true);
    retell(recording, until, &mut |event, simulation| {
        whole = event.id < MOST_EVENTS;
        if whole {
            write_event(event, simulation, recording.scenario.algorithm, &mut line);
            line.take_line(|line| {
                text.push_str(line);
                text.push('\n');
            });
        }
        whole
    })?;
    Ok(Retelling { text, whole })
}

/// A log for ShiViz; see [`Clocks`].
///
/// # Errors
/// As [`retell`].
pub fn shiviz(recording: &Recording, until: Moment) -> Result<Retelling, OpenError> {
    let mut clocks = Clocks::new(recording);
    let mut text = Clocks::head();
    let mut whole = true;
    retell(recording, until, &mut |event, simulation| {
        whole = clocks.write(event, simulation, &mut text);
        whole
    })?;
    Ok(Retelling { text, whole })
}
