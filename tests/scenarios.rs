//! The stories of the catalogue show what their titles say; scripts and cues act when they should.

mod toy;

use conclave::playback::director::Director;
use conclave::playback::recording::Recording;
use conclave::playback::runner;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::catalogue::{STORIES, Story};
use conclave::scenarios::cue::Cue;
use conclave::scenarios::scenario::{Initial, Scenario};
use conclave::scenarios::script::{Entry, Trigger};
use conclave::sim::datum::Datum;
use conclave::sim::event::What;
use conclave::sim::fault::{By, Fault, LinkWires, Waking, Who};
use conclave::sim::inspection::Shown;
use conclave::sim::measures::Tenure;
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::request::Answer;
use conclave::sim::settings::Value;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, Micros, SECOND};
use toy::toy;

fn ms(milliseconds: u64) -> Micros {
    milliseconds * MILLISECOND
}

fn n(number: u8) -> Place {
    Place::Node(number)
}

/// A scenario under way.
struct Run {
    simulation: Box<dyn Simulation>,
    director: Director,
}

impl Run {
    fn of(scenario: &Scenario) -> Run {
        let simulation = scenario.open_with_history(1 << 20).unwrap();
        Run { simulation, director: Director::new(&Recording::new(scenario.clone())) }
    }

    fn story(id: &str) -> Run {
        Run::of(&Story::by_id(id).unwrap().scenario())
    }

    fn until(&mut self, at: Micros) -> &mut Run {
        runner::run(self.simulation.as_mut(), &mut self.director, &[], at, |_| true);
        self
    }

    /// Whether it was ever true on the way.
    fn ever(&mut self, until: Micros, what: impl Fn(&dyn Simulation) -> bool) -> bool {
        let mut seen = false;
        runner::run(self.simulation.as_mut(), &mut self.director, &[], until, |simulation| {
            seen |= what(simulation);
            true
        });
        seen
    }

    fn tenures(&self) -> &[Tenure] {
        &self.simulation.kernel().measures.tenures
    }

    /// Who leads now, by what they believe.
    fn leaders(&self) -> Vec<Place> {
        self.tenures().iter().filter(|tenure| tenure.until.is_none()).map(|tenure| tenure.place).collect()
    }

    fn newest_reign(&self) -> u64 {
        self.simulation.kernel().standings.iter().filter_map(|standing| standing.reign).max().unwrap().number
    }

    fn row(&self, place: Place, id: &str) -> Shown {
        let page = self.simulation.inspect(place);
        page.rows.iter().find(|row| row.id == id).map(|row| row.value.clone()).unwrap()
    }

    fn log(&self, place: Place) -> Vec<u64> {
        match self.row(place, "log") {
            Shown::Numbers(terms) => terms,
            other => panic!("a log is numbers, not {other:?}"),
        }
    }

    fn commit(&self, place: Place) -> u64 {
        match self.row(place, "commit") {
            Shown::Number(index) => index,
            other => panic!("a commit index is a number, not {other:?}"),
        }
    }

    fn told(&self, id: &str) -> usize {
        let events = self.simulation.history().events();
        events.filter(|event| matches!(event.what, What::Told(tale) if tale.id == id)).count()
    }

    /// When the n-th act of the script ran.
    fn acted_at(&self, index: usize) -> Option<Micros> {
        self.simulation.history().acts.get(index).map(|act| act.at)
    }

    fn assert_kept(&self) {
        for property in self.simulation.properties() {
            assert!(!matches!(property.verdict, Verdict::Broken(_)), "{property:?}");
        }
    }
}

fn raft() -> Scenario {
    Scenario::new(Algorithm::by_id("raft").unwrap())
}

fn with(mut scenario: Scenario, id: &str, value: Value) -> Scenario {
    let field = scenario.algorithm.fields().iter().find(|field| field.id == id).unwrap();
    scenario.settings.push((field.key, value));
    scenario
}

// ---- the catalogue ------------------------------------------------------------------------------------------

#[test]
fn every_story_opens_has_a_title_and_keeps_every_promise() {
    for story in STORIES {
        let scenario = story.scenario();
        assert!(!scenario.title.is_empty() && scenario.title.len() < 60, "{}", story.id);
        assert!(!scenario.about.is_empty() && scenario.about.len() < 160, "{}: {}", story.id, scenario.about.len());
        assert!(scenario.script.len() < 200);
        Run::of(&scenario).until(10 * SECOND).assert_kept();
    }
}

