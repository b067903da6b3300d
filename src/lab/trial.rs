//! Runs one case with one seed after another, and reads off every metric.

use super::experiment::{Case, Plan, Since, Until};
use super::metric::{CENSORED, Metric, NEVER_BEGAN};
use crate::playback::director::{Director, Next};
use crate::playback::recording::Recording;
use crate::scenarios::scenario::OpenError;
use crate::sim::kernel::Kernel;
use crate::sim::measures::Status;
use crate::sim::reign::Role;
use crate::sim::simulation::Simulation;
use crate::sim::time::{MINUTE, Micros};

/// So long a run may take until the moment to count from comes.
pub const LONGEST_PRELUDE: Micros = 10 * MINUTE;

/// What one run showed. Times count from the moment the plan names; `None` if it did not happen in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    pub began: bool,
    /// When the moment to count from was, in the run's own time.
    pub since: Micros,
    pub detected: Option<Micros>,
    pub new_leader: Option<Micros>,
    pub followed: Option<Micros>,
    pub first_write: Option<Micros>,
    pub reigns: u64,
    pub messages: u64,
    pub leaderless: Micros,
    pub two_leaders: Micros,
    pub leaders: u64,
    pub accepted: u64,
    pub refused: u64,
    pub corrupted: u64,
}

impl Reading {
    /// The number that stands for this metric; [`CENSORED`] or [`NEVER_BEGAN`] where there is none.
    pub fn of(&self, metric: Metric) -> u64 {
        if !self.began {
            return NEVER_BEGAN;
        }
        match metric {
            Metric::Detected => self.detected.unwrap_or(CENSORED),
            Metric::NewLeader => self.new_leader.unwrap_or(CENSORED),
            Metric::Followed => self.followed.unwrap_or(CENSORED),
            Metric::FirstWrite => self.first_write.unwrap_or(CENSORED),
            Metric::Reigns => self.reigns,
            Metric::Split => u64::from(self.reigns > 1),
            Metric::Messages => self.messages,
            Metric::Leaderless => self.leaderless,
            Metric::TwoLeaders => self.two_leaders,
            Metric::TwoLed => u64::from(self.two_leaders > 0),
            Metric::Leaders => self.leaders,
            Metric::Accepted => self.accepted,
            Metric::Refused => self.refused,
            Metric::Corrupted => self.corrupted,
        }
    }
}

/// A case made ready: a world that is started anew with every seed.
pub struct Bench {
    simulation: Box<dyn Simulation>,
    director: Director,
    plan: Plan,
}

/// The world's counters at the moment to count from.
#[derive(Clone, Copy, Default)]
struct Mark {
    at: Micros,
    tenures: usize,
    reign: u64,
    messages: u64,
    leaderless: Micros,
    two_leaders: Micros,
    accepted: u64,
    refused: u64,
    corrupted: u64,
}

impl Bench {
    /// # Errors
    /// The scenario cannot be opened.
    pub fn new(case: &Case) -> Result<Bench, OpenError> {
        let mut simulation = case.scenario.open()?;
        simulation.judge_promises(false);
        let director = Director::new(&Recording::new(case.scenario.clone()));
        Ok(Bench { simulation, director, plan: case.plan })
    }

    /// One run.
    pub fn run(&mut self, seed: u64) -> Reading {
        let (sim, plan) = (self.simulation.as_mut(), self.plan);
        sim.restart(seed);
        self.director.restart(seed);
        let mut reading = Reading::default();
        let mut mark = None;
        let mut until = LONGEST_PRELUDE;
        if plan.since == Since::Start {
            // What was sent while booting counts; terms found on disks do not.
            let mark_of_start = Mark { reign: newest_reign(sim.kernel()), ..Mark::default() };
            until = plan.limit;
            reading.began = true;
            reading.note_standings(sim.kernel(), &mark_of_start);
            mark = Some(mark_of_start);
        }
        let mut is_over = false;
        while let Some(next) = self.director.next(sim, &[]).filter(|&(at, _)| at <= until) {
            let touched = self.director.take(sim, &[], next);
            match (&mark, next.1) {
                (None, Next::Script(entry)) if plan.since == Since::Entry(entry) => {
                    let now = sim.now();
                    let taken = Mark::of(sim.kernel(), &plan);
                    reading.began = true;
                    reading.since = now;
                    until = now.saturating_add(plan.limit);
                    mark = Some(taken);
                }
                (Some(mark), _) => {
                    if touched.standings {
                        reading.note_standings(sim.kernel(), mark);
                    }
                    if reading.first_write.is_none() && sim.kernel().store.damage.accepted > mark.accepted {
                        reading.note_write(sim.kernel(), mark);
                    }
                    if !is_over && reading.is_over(plan.until) {
                        is_over = true;
                        until = until.min(sim.now().saturating_add(plan.settle));
                        if plan.settle == 0 {
                            break;
                        }
                    }
                }
                (None, _) => {}
            }
        }
        let Some(mark) = mark else { return reading };
        let end = if is_over && plan.settle == 0 { sim.now() } else { until };
        sim.wait_until(end);
        reading.note_counts(sim.kernel(), &mark, &plan);
        reading
    }
}

