//! What the ledger shows, taken from a world.

use crate::picture::work::{Standing, standings};
use crate::sim::measures::Measures;
use crate::sim::place::Place;
use crate::sim::reign::Token;
use crate::sim::simulation::Simulation;
use crate::sim::store::{Damage, Fencing, Guard, Job, Row};
use crate::sim::time::Micros;
use crate::words::ledger;

/// As many rows as the ledger lists, the newest first.
const ROWS: usize = 40;

#[derive(Clone, PartialEq)]
pub struct LedgerFacts {
    pub job: Job,
    pub guard: Guard,
    pub has_tokens: bool,
    pub highest: Option<Token>,
    pub rows: Vec<Row>,
    /// What stands of each of them.
    pub standings: Vec<Standing>,
    pub damage: Damage,
    pub worst: Option<Row>,
    pub guarded: &'static str,
    pub is_up: bool,
    /// Two lead, and nothing keeps the older one from writing.
    pub exposed: bool,
    /// Who led longest beside its successor, and for how long.
    pub zombie: Option<(Place, Micros)>,
}

impl LedgerFacts {
    pub fn of(sim: &dyn Simulation) -> LedgerFacts {
        let kernel = sim.kernel();
        let store = &kernel.store;
        let guard = store.guard;
        let compares = kernel.has_tokens || guard.grants_tokens;
        let rows: Vec<Row> = store.rows.iter().rev().take(ROWS).copied().collect();
        LedgerFacts {
            job: kernel.work.job,
            guard,
            has_tokens: kernel.has_tokens,
            highest: store.highest,
            standings: standings(kernel.work.job, &rows),
            rows,
            damage: store.damage,
            worst: store.worst,
            guarded: ledger::guarded(store, kernel.has_tokens),
            is_up: kernel.statuses[kernel.census.slot(Place::Store)] == crate::sim::measures::Status::Up,
            exposed: kernel.measures.several_lead() && (guard.fencing == Fencing::Off || !compares),
            zombie: zombie(&kernel.measures, kernel.now),
        }
    }

    /// Whether a switch can do anything: there is a number to compare.
    pub fn compares(&self) -> bool {
        self.has_tokens || self.guard.grants_tokens
    }
}

fn zombie(measures: &Measures, now: Micros) -> Option<(Place, Micros)> {
    let spans =
        (0..measures.tenures.len()).map(|index| (measures.zombie_of(index, now), measures.tenures[index].place));
    spans.filter(|&(span, _)| span > 0).max().map(|(span, place)| (place, span))
}
