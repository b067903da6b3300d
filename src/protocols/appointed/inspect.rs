//! What brokers and the controller show of themselves.

use super::broker::Broker;
use super::disk::{Disk, Partition};
use super::process::Timer;
use crate::sim::inspection::{Cell, Inspection, Shown};
use crate::sim::place::Place;
use crate::sim::protocol::Timer as _;
use crate::sim::reign::Reign;

/// How many records the strip shows.
const STRIP: usize = 8;

pub(super) fn broker(broker: &Broker, disk: &Disk, page: &mut Inspection) {
    page.line = Some(("epoch", Shown::Number(broker.known.leader_epoch.into())));
    page.ring_timer = Some(Timer::Beat.number());
    decisions(&broker.known, page);
    page.row("commit", Shown::Number(broker.committed.into()));
    page.row("log_in_memory", Shown::Number(broker.length().into()));
    log(disk, broker.committed, page);
}

pub(super) fn controller(disk: &Disk, page: &mut Inspection) {
    page.line = Some(("controller_epoch", Shown::Number(disk.partition.controller_epoch.into())));
    decisions(&disk.partition, page);
    page.on_disk("controller_epoch", Shown::Number(disk.partition.controller_epoch.into()));
    page.on_disk("unclean", Shown::Number(disk.partition.unclean.into()));
}

fn decisions(partition: &Partition, page: &mut Inspection) {
    let leader = partition.leader;
    page.row("leader", if leader == 0 { Shown::Nothing } else { Shown::Place(Place::Node(leader)) });
    page.row("epoch", Shown::Number(partition.leader_epoch.into()));
    let in_sync = (1..32).filter(|&broker| partition.has(broker)).map(Place::Node).collect();
    page.row("in_sync", Shown::Places(in_sync));
    page.row("version", Shown::Number(partition.version));
}

pub(super) fn log(disk: &Disk, committed: u32, page: &mut Inspection) {
    page.on_disk("log", Shown::Numbers(disk.log.iter().map(|entry| entry.epoch.into()).collect()));
    let start = disk.log.len().saturating_sub(STRIP);
    page.strip_start = start as u64 + 1;
    let cell = |(index, entry): (usize, &super::disk::Entry)| Cell {
        number: entry.epoch.into(),
        letter: ' ',
        reign: Reign::counted(entry.epoch.into()),
        settled: index < committed as usize,
    };
    page.strip = disk.log.iter().enumerate().skip(start).map(cell).collect();
}