#[test]
fn story_ids_are_unique_and_found() {
    for story in STORIES {
        assert_eq!(STORIES.iter().filter(|other| other.id == story.id).count(), 1);
        assert_eq!(Story::by_id(story.id).unwrap().source, story.source);
    }
    assert!(Story::by_id("nothing").is_none());
}

#[test]
fn the_opening_view_is_five_wide_nodes_with_a_leader_soon() {
    let scenario = Scenario::opening_view(Algorithm::by_id("raft").unwrap());
    assert_eq!((scenario.nodes, scenario.preset), (5, "wide"));
    let mut run = Run::of(&scenario);
    run.until(3 * SECOND);
    assert_eq!(run.leaders().len(), 1);
}

#[test]
fn s_r1_another_leads_within_about_an_election_timeout() {
    let mut run = Run::story("raft-clean-failover");
    run.until(5 * SECOND);
    let [old, new] = run.tenures() else { panic!("one fail-over: {:?}", run.tenures()) };
    assert_ne!(old.place, new.place);
    let gap = new.from - old.until.unwrap();
    assert!((ms(75)..ms(600)).contains(&gap), "{gap}");
}

#[test]
fn s_r2_equal_timeouts_split_every_vote_and_a_range_ends_it() {
    let mut run = Run::story("raft-split-vote");
    let split = |simulation: &dyn Simulation| Cue::SplitVote.is_true(simulation, 0);
    assert!(run.ever(ms(2_999), split));
    assert!(run.tenures().is_empty() && run.newest_reign() > 10);
    run.until(6 * SECOND);
    assert_eq!(run.leaders().len(), 1);
}

#[test]
fn s_r3_the_returning_node_deposes_a_healthy_leader_unless_it_asks_first() {
    let story = Story::by_id("raft-disruptive-server").unwrap().scenario();
    let mut run = Run::of(&story);
    run.until(ms(3_999));
    let before = run.tenures().to_vec();
    assert_eq!(before.len(), 1);
    assert!(run.newest_reign() >= 10, "its term grew alone: {}", run.newest_reign());
    run.until(6 * SECOND);
    assert!(run.tenures().len() > 1);
    assert!(run.tenures()[0].until.is_some_and(|until| until < ms(4_300)));

    let mut polite = Run::of(&with(story, "pre_vote", Value::Switch(true)));
    polite.until(6 * SECOND);
    assert_eq!(polite.tenures().len(), 1, "with PreVote nothing happens");
}

#[test]
fn s_r4_a_follower_that_hears_nobody_drives_the_terms_up() {
    let mut run = Run::story("raft-deaf-follower");
    run.until(ms(999));
    let before = run.newest_reign();
    assert_ne!(run.leaders(), [n(5)]);
    run.until(6 * SECOND);
    assert!(run.newest_reign() >= before + 5, "{before} to {}", run.newest_reign());
    assert!(run.tenures().len() >= 3, "leaders were deposed: {:?}", run.tenures());
    run.until(9 * SECOND);
    assert_eq!(run.leaders().len(), 1);
}

#[test]
fn s_r5_without_check_quorum_nothing_is_decided_and_with_it_the_leader_steps_down() {
    let story = Story::by_id("raft-half-deaf-leader").unwrap().scenario();
    let mut run = Run::of(&story);
    run.until(ms(7_999));
    assert_eq!(run.leaders(), [n(1)]);
    assert_eq!(run.tenures().len(), 1);
    assert_eq!(run.log(n(1)).len() as u64, run.commit(n(1)) + 1, "the write is in the log and not decided");
    run.until(9 * SECOND);
    assert_eq!(run.log(n(1)).len() as u64, run.commit(n(1)), "healed, it is decided");

    // PreVote keeps the deaf node from disturbing the election that follows.
    let careful = with(story, "check_quorum", Value::Switch(true));
    let mut careful = Run::of(&with(careful, "pre_vote", Value::Switch(true)));
    careful.until(5 * SECOND);
    let first = careful.tenures()[0];
    assert_eq!(first.place, n(1));
    assert!(first.until.is_some_and(|until| (ms(1_000)..ms(1_000 + 2 * 160)).contains(&until)), "{first:?}");
    assert!(careful.leaders().first().is_some_and(|&leader| leader != n(1)));
}

