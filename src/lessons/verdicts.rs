//! How promises, statuses and roles are spelled in claims.

use crate::sim::measures::Status;
use crate::sim::property::Verdict;
use crate::sim::reign::Role;
use crate::sim::simulation::Simulation;

/// How the promise with this id stands; `None` if the family has no such promise.
pub fn promise(sim: &dyn Simulation, id: &str) -> Option<&'static str> {
    let property = sim.properties().iter().find(|property| property.promise.id == id)?;
    Some(match property.verdict {
        Verdict::Kept => "kept",
        Verdict::AtRisk(_) => "at risk",
        Verdict::Broken(_) => "broken",
        Verdict::Withdrawn { then: None, .. } => "withdrawn",
        Verdict::Withdrawn { .. } => "withdrawn and broken",
        Verdict::Suspended { then: None, .. } => "suspended",
        Verdict::Suspended { .. } => "suspended and broken",
        Verdict::NotPromised => "not promised",
    })
}

/// How many promises that were given are broken.
pub fn broken(sim: &dyn Simulation) -> u64 {
    sim.properties().iter().filter(|property| matches!(property.verdict, Verdict::Broken(_))).count() as u64
}

pub fn status_id(status: Status) -> &'static str {
    match status {
        Status::Up => "up",
        Status::Paused => "paused",
        Status::Down => "down",
    }
}

pub fn role_id(role: Role) -> &'static str {
    match role {
        Role::Follower => "follower",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    }
}
