//! Every rule of the recipe that can be switched off: with the switch its schedule goes wrong, without it does not.
#![cfg(feature = "mutants")]

mod story;

use conclave::protocols::zookeeper::mutants::{Mutant, Mutants};
use conclave::protocols::zookeeper::{Process, RecipeSettings};
use conclave::sim::fault::{Fault, Which, Who};
use conclave::sim::place::Place;
use conclave::sim::reign::Role;
use conclave::sim::simulation::Simulation;
use conclave::sim::store::{Job, Outcome};
use story::{Story, ms, n};

type Contenders = Story<Process>;

fn without(mutants: &[Mutant]) -> RecipeSettings {
    RecipeSettings { mutants: Mutants::of(mutants), ..RecipeSettings::zookeeper() }
}

fn queued(nodes: u8, settings: RecipeSettings) -> Contenders {
    let mut contenders = Contenders::with(nodes, settings, |opening| opening.down.extend((2..=nodes).map(n)));
    contenders.until_elected();
    for other in 2..=nodes {
        contenders.restart(n(other)).run(ms(1_000));
    }
    contenders
}

/// Runs the schedule with the rules on, then with one off: what broke.
fn broken_by(mutant: Mutant, schedule: impl Fn(RecipeSettings) -> Contenders) -> Vec<&'static str> {
    let sound = schedule(without(&[]));
    assert_eq!(sound.broken(), Vec::<&str>::new(), "with the rule");
    schedule(without(&[mutant])).broken()
}

#[test]
fn m_k2_leading_on_the_event() {
    let schedule = |settings| {
        let mut contenders = queued(3, settings);
        contenders.crash(n(2)).run(ms(8_000));
        contenders
    };
    assert_eq!(schedule(without(&[])).leaders(), [n(1)]);
    assert_eq!(schedule(without(&[Mutant::LeadOnEvent])).leaders(), [n(1), n(3)]);
    assert_eq!(broken_by(Mutant::LeadOnEvent, schedule), ["lowest_leads"]);
}

#[test]
fn m_k3_no_look_whether_the_predecessor_is_still_there() {
    let schedule = |settings: RecipeSettings| {
        let settings = RecipeSettings { requeue: false, ..settings };
        let mut contenders = Contenders::with(2, settings, |opening| opening.down.push(n(2)));
        contenders.until_elected();
        contenders.restart(n(2));
        let asked = contenders.kind("watch");
        contenders.until("it asks for the watch", |contenders| contenders.sent("watch") == 1);
        // The watch is on its way: it arrives when the predecessor is gone.
        let watch = Which::Like { kind: Some(asked), from: None, to: None };
        contenders.act(Fault::Delay(watch, ms(300))).act(Fault::Resign(Who::At(n(1)))).run(ms(300_000));
        contenders
    };
    assert_eq!(schedule(without(&[])).leaders(), [n(2)]);
    assert_eq!(broken_by(Mutant::NoRecheck, schedule), ["watches_fire"]);
}

#[test]
fn m_k4_leading_without_a_connection() {
    let schedule = |settings| {
        let mut contenders = queued(2, settings);
        contenders.isolate(n(1)).run(ms(8_000));
        contenders
    };
    assert_eq!(schedule(without(&[])).leaders(), [n(2)]);
    assert_eq!(schedule(without(&[Mutant::IgnoreDisconnect])).leaders(), [n(1), n(2)], "up to and beyond expiry");
}

#[test]
fn m_k5_a_znode_of_an_older_session() {
    let mut broken = Vec::new();
    for phase in (0..2_000).step_by(200) {
        // The client gives its session up before the service does, and its old znode is still listed.
        let schedule = |settings: RecipeSettings| {
            let mut contenders = queued(1, RecipeSettings { give_up_alone: true, ..settings });
            contenders.run(ms(phase)).isolate(n(1));
            contenders.until("it gives up", |contenders| contenders.told("gave_up_session") > 0);
            contenders.act(Fault::Rejoin(Who::At(n(1)))).run(ms(10_000));
            contenders
        };
        broken.extend(broken_by(Mutant::NoOwnerTest, schedule));
    }
    assert!(broken.contains(&"leads_by_its_own_session"), "{broken:?}");
}

