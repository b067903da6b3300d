//! What is on the bench: the experiment, how far it is, and what was found. A handle: copy it into every component.

use super::address::{LabAddress, MOST_TRIALS, OWN, RunName};
use super::crew::{Answer, Crew, Job};
use super::entry::from_number;
use super::library::fetch_text;
use super::measured::fetch_measured;
use crate::lab::experiment::Experiment;
use crate::lab::samples::Samples;
use crate::share::document::{Problem, patch, read_experiment_json};
use crate::share::json::reader::{self, Json};
use crate::share::json::rewrite::rewrite;
use crate::words::en::lab_page as say;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// A portion should take about so long: short enough to stop at once, long enough to be worth the message.
const PORTION_MS: f64 = 40.0;
/// The first portions, when nothing is known yet.
const FIRST_PORTION: u64 = 10;
/// The plot is drawn anew at most this often.
const REDRAW_MS: f64 = 180.0;
/// While runs go on, so many of each case are shown: sorting all of them again and again would make the page stutter.
const SHOWN_WHILE_RUNNING: usize = 2_000;

/// An experiment that can be run.
pub struct Loaded {
    pub json: Json,
    pub document: String,
    pub experiment: Experiment,
    /// Sorted measured times, by reference.
    pub measured: Vec<Vec<u64>>,
}

/// The readings of one case, in the order in which they came.
#[derive(Clone, Default)]
pub struct Found {
    pub seeds: Vec<u64>,
    pub metrics: Vec<Vec<u64>>,
}

impl Found {
    pub fn readings(&self, metric: usize) -> &[u64] {
        self.metrics.get(metric).map_or(&[], Vec::as_slice)
    }

    fn first(&self, most: usize) -> Found {
        let cut = |list: &Vec<u64>| list[..list.len().min(most)].to_vec();
        Found { seeds: cut(&self.seeds), metrics: self.metrics.iter().map(cut).collect() }
    }

    /// The lowest seed that gave this reading.
    pub fn seed_of(&self, metric: usize, reading: u64) -> Option<u64> {
        let hits = self.readings(metric).iter().zip(&self.seeds).filter(|&(&found, _)| found == reading);
        hits.map(|(_, &seed)| seed).min()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    #[default]
    Idle,
    Running,
    Stopped,
    Done,
}

#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Progress {
    pub phase: Phase,
    pub done: u64,
    pub total: u64,
    /// Milliseconds that are left, once that can be told.
    pub left: Option<f64>,
    /// Milliseconds since the start; at the end, how long it took.
    pub took: f64,
}

/// What is being run.
#[derive(Default)]
struct Work {
    first: u64,
    trials: u64,
    /// How many seeds of each case have been given out.
    given: Vec<u64>,
    /// Milliseconds per run of each case, as far as known.
    cost: Vec<f64>,
    done: u64,
    began: f64,
    drawn: f64,
    running: bool,
}

#[derive(Clone, Copy)]
pub struct LabBench {
    pub address: RwSignal<LabAddress>,
    pub loaded: RwSignal<Option<Rc<Loaded>>, LocalStorage>,
    pub problems: RwSignal<Vec<String>>,
    pub progress: RwSignal<Progress>,
    /// Changes whenever there is something new to draw.
    pub drawn: RwSignal<u32>,
    pub trials: RwSignal<u64>,
    pub first_seed: RwSignal<u64>,
    found: StoredValue<Vec<Found>, LocalStorage>,
    work: StoredValue<Work, LocalStorage>,
    crew: StoredValue<Option<Crew>, LocalStorage>,
    /// Counts loadings, so that a late answer is told from the present one.
    loading: StoredValue<u32>,
}

impl LabBench {
    pub fn open(address: LabAddress) -> LabBench {
        let bench = LabBench {
            problems: RwSignal::new(address.complaint.iter().cloned().collect()),
            address: RwSignal::new(address),
            loaded: RwSignal::new_local(None),
            progress: RwSignal::new(Progress::default()),
            drawn: RwSignal::new(0),
            trials: RwSignal::new(0),
            first_seed: RwSignal::new(1),
            found: StoredValue::new_local(Vec::new()),
            work: StoredValue::new_local(Work::default()),
            crew: StoredValue::new_local(None),
            loading: StoredValue::new(0),
        };
        bench.start_crew();
        bench.load();
        bench
    }

    // ---- what is on the bench -----------------------------------------------------------------------------

    /// Another experiment, or the same with changes.
    pub fn go(&self, change: impl FnOnce(&mut LabAddress)) {
        self.stop();
        self.address.update(|address| {
            change(address);
            address.seeds = None;
            address.complaint = None;
        });
        self.problems.set(Vec::new());
        self.address.with_untracked(LabAddress::write);
        self.load();
    }

