//! A stretch of a recording, played from its start to its end.

use crate::playback::director::Director;
use crate::playback::recording::Recording;
use crate::playback::runner;
use crate::sim::history::BOUND;
use crate::sim::simulation::Simulation;
use crate::sim::time::{MILLISECOND, Micros, SECOND};
use crate::words::picture_line::{NO_SPAN, too_long};

/// So many things may happen in a stretch that is drawn.
const MOST: usize = 20_000;
/// Shown if nobody asks for a moment: so long after the first leader.
const SOME_HISTORY: Micros = 400 * MILLISECOND;
/// A run in which nobody ever leads is shown at this time.
const GIVE_UP: Micros = 10 * SECOND;
/// A stretch that nobody bounds ends at the moment shown and begins so long before.
const USUAL: Micros = SECOND;

/// From and to, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    pub from: Micros,
    pub to: Micros,
}

impl Span {
    /// What is not given follows from the other, or from the moment shown.
    pub fn around(from: Option<Micros>, to: Option<Micros>, shown: Micros) -> Span {
        let to = to.unwrap_or_else(|| from.map_or(shown, |from| shown.max(from + USUAL)));
        Span { from: from.unwrap_or_else(|| to.saturating_sub(USUAL)), to }
    }
}

/// The moment to show if nobody asks for one: a little after the first leader, or the last entry of a script.
///
/// # Errors
/// The scenario cannot be opened.
pub fn telling_moment(recording: &Recording) -> Result<Micros, String> {
    let mut at = None;
    let mut sim = recording.scenario.open().map_err(|error| error.to_string())?;
    let mut director = Director::new(recording);
    runner::run(sim.as_mut(), &mut director, &recording.interventions, GIVE_UP, |sim| {
        at = sim.kernel().measures.tenures.first().map(|tenure| tenure.from);
        at.is_none()
    });
    Ok(at.map_or(GIVE_UP, |at| at + SOME_HISTORY))
}

/// Plays the stretch: `see` is told of the world at its start and after everything that happens; what is returned
/// stands at its end.
///
/// # Errors
/// The scenario cannot be opened, the span ends before it begins, or too much happens in it.
pub fn play(
    recording: &Recording,
    span: Span,
    mut see: impl FnMut(&dyn Simulation),
) -> Result<Box<dyn Simulation>, String> {
    if span.from >= span.to {
        return Err(NO_SPAN.into());
    }
    let mut sim = recording.scenario.open_with_history(BOUND).map_err(|error| error.to_string())?;
    let mut director = Director::new(recording);
    let acts = &recording.interventions;
    runner::run_through(sim.as_mut(), &mut director, acts, span.from);
    see(sim.as_ref());
    let mut count = 0;
    runner::run(sim.as_mut(), &mut director, acts, span.to, |sim| {
        count += 1;
        see(sim);
        count < MOST
    });
    if count >= MOST {
        return Err(too_long("events", count, MOST));
    }
    see(sim.as_ref());
    Ok(sim)
}
