//! What a script may wait for. Cues are judged after every event, from the world itself.

use crate::sim::duty::Stage;
use crate::sim::fault::Who;
use crate::sim::inspection::Seat;
use crate::sim::kernel::Kernel;
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::property::Verdict;
use crate::sim::reign::{Reign, Role};
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cue {
    /// A live, unpaused node leads that was elected since the nearest earlier entry that is not an `after` entry
    /// ran (since the start, if there is none).
    Elected,
    /// Some live, unpaused node leads.
    Leader,
    /// No live, unpaused node leads.
    Leaderless,
    /// Two or more live nodes, paused ones included, lead.
    TwoLeaders,
    /// A live, unpaused leader is followed by a quorum.
    Followed,
    /// Two or more candidates stand in the newest reign, and none of them can win it any more.
    SplitVote,
    /// No node changed its standing for this long, counted from when the script began to wait at the earliest.
    Quiet(Micros),
    /// The leader has begun a piece of work and not sent its write yet, and the store has accepted so many.
    AtWork(u32),
    /// Some promise of the family is broken, also one that was not made any more at that time.
    Broken,
}

/// Cues that are a word or two, with the spelling that documents are written with.
pub const NAMED: &[(&str, Cue)] = &[
    ("elected", Cue::Elected),
    ("leader", Cue::Leader),
    ("leaderless", Cue::Leaderless),
    ("two leaders", Cue::TwoLeaders),
    ("followed", Cue::Followed),
    ("split vote", Cue::SplitVote),
    ("broken promise", Cue::Broken),
];

impl Cue {
    /// Whether it is true now. `tenures` is how many tenures had begun when the entry that counts ran.
    /// [`Cue::Quiet`] is a matter of time and never true here.
    pub fn is_true(self, simulation: &dyn Simulation, tenures: usize) -> bool {
        let kernel = simulation.kernel();
        match self {
            Cue::Elected => kernel
                .measures
                .tenures
                .iter()
                .skip(tenures)
                .any(|tenure| tenure.until.is_none() && leads(kernel, kernel.census.slot(tenure.place))),
            Cue::Leader => nodes(kernel).any(|slot| leads(kernel, slot)),
            Cue::Leaderless => !nodes(kernel).any(|slot| leads(kernel, slot)),
            Cue::TwoLeaders => kernel.measures.several_lead(),
            Cue::Followed => kernel.measures.majority_is_led(),
            Cue::SplitVote => is_split(simulation),
            Cue::Broken => simulation.properties().iter().any(|property| is_broken(&property.verdict)),
            Cue::AtWork(writes) => is_at_work(kernel) && kernel.store.damage.accepted >= u64::from(writes),
            Cue::Quiet(_) => false,
        }
    }
}

fn is_at_work(kernel: &Kernel) -> bool {
    let leader = kernel.resolve(Who::Leader).map(|leader| kernel.census.slot(leader));
    leader.is_some_and(|slot| {
        leads(kernel, slot) && matches!(kernel.clerks[slot].stage, Stage::Acting { finishes: false, .. })
    })
}

fn is_broken(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Broken(_) => true,
        Verdict::Withdrawn { then, .. } | Verdict::Suspended { then, .. } => then.is_some(),
        _ => false,
    }
}

fn nodes(kernel: &Kernel) -> std::ops::Range<usize> {
    0..usize::from(kernel.census.nodes)
}

fn is_live(kernel: &Kernel, slot: usize) -> bool {
    kernel.statuses[slot] != Status::Down
}

/// Leads, and is neither down nor paused.
fn leads(kernel: &Kernel, slot: usize) -> bool {
    kernel.statuses[slot] == Status::Up && kernel.standings[slot].role == Role::Leader
}

/// Two or more live candidates share the newest reign, nobody leads it, and no seat is left that could give one of
/// them a quorum. Candidates of a family that counts no seats cannot be told apart from winners by counting: there,
/// standing against each other is enough.
fn is_split(simulation: &dyn Simulation) -> bool {
    let kernel = simulation.kernel();
    let live = |&slot: &usize| is_live(kernel, slot);
    let newest = nodes(kernel).filter(live).map(|slot| kernel.standings[slot].reign).max().flatten();
    let stands = |role: Role| {
        nodes(kernel)
            .filter(live)
            .filter(move |&slot| kernel.standings[slot].role == role && kernel.standings[slot].reign == newest)
    };
    stands(Role::Leader).next().is_none()
        && stands(Role::Candidate).nth(1).is_some()
        && !stands(Role::Candidate).any(|slot| can_win(simulation, slot, newest))
}

/// Whether enough seats are taken or open for this candidate: a seat is open while its holder is live, has not
/// refused and has not voted in this reign.
fn can_win(simulation: &dyn Simulation, slot: usize, reign: Option<Reign>) -> bool {
    let kernel = simulation.kernel();
    let candidate = kernel.census.place(slot);
    let Some(bench) = simulation.inspect(candidate).bench else { return false };
    if !bench.binding {
        return true;
    }
    let vote = |voter: Place| {
        let slip = simulation.inspect(voter).slip?;
        (slip.binding && Some(slip.reign) == reign).then_some(slip.to)
    };
    let could_be_taken = bench.seats.iter().filter(|&&(voter, seat)| match (seat, vote(voter)) {
        (Seat::Taken, _) => true,
        (_, Some(to)) => to == candidate,
        (Seat::Refused, None) => false,
        (Seat::Empty, None) => is_live(kernel, kernel.census.slot(voter)),
    });
    could_be_taken.count() >= usize::from(bench.needed)
}