#[test]
fn m_k6_sorting_by_the_full_name() {
    let mut broken = Vec::new();
    for seed in 1..=5 {
        let schedule = |settings| {
            let mut contenders = Contenders::with(3, settings, |opening| opening.seed = seed);
            contenders.run(ms(5_000));
            contenders
        };
        broken.extend(broken_by(Mutant::SortByName, schedule));
    }
    assert!(broken.contains(&"lowest_leads"), "{broken:?}");
}

#[test]
fn m_k7_creating_again_after_a_lost_reply() {
    let schedule = |settings| {
        let mut contenders = Contenders::with(2, settings, |opening| opening.down.push(n(2)));
        let kind = Some(contenders.kind("created"));
        contenders.act(Fault::Drop(Which::Like { kind, from: None, to: Some(Who::At(n(1))) }));
        contenders.run(ms(20_000));
        contenders
    };
    assert_eq!(schedule(without(&[])).leaders(), [n(1)]);
    let orphaned = schedule(without(&[Mutant::NoGuid]));
    assert_eq!(orphaned.role(n(1)), Role::Follower, "it waits behind its own orphan, and nobody acts");
    assert_eq!(broken_by(Mutant::NoGuid, schedule), ["one_znode_per_session"]);
}

#[test]
fn m_k8_a_watch_that_is_not_set_again() {
    let schedule = |settings: RecipeSettings| {
        let settings = RecipeSettings { requeue: false, ..settings };
        let mut contenders = queued(2, settings);
        let server: Place = contenders.process(n(2)).client().expect("a client").server();
        contenders.cut(n(2), server);
        contenders.until("it moves", |contenders| contenders.told("reconnected") > 0);
        contenders.run(ms(500)).act(Fault::Resign(Who::At(n(1)))).run(ms(300_000));
        contenders
    };
    assert_eq!(schedule(without(&[])).leaders(), [n(2)]);
    assert_eq!(broken_by(Mutant::NoRearm, schedule), ["watches_fire"]);
}

// ---- what is no token (protocols.md 6.3) --------------------------------------------------------------------

/// Contenders that run jobs, so that the store sees their tokens.
fn at_work(mutants: &[Mutant], nodes: u8) -> Contenders {
    let mut contenders = Contenders::with(nodes, without(mutants), |opening| {
        opening.down.extend((2..=nodes).map(n));
        opening.work.job = Job::Scheduler;
    });
    contenders.until_elected();
    contenders.run(ms(2_000));
    contenders
}

/// How many writes the store had accepted from this node.
fn accepted_from(contenders: &Contenders, node: u8) -> usize {
    let rows = contenders.world.kernel().store.rows.iter();
    rows.filter(|row| row.writer == n(node) && row.outcome == Outcome::Accepted).count()
}

#[test]
fn m_f5_the_suffix_of_the_znode_as_token() {
    // N1 and N2 queue up; N1 goes, N2 leads, goes too, and its successor finds a parent that was created anew.
    let schedule = |mutants: &[Mutant]| {
        let mut contenders = at_work(mutants, 3);
        contenders.restart(n(2)).run(ms(3_000));
        contenders.crash(n(1)).run(ms(8_000));
        assert_eq!(contenders.leaders(), [n(2)]);
        contenders.crash(n(2)).run(ms(8_000));
        contenders.restart(n(3)).run(ms(3_000));
        contenders
    };
    assert!(accepted_from(&schedule(&[]), 3) > 0, "with the czxid the new leader writes");
    let contenders = schedule(&[Mutant::SuffixToken]);
    assert!(accepted_from(&contenders, 2) > 0);
    assert_eq!(accepted_from(&contenders, 3), 0, "its suffix starts again at 0: the rightful leader is locked out");
}

#[test]
fn m_f6_the_session_as_token() {
    // N1's session is older than N2's, but it resigns and enters the queue behind N2.
    let schedule = |mutants: &[Mutant]| {
        let mut contenders = at_work(mutants, 2);
        contenders.restart(n(2)).run(ms(3_000));
        let before = accepted_from(&contenders, 1);
        contenders.act(Fault::Resign(Who::At(n(1)))).run(ms(4_000));
        assert_eq!(contenders.leaders(), [n(2)]);
        contenders.act(Fault::Resign(Who::At(n(2)))).run(ms(4_000));
        accepted_from(&contenders, 1) - before
    };
    assert!(schedule(&[]) > 0, "with the czxid it may write again");
    assert_eq!(schedule(&[Mutant::SessionToken]), 0, "its session is older than the other's: it is refused for ever");
}
