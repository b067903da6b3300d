//! Paxos: single decree, and Multi-Paxos with an elected leader (rules after the TLA+ modules `Paxos`, `Voting`
//! and `MultiPaxos-SMR`, cocagne/paxos for the liveness window, riak_ensemble and Chubby for the lease).
//!
//! Every node is acceptor, proposer and learner at once. [`acceptor`] promises and accepts, [`proposer`] asks and
//! adopts, [`learner`] finds out what is chosen; with a leader, [`leader`] does the steady work, [`liveness`]
//! notices its silence and [`lease`] lets it answer reads alone.

mod acceptor;
mod disk;
mod inspect;
mod leader;
mod learner;
mod lease;
mod liveness;
mod message;
mod mutants;
mod node_set;
mod process;
mod properties;
mod proposer;
mod settings;
mod value;

pub use disk::{Acceptance, PaxosDisk, PaxosRecord};
pub use message::{Nack, PaxosMessage, Report};
pub use mutants::Mutant;
pub use node_set::NodeSet;
pub use process::{Part, Paxos, PaxosTimer};
pub use properties::PaxosPromises;
pub use settings::{Mode, PaxosSettings};
pub use value::Value;

/// A ballot: a counter and the one proposer that may use it, compared as a pair.
pub type Ballot = crate::sim::reign::Reign;

/// Slots of the log are numbered from 1. Single decree has slot 1 alone.
pub type Slot = u64;
