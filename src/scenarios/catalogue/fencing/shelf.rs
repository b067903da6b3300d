//! The stories of fencing, by the id that addresses use.

use super::super::shelf::{Story, story};
use super::*;

/// In the order in which they are best met.
pub static FENCING: &[Story] = &[
    story("raft-paused-leader", "S-F1", paused_leader::raft),
    story("raft-minority-writes", "S-R6", minority_leader::raft),
    story("raft-one-way-cut", "S-R5", half_deaf_leader::raft),
    story("raft-read-then-write", "S-F3", read_then_write::raft),
    story("raft-late-but-legal", "S-F2", read_then_write::late_but_legal),
    story("raft-store-forgets", "M-F1", broken_store::forgets),
    story("raft-store-too-strict", "M-F2", broken_store::strict),
    story("raft-store-checks-first", "M-F3", broken_store::check_then_apply),
    story("raft-clock-token", "M-F4", broken_store::clock_token),
    story("paxos-paused-leader", "S-F1", paused_leader::paxos),
    story("paxos-minority-writes", "S-R6", minority_leader::paxos),
    story("paxos-one-way-cut", "S-R5", half_deaf_leader::paxos),
    story("paxos-read-then-write", "S-F3", read_then_write::paxos),
    story("zab-paused-leader", "S-F1", paused_leader::zab),
    story("zab-minority-writes", "S-Z7", minority_leader::zab),
    story("zab-one-way-cut", "S-Z7", half_deaf_leader::zab),
    story("zab-read-then-write", "S-F3", read_then_write::zab),
    story("bully-two-coordinators", "S-F4", two_coordinators::story),
    story("bully-paused-coordinator", "S-B5", paused_leader::bully),
    story("bully-one-way-cut", "S-B4", half_deaf_leader::bully),
    story("bully-store-grants", "6.3", store_grants::bully),
    story("recipe-paused-scheduler", "S-K3", paused_leader::recipe),
    story("recipe-zombie", "S-K3", zombie_client::story),
    story("recipe-read-then-write", "S-F3", read_then_write::recipe),
    story("lease-paused-scheduler", "S-F1", paused_leader::lease),
    story("lease-slow-clock", "6.3", drifting_clock::story),
    story("lease-store-grants", "6.3", store_grants::lease),
    story("appointed-paused-leader", "S-F1", paused_leader::appointed),
    story("appointed-lost-leader", "S-R6", minority_leader::appointed),
    story("appointed-read-then-write", "S-F3", read_then_write::appointed),
];
