//! A million random events with every fault that Zab allows: nothing promised is broken.

mod chaos;

use chaos::{Allowed, Chaos};
use conclave::protocols::zab::{Zab, ZabSettings};
use conclave::sim::time::MILLISECOND;
use conclave::sim::world::Opening;

fn a_million(nodes: u8, seed: u64, settings: ZabSettings) {
    let mut opening: Opening<Zab> = Opening::new(nodes, seed, settings);
    opening.wires.latency = (MILLISECOND, 20 * MILLISECOND);
    opening.wires.disk = (0, 8 * MILLISECOND);
    opening.wires.loss = 10_000;
    let mut chaos = Chaos::new(opening, seed, Allowed { wipe: false, ..Allowed::all() });
    chaos.run(1_000_000);
    chaos.report("zab");
    chaos.keeps_its_promises();
}

#[test]
fn a_million_events_of_three_servers() {
    let settings = ZabSettings { log_kept: 8, ..ZabSettings::zookeeper_fast() };
    a_million(3, 7, settings);
}

#[test]
fn a_million_events_of_five_servers() {
    a_million(5, 11, ZabSettings { log_kept: 3, ..ZabSettings::quick() });
}
