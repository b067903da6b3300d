//! The runs of Raft that must never change: seeds, faults and lengths.

use super::written::written;
use conclave::protocols::raft::{Raft, Settings};
use conclave::sim::fault::{By, Fault, Waking, Who};
use conclave::sim::place::Place;
use conclave::sim::request::Word;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, Micros};
use conclave::sim::world::{Opening, World};

fn n(number: u8) -> Who {
    Who::At(Place::Node(number))
}

/// Plays a run: acts at times in milliseconds, then on until the end.
fn played(nodes: u8, settings: Settings, change: fn(&mut Opening<Raft>), acts: &[(u64, Fault)], end: u64) -> String {
    let mut opening = Opening::<Raft>::new(nodes, 7, settings);
    change(&mut opening);
    let mut world = World::new(opening);
    world.keep_history(1 << 16);
    // The very first events, before the history was switched on, are the same in all: every server starts.
    for (at, fault) in acts {
        world.run_until(*at * MILLISECOND);
        world.inject(By::Script, fault);
    }
    let end: Micros = end * MILLISECOND;
    world.run_until(end);
    written(&world)
}

fn as_it_is(_: &mut Opening<Raft>) {}

/// A cold start; the leader dies, another takes over, the first comes back.
pub fn fail_over() -> String {
    let write = Fault::Request(Word::new("x").unwrap_or_default(), Who::Leader);
    let acts =
        [(400, write), (500, Fault::Crash(Who::Leader)), (900, Fault::Restart(n(1))), (901, Fault::Restart(n(2)))];
    played(3, Settings::paper(), as_it_is, &acts, 1_100)
}

/// The leader is cut off with a minority, writes in vain, and is put right when the network heals.
pub fn partition() -> String {
    let write = |word: &str| Word::new(word).unwrap_or_default();
    let acts = [
        (400, Fault::Partition(vec![vec![Who::Leader], vec![n(1), n(2), n(3)]])),
        (401, Fault::Request(write("lost"), Who::Leader)),
        (750, Fault::Request(write("kept"), Who::Leader)),
        (850, Fault::Heal),
    ];
    let settings = Settings { pre_vote: true, check_quorum: true, ..Settings::paper() };
    played(3, settings, as_it_is, &acts, 1_100)
}

/// A leader freezes and wakes: its timers first, then its inbox.
pub fn pauses() -> String {
    let acts = [
        (400, Fault::Pause(Who::Leader)),
        (900, Fault::Resume(n(1), Waking::TimersFirst)),
        (901, Fault::Resume(n(2), Waking::InboxFirst)),
        (902, Fault::Resume(n(3), Waking::Either)),
    ];
    played(3, Settings::paper(), as_it_is, &acts, 1_100)
}

/// Lost, doubled and late messages, slow disks, a clock that runs fast.
pub fn loss() -> String {
    let change = |opening: &mut Opening<Raft>| {
        opening.wires.loss = 100_000;
        opening.wires.duplicate = 100_000;
        opening.wires.tail_chance = 50_000;
        opening.wires.disk = (MILLISECOND, 8 * MILLISECOND);
        opening.pauses.every = 600 * MILLISECOND;
    };
    let write = Fault::Request(Word::new("x").unwrap_or_default(), Who::Leader);
    let acts = [(1, Fault::Drift(n(2), 200_000)), (600, write), (610, Fault::Read(Word::default(), Who::Leader))];
    played(3, Settings::paper(), change, &acts, 1_200)
}
