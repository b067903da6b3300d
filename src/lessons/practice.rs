//! Fresh questions: situations from a file, each dealt with a seed of its own.

use super::claim::Claim;
use super::foresee::{self, Moment, Question};
use super::reading::{self, Mistake, items, need, number, parse, text, texts};
use super::walk::{self, Step, When};
use crate::playback::recording::Recording;
use crate::share::json::reader::Json;
use crate::sim::rng::Pcg;

/// Runs tried before a situation is given up for this deal.
const TRIES: u64 = 40;

/// A kind of situation: a scenario whose seed is dealt, the moment to stop at, and what may be asked there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Situation {
    pub id: String,
    /// The family's id.
    pub family: String,
    /// 1 to 3.
    pub level: u64,
    /// What led to it, in a sentence; braces are filled in from the run.
    pub story: String,
    pub recording: Recording,
    moment: Vec<Claim>,
    pub kinds: Vec<String>,
}

/// Reads `practice`.
///
/// # Errors
/// What is wrong with the file.
pub fn read_situations(file: &str) -> Result<Vec<Situation>, Mistake> {
    let json = parse(file)?;
    items(need(&json, "situations")?)?.iter().map(situation).collect()
}

fn situation(json: &Json) -> Result<Situation, Mistake> {
    let recording = reading::recording(need(json, "run")?)?;
    Ok(Situation {
        id: text(need(json, "id")?)?,
        family: recording.scenario.algorithm.id().to_owned(),
        level: number(need(json, "level")?)?,
        story: text(need(json, "story")?)?,
        recording,
        moment: Claim::read_all(need(json, "once")?)?,
        kinds: texts(json, "kinds")?,
    })
}

/// A question in a run of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dealt {
    pub recording: Recording,
    pub moment: Moment,
    /// How many things had been done by then.
    pub done: u64,
    pub story: String,
    pub question: Question,
}

/// Deals the `n`-th question of this family (any, if empty) and level (any, if 0). The same for the same numbers.
///
/// # Errors
/// There is no such situation, or none of its runs gives a question.
pub fn deal(situations: &[Situation], family: &str, level: u64, n: u64) -> Result<Dealt, Mistake> {
    let fits = |situation: &&Situation| {
        (family.is_empty() || situation.family == family) && (level == 0 || situation.level == level)
    };
    let fitting: Vec<&Situation> = situations.iter().filter(fits).collect();
    if fitting.is_empty() {
        return Err("There is no question of this family and difficulty.".into());
    }
    let mut chance = Pcg::new(n, 0x1ea2);
    for _ in 0..TRIES {
        let drawn = u64::from(chance.next_u32()) << 32 | u64::from(chance.next_u32());
        let situation = fitting[(drawn % fitting.len() as u64) as usize];
        let kind = &situation.kinds[(drawn >> 8) as usize % situation.kinds.len().max(1)];
        if let Some(dealt) = dealt(situation, kind, 1 + (drawn >> 40) % 1_000_000) {
            return Ok(dealt);
        }
    }
    Err("No run gave a question of this kind. Deal again.".into())
}

fn dealt(situation: &Situation, kind: &str, seed: u64) -> Option<Dealt> {
    let mut recording = situation.recording.clone();
    recording.scenario.seed = seed;
    let step = Step {
        when: When::Once(situation.moment.clone()),
        title: String::new(),
        caption: situation.story.clone(),
        look: Vec::new(),
        claims: Vec::new(),
        ask: None,
    };
    let stop = walk::stops(&recording, &[step]).ok()?.pop().filter(|stop| stop.wrong.is_empty())?;
    let moment = Moment { at: stop.at, events: stop.events };
    let question = foresee::ask(&recording, moment, kind).ok()?;
    Some(Dealt { recording, moment, done: stop.done, story: stop.caption, question })
}
