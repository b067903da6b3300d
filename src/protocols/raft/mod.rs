//! Raft, beside its paper: Ongaro and Ousterhout 2014, Ongaro's thesis, and what etcd added to it.
//!
//! Rule numbers are those of `rules.rs`; every decision names one. Where to look:
//!
//! | rules | file |
//! |---|---|
//! | R-1, R-2: terms | `term.rs` |
//! | R-3 to R-9: elections and votes | `election.rs`, `vote.rs` |
//! | R-10 to: copying the log | `append.rs` (follower), `replicate.rs` (leader) |
//! | R-12 to R-14: commitment | `commit.rs` |
//! | R-16: reads; writes | `read.rs`, `write.rs` |
//! | R-17 to R-20: PreVote | `prevote.rs` |
//! | R-21 to R-23: CheckQuorum and loyal voters | `check_quorum.rs` |
//! | R-24, R-25: handing leadership over | `transfer.rs` |
//!
//! Membership is left out: every server counts the configured nodes.

mod append;
mod check_quorum;
mod commit;
mod disk;
mod election;
mod inspect;
mod log;
mod message;
mod mutants;
mod node_set;
mod orders;
mod prevote;
mod properties;
mod read;
mod replicate;
mod role;
mod rules;
mod server;
mod settings;
mod term;
mod timer;
mod transfer;
mod vote;
mod write;

pub use disk::{Disk, Record};
pub use log::{Command, Entry, Log};
pub use message::{APPEND, APPEND_REPLY, HEARTBEAT, PRE_VOTE, PRE_VOTE_REQUEST, TIMEOUT_NOW, VOTE, VOTE_REQUEST};
pub use message::{Append, AppendReply, Ballot, Message};
#[cfg(feature = "mutants")]
pub use mutants::{Mutant, Mutants};
pub use node_set::NodeSet;
pub use properties::RaftPromises;
pub use role::{Leader, Progress, Role, Votes};
pub use rules::reason;
pub use server::Raft;
pub use settings::Settings;
pub use timer::Timer;
