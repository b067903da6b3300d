//! How fast the engine runs on one core: `cargo bench --no-default-features --bench engine`, and with
//! `scripts/bench-wasm.sh` as WebAssembly under Node. Prints medians of several rounds and ratios between them; nothing
//! here can fail because a machine is slow.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench reads the clock and prints")]

use conclave::protocols::raft::{Raft, Settings};
use conclave::sim::fault::{By, Fault, Who};
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, SECOND};
use conclave::sim::world::{Opening, World};
use std::hint::black_box;

#[cfg(not(target_arch = "wasm32"))]
mod clock {
    use std::sync::LazyLock;
    use std::time::Instant;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);

    pub fn seconds() -> f64 {
        START.elapsed().as_secs_f64()
    }
}

#[cfg(target_arch = "wasm32")]
mod clock {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance)]
        fn now() -> f64;
    }

    pub fn seconds() -> f64 {
        now() / 1_000.0
    }
}

#[cfg(not(target_arch = "wasm32"))]
macro_rules! say { ($($part:tt)*) => { println!($($part)*) }; }
#[cfg(target_arch = "wasm32")]
macro_rules! say { ($($part:tt)*) => { wasm_bindgen_test::console_log!($($part)*) }; }

const ROUNDS: usize = 7;

fn main() {
    say!("five Raft servers, preset paper, links of 10 to 20 ms");
    let both = steady("steady, history on,  promises off", true, false);
    let judged = steady("steady, history on,  promises on ", true, true);
    let bare = steady("steady, history off, promises off", false, false);
    say!("promises cost {:.0} % of a step, history {:.0} %", cost(both, judged), cost(bare, both));
    fail_over();
}

fn cost(without: f64, with: f64) -> f64 {
    (without / with - 1.0) * 100.0
}

fn world(history: bool, promises: bool) -> World<Raft> {
    let mut opening = Opening::<Raft>::new(5, 7, Settings::paper());
    opening.wires.latency = (10 * MILLISECOND, 20 * MILLISECOND);
    let mut world = World::new(opening);
    if history {
        world.keep_history(conclave::sim::history::BOUND);
    }
    world.judge_promises(promises);
    world
}

/// Heartbeats and their answers; returns steps per second.
fn steady(name: &str, history: bool, promises: bool) -> f64 {
    let mut world = world(history, promises);
    world.run_until(10 * SECOND);
    let rate = median(|| {
        let (steps, begun) = (world.kernel().steps, clock::seconds());
        let until = world.now() + 10_000 * SECOND;
        world.run_until(until);
        (world.kernel().steps - steps) as f64 / (clock::seconds() - begun)
    });
    say!("{name}: {:>6.2} million events per second", rate / 1e6);
    rate
}

/// A cold election, then the leader dies and the others elect another; the same world restarted with new seeds.
fn fail_over() {
    let mut world = world(false, false);
    let mut seed = 0;
    let mut steps = 0;
    let rate = median(|| {
        let (runs, begun) = (20_000, clock::seconds());
        for _ in 0..runs {
            seed += 1;
            world.restart(seed);
            until_led(&mut world);
            world.inject(By::Script, &Fault::Crash(Who::Leader));
            until_led(&mut world);
            steps += world.kernel().steps;
            black_box(world.now());
        }
        f64::from(runs) / (clock::seconds() - begun)
    });
    let mean = steps as f64 / seed as f64;
    say!("cold election and fail-over: {rate:>8.0} runs per second, {mean:.1} events each");
}

fn until_led(world: &mut World<Raft>) {
    while !world.kernel().measures.majority_is_led() {
        world.step();
    }
}

fn median(mut measure: impl FnMut() -> f64) -> f64 {
    let mut found: Vec<f64> = (0..ROUNDS).map(|_| measure()).collect();
    found.sort_by(f64::total_cmp);
    found[ROUNDS / 2]
}
