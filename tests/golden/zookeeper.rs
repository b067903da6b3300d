//! The runs of Zab and of the ZooKeeper recipe that must never change.

use super::written::written;
use conclave::protocols::zab::{Zab, ZabSettings};
use conclave::protocols::zookeeper::{Process, RecipeSettings};
use conclave::sim::fault::{By, Fault, Who};
use conclave::sim::place::Place;
use conclave::sim::protocol::Protocol;
use conclave::sim::request::Word;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::MILLISECOND;
use conclave::sim::world::{Opening, World};

fn n(number: u8) -> Who {
    Who::At(Place::Node(number))
}

fn played<P: Protocol>(nodes: u8, settings: P::Settings, acts: &[(u64, Fault)], end: u64) -> String {
    let mut world = World::new(Opening::<P>::new(nodes, 7, settings));
    world.keep_history(1 << 16);
    for (at, fault) in acts {
        world.run_until(*at * MILLISECOND);
        world.inject(By::Script, fault);
    }
    world.run_until(end * MILLISECOND);
    written(&world)
}

fn word(text: &str) -> Word {
    Word::new(text).expect("at most eight bytes")
}

/// Three servers elect, write, lose their leader with a transaction of its own, elect again; it comes back.
pub fn zab_fail_over() -> String {
    let acts = [
        (1_000, Fault::Request(word("a"), n(1))),
        (1_200, Fault::Isolate(n(3))),
        (1_210, Fault::Request(word("alone"), n(3))),
        (1_250, Fault::Crash(n(3))),
        (1_260, Fault::Heal),
        (3_500, Fault::Restart(n(3))),
    ];
    played::<Zab>(3, ZabSettings::quick(), &acts, 4_500)
}

/// Three contenders queue; the leader dies, its session expires, the next one leads.
pub fn recipe_fail_over() -> String {
    played::<Process>(3, RecipeSettings::quick(), &[(2_000, Fault::Crash(n(1)))], 4_500)
}
