//! Every story of fencing shows the damage that its title says, and none of that kind once fencing is sound.

use conclave::playback::director::Director;
use conclave::playback::recording::Recording;
use conclave::playback::runner;
use conclave::scenarios::catalogue::{FENCING, STORIES, Story};
use conclave::scenarios::scenario::Scenario;
use conclave::sim::event::Event;
use conclave::sim::measures::Tenure;
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::reign::Token;
use conclave::sim::simulation::Simulation;
use conclave::sim::store::{Damage, Fencing, Outcome, Row};
use conclave::sim::time::{MILLISECOND, Micros, SECOND};
use conclave::words::compare::Measured;
use conclave::words::event_line::event_line;
use conclave::words::lookup::Words;

const LONG_ENOUGH: Micros = 25 * SECOND;

fn scenario(id: &str) -> Scenario {
    Story::by_id(id).unwrap_or_else(|| panic!("no story {id}")).scenario()
}

fn played(scenario: &Scenario) -> Box<dyn Simulation> {
    let mut simulation = scenario.open_with_history(1 << 20).unwrap();
    let mut director = Director::new(&Recording::new(scenario.clone()));
    runner::run(simulation.as_mut(), &mut director, &[], LONG_ENOUGH, |_| true);
    simulation
}

fn damage(scenario: &Scenario) -> Damage {
    played(scenario).kernel().store.damage
}

/// Damage that fencing prevents.
fn of_the_fenced_kind(damage: Damage) -> u64 {
    damage.corrupted + damage.lost_updates + damage.double_runs + damage.diverged
}

fn rows(simulation: &dyn Simulation) -> Vec<Row> {
    simulation.kernel().store.rows.iter().copied().collect()
}

type Count = fn(&Damage) -> u64;
const LOST: Count = |damage| damage.lost_updates;
const TWICE: Count = |damage| damage.double_runs;
const DIVERGED: Count = |damage| damage.diverged;

/// The stories that show damage, and of which kind.
const DAMAGED: &[(&str, Count)] = &[
    ("raft-paused-leader", LOST),
    ("raft-minority-writes", LOST),
    ("raft-read-then-write", LOST),
    ("raft-store-forgets", LOST),
    ("raft-store-checks-first", LOST),
    ("paxos-paused-leader", LOST),
    ("paxos-minority-writes", DIVERGED),
    ("paxos-read-then-write", LOST),
    ("zab-paused-leader", LOST),
    ("zab-minority-writes", LOST),
    ("zab-one-way-cut", LOST),
    ("zab-read-then-write", LOST),
    ("bully-two-coordinators", LOST),
    ("bully-paused-coordinator", LOST),
    ("bully-one-way-cut", TWICE),
    ("recipe-paused-scheduler", TWICE),
    ("recipe-zombie", TWICE),
    ("recipe-read-then-write", LOST),
    ("lease-paused-scheduler", TWICE),
    ("lease-slow-clock", TWICE),
    ("appointed-paused-leader", DIVERGED),
    ("appointed-lost-leader", DIVERGED),
    ("appointed-read-then-write", LOST),
];
/// The others: what they show has a test of its own.
const UNDAMAGED: &[&str] = &[
    "raft-one-way-cut",
    "paxos-one-way-cut",
    "raft-late-but-legal",
    "raft-store-too-strict",
    "raft-clock-token",
    "bully-store-grants",
    "lease-store-grants",
];

#[test]
fn the_stories_show_the_damage_of_their_kind() {
    for (id, count) in DAMAGED {
        let simulation = played(&scenario(id));
        let store = &simulation.kernel().store;
        assert!(count(&store.damage) > 0, "{id}: {:?}", store.damage);
        let worst = store.worst.unwrap_or_else(|| panic!("{id} has a row to point at"));
        let event = simulation.history().event(worst.event).expect("the event of the row");
        assert_eq!((event.at, event.place), (worst.at, Place::Store), "{id}");
        let concrete = store.rows.iter().any(|row| row.victim.is_some_and(|victim| victim.writer != row.writer));
        assert!(concrete, "{id}: whose work was destroyed, and by whom");
    }
}