#[test]
fn s_r6_the_minority_s_write_is_truncated_and_the_majority_s_stays() {
    let mut run = Run::story("raft-stale-leader");
    run.until(ms(4_999));
    assert_eq!(run.leaders().len(), 2, "both sides have a leader");
    assert!(run.simulation.kernel().measures.multi_leader > SECOND);
    assert!(run.log(n(1)).len() as u64 > run.commit(n(1)));
    run.until(7 * SECOND);
    assert_eq!(run.leaders().len(), 1);
    assert!(run.told("truncated") >= 1);
    assert_eq!(run.log(n(1)), run.log(n(3)));
    let answered = |event: &conclave::sim::event::Event| {
        matches!(event.what, What::Answered { answer: Answer::Written { .. }, .. })
    };
    assert_eq!(run.simulation.history().events().filter(|&event| answered(event)).count(), 1);
}

#[test]
fn s_r7_the_short_log_asks_first_and_does_not_win() {
    let mut run = Run::story("raft-log-check");
    run.until(3 * SECOND);
    let candidate = run.simulation.history().events().find(
        |event| matches!(event.what, What::Became(standing) if standing.role == conclave::sim::reign::Role::Candidate),
    );
    assert_eq!(candidate.map(|event| event.place), Some(n(5)));
    let winner = run.tenures()[0].place;
    assert!(winner.number() <= 3, "{winner}");
    assert!(run.log(n(5)).starts_with(&[1, 1]));
}

#[test]
fn s_r8_an_entry_on_a_majority_is_overwritten() {
    let mut run = Run::story("raft-old-term-entry");
    assert_eq!((run.log(n(1)), run.log(n(2))), (vec![1], vec![1]));
    run.until(4 * SECOND);
    assert_eq!(run.tenures()[0].place, n(3));
    for number in 1..=3 {
        assert_eq!(run.log(n(number))[0], 2, "N{number}");
    }
}

#[test]
fn s_r9_the_disk_remembers_the_vote_and_a_lost_disk_does_not() {
    let mut story = Story::by_id("raft-remembered-vote").unwrap().scenario();
    let mut run = Run::of(&story);
    run.until(SECOND);
    assert_eq!(run.tenures().len(), 1);
    assert_eq!((run.tenures()[0].place, run.leaders()), (n(1), vec![n(1)]));

    // The same with the disk lost: two leaders of one term, and the promise says since when it is not made.
    story.script[3].act = Fault::Wipe(Who::At(n(2)));
    let mut wiped = Run::of(&story);
    wiped.until(SECOND);
    assert_eq!(wiped.leaders(), [n(1), n(3)]);
    assert_eq!(wiped.tenures()[0].reign, wiped.tenures()[1].reign);
    let withdrawn = |verdict: Verdict| matches!(verdict, Verdict::Withdrawn { then: Some(_), .. });
    assert!(wiped.simulation.properties().iter().any(|property| withdrawn(property.verdict)));
    wiped.assert_kept();
}

#[test]
fn s_r10_the_stuck_candidate_is_freed_by_the_leader_s_heartbeat() {
    let mut run = Run::story("raft-stuck-candidate");
    run.until(ms(2_999));
    assert_eq!(run.tenures().len(), 1);
    let stuck = run.newest_reign();
    run.until(5 * SECOND);
    assert_eq!(run.leaders().len(), 1);
    assert!(run.tenures()[0].until.is_some(), "the old leader stepped down");
    assert!(run.tenures().last().unwrap().reign.unwrap().number > stuck);
}

#[test]
fn s_r11_leadership_is_handed_to_the_one_named() {
    let mut run = Run::story("raft-transfer");
    run.until(ms(1_999));
    assert_eq!(run.leaders(), [n(1)]);
    run.until(ms(2_200));
    assert_eq!(run.leaders(), [n(3)]);
}

#[test]
fn s_r12_two_of_four_elect_nobody() {
    let mut run = Run::story("raft-even-cluster");
    run.until(ms(1_000));
    let leaders = run.tenures().len();
    assert_eq!(leaders, 1);
    run.until(ms(3_999));
    assert_eq!(run.tenures().len(), leaders, "nobody was elected in the partition");
    assert!(!run.simulation.kernel().measures.majority_is_led());
    run.until(6 * SECOND - 1);
    assert!(run.simulation.kernel().measures.majority_is_led());
    run.until(8 * SECOND - 1);
    assert!(run.simulation.kernel().measures.majority_is_led(), "three of four go on");
    run.until(15 * SECOND);
    assert!(!run.simulation.kernel().measures.majority_is_led(), "two of four do not");
}

// ---- scripts and cues ---------------------------------------------------------------------------------------

