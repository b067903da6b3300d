//! Stories, one a file. [`shelf`] lists them; `writing` holds the few words they are written with.

mod fencing;
mod shelf;
mod writing;

mod raft_clean_failover;
mod raft_deaf_follower;
mod raft_disruptive_server;
mod raft_even_cluster;
mod raft_half_deaf_leader;
mod raft_log_check;
mod raft_old_term_entry;
mod raft_remembered_vote;
mod raft_split_vote;
mod raft_stale_leader;
mod raft_stuck_candidate;
mod raft_transfer;

pub use fencing::FENCING;
pub use shelf::{STORIES, Story};