    fn load(&self) {
        let bench = *self;
        let turn = self.loading.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        let is_late = move || bench.loading.try_get_value() != turn;
        spawn_local(async move {
            let address = bench.address.get_untracked();
            let outcome = prepare(&address).await;
            if is_late() {
                return;
            }
            bench.found.set_value(Vec::new());
            bench.progress.set(Progress::default());
            match outcome {
                Ok(loaded) => {
                    bench.trials.set(loaded.experiment.trials);
                    bench.first_seed.set(loaded.experiment.first_seed);
                    if let Some((first, last)) = address.seeds {
                        bench.trials.set(last - first + 1);
                        bench.first_seed.set(first);
                    }
                    bench.found.set_value(vec![Found::default(); loaded.experiment.cases.len()]);
                    bench.loaded.set(Some(Rc::new(loaded)));
                    bench.redraw();
                    if address.seeds.is_some() {
                        bench.run();
                    }
                }
                Err(problems) => {
                    // What was loaded before stays, so that the slip can be mended where it was made.
                    bench.problems.set(problems);
                    bench.redraw();
                }
            }
        });
    }

    pub fn found<R>(&self, look: impl FnOnce(&[Found]) -> R) -> R {
        self.found.with_value(|found| look(found))
    }

    /// What is to be shown: everything found, or while runs go on the first of each case.
    pub fn shown<R>(&self, look: impl FnOnce(&[Found]) -> R) -> R {
        let running = self.progress.with_untracked(|progress| progress.phase == Phase::Running);
        if !running {
            return self.found(look);
        }
        let first = self.found(|found| found.iter().map(|found| found.first(SHOWN_WHILE_RUNNING)).collect::<Vec<_>>());
        look(&first)
    }

    /// Everything found, in the order of the seeds; as many seeds as every case has been run with.
    pub fn samples(&self, experiment: &Experiment) -> Samples {
        let first = self.work.with_value(|work| work.first);
        let mut samples = Samples::empty(experiment, first);
        self.found(|found| {
            for (case, found) in found.iter().enumerate() {
                let mut order: Vec<usize> = (0..found.seeds.len()).collect();
                order.sort_by_key(|&index| found.seeds[index]);
                for (due, index) in (first..).zip(order) {
                    // Stopped in the middle: a gap ends what is known of this case.
                    if found.seeds[index] != due {
                        break;
                    }
                    let row: Vec<u64> = found.metrics.iter().map(|metric| metric[index]).collect();
                    samples.push(case, &row);
                }
            }
        });
        samples
    }

    /// The address of one run in Play.
    pub fn run_address(&self, run: RunName) -> String {
        let loaded = self.loaded.get_untracked();
        let case = loaded.as_ref().and_then(|loaded| loaded.experiment.cases.get(run.case));
        let algorithm = case.map_or("raft", |case| case.scenario.algorithm.id());
        self.address.with_untracked(|address| address.run_fragment(algorithm, run))
    }

    // ---- running --------------------------------------------------------------------------------------------

    fn start_crew(&self) {
        let bench = *self;
        match Crew::start(move |hand, answer| bench.heard(hand, answer)) {
            Ok(crew) => self.crew.set_value(Some(crew)),
            Err(message) => self.problems.update(|problems| problems.push(message)),
        }
    }

    pub fn run(&self) {
        let Some(loaded) = self.loaded.get_untracked() else { return };
        let cases = loaded.experiment.cases.len();
        let trials = self.trials.get_untracked().clamp(1, MOST_TRIALS);
        let first = self.first_seed.get_untracked();
        let now = js_sys::Date::now();
        // A crew that was stopped in the middle of a portion would answer late.
        if self.work.with_value(|work| work.running) || !self.is_crew_idle() {
            self.start_crew();
        }
        self.problems.set(Vec::new());
        self.found.set_value(vec![Found::default(); cases]);
        self.work.set_value(Work {
            first,
            trials,
            given: vec![0; cases],
            cost: vec![0.0; cases],
            done: 0,
            began: now,
            drawn: 0.0,
            running: true,
        });
        let total = trials * cases as u64;
        self.progress.set(Progress { phase: Phase::Running, total, ..Progress::default() });
        self.address.update(|address| address.seeds = Some((first, first + trials - 1)));
        self.address.with_untracked(LabAddress::write);
        let hands = self.crew.with_value(|crew| crew.as_ref().map_or(0, Crew::size));
        (0..hands).for_each(|hand| self.give_next(hand));
    }

    /// What was found stays.
    pub fn stop(&self) {
        let was_running = self.work.try_update_value(|work| std::mem::take(&mut work.running)).unwrap_or(false);
        if was_running {
            self.progress.update(|progress| {
                progress.phase = Phase::Stopped;
                progress.left = None;
            });
            self.redraw();
        }
    }

    fn is_crew_idle(&self) -> bool {
        self.crew.with_value(|crew| crew.as_ref().is_some_and(|crew| (0..crew.size()).all(|hand| crew.is_idle(hand))))
    }