#[test]
fn times_are_absolute_after_counts_from_the_entry_before_and_pairs_are_drawn_apart() {
    let mut scenario = Scenario::new(toy());
    let at = |low, high, act| Entry { trigger: Trigger::At(low, high), act };
    scenario.script = vec![
        at(ms(700), ms(700), Fault::Crash(Who::At(n(1)))),
        Entry::after(ms(50), Fault::Restart(Who::At(n(1)))),
        at(ms(100), ms(300), Fault::Crash(Who::At(n(2)))),
        Entry::after(ms(50), Fault::Restart(Who::At(n(2)))),
    ];
    let times = |scenario: &Scenario| {
        let mut run = Run::of(scenario);
        run.until(SECOND);
        run.simulation.history().acts.iter().map(|act| (act.at, act.fault.clone())).collect::<Vec<_>>()
    };
    let first = times(&scenario);
    assert!((ms(100)..=ms(300)).contains(&first[0].0));
    assert_eq!(first[1].0, first[0].0 + ms(50));
    assert_eq!((first[2].0, first[3].0), (ms(700), ms(750)));
    // Another entry behind them shifts none of the draws.
    scenario.script.push(at(ms(10), ms(90), Fault::Heal));
    let second = times(&scenario);
    assert_eq!(second[1..], first[..]);
    scenario.seed += 1;
    assert_ne!(times(&scenario)[1].0, second[1].0);
}

#[test]
fn elected_counts_leaders_since_the_last_entry_that_is_not_an_after() {
    // The next leader stands long before the second entry runs: it counts.
    let mut scenario = raft();
    scenario.script = vec![
        Entry::at(ms(1_000), Fault::Crash(Who::Leader)),
        Entry::after(ms(2_000), Fault::Request(Default::default(), Who::Leader)),
        Entry::when(Cue::Elected, Fault::Pause(Who::Leader)),
    ];
    let mut run = Run::of(&scenario);
    run.until(5 * SECOND);
    assert_eq!(run.acted_at(2), Some(ms(3_000)));
}

#[test]
fn a_cue_runs_at_the_very_instant_it_comes_true() {
    let mut scenario = raft();
    scenario.script = vec![
        Entry::when(Cue::Elected, Fault::Isolate(Who::Leader)),
        Entry::when(Cue::Elected, Fault::Heal),
        Entry::after(ms(1_000), Fault::Crash(Who::Leader)),
        Entry::when(Cue::Leaderless, Fault::Restart(Who::Followed)),
    ];
    let mut run = Run::of(&scenario);
    run.until(10 * SECOND);
    assert_eq!(run.acted_at(0), Some(run.tenures()[0].from));
    assert_eq!(run.acted_at(1), Some(run.tenures()[1].from), "the isolated leader does not count as elected anew");
    assert!(run.acted_at(2).is_some());
    assert_eq!(run.acted_at(3), run.acted_at(2), "nobody leads right after the crash");
}

#[test]
fn two_leaders_and_quiet_are_cues() {
    let mut scenario = raft();
    scenario.script = vec![
        Entry::when(Cue::Elected, Fault::Pause(Who::Leader)),
        Entry::when(Cue::TwoLeaders, Fault::Resume(Who::OldLeader, Waking::InboxFirst)),
        Entry::when(Cue::Quiet(ms(500)), Fault::Crash(Who::Leader)),
    ];
    let mut run = Run::of(&scenario);
    let (mut before, mut changed_at, mut quiet_since) = (Vec::new(), 0, None);
    runner::run(run.simulation.as_mut(), &mut run.director, &[], 10 * SECOND, |simulation| {
        let kernel = simulation.kernel();
        if kernel.history.acts.len() == 3 {
            quiet_since.get_or_insert(changed_at);
        }
        let now = (kernel.standings.clone(), kernel.statuses.clone());
        if before.last() != Some(&now) {
            changed_at = kernel.now;
            before = vec![now];
        }
        true
    });
    assert_eq!(run.acted_at(1), Some(run.tenures()[1].from));
    assert_eq!(run.acted_at(2), quiet_since.map(|since| since + ms(500)));
}

