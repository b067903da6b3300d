//! Running without a player: for the command line, the lab and tests.

use super::director::Director;
use super::player::Moment;
use super::recording::Intervention;
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;
use crate::sim::touched::Touched;

/// Everything due up to and including `until`, then it is that time. `goes_on` is asked after everything done
/// and ends the run at that moment by answering false.
pub fn run(
    simulation: &mut dyn Simulation,
    director: &mut Director,
    acts: &[Intervention],
    until: Micros,
    goes_on: impl FnMut(&dyn Simulation) -> bool,
) -> Touched {
    run_to(simulation, director, acts, Moment { at: until, done: u64::MAX }, goes_on)
}

/// The same to an exact moment.
pub fn run_to(
    simulation: &mut dyn Simulation,
    director: &mut Director,
    acts: &[Intervention],
    until: Moment,
    mut goes_on: impl FnMut(&dyn Simulation) -> bool,
) -> Touched {
    let mut touched = Touched::default();
    loop {
        let next = director.next(simulation, acts);
        match next.filter(|&(at, _)| at <= until.at && director.done < until.done) {
            Some(next) => touched.add(director.take(simulation, acts, next)),
            None => {
                // With the next thing still due, waiting for it would skip it.
                let wait = next.map_or(until.at, |(due, _)| due.min(until.at)).max(simulation.now());
                simulation.wait_until(wait);
                return touched;
            }
        }
        if !goes_on(simulation) {
            return touched;
        }
    }
}

/// The same without being asked in between, faster: stretches in which nobody acts are left to the world alone.
pub fn run_through(
    simulation: &mut dyn Simulation,
    director: &mut Director,
    acts: &[Intervention],
    until: Micros,
) -> Touched {
    let mut touched = Touched::default();
    loop {
        if let Some(quiet) = director.undisturbed_until(acts, until).filter(|&quiet| quiet > simulation.now()) {
            touched.add(simulation.run_until(quiet));
        }
        match director.next(simulation, acts).filter(|&(at, _)| at <= until) {
            Some(next) => touched.add(director.take(simulation, acts, next)),
            None => break,
        }
    }
    simulation.wait_until(until);
    touched
}
