//! Ensembles of Zab servers for stories: what their disks hold at first.
#![allow(dead_code)]

use crate::story::{Story, n};
use conclave::protocols::zab::disk::Disk;
use conclave::protocols::zab::{Zab, ZabSettings};
use conclave::sim::datum::Datum;
use conclave::sim::place::Census;
use conclave::sim::protocol::Protocol;
use conclave::sim::world::Opening;

pub type Servers = Story<Zab>;

/// A disk with this current epoch and a history of one epoch up to this zxid.
pub fn disk(current_epoch: u64, zxid: [u64; 2]) -> Disk {
    let mut disk = Disk::default();
    let census = Census { nodes: 3, servers: 0 };
    let numbers = |numbers: &[u64]| Datum::List(numbers.iter().map(|&number| Datum::Number(number)).collect());
    Zab::seed_disk(&mut disk, census, n(1), "zxid", &numbers(&zxid)).expect("a fine zxid");
    Zab::seed_disk(&mut disk, census, n(1), "current_epoch", &Datum::Number(current_epoch)).expect("a fine epoch");
    disk
}

/// Servers that start with these epochs and zxids, and after `change` has seen the opening.
pub fn servers_with(
    disks: &[(u64, [u64; 2])],
    settings: ZabSettings,
    change: impl FnOnce(&mut Opening<Zab>),
) -> Servers {
    Story::with(disks.len() as u8, settings, |opening: &mut Opening<Zab>| {
        for (index, &(epoch, zxid)) in disks.iter().enumerate() {
            opening.disks.push((n(index as u8 + 1), disk(epoch, zxid)));
        }
        change(opening);
    })
}
