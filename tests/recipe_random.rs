//! A million random events with every fault that the recipe allows: nothing promised is broken.

mod chaos;

use chaos::{Allowed, Chaos};
use conclave::protocols::zookeeper::{Process, RecipeSettings};
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, SECOND};
use conclave::sim::world::Opening;

fn a_million(nodes: u8, seed: u64, settings: RecipeSettings) {
    let mut opening: Opening<Process> = Opening::new(nodes, seed, settings);
    opening.wires.latency = (MILLISECOND, 20 * MILLISECOND);
    opening.wires.disk = (0, 8 * MILLISECOND);
    opening.wires.loss = 10_000;
    let mut chaos = Chaos::new(opening, seed, Allowed { wipe: false, ..Allowed::all() });
    chaos.asks = 0;
    chaos.pace = 200 * MILLISECOND;
    chaos.run(1_000_000);
    chaos.report("recipe");
    chaos.keeps_its_promises();
    chaos.recover(120 * SECOND);
    chaos.keeps_its_promises();
    assert!(!chaos.world.kernel().measures.several_lead());
    assert!(chaos.world.kernel().measures.majority_is_led(), "nobody leads in the end");
}

#[test]
fn a_million_events_of_three_contenders() {
    a_million(3, 5, RecipeSettings::quick());
}

#[test]
fn a_million_events_of_five_contenders_as_a_herd() {
    a_million(5, 9, RecipeSettings { lead_until_lost: true, give_up_alone: true, ..RecipeSettings::herd() });
}
