//! The run on the page, and everything that can be done to it. The only file that touches the player.
//!
//! A [`Session`] is a handle: copy it into every component. Facts go out by signal, acts come in by verb.
//! [`sharing`] holds the verbs that open runs, share them, and return to those that were left.

mod sharing;

pub use sharing::{Kept, Left, Restored};

use crate::playback::milestones::Milestone;
use crate::playback::player::Player;
use crate::playback::recording::{Intervention, Recording};
use crate::playback::walk::Stop;
use crate::share::spacetime::draw::Scene;
use crate::share::spacetime::frame::Frame;
use crate::sim::event::EventId;
use crate::sim::fault::{Fault, Scope, Who};
use crate::sim::place::Place;
use crate::sim::simulation::Simulation;
use crate::sim::time::{MILLISECOND, Micros};
use crate::sim::touched::Touched;
use crate::ui::frame::Throttle;
use crate::ui::panels::announcer::Announcer;
use crate::ui::selection::Selection;
use crate::ui::setup::Setup;
use crate::words::act_line::deed;
use crate::words::en::run as say;
use crate::words::headline::{Gravity, Headline, headline};
use crate::words::lookup::Words;
use leptos::prelude::*;

/// Simulated time per real time, as a numerator and a denominator.
pub const SPEEDS: [(u32, u32); 14] = [
    (1, 1000),
    (1, 500),
    (1, 200),
    (1, 100),
    (1, 50),
    (1, 20),
    (1, 10),
    (1, 8),
    (1, 5),
    (1, 2),
    (1, 1),
    (2, 1),
    (5, 1),
    (10, 1),
];

/// The first leader stands within this much of wall time.
const PATIENCE: Micros = 3_200 * MILLISECOND;
/// Shown under reduced motion: this much after the first leader.
const SOME_HISTORY: Micros = 400 * MILLISECOND;

/// Called with the world after every change, and with what changed.
type Watcher = Box<dyn Fn(&dyn Simulation, Touched)>;

#[derive(Clone, Copy)]
pub struct Session {
    player: StoredValue<Player, LocalStorage>,
    watchers: StoredValue<Vec<Watcher>, LocalStorage>,
    /// Milestones before this event have been announced.
    told: StoredValue<EventId>,
    throttle: StoredValue<Throttle, LocalStorage>,
    pub announcer: Announcer,
    pub setup: RwSignal<Setup>,
    pub playing: RwSignal<bool>,
    /// Changes every frame while playing.
    pub now: RwSignal<Micros>,
    /// The same for things that need not move at every frame: panels, lanes, the printed clock.
    pub pulse: RwSignal<Micros>,
    /// Changes when a new run begins.
    pub run: RwSignal<u32>,
    pub newest: RwSignal<Micros>,
    /// Index into [`SPEEDS`].
    pub speed: RwSignal<usize>,
    pub selected: RwSignal<Option<Selection>>,
    /// What the milestone buttons stop at; anything of note if nothing is chosen.
    pub walks_by: RwSignal<Option<Stop>>,
    pub headline: RwSignal<Headline>,
    /// What undo would take back, and redo bring back.
    pub undoable: RwSignal<Option<String>>,
    pub redoable: RwSignal<bool>,
    /// A remark that goes away by itself.
    pub notice: RwSignal<Option<String>>,
}

impl Session {
    /// Opens a run: running, or under reduced motion paused at a moment that shows something.
    pub fn open(setup: Setup, running: bool) -> Session {
        let player = player_of(&setup);
        let session = Session {
            player: StoredValue::new_local(player),
            watchers: StoredValue::new_local(Vec::new()),
            told: StoredValue::new(0),
            throttle: StoredValue::new_local(Throttle::default()),
            announcer: Announcer::new(),
            speed: RwSignal::new(default_speed(&setup)),
            setup: RwSignal::new(setup),
            playing: RwSignal::new(running),
            now: RwSignal::new(0),
            pulse: RwSignal::new(0),
            run: RwSignal::new(0),
            newest: RwSignal::new(0),
            selected: RwSignal::new(None),
            walks_by: RwSignal::new(None),
            headline: RwSignal::new(Headline::default()),
            undoable: RwSignal::new(None),
            redoable: RwSignal::new(false),
            notice: RwSignal::new(None),
        };
        if running {
            session.publish(Touched::everything());
        } else {
            session.go_to_first_leader();
        }
        session
    }

