//! Raft with 3 servers: every run within a bound, with the shipped step functions.
#![cfg(not(target_arch = "wasm32"))]

mod models;

use conclave::protocols::raft::{Message, Raft, Settings, Timer};
use conclave::sim::place::Place;
use conclave::sim::protocol::Timer as _;
use models::{Cluster, Exploration, Remembers, explore};
use stateright::{Checker, Property};
use std::collections::BTreeSet;

/// Who led in which term, and what was committed: index and term.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
struct Reigns {
    leaders: BTreeSet<(u64, Place)>,
    committed: BTreeSet<(u64, u64)>,
}

impl Remembers<Raft> for Reigns {
    fn stepped(&mut self, by: Place, process: &Raft) {
        if process.leads() {
            self.leaders.insert((process.current_term, by));
        }
        for index in 1..=process.commit_index {
            self.committed.extend(process.log.term_at(index).map(|term| (index, term)));
        }
    }
}

type State = Cluster<Raft, Reigns>;

/// No two entries of the set share the first part.
fn unique<T: Ord>(pairs: &BTreeSet<(u64, T)>) -> bool {
    let mut firsts = pairs.iter().map(|(first, _)| first);
    let mut before = firsts.next();
    firsts.all(|first| before.replace(first) != Some(first))
}

fn logs_match(state: &State) -> bool {
    let logs: Vec<_> = state.disks.iter().map(|disk| disk.log.entries()).collect();
    let agree = |one: &[conclave::protocols::raft::Entry], other: &[conclave::protocols::raft::Entry]| {
        let last = (0..one.len().min(other.len())).rev().find(|&index| one[index].term == other[index].term);
        last.is_none_or(|last| one[..=last] == other[..=last])
    };
    logs.iter().all(|one| logs.iter().all(|other| agree(one, other)))
}

/// Election timers run out so often; one of these crashes.
fn elections(settings: Settings, fires: [u8; 3], mortal: &[u8]) -> Exploration<Raft, Reigns> {
    Exploration {
        timers: vec![Timer::Election.number()],
        fires: fires.to_vec(),
        crashes: u8::from(!mortal.is_empty()),
        mortal: mortal.iter().map(|&node| Place::Node(node)).collect(),
        promises: vec![
            Property::always("one leader per term", |_, state: &State| unique(&state.history.leaders)),
            Property::always("what is committed stays", |_, state: &State| unique(&state.history.committed)),
            Property::always("logs that share an entry agree up to it", |_, state: &State| logs_match(state)),
            Property::sometimes("somebody leads", |_, state: &State| !state.history.leaders.is_empty()),
            Property::sometimes("something is committed", |_, state: &State| !state.history.committed.is_empty()),
        ],
        ..Exploration::of(3, settings)
    }
}

/// Requests for votes and votes arrive; whatever a leader sends is lost.
fn only_votes(exploration: Exploration<Raft, Reigns>) -> Exploration<Raft, Reigns> {
    let mut exploration = exploration;
    exploration.carries = |_, message| matches!(message, Message::VoteRequest(_) | Message::Vote { .. });
    exploration.promises.retain(|promise| promise.name != "something is committed");
    exploration
}

#[test]
fn elections_among_three_with_one_crash_are_safe() {
    let bound = "Raft, 3 servers that run once each, votes lost, doubled and late, one crash";
    explore(bound, only_votes(elections(Settings::default(), [1, 1, 1], &[1, 2, 3]))).assert_properties();
}

#[test]
fn two_leaders_in_turn_and_a_voter_that_crashes_are_safe() {
    let bound = "Raft, 3 servers, 2 of them run once, all messages lost, doubled and late, the third crashes once";
    explore(bound, elections(Settings::default(), [1, 1, 0], &[3])).assert_properties();
}

#[test]
fn a_server_that_runs_twice_with_one_crash_is_safe() {
    let bound = "Raft, 3 servers, one runs twice, all messages lost, doubled and late, one crash";
    explore(bound, elections(Settings::default(), [2, 0, 0], &[1, 2, 3])).assert_properties();
}

/// The same exploration finds what is wrong with a rule taken out.
#[cfg(feature = "mutants")]
#[test]
fn a_server_that_forgets_its_vote_is_found() {
    use conclave::protocols::raft::{Mutant, Mutants};
    let settings = Settings { mutants: Mutants::default().with(Mutant::ForgetVote), ..Settings::default() };
    let checker = explore("Raft without its votes on disk", only_votes(elections(settings, [1, 1, 0], &[1, 2, 3])));
    assert!(checker.discovery("one leader per term").is_some());
}
