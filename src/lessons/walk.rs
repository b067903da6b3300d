//! A walk through a recording: moments to stop at, each with what to look at, what to say, and what must be true.

use super::claim::Claim;
use super::lookup::{filled, looked_back_on, named};
use super::reading::{self, Mistake, items, member, need, text, text_or_empty, texts};
use crate::playback::director::Director;
use crate::playback::recording::Recording;
use crate::playback::runner;
use crate::share::json::reader::Json;
use crate::sim::history::BOUND;
use crate::sim::place::Place;
use crate::sim::simulation::Simulation;
use crate::sim::time::{MINUTE, Micros};
use crate::words::lookup::Words;

/// A moment that has not come by then will not come.
const PATIENCE: Micros = 10 * MINUTE;

/// A recording and the moments to stop at, as a file tells them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Walk {
    pub recording: Recording,
    pub steps: Vec<Step>,
}

impl Walk {
    /// Reads `"run"` and `"steps"`.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn read(json: &Json) -> Result<Walk, Mistake> {
        let recording = reading::recording(need(json, "run")?)?;
        Ok(Walk { recording, steps: Step::read_all(need(json, "steps")?)? })
    }

    /// # Errors
    /// As [`stops`].
    pub fn stops(&self) -> Result<Vec<Stop>, Mistake> {
        stops(&self.recording, &self.steps)
    }
}

/// When a walk stops.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum When {
    /// At this time of the run.
    At(Micros),
    /// So long after the stop before.
    After(Micros),
    /// The first moment, not before the stop before, at which all of this is true.
    Once(Vec<Claim>),
    /// The first moment after the stop before at which all of this is true: something must happen first.
    Next(Vec<Claim>),
}

/// What to look at: places by name, and parts of the page.
pub type Look = String;

/// One stop, as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    pub when: When,
    pub title: String,
    /// At most 40 words; braces are filled in from the run.
    pub caption: String,
    pub look: Vec<Look>,
    pub claims: Vec<Claim>,
    /// The kind of question that is asked here before the run goes on.
    pub ask: Option<String>,
}

impl Step {
    /// # Errors
    /// What is missing or of the wrong kind.
    pub fn read(json: &Json) -> Result<Step, Mistake> {
        Ok(Step {
            when: when(json)?,
            title: text_or_empty(json, "title")?,
            caption: text(need(json, "caption")?)?,
            look: texts(json, "look")?,
            claims: member(json, "claims").map_or(Ok(Vec::new()), Claim::read_all)?,
            ask: member(json, "ask").map(text).transpose()?,
        })
    }

    /// # Errors
    /// As [`Step::read`].
    pub fn read_all(json: &Json) -> Result<Vec<Step>, Mistake> {
        items(json)?.iter().map(Step::read).collect()
    }
}

fn when(json: &Json) -> Result<When, Mistake> {
    if let Some(at) = member(json, "at") {
        return Ok(When::At(reading::span(at)?));
    }
    if let Some(after) = member(json, "after") {
        return Ok(When::After(reading::span(after)?));
    }
    if let Some(next) = member(json, "next") {
        return Ok(When::Next(Claim::read_all(next)?));
    }
    match member(json, "once") {
        Some(once) => Ok(When::Once(Claim::read_all(once)?)),
        None => Err(format!("needs \"at\", \"after\", \"once\" or \"next\" (line {})", json.line)),
    }
}

/// One stop, as this very run has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stop {
    pub at: Micros,
    /// How many events had happened by then.
    pub events: u64,
    /// How many things had been done: what an exact arrival is named by.
    pub done: u64,
    pub caption: String,
    pub title: String,
    /// Places to look at.
    pub places: Vec<Place>,
    /// Claims that do not hold, and braces without a value. Empty in every text that is shipped.
    pub wrong: Vec<String>,
}

/// Finds the moments of all steps by running the recording once.
///
/// # Errors
/// The scenario cannot be opened, or a moment does not come.
pub fn stops(recording: &Recording, steps: &[Step]) -> Result<Vec<Stop>, Mistake> {
    let mut sim = recording.scenario.open_with_history(BOUND).map_err(|error| error.to_string())?;
    let mut director = Director::new(recording);
    let words = Words::of(recording.scenario.algorithm.id());
    let acts = &recording.interventions;
    let mut found: Vec<Stop> = Vec::new();
    let mut earlier = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let now = sim.now();
        match &step.when {
            When::At(at) if *at < now => return Err(format!("step {} lies before the step before it", index + 1)),
            When::At(at) => go(sim.as_mut(), &mut director, recording, *at),
            When::After(span) => go(sim.as_mut(), &mut director, recording, now + span),
            When::Once(claims) | When::Next(claims) => {
                let holds = |sim: &dyn Simulation| claims.iter().all(|claim| claim.holds(sim));
                let mut come = matches!(step.when, When::Once(_)) && holds(sim.as_ref());
                if !come {
                    runner::run(sim.as_mut(), &mut director, acts, now + PATIENCE, |sim| {
                        come = holds(sim);
                        !come
                    });
                }
                if !come {
                    let reports: Vec<String> = claims.iter().map(|claim| claim.report(sim.as_ref())).collect();
                    return Err(format!("the moment of step {} does not come: {}", index + 1, reports.join("; ")));
                }
            }
        }
        let next = steps.get(index + 1).map_or("", |step| step.caption.as_str());
        found.push(stop(sim.as_ref(), director.done, step, &words, &earlier));
        earlier = looked_back_on(next, sim.as_ref());
    }
    Ok(found)
}

fn go(sim: &mut dyn Simulation, director: &mut Director, recording: &Recording, until: Micros) {
    runner::run(sim, director, &recording.interventions, until, |_| true);
}

fn stop(
    sim: &dyn Simulation,
    done: u64,
    step: &Step,
    words: &Words,
    earlier: &[(String, super::lookup::Fact)],
) -> Stop {
    let failing = step.claims.iter().filter(|claim| !claim.holds(sim));
    let mut wrong: Vec<String> = failing.map(|claim| format!("claimed {}", claim.report(sim))).collect();
    let mut fill = |template: &str| match filled(template, sim, words, earlier) {
        Ok(text) => text,
        Err(message) => {
            wrong.push(message);
            template.to_owned()
        }
    };
    let (caption, title) = (fill(&step.caption), fill(&step.title));
    let places = step.look.iter().filter_map(|name| named(sim, name).flatten()).collect();
    Stop { at: sim.now(), events: sim.events(), done, caption, title, places, wrong }
}