    // ---- looking ------------------------------------------------------------------------------------------

    /// Looks at the world. Do not keep what it shows.
    pub fn look<R>(&self, at: impl FnOnce(&dyn Simulation) -> R) -> R {
        self.player.with_value(|player| at(player.sim()))
    }

    /// Looks at the world as of the last pulse: the caller runs again with the next one.
    pub fn look_now_and_then<R>(&self, at: impl FnOnce(&dyn Simulation) -> R) -> R {
        self.pulse.track();
        self.look(at)
    }

    pub fn words(&self) -> Words {
        Words::of(self.setup.with_untracked(|setup| setup.algorithm().id()))
    }

    /// Looks at what the timeline shows, in this frame.
    pub fn scene<R>(&self, frame: &Frame, look: impl FnOnce(&Scene<'_>) -> R) -> R {
        let words = self.words();
        self.player.with_value(|player| {
            let (sim, now) = (player.sim(), player.now());
            let (index, marks) = (player.spacetime(), player.milestones());
            look(&Scene { words: &words, sim, index, marks, frame, now, newest: player.newest().max(now) })
        })
    }

    /// From now on this is told of every change; at once it is told of everything.
    pub fn watch(&self, watcher: impl Fn(&dyn Simulation, Touched) + 'static) {
        self.look(|sim| watcher(sim, Touched::everything()));
        self.watchers.update_value(|watchers| watchers.push(Box::new(watcher)));
    }

    /// The leader of the newest reign, if anybody leads.
    pub fn leader(&self) -> Option<Place> {
        self.look(|sim| sim.kernel().resolve(Who::Leader))
    }

    /// Whom the buttons act on: the chosen node, else the leader.
    pub fn target(&self) -> Option<Place> {
        match self.selected.get_untracked() {
            Some(Selection::Place(place)) if place != Place::Store => Some(place),
            _ => self.leader(),
        }
    }

    pub fn is_live(&self) -> bool {
        self.now.get_untracked() >= self.newest.get_untracked()
    }

    // ---- time ---------------------------------------------------------------------------------------------

    pub fn play(&self) {
        if !self.playing.get_untracked() {
            self.playing.set(true);
            let (over, under) = SPEEDS[self.speed.get_untracked()];
            self.announcer.say(&say::playing_at(&say::speed(over, under)));
        }
    }

    pub fn pause(&self) {
        if self.playing.get_untracked() {
            self.playing.set(false);
            self.publish(Touched::default());
            self.announcer.say(&say::paused_at(self.now.get_untracked() / MILLISECOND));
        }
    }

    pub fn toggle(&self) {
        if self.playing.get_untracked() { self.pause() } else { self.play() }
    }

    /// Lets this much wall time pass. Called by the frame loop alone.
    pub fn advance(&self, wall: Micros) {
        let (over, under) = SPEEDS[self.speed.get_untracked()];
        let by = self.throttle.try_update_value(|throttle| throttle.scaled(wall, over, under)).unwrap_or(0);
        let touched = self.player.try_update_value(|player| player.advance(by)).unwrap_or_default();
        self.publish(touched);
    }

    pub fn step(&self) {
        self.playing.set(false);
        self.change(|player| {
            player.step();
        });
        self.tell_last_event();
    }

    pub fn step_back(&self) {
        self.playing.set(false);
        self.change(|player| {
            player.step_back();
        });
        self.tell_last_event();
    }

    /// To the next moment of the kind that is walked by, or to any milestone.
    pub fn next_milestone(&self) {
        self.walk_to(|player, stop| match stop {
            Some(stop) => player.next_stop(stop),
            None => player.next_milestone(),
        });
    }

    pub fn previous_milestone(&self) {
        self.walk_to(|player, stop| match stop {
            Some(stop) => player.previous_stop(stop),
            None => player.previous_milestone(),
        });
    }

    fn walk_to(&self, go: impl FnOnce(&mut Player, Option<Stop>) -> bool) {
        self.playing.set(false);
        let stop = self.walks_by.get_untracked();
        let mut found = false;
        self.change(|player| found = go(player, stop));
        if found {
            self.tell_last_event();
        } else if stop.is_some() {
            self.remark(say::THERE_IS_NONE_OR_NONE_COMES.into());
        }
    }

    pub fn seek(&self, to: Micros) {
        self.change(|player| {
            player.seek(to);
        });
    }

    /// To the moment right after an event, held there.
    pub fn go_to_event(&self, event: EventId) {
        self.playing.set(false);
        self.change(|player| {
            player.seek_event(event);
        });
        self.tell_last_event();
    }

    /// To the newest moment.
    pub fn go_live(&self) {
        let newest = self.newest.get_untracked();
        self.seek(newest);
        self.announcer.say(say::BACK_AT_THE_NEWEST_MOMENT);
    }

    /// To this time, as a companion that is told the time.
    pub fn follow(&self, to: Micros) {
        let now = self.now.get_untracked();
        if to > now {
            let touched = self.player.try_update_value(|player| player.advance(to - now)).unwrap_or_default();
            self.publish(touched);
        } else if to < now {
            self.seek(to);
        }
    }

    pub fn set_speed(&self, index: usize) {
        self.speed.set(index.min(SPEEDS.len() - 1));
    }

    fn go_to_first_leader(&self) {
        let at = self.setup.with_untracked(Setup::first_leader);
        self.seek(at + SOME_HISTORY);
    }

    // ---- acts ---------------------------------------------------------------------------------------------

    /// Acts on the world, now. In the past this starts a new future.
    pub fn act(&self, fault: Fault) {
        let words = self.words();
        let said = self.look(|sim| {
            let target = aimed(&fault).and_then(|who| sim.kernel().resolve(who)).map(Who::At);
            say::you(&deed(&words, sim, &fault, target))
        });
        self.tell_anew();
        let outcome = self.player.try_update_value(|player| player.intervene(fault));
        self.publish(Touched::everything());
        let Some(outcome) = outcome else { return };
        match outcome.refused {
            Some(reason) => self.remark(say::nothing_came_of_it(&words.name("reason", reason.0))),
            None => self.announcer.say(&said),
        }
        if let Some(left) = outcome.left {
            let name = self.runs().into_iter().find(|run| run.number == left).map_or_else(String::new, |run| run.name);
            self.remark(say::old_future_kept_as(&name));
        }
    }

    pub fn undo(&self) {
        if self.undoable.get_untracked().is_none() {
            return;
        }
        self.change(|player| {
            player.undo();
        });
        self.tell_anew();
        self.announcer.say(say::UNDONE);
    }

    pub fn redo(&self) {
        if !self.redoable.get_untracked() {
            return;
        }
        self.change(|player| {
            player.redo();
        });
        self.tell_anew();
        self.announcer.say(say::DONE_AGAIN);
    }

    /// A remark that goes away by itself.
    pub fn remark(&self, text: String) {
        self.announcer.say(&text);
        self.notice.set(Some(text));
    }

    pub fn select(&self, what: Option<Selection>) {
        if self.selected.get_untracked() != what {
            self.selected.set(what);
        }
    }

    // ---- set-up -------------------------------------------------------------------------------------------

    /// Begins a new run with this set-up.
    pub fn begin(&self, setup: Setup) {
        let speed_matters = self
            .setup
            .with_untracked(|old| old.algorithm() != setup.algorithm() || old.scenario.preset != setup.scenario.preset);
        if speed_matters {
            self.speed.set(default_speed(&setup));
        }
        self.put_on(player_of(&setup), setup);
    }

    /// Another run takes the place of the one on the page.
    fn put_on(&self, player: Player, setup: Setup) {
        self.player.set_value(player);
        self.told.set_value(0);
        self.selected.set(None);
        self.setup.set(setup);
        self.run.update(|run| *run += 1);
        self.publish(Touched::everything());
    }

    /// The same run in another scenario, from this time on: what the visitor did is kept, but for his changes of the store.
    pub fn replay(&self, setup: Setup, from: Micros) {
        let is_kept = |act: &Intervention| !matches!(act.fault, Fault::Tune(Scope::Store, ..));
        let acts = self.player.with_value(|player| player.recording().interventions.clone());
        let recording =
            Recording { scenario: setup.scenario.clone(), interventions: acts.into_iter().filter(is_kept).collect() };
        let Ok(player) = Player::new(recording) else { return };
        self.player.set_value(player);
        self.told.set_value(0);
        self.selected.set(None);
        self.setup.set(setup);
        self.run.update(|run| *run += 1);
        self.seek(from);
        self.play();
    }

    /// The same run from its start, without the visitor's acts.
    pub fn reset(&self) {
        self.begin(self.setup.get_untracked());
        self.announcer.say(say::A_NEW_RUN_FROM_THE_START);
    }

    // ---- inside -------------------------------------------------------------------------------------------

    fn change(&self, verb: impl FnOnce(&mut Player)) {
        self.player.update_value(verb);
        self.publish(Touched::everything());
    }

    /// Tells everybody what changed.
    fn publish(&self, touched: Touched) {
        let words = self.words();
        self.player.with_value(|player| {
            let sim = player.sim();
            set_if_new(self.now, sim.now());
            self.watchers.with_value(|watchers| watchers.iter().for_each(|watcher| watcher(sim, touched)));
            if touched.steps > 0 || touched.standings {
                self.announce(player, &words);
            }
            let urgent = touched.standings || touched.promises || !self.playing.get_untracked();
            let due = self.throttle.try_update_value(|throttle| throttle.is_due(urgent)).unwrap_or(true);
            if due {
                self.publish_slowly(player, &words);
            }
        });
    }

    fn publish_slowly(&self, player: &Player, words: &Words) {
        let sim = player.sim();
        let before = self.headline.with_untracked(|before| before.gravity);
        let next = headline(words, sim);
        if next.gravity > before {
            self.announcer.warn(&format!("Warning. {}. {}", next.title, next.why));
            if next.gravity == Gravity::Broken {
                self.playing.set(false);
            }
        }
        set_if_new(self.headline, next);
        set_if_new(self.newest, player.newest().max(sim.now()));
        let undo = player.last_act().map(|fault| deed(words, sim, fault, None));
        set_if_new(self.undoable, undo);
        set_if_new(self.redoable, player.can_redo());
        self.pulse.set(sim.now());
    }

    /// Speaks of elections and new leaders, once.
    fn announce(&self, player: &Player, words: &Words) {
        let (told, events) = (self.told.get_value(), player.sim().events());
        if events <= told {
            return;
        }
        self.told.set_value(events);
        let marks = player.milestones();
        let news = marks.partition_point(|mark| mark.event < told)..marks.partition_point(|mark| mark.event < events);
        let news: &[Milestone] = marks.get(news).unwrap_or_default();
        self.announcer.tell(words, news);
    }

    /// The run changes here: what follows has not been told.
    fn tell_anew(&self) {
        let events = self.look(|sim| sim.events());
        self.told.update_value(|told| *told = events.min(*told));
    }

    fn tell_last_event(&self) {
        let words = self.words();
        self.look(|sim| {
            let last = sim.history().events().rev().find(|event| event.leads_step);
            if let Some(event) = last {
                let line = crate::words::event_line::event_line(&words, sim, event);
                self.announcer.say(&format!("{} ms: {}", sim.now() / MILLISECOND, line.text));
            }
        });
    }
}

/// Signals notify even when nothing changed: compare first.
pub fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

/// A set-up that comes from this page's own controls can always be opened; should one not, the plain one is.
fn player_of(setup: &Setup) -> Player {
    let plain = || Player::new(Setup::opening(setup.algorithm()).recording());
    Player::new(setup.recording()).or_else(|_| plain()).expect("the opening view opens")
}

fn aimed(fault: &Fault) -> Option<Who> {
    fault.aimed_at()
}

/// The slowest speed at which the first leader stands in time.
fn default_speed(setup: &Setup) -> usize {
    let at = setup.first_leader();
    let fits = |&(over, under): &(u32, u32)| at * u64::from(under) / u64::from(over) <= PATIENCE;
    let slowest = SPEEDS.iter().position(fits).unwrap_or(10);
    slowest.clamp(4, 10)
}
