//! The election recipe: a znode that dies with the session, and whoever has the lowest number leads (K-1 to K-7).

use super::client::Client;
use super::message::Ask;
use super::mutants::{Mutant, mutated};
use super::process::Hands;
use super::server::rule;
use super::tree::Znode;
use crate::sim::order::put_in_order;
use crate::sim::rule::Reason;

/// Where a client is in the recipe.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Step {
    Idle,
    /// It asked for a znode.
    Creating,
    /// It asked to see whatever became of the create that it heard no more of.
    Syncing,
    /// It asked for the children.
    Listing,
    /// It asked for a watch on this one.
    Arming(u32),
    /// It waits for this one to go.
    Waiting(u32),
    Leading,
    /// It asked for its znode to be deleted.
    Resigning,
    /// It takes part no more.
    Resigned,
}

impl Client {
    /// Connected, anew or again. Whatever was asked for before may have been done or not: look (K-1, K-6).
    pub(super) fn enter(&mut self, same_session: bool, fx: &mut Hands<'_>) {
        fx.because(rule(1));
        if mutated(fx.settings, Mutant::NoRearm) && same_session && matches!(self.step, Step::Waiting(_)) {
            return;
        }
        match self.step {
            Step::Resigned => fx.ignore(Reason("has_resigned")),
            Step::Resigning => self.delete_own(fx),
            _ if self.own.is_none() && self.guid.is_none() => self.create(fx),
            Step::Creating if mutated(fx.settings, Mutant::NoGuid) => self.create(fx),
            _ if self.own.is_none() => {
                // The create may be done by now, or still under way to the service (K-1).
                self.step = Step::Syncing;
                self.send(Ask::Sync, fx);
            }
            _ => self.list(fx),
        }
    }

    fn create(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(1));
        let guid = fx.random_between(1, u64::from(u32::MAX));
        self.guid = Some(guid);
        self.step = Step::Creating;
        self.send(Ask::Create { guid }, fx);
    }

    pub(super) fn on_synced(&mut self, fx: &mut Hands<'_>) {
        if self.step != Step::Syncing {
            return fx.ignore(Reason("not_asked_for"));
        }
        self.list(fx);
    }

    pub(super) fn on_created(&mut self, znode: Znode, fx: &mut Hands<'_>) {
        if self.step != Step::Creating || self.guid != Some(znode.guid) {
            return fx.ignore(Reason("not_asked_for"));
        }
        self.own = Some(znode);
        fx.tell("entered", [znode.sequence.into(), znode.czxid, 0]);
        self.list(fx);
    }

    fn list(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(2));
        self.step = Step::Listing;
        self.watches = None;
        self.send(Ask::Children, fx);
    }

    pub(super) fn on_children(&mut self, znodes: Vec<Znode>, fx: &mut Hands<'_>) {
        if self.step != Step::Listing {
            return fx.ignore(Reason("not_asked_for"));
        }
        self.leader = znodes.iter().min_by_key(|znode| znode.sequence).map(|znode| znode.client);
        if self.own.is_none() {
            // The reply to the create was lost: perhaps it was done (K-1).
            fx.because(rule(1));
            self.own = znodes.iter().find(|znode| Some(znode.guid) == self.guid).copied();
            if self.own.is_none() {
                return self.create(fx);
            }
            fx.tell("found_own", [0; 3]);
        }
        let Some(own) = self.own else { return };
        if !znodes.contains(&own) {
            fx.because(rule(5));
            return self.start_over(Reason("own_znode_gone"), fx);
        }
        if Some(own.owner) != self.session && !mutated(fx.settings, Mutant::NoOwnerTest) {
            fx.because(rule(6));
            return self.start_over(Reason("znode_of_another_session"), fx);
        }
        self.take_place(own, znodes, fx);
    }

    /// The lowest leads; everybody else watches the one before (K-2, K-3).
    fn take_place(&mut self, own: Znode, mut znodes: Vec<Znode>, fx: &mut Hands<'_>) {
        if mutated(fx.settings, Mutant::SortByName) {
            put_in_order(&mut znodes, |znode| (znode.guid, znode.sequence));
        } else {
            put_in_order(&mut znodes, |znode| znode.sequence);
        }
        let place = znodes.iter().position(|znode| *znode == own).unwrap_or(0);
        if place == 0 {
            return self.lead(fx);
        }
        fx.because(rule(3));
        self.stop_leading(Reason("not_the_lowest"), fx);
        let watched = znodes[if fx.settings.herd { 0 } else { place - 1 }];
        self.watches = Some(watched);
        self.step = Step::Arming(watched.sequence);
        self.send(Ask::Watch { sequence: watched.sequence }, fx);
    }

    pub(super) fn on_watching(&mut self, sequence: u32, exists: bool, fx: &mut Hands<'_>) {
        if self.step != Step::Arming(sequence) {
            return fx.ignore(Reason("not_asked_for"));
        }
        fx.because(rule(3));
        if exists || mutated(fx.settings, Mutant::NoRecheck) {
            self.step = Step::Waiting(sequence);
        } else {
            // It vanished between list and watch: look again.
            self.list(fx);
        }
    }

    /// The watched znode is gone. That alone says nothing about who leads: look again (K-4).
    pub(super) fn on_event(&mut self, sequence: u32, fx: &mut Hands<'_>) {
        if self.step != Step::Waiting(sequence) {
            return fx.ignore(Reason("waits_for_another"));
        }
        fx.because(rule(4));
        fx.tell("watch_fired", [sequence.into(), 0, 0]);
        if mutated(fx.settings, Mutant::LeadOnEvent) {
            return self.lead(fx);
        }
        self.list(fx);
    }

    fn lead(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(2));
        self.step = Step::Leading;
        self.watches = None;
        if !self.leads {
            self.leads = true;
            fx.tell("leads", [self.own.map_or(0, |own| own.czxid), 0, 0]);
        }
    }

    pub(super) fn stop_leading(&mut self, why: Reason, fx: &mut Hands<'_>) {
        if self.leads {
            self.leads = false;
            fx.tell("leads_no_more", [0; 3]);
            fx.ignore(why);
        }
    }

    /// Its znode is gone or not its own: back to the end of the queue (K-5).
    fn start_over(&mut self, why: Reason, fx: &mut Hands<'_>) {
        self.stop_leading(why, fx);
        fx.ignore(why);
        self.own = None;
        self.guid = None;
        self.create(fx);
    }

    /// Gives up its place: the znode is deleted, and deleted again until that is confirmed (K-7).
    pub(super) fn resign(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(7));
        if self.own.is_none() {
            return fx.ignore(Reason("has_no_znode"));
        }
        self.stop_leading(Reason("ordered_to"), fx);
        self.step = Step::Resigning;
        self.watches = None;
        if self.is_connected() {
            self.delete_own(fx);
        }
    }

    fn delete_own(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(7));
        match self.own {
            Some(own) => self.send(Ask::Delete { sequence: own.sequence }, fx),
            None => self.resigned(fx),
        }
    }

    pub(super) fn on_deleted(&mut self, sequence: u32, fx: &mut Hands<'_>) {
        if self.step != Step::Resigning || self.own.is_none_or(|own| own.sequence != sequence) {
            return fx.ignore(Reason("not_asked_for"));
        }
        self.resigned(fx);
    }

    fn resigned(&mut self, fx: &mut Hands<'_>) {
        fx.because(rule(7));
        fx.tell("resigned", [0; 3]);
        self.own = None;
        self.guid = None;
        if fx.settings.requeue {
            self.create(fx);
        } else {
            self.step = Step::Resigned;
        }
    }
}
