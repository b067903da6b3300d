//! The headline says what the run shows, and no more.

use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::scenario::Scenario;
use conclave::sim::fault::{By, Fault, Who};
use conclave::sim::place::Place;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, SECOND};
use conclave::words::headline::{Gravity, Headline, headline};
use conclave::words::lookup::Words;

fn raft(nodes: u8) -> Box<dyn Simulation> {
    let algorithm = Algorithm::by_id("raft").expect("Raft is built in");
    let scenario = Scenario { nodes, seed: 3, ..Scenario::new(algorithm) };
    scenario.open().expect("it opens")
}

fn said(sim: &dyn Simulation) -> Headline {
    headline(&Words::of("raft"), sim)
}

fn leader(sim: &dyn Simulation) -> Option<Place> {
    sim.kernel().resolve(Who::Leader)
}

/// Plays until somebody leads and is followed.
fn settle(sim: &mut dyn Simulation) -> Place {
    while leader(sim).is_none() {
        sim.step();
    }
    sim.run_until(sim.now() + 200 * MILLISECOND);
    leader(sim).expect("somebody leads")
}

#[test]
fn at_the_start_it_says_who_loses_patience_first() {
    let sim = raft(5);
    let found = said(sim.as_ref());
    assert_eq!(found.title, "Five nodes, no leader yet");
    assert!(found.why.contains("will lose patience first, in "), "{}", found.why);
}

#[test]
fn a_candidate_is_told_by_its_count() {
    let mut sim = raft(5);
    while sim.kernel().resolve(Who::Candidate).is_none() {
        sim.step();
    }
    let found = said(sim.as_ref());
    assert!(found.title.starts_with("Election in term "), "{}", found.title);
    assert!(found.why.contains("has 1 of the 3 votes it needs."), "{}", found.why);
}

#[test]
fn a_leader_is_told_with_its_followers() {
    let mut sim = raft(3);
    let leader = settle(sim.as_mut());
    let found = said(sim.as_ref());
    assert!(found.title.starts_with(&format!("{leader} leads term ")), "{}", found.title);
    assert!(found.why.starts_with("Followed by "), "{}", found.why);
    assert_eq!(found.gravity, Gravity::Calm);
}

#[test]
fn a_crashed_leader_is_missed_before_it_is_replaced() {
    let mut sim = raft(5);
    let old = settle(sim.as_mut());
    sim.inject(By::Visitor, &Fault::Crash(Who::At(old)));
    let found = said(sim.as_ref());
    assert_eq!(found.title, format!("Nobody hears {old}"));
    assert!(found.why.starts_with("It is down"), "{}", found.why);
}

#[test]
fn a_leader_of_a_minority_can_decide_nothing() {
    let mut sim = raft(5);
    let leader = settle(sim.as_mut());
    let others: Vec<Place> = sim.kernel().census.nodes().filter(|&node| node != leader).take(3).collect();
    for other in others {
        sim.inject(By::Visitor, &Fault::Crash(Who::At(other)));
    }
    let found = said(sim.as_ref());
    assert!(found.title.starts_with(&format!("{leader} leads")), "{}", found.title);
    assert!(found.why.contains("It reaches 2 of 5 nodes"), "{}", found.why);
    sim.inject(By::Visitor, &Fault::Crash(Who::At(leader)));
    sim.run_until(sim.now() + 2 * SECOND);
    let last = said(sim.as_ref());
    assert!(last.title == "Nobody can win" || last.title.starts_with("Election"), "{}", last.title);
}

#[test]
fn two_leaders_are_an_alarm_that_says_who_can_commit() {
    let mut sim = raft(5);
    let old = settle(sim.as_mut());
    sim.inject(By::Visitor, &Fault::Isolate(Who::At(old)));
    while !sim.kernel().measures.several_lead() {
        sim.step();
    }
    let new = leader(sim.as_ref()).expect("a newer leader");
    let found = said(sim.as_ref());
    assert_eq!(found.gravity, Gravity::TwoLeaders);
    assert!(found.title.starts_with("Two leaders: "), "{}", found.title);
    assert_eq!(found.why, format!("Only {new} can reach a majority."));
}

#[test]
fn every_node_down_is_said_so() {
    let mut sim = raft(3);
    for node in [1, 2, 3] {
        sim.inject(By::Visitor, &Fault::Crash(Who::At(Place::Node(node))));
    }
    assert_eq!(said(sim.as_ref()).title, "Every node is down");
}

#[test]
fn a_split_vote_needs_that_nobody_can_win_any_more() {
    let mut seen = false;
    for seed in 1..400 {
        let algorithm = Algorithm::by_id("raft").expect("Raft is built in");
        let scenario = Scenario { nodes: 4, seed, ..Scenario::new(algorithm) };
        let mut sim = scenario.open().expect("it opens");
        while sim.now() < 2 * SECOND && leader(sim.as_ref()).is_none() {
            sim.step();
            let found = said(sim.as_ref());
            if let Some(term) = found.title.strip_prefix("Split vote in ") {
                seen = true;
                let reign = sim.kernel().standings.iter().filter_map(|standing| standing.reign).max();
                assert_eq!(Some(term.to_owned()), reign.map(|reign| format!("term {reign}")));
                let asked_again = sim.now() + 400 * MILLISECOND;
                while sim.now() < asked_again && leader(sim.as_ref()).is_none() {
                    sim.step();
                }
                let led = leader(sim.as_ref()).map(|node| sim.kernel().standings[usize::from(node.number()) - 1].reign);
                assert_ne!(led, Some(reign), "seed {seed}: somebody won the term that was called split");
                break;
            }
        }
    }
    assert!(seen, "no seed split the vote");
}
