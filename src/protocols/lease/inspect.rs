//! What candidates and the service show of themselves.

use super::candidate::Candidate;
use super::disk::{Disk, Lease};
use super::process::Timer;
use crate::sim::inspection::{Inspection, Shown};
use crate::sim::place::Place;
use crate::sim::protocol::Timer as _;

pub(super) fn candidate(candidate: &Candidate, page: &mut Inspection) {
    let timer = if candidate.leads { Timer::Deadline } else { Timer::Poll };
    page.ring_timer = Some(timer.number());
    let lease = candidate.seen.map(|(lease, _)| lease).unwrap_or_default();
    page.line = Some(line(&lease));
    page.row("holder", holder(&lease));
    page.row("transitions", Shown::Number(lease.transitions));
    page.row("version", Shown::Number(lease.version));
    if let Some((_, since)) = candidate.seen {
        page.row("seen_at", Shown::Number(since / 1_000));
    }
}

pub(super) fn disk(disk: &Disk, page: &mut Inspection) {
    page.line = Some(line(&disk.lease));
    page.on_disk("holder", holder(&disk.lease));
    page.on_disk("transitions", Shown::Number(disk.lease.transitions));
    page.on_disk("version", Shown::Number(disk.lease.version));
}

fn line(lease: &Lease) -> (&'static str, Shown) {
    (if lease.holder == 0 { "no_holder" } else { "holder" }, holder(lease))
}

fn holder(lease: &Lease) -> Shown {
    if lease.holder == 0 { Shown::Nothing } else { Shown::Place(Place::Node(lease.holder)) }
}