#[test]
fn with_sound_fencing_none_of_them_shows_any() {
    for (id, _) in DAMAGED {
        let repaired = scenario(id).with_sound_fencing();
        let simulation = played(&repaired);
        let kernel = simulation.kernel();
        assert_eq!(of_the_fenced_kind(kernel.store.damage), 0, "{id}: {:?}", kernel.store.damage);
        let refused = kernel.store.damage.refused > 0 || !repaired.script.is_empty();
        assert!(refused, "{id}");
        for property in simulation.properties() {
            let is_the_stores = property.promise.id == "store_tokens_never_go_back";
            assert!(!is_the_stores || property.verdict == Verdict::Kept, "{id}: {property:?}");
        }
    }
}

#[test]
fn every_story_has_its_expectation_and_fits_its_family() {
    let known: Vec<&str> = DAMAGED.iter().map(|(id, _)| *id).chain(UNDAMAGED.iter().copied()).collect();
    for story in FENCING {
        assert!(known.contains(&story.id), "{} has no expectation", story.id);
        let scenario = story.scenario();
        let broken = !matches!(scenario.guard.fencing, Fencing::Off);
        assert!(
            broken || scenario.with_sound_fencing().guard.fencing == Fencing::On,
            "{}: off at first, so that one can see",
            story.id
        );
        assert!(STORIES.iter().all(|other| other.id != story.id));
    }
    assert_eq!(known.len(), FENCING.len());
    for family in ["raft", "paxos", "zab", "bully", "zookeeper", "lease", "appointed"] {
        let paused = FENCING.iter().filter(|story| story.id.contains("paused"));
        assert!(paused.map(Story::scenario).any(|scenario| scenario.algorithm.id() == family), "{family}");
    }
}

#[test]
fn the_33_34_story_refuses_the_late_write_with_the_higher_token() {
    for id in ["raft-paused-leader", "paxos-paused-leader", "zab-paused-leader", "appointed-paused-leader"] {
        let simulation = played(&scenario(id).with_sound_fencing());
        let refused: Vec<Row> =
            rows(simulation.as_ref()).into_iter().filter(|row| row.outcome == Outcome::Refused).collect();
        let [row] = refused.as_slice() else { panic!("{id}: one refusal, not {refused:?}") };
        assert!(row.token < row.newer, "{id}");
        let zombie = simulation.kernel().measures.zombie(row.writer, simulation.now());
        assert!(zombie > 0, "{id}: it believed it led beside its successor");
    }
}

// ---- the fence does not help where there is no token --------------------------------------------------------

#[test]
fn fencing_without_tokens_refuses_nothing() {
    for id in ["bully-two-coordinators", "bully-paused-coordinator", "lease-paused-scheduler", "lease-slow-clock"] {
        let mut fenced = scenario(id);
        let off = damage(&fenced);
        fenced.guard.fencing = Fencing::On;
        assert_eq!(damage(&fenced), off, "{id}: there is nothing to compare");
    }
}

#[test]
fn a_store_that_grants_tokens_is_the_real_election() {
    for id in ["bully-store-grants", "lease-store-grants"] {
        let simulation = played(&scenario(id));
        let store = &simulation.kernel().store;
        assert_eq!(of_the_fenced_kind(store.damage), 0, "{id}");
        assert!(store.damage.refused > 0, "{id}");
    }
    // Both sides of the cut write in turns: whoever asked last.
    let simulation = played(&scenario("bully-store-grants"));
    let writers: std::collections::BTreeSet<Place> =
        rows(simulation.as_ref()).iter().filter(|row| row.outcome == Outcome::Accepted).map(|row| row.writer).collect();
    assert_eq!(writers.len(), 2);
}

// ---- F-4 and F-5 --------------------------------------------------------------------------------------------