    fn give_next(&self, hand: usize) {
        let Some(loaded) = self.loaded.get_untracked() else { return };
        let idle = self.crew.with_value(|crew| crew.as_ref().is_some_and(|crew| crew.is_idle(hand)));
        if !idle {
            return;
        }
        let job = self.work.try_update_value(|work| work.next_job()).flatten();
        if let Some(job) = job {
            self.crew.with_value(|crew| crew.as_ref().map(|crew| crew.give(hand, &loaded.document, job)));
        }
    }

    fn heard(&self, hand: usize, answer: Answer) {
        // The page may be gone by then.
        if self.work.try_with_value(|work| work.running) != Some(true) {
            return;
        }
        match answer {
            Answer::Ready => {}
            Answer::Failed(message) => {
                self.stop();
                self.problems.update(|problems| problems.push(message));
                return;
            }
            Answer::Done { job, readings, took } => self.take_up(job, &readings, took),
        }
        self.give_next(hand);
    }

    fn take_up(&self, job: Job, readings: &[f64], took: f64) {
        let Some(loaded) = self.loaded.get_untracked() else { return };
        let columns = loaded.experiment.metrics.len().max(1);
        self.found.update_value(|found| {
            let Some(found) = found.get_mut(job.case) else { return };
            found.metrics.resize(columns, Vec::new());
            for (row, seed) in readings.chunks(columns).zip(job.first..) {
                found.seeds.push(seed);
                for (metric, &number) in found.metrics.iter_mut().zip(row) {
                    metric.push(from_number(number));
                }
            }
        });
        let now = js_sys::Date::now();
        let hands = self.crew.with_value(|crew| crew.as_ref().map_or(1, Crew::size)).max(1);
        let news = self.work.try_update_value(|work| work.note(job, took, now, hands));
        let Some((progress, due)) = news else { return };
        if due || progress.phase == Phase::Done {
            self.progress.set(progress);
            self.redraw();
        }
    }

    fn redraw(&self) {
        self.drawn.update(|drawn| *drawn += 1);
    }
}

impl Work {
    /// Seeds of the case that is furthest behind.
    fn next_job(&mut self) -> Option<Job> {
        if !self.running {
            return None;
        }
        let (case, &given) = self.given.iter().enumerate().min_by_key(|&(_, &given)| given)?;
        let left = self.trials - given;
        if left == 0 {
            return None;
        }
        let fits = match self.cost[case] {
            cost if cost > 0.0 => (PORTION_MS / cost) as u64,
            _ => FIRST_PORTION,
        };
        let count = fits.clamp(1, 5_000).min(left);
        self.given[case] += count;
        Some(Job { case, first: self.first + given, count: count as u32 })
    }

    /// What is known after a portion, and whether it is time to draw.
    fn note(&mut self, job: Job, took: f64, now: f64, hands: usize) -> (Progress, bool) {
        let cost = took / f64::from(job.count.max(1));
        let known = &mut self.cost[job.case];
        *known = if *known > 0.0 { (*known + cost) / 2.0 } else { cost.max(1e-4) };
        self.done += u64::from(job.count);
        let total = self.trials * self.given.len() as u64;
        let is_done = self.done >= total;
        let to_do: f64 =
            self.given.iter().zip(&self.cost).map(|(&given, cost)| (self.trials - given) as f64 * cost).sum();
        let all_known = self.cost.iter().all(|&cost| cost > 0.0);
        self.running &= !is_done;
        let due = now - self.drawn > REDRAW_MS;
        if due {
            self.drawn = now;
        }
        let progress = Progress {
            phase: if is_done { Phase::Done } else { Phase::Running },
            done: self.done,
            total,
            left: all_known.then_some(to_do / hands as f64),
            took: now - self.began,
        };
        (progress, due)
    }
}

/// Fetches an experiment, changes it and checks it.
pub async fn prepare(address: &LabAddress) -> Result<Loaded, Vec<String>> {
    let one = |message: String| vec![message];
    let text = if address.experiment == OWN {
        address.own.document().map_err(one)?
    } else {
        fetch_text(&format!("lab/{}.json", address.experiment)).await.map_err(one)?
    };
    let mut json = reader::read(&text).map_err(|error| one(error.to_string()))?;
    for (way, value) in &address.changes {
        let value = reader::read(value).map_err(|_| one(say::not_json(way, value)))?;
        patch::set(&mut json, &format!("base.{way}"), &value).map_err(one)?;
    }
    let experiment = read_experiment_json(&json).map_err(|problems| in_words(&problems))?;
    let measured = fetch_measured(&experiment.show).await.map_err(one)?;
    Ok(Loaded { document: rewrite(&json), json, experiment, measured })
}

/// The lines of a document that nobody typed are of no use.
fn in_words(problems: &[Problem]) -> Vec<String> {
    let told = |problem: &Problem| format!("{}: {}", problem.path.trim_start_matches("base."), problem.message);
    problems.iter().take(3).map(told).collect()
}
