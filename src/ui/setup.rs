//! What a run is made of before anybody interferes, as the set-up bar and the address name it.

use crate::playback::recording::Recording;
use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::catalogue::Story;
use crate::scenarios::scenario::Scenario;
use crate::sim::store::Job;
use crate::sim::time::{MILLISECOND, Micros, SECOND};
use crate::words::en::run as say;

/// Among so many seeds the opening run is chosen: the one whose first leader stands soonest.
const SEEDS_TRIED: u64 = 24;
/// So long a run is waited for, if nobody leads.
const GIVE_UP: Micros = 10 * SECOND;
/// Nor are more steps taken to find out: a strange recording may be very busy.
const MOST_STEPS: u64 = 50_000;

/// The sizes that can be chosen.
pub const SIZES: [u8; 6] = [3, 4, 5, 6, 7, 9];

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setup {
    pub scenario: Scenario,
    /// The story it was chosen from, if any.
    pub story: Option<&'static str>,
}

impl Setup {
    /// What a visitor meets first.
    pub fn opening(algorithm: Algorithm) -> Setup {
        let preset = Scenario::opening_view(algorithm).preset;
        Setup { scenario: Scenario::new(algorithm), story: None }.with_preset(preset).with_kindest_seed()
    }

    pub fn algorithm(&self) -> Algorithm {
        self.scenario.algorithm
    }

    pub fn recording(&self) -> Recording {
        Recording::new(self.scenario.clone())
    }

    pub fn with_nodes(mut self, nodes: u8) -> Setup {
        self.scenario.nodes = nodes;
        self.plain()
    }

    pub fn with_seed(mut self, seed: u64) -> Setup {
        self.scenario.seed = seed;
        self
    }

    fn with_kindest_seed(self) -> Setup {
        let soonest = (1..=SEEDS_TRIED).min_by_key(|&seed| self.clone().with_seed(seed).first_leader());
        self.with_seed(soonest.unwrap_or(1))
    }

    /// When the first leader stands if nobody interferes; ten seconds if nobody does by then.
    pub fn first_leader(&self) -> Micros {
        let Ok(mut sim) = self.scenario.open() else { return GIVE_UP };
        sim.judge_promises(false);
        while sim.kernel().measures.tenures.is_empty() && sim.next_event_at().is_some_and(|at| at < GIVE_UP) {
            if sim.kernel().steps >= MOST_STEPS {
                return GIVE_UP;
            }
            sim.step();
        }
        sim.now().min(GIVE_UP)
    }

    /// Takes up a named bundle of settings, and links to match it.
    pub fn with_preset(mut self, preset: &'static str) -> Setup {
        self.scenario.preset = preset;
        self.scenario.settings.clear();
        self.scenario.wires.latency = match preset {
            "wide" => (30 * MILLISECOND, 40 * MILLISECOND),
            _ => (10 * MILLISECOND, 20 * MILLISECOND),
        };
        self.plain()
    }

    /// Another family with the same cluster on the same network.
    pub fn with_algorithm(self, algorithm: Algorithm) -> Setup {
        let (wires, work, guard) = (self.scenario.wires, self.scenario.work, self.scenario.guard);
        let next = Setup::opening(algorithm);
        let wanted = self.scenario.preset;
        let next = match algorithm.presets().contains(&wanted) {
            true => next.with_preset(wanted),
            false => next,
        };
        let mut next = next.with_nodes(self.scenario.nodes).with_seed(self.scenario.seed);
        next.scenario.wires = wires;
        (next.scenario.work, next.scenario.guard) = (work, guard);
        next
    }

    /// Leaders do this with their office.
    pub fn with_job(mut self, job: Job) -> Setup {
        let is_new = self.scenario.work.job == Job::None;
        self.scenario.work.job = job;
        if is_new {
            (self.scenario.work.pace, self.scenario.work.takes) = (200 * MILLISECOND, 60 * MILLISECOND);
        }
        self.plain()
    }

    /// One of the catalogue's stories.
    pub fn of_story(story: &'static Story) -> Setup {
        Setup { scenario: story.scenario(), story: Some(story.id) }
    }

    /// Whatever a recording starts from; a story if it is one.
    pub fn of_scenario(scenario: Scenario) -> Setup {
        let story = Story::all().find(|story| !scenario.script.is_empty() && story.scenario() == scenario);
        Setup { scenario, story: story.map(|story| story.id) }
    }

    /// No story any more: nothing is scripted.
    fn plain(mut self) -> Setup {
        self.story = None;
        self.scenario.script.clear();
        self.scenario.initial.clear();
        self
    }

    /// `4 nodes: a majority is 3, so it survives only 1 failure.`
    pub fn size_remark(&self) -> String {
        let nodes = usize::from(self.scenario.nodes);
        let majority = nodes / 2 + 1;
        let survives = nodes - majority;
        say::size(nodes, majority, survives)
    }
}