#[test]
fn the_read_then_write_race_happens_although_fencing_is_on() {
    for family in ["raft", "paxos", "zab", "recipe", "appointed"] {
        let raced = scenario(&format!("{family}-read-then-write"));
        assert_eq!((raced.guard.fencing, raced.work.raise_fence), (Fencing::On, false));
        let raced_damage = damage(&raced);
        assert_eq!((raced_damage.lost_updates, raced_damage.refused), (1, 0), "S-F3, {family}");
        let raised = damage(&raced.with_sound_fencing());
        assert_eq!((raised.lost_updates, raised.refused), (0, 1), "F-4, {family}");
    }
}

#[test]
fn a_late_write_before_the_newer_token_was_seen_is_accepted_and_no_damage() {
    let simulation = played(&scenario("raft-late-but-legal"));
    let damage = simulation.kernel().store.damage;
    assert_eq!((of_the_fenced_kind(damage), damage.refused), (0, 0), "S-F2");
    let rows = rows(simulation.as_ref());
    let late = rows.iter().find(|row| row.newer.is_some()).expect("the late write says what had not been seen yet");
    assert_eq!((late.outcome, late.token), (Outcome::Accepted, Some(Token::counted(1))));
    let next = rows.iter().find(|row| row.token > late.token).expect("the new leader writes");
    assert!(next.at > late.at && next.number == late.number + 1, "it goes by what it read after");
}

// ---- what only looks like fencing ---------------------------------------------------------------------------

#[test]
fn broken_stores_break_the_promise_of_the_store() {
    for id in ["raft-store-forgets", "raft-store-checks-first"] {
        let simulation = played(&scenario(id));
        let broken = simulation.properties().iter().find(|property| matches!(property.verdict, Verdict::Broken(_)));
        assert_eq!(broken.map(|property| property.promise.id), Some("store_tokens_never_go_back"), "{id}");
    }
}

#[test]
fn a_strict_store_refuses_the_rightful_leader() {
    let strict = damage(&scenario("raft-store-too-strict"));
    assert!(strict.refused > 0 && strict.accepted == 0, "M-F2: {strict:?}");
    assert!(damage(&scenario("raft-store-too-strict").with_sound_fencing()).refused == 0);
}

#[test]
fn a_clock_as_token_locks_the_rightful_leader_out() {
    let simulation = played(&scenario("raft-clock-token"));
    let kernel = simulation.kernel();
    let (one, deposed): (Vec<Tenure>, Vec<Tenure>) =
        kernel.measures.tenures.iter().copied().partition(|tenure| tenure.place == Place::Node(1));
    let short = |span: Micros| span < 500 * MILLISECOND;
    assert!(!deposed.is_empty() && deposed.iter().all(|tenure| tenure.until.is_some_and(|at| short(at - tenure.from))));
    let late = kernel.store.rows.iter().find(|row| row.at > deposed[0].from).expect("a write");
    assert_eq!((late.writer, late.outcome), (Place::Node(1), Outcome::Accepted), "M-F4: the older holder looks newer");
    assert!(one.len() > 1);
    let sound = played(&scenario("raft-clock-token").with_sound_fencing());
    let late = |row: &Row| row.writer == Place::Node(1) && row.outcome == Outcome::Refused;
    assert!(sound.kernel().store.rows.iter().any(late), "with the term as token it is refused");
}

// ---- asymmetric cuts and zombies ----------------------------------------------------------------------------

#[test]
fn a_number_that_grows_ends_a_reign_as_soon_as_it_is_heard() {
    let simulation = played(&scenario("raft-one-way-cut"));
    let kernel = simulation.kernel();
    assert_eq!(of_the_fenced_kind(kernel.store.damage), 0);
    assert_eq!(kernel.measures.multi_leader, 0, "it steps down before the other is elected");
    assert!(kernel.measures.tenures.len() > 1);
    let paxos = played(&scenario("paxos-one-way-cut"));
    assert_eq!(of_the_fenced_kind(paxos.kernel().store.damage), 0);
    assert!(paxos.kernel().measures.tenures.len() > 1 && paxos.kernel().measures.multi_leader < 100 * MILLISECOND);
    let zab = played(&scenario("zab-one-way-cut")).kernel().measures.multi_leader;
    assert!(zab > SECOND && zab < 2 * SECOND, "{zab}: until its next full tick");
    assert!(played(&scenario("bully-one-way-cut")).kernel().measures.multi_leader > SECOND, "Bully has no such number");
}

