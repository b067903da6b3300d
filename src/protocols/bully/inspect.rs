//! What a Bully node shows of itself.

use super::disk::BullyDisk;
use super::process::{Bully, BullyTimer, Part};
use crate::sim::inspection::{Inspection, Shown};
use crate::sim::protocol::Timer;

impl Bully {
    pub(super) fn show(&self, disk: &BullyDisk, page: &mut Inspection) {
        let asked = if self.elects() { self.higher().collect() } else { Vec::new() };
        match self.part {
            Part::Follower { coordinator: Some(coordinator) } => {
                page.line = Some(("follows", Shown::Place(coordinator)));
                page.ring_timer = Some(BullyTimer::Silence.number());
            }
            Part::Follower { coordinator: None } => page.line = Some(("follows_nobody", Shown::Nothing)),
            Part::Electing => {
                page.line = Some(("asked", Shown::Places(asked.clone())));
                page.ring_timer = Some(BullyTimer::Answer.number());
            }
            Part::Waiting { highest } => {
                page.line = Some(("waits_for", Shown::Place(highest)));
                page.ring_timer = Some(BullyTimer::Coordinator.number());
                page.waits_for.push(highest);
            }
            Part::Coordinator => page.line = Some(("coordinates", Shown::Nothing)),
        }
        let place_or_nothing = |place: Option<_>| place.map_or(Shown::Nothing, Shown::Place);
        page.row("coordinator", place_or_nothing(self.coordinator()));
        page.row("asked", Shown::Places(asked));
        // Bully has no quorum: in place of a bench it shows the highest id that answered.
        page.row("highest_answer", place_or_nothing(page.waits_for.first().copied()));
        page.row("attempt", Shown::Number(u64::from(self.attempt.number)));
        disk.show(page);
    }
}

impl BullyDisk {
    pub(super) fn show(&self, page: &mut Inspection) {
        page.on_disk("incarnation", Shown::Number(u64::from(self.incarnation)));
    }
}