#[test]
fn a_split_vote_is_called_only_when_nobody_can_win_any_more() {
    let mut seen = 0;
    for seed in 0..60 {
        let mut scenario = with(raft(), "election_timeout", Value::Range(ms(150), ms(165)));
        scenario.seed = seed;
        scenario.script = vec![Entry::when(Cue::SplitVote, Fault::Heal)];
        let mut run = Run::of(&scenario);
        run.until(2 * SECOND);
        let Some(at) = run.acted_at(0) else { continue };
        seen += 1;
        let act = run
            .simulation
            .history()
            .events()
            .find(|event| event.at == at && matches!(event.what, What::Acted { .. }))
            .unwrap()
            .id;
        let before = run.simulation.history().events().take_while(|event| event.id < act);
        let split = before.filter_map(|event| match event.what {
            What::Became(standing) => standing.reign,
            _ => None,
        });
        let split = split.max();
        assert!(run.tenures().iter().all(|tenure| tenure.reign != split), "seed {seed}: {split:?} had a leader");
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn events_come_first_then_the_script() {
    let mut scenario = Scenario::new(toy());
    scenario.wires.latency = (ms(10), ms(10));
    let mut run = Run::of(&scenario);
    run.until(SECOND);
    let delivery = run
        .simulation
        .history()
        .events()
        .find(|event| event.at > ms(500) && matches!(event.what, What::Delivered { .. }))
        .unwrap()
        .at;
    scenario.script = vec![Entry::at(delivery, Fault::Crash(Who::Leader)), Entry::at(delivery, Fault::Heal)];
    let mut run = Run::of(&scenario);
    run.until(SECOND);
    let at_once: Vec<_> =
        run.simulation.history().events().filter(|event| event.at == delivery && event.leads_step).collect();
    let acts = at_once.iter().rev().take_while(|event| matches!(event.what, What::Acted { .. })).count();
    assert_eq!(acts, 2, "both after every event of that time, in their order");
    assert!(run.simulation.history().acts.iter().all(|act| act.by == By::Script));
}

// ---- opening ------------------------------------------------------------------------------------------------

#[test]
fn nodes_start_as_the_scenario_says() {
    let mut scenario = raft();
    let mut first = Initial::new(n(1));
    first.disk = vec![
        ("term".into(), Datum::Number(4)),
        ("vote".into(), Datum::Number(3)),
        ("log".into(), Datum::List(vec![Datum::Number(1), Datum::Number(4)])),
    ];
    first.settings = vec![(0, Value::Range(ms(900), ms(900)))];
    scenario.initial = vec![first, Initial { down: true, ..Initial::new(n(2)) }];
    scenario.links = vec![(n(3), n(4), LinkWires { latency: Some((ms(99), ms(99))), loss: None })];
    let run = Run::of(&scenario);
    assert_eq!(run.log(n(1)), [1, 4]);
    assert_eq!((run.row(n(1), "term"), run.row(n(1), "vote")), (Shown::Number(4), Shown::Place(n(3))));
    assert_eq!(run.simulation.setting(n(1), 0), Value::Range(ms(900), ms(900)));
    assert_eq!(run.simulation.setting(n(2), 0), Value::Range(ms(150), ms(300)));
    assert_eq!(run.simulation.kernel().statuses[1], conclave::sim::measures::Status::Down);
    assert_eq!(run.simulation.kernel().network.link(n(3), n(4)).wires.latency, Some((ms(99), ms(99))));
}

#[test]
fn what_cannot_be_opened_says_where() {
    let refused = |change: fn(&mut Scenario)| {
        let mut scenario = raft();
        change(&mut scenario);
        scenario.open().map(|_| ()).unwrap_err().path
    };
    assert_eq!(refused(|scenario| scenario.nodes = 0), "nodes");
    assert_eq!(refused(|scenario| scenario.nodes = 26), "nodes");
    assert_eq!(refused(|scenario| scenario.preset = "none"), "settings.preset");
    assert_eq!(refused(|scenario| scenario.settings = vec![(0, Value::Switch(true))]), "settings.election_timeout");
    assert_eq!(refused(|scenario| scenario.settings = vec![(99, Value::Switch(true))]), "settings");
    assert_eq!(refused(|scenario| scenario.wires.latency = (0, 0)), "wires.latency");
    assert_eq!(refused(|scenario| scenario.initial = vec![Initial::new(n(9))]), "initial.9");
    assert_eq!(refused(|scenario| scenario.links = vec![(n(1), n(1), LinkWires::default())]), "links[0]");
    let bad_disk = |scenario: &mut Scenario| {
        let mut first = Initial::new(n(1));
        first.disk = vec![("log".into(), Datum::Flag(true))];
        scenario.initial = vec![first];
    };
    assert_eq!(refused(bad_disk), "initial.1.log");
}