impl Reading {
    fn is_over(&self, until: Until) -> bool {
        match until {
            Until::Elected => self.new_leader.is_some(),
            Until::Followed => self.followed.is_some(),
            Until::Written => self.first_write.is_some(),
            Until::End => false,
        }
    }

    fn note_standings(&mut self, kernel: &Kernel, mark: &Mark) {
        let since = kernel.now - mark.at;
        let nodes = usize::from(kernel.census.nodes);
        if self.detected.is_none() {
            let stands =
                |slot: usize| kernel.statuses[slot] == Status::Up && kernel.standings[slot].role == Role::Candidate;
            if (0..nodes).any(stands) || kernel.measures.tenures.len() > mark.tenures {
                self.detected = Some(since);
            }
        }
        if self.new_leader.is_none() && kernel.measures.tenures.len() > mark.tenures {
            self.new_leader = Some(since);
        }
        let has_new = kernel.measures.tenures.len() > mark.tenures;
        if self.followed.is_none() && has_new && kernel.measures.majority_is_led() {
            self.followed = Some(since);
        }
    }

    /// The store accepted something: was it of a leader elected since?
    fn note_write(&mut self, kernel: &Kernel, mark: &Mark) {
        let newcomer = |place| kernel.measures.tenures.iter().skip(mark.tenures).any(|tenure| tenure.place == place);
        let since = kernel.store.rows.iter().rev().take_while(|row| row.at >= mark.at);
        let accepted = |row: &&crate::sim::store::Row| row.outcome != crate::sim::store::Outcome::Refused;
        let first = since.filter(accepted).filter(|row| newcomer(row.writer)).last();
        self.first_write = first.map(|row| row.at - mark.at);
    }

    fn note_counts(&mut self, kernel: &Kernel, mark: &Mark, plan: &Plan) {
        let end = Mark::of(kernel, plan);
        self.reigns = end.reign.saturating_sub(mark.reign);
        self.messages = end.messages - mark.messages;
        self.leaderless = end.leaderless - mark.leaderless;
        self.two_leaders = end.two_leaders - mark.two_leaders;
        self.leaders = (end.tenures - mark.tenures) as u64;
        self.accepted = end.accepted - mark.accepted;
        self.refused = end.refused - mark.refused;
        self.corrupted = end.corrupted - mark.corrupted;
    }
}

impl Mark {
    fn of(kernel: &Kernel, plan: &Plan) -> Mark {
        let family = kernel.tallies.len() - crate::sim::office::STORE_KINDS.len();
        let counted = |&(kind, _): &(usize, _)| plan.kinds >> kind.min(63) & 1 == 1;
        let damage = kernel.store.damage;
        Mark {
            at: kernel.now,
            tenures: kernel.measures.tenures.len(),
            reign: newest_reign(kernel),
            messages: kernel.tallies[..family].iter().enumerate().filter(counted).map(|(_, tally)| tally.sent).sum(),
            leaderless: kernel.measures.majority_leaderless,
            two_leaders: kernel.measures.multi_leader,
            accepted: damage.accepted,
            refused: damage.refused,
            corrupted: damage.corrupted,
        }
    }
}

fn newest_reign(kernel: &Kernel) -> u64 {
    let standings = kernel.standings.iter().filter_map(|standing| standing.reign);
    standings.map(|reign| reign.number).max().unwrap_or(0)
}