#[test]
fn a_zombies_window_is_measured_to_the_microsecond() {
    let simulation = played(&scenario("recipe-zombie"));
    let measures = &simulation.kernel().measures;
    let [first, second, ..] = measures.tenures.as_slice() else { panic!("two leaders") };
    let until = first.until.expect("it heard of it");
    assert_eq!(measures.zombie(first.place, simulation.now()), until - second.from);
    assert_eq!(measures.zombie(first.place, simulation.now()), measures.multi_leader);
    let stale = |row: &&Row| row.writer == first.place && row.outcome == Outcome::Stale;
    let rows = rows(simulation.as_ref());
    assert!(rows.iter().filter(stale).all(|row| row.at > second.from), "no damage before the window opens");
}

#[test]
fn a_zab_leader_of_a_minority_has_less_than_a_tick_left_and_with_short_ticks_nothing() {
    let long = played(&scenario("zab-minority-writes"));
    let overlap = long.kernel().measures.multi_leader;
    assert!(overlap > SECOND && overlap < 2 * SECOND, "{overlap}: until its next full tick");
    let mut short = scenario("zab-minority-writes");
    short.preset = "zookeeper_fast";
    let short = played(&short);
    assert_eq!(short.kernel().measures.multi_leader, 0);
    assert!(short.kernel().measures.tenures.len() > 1, "the others elect all the same");
    assert_eq!(of_the_fenced_kind(short.kernel().store.damage), 0);
}

/// The events of a story in words.
fn in_words(id: &str, fencing: Fencing) -> Vec<(Option<String>, String)> {
    let mut story = scenario(id);
    story.guard.fencing = fencing;
    let simulation = played(&story);
    let words = Words::of(story.algorithm.id());
    let told =
        |event: &Event| (event.rule.map(|rule| rule.to_string()), event_line(&words, simulation.as_ref(), event).text);
    simulation.history().events().map(told).collect()
}

#[test]
fn a_ballot_is_told_as_the_pair_that_the_store_compares() {
    let told = in_words("paxos-paused-leader", Fencing::On);
    let has = |part: &str| told.iter().any(|(_, line)| line.contains(part));
    assert!(has("token 1·N4, reaches the store"), "the write of the first leader");
    assert!(has("The store refuses N4: it has seen token 2·N5."));
    assert!(
        in_words("raft-paused-leader", Fencing::On).iter().any(|(_, line)| line.contains("token 1, reaches the store"))
    );
}

#[test]
fn no_rule_let_a_write_pass_that_was_not_compared() {
    let named = |id, fencing| in_words(id, fencing).iter().any(|(rule, _)| rule.as_deref() == Some("F-1"));
    assert!(named("raft-paused-leader", Fencing::On));
    assert!(!named("raft-paused-leader", Fencing::Off), "fencing is off");
    assert!(!named("lease-paused-scheduler", Fencing::On), "there is no token");
}

#[test]
fn late_writes_are_counted_even_when_the_ledger_has_forgotten_them() {
    let mut story = scenario("raft-paused-leader");
    story.guard.fencing = Fencing::Off;
    let mut simulation = played(&story);
    let late = Measured::of(simulation.as_ref()).late;
    assert!(late > 0);
    simulation.run_until(200 * SECOND);
    assert!(rows(simulation.as_ref()).iter().all(|row| row.outcome == Outcome::Accepted), "forgotten");
    assert_eq!(Measured::of(simulation.as_ref()).late, late);
}
