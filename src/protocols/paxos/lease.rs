//! Leader leases: while one runs, nobody else can be promised anything, and the leader may answer reads alone (P-13).

use super::Ballot;
use super::mutants::{Mutant, mutated};
use super::process::{Fx, Part, Paxos, PaxosTimer, rule};
use crate::sim::place::Place;
use crate::sim::request::{Answer, RequestId};

impl Paxos {
    /// A restarted acceptor does not know what it granted, so it waits a whole lease before it promises.
    pub(super) fn wait_out_old_leases(&mut self, fx: &mut Fx<'_>) {
        let may_have_granted = self.promised > Ballot::default();
        if fx.settings.uses_leases() && may_have_granted && !mutated(fx.settings, Mutant::LeaseForgotten) {
            fx.set_timer(PaxosTimer::Grant, fx.settings.lease);
        }
    }

    pub(super) fn has_granted_to_another(&self, to: Place, fx: &Fx<'_>) -> bool {
        fx.is_running(PaxosTimer::Grant) && self.granted != Some(to)
    }

    /// Grants the leader a lease, counted from now by this node's own clock.
    pub(super) fn grant(&mut self, to: Place, fx: &mut Fx<'_>) {
        if fx.settings.uses_leases() {
            self.granted = Some(to);
            fx.set_timer(PaxosTimer::Grant, fx.settings.lease);
        }
    }

    /// A quorum that answers a heartbeat grants a lease and confirms that nobody else led when it was sent.
    pub(super) fn count_grant(&mut self, from: Place, beat: u64, fx: &mut Fx<'_>) {
        let Part::Leading(leading) = &mut self.part else { return };
        let Some(index) = leading.beats.iter().position(|sent| sent.number == beat) else { return };
        leading.beats[index].grants.insert(from);
        if leading.beats[index].grants.len() < fx.quorum() {
            return;
        }
        let mut from = leading.beats[index].sent_at;
        leading.beats.drain(..=index);
        leading.confirmed = beat;
        if mutated(fx.settings, Mutant::LeaseFromReceipt) {
            from = fx.now;
        }
        if fx.settings.uses_leases() {
            // Counted from the sending: the followers' own count began later.
            let until = from + fx.settings.leader_lease();
            leading.lease_from = Some(from);
            leading.lease_until = until;
            fx.set_timer(PaxosTimer::Lease, until.saturating_sub(fx.now));
        }
        self.serve_reads(fx);
        if matches!(&self.part, Part::Leading(leading) if leading.reads.iter().any(|&(_, needed)| needed > leading.beat))
        {
            self.beat(fx);
        }
    }

    /// Served at once under a lease; otherwise once a quorum has answered a heartbeat sent from now on.
    pub(super) fn read_for_client(&mut self, id: RequestId, fx: &mut Fx<'_>) {
        let Part::Leading(leading) = &mut self.part else { return };
        leading.reads.push((id, leading.beat + 1));
        self.serve_reads(fx);
        // Later reads wait for the next beat, so that many reads do not mean many beats.
        if matches!(&self.part, Part::Leading(leading) if leading.reads.len() == 1) {
            self.beat(fx);
        }
    }

    pub(super) fn serve_reads(&mut self, fx: &mut Fx<'_>) {
        let as_of = self.chosen_up_to();
        let Part::Leading(leading) = &mut self.part else { return };
        // Before everything inherited is chosen again, an answered write may still be missing here.
        if leading.reads.is_empty() || as_of < leading.inherited {
            return;
        }
        let leased = leading.lease_holds(fx);
        let confirmed = leading.confirmed;
        leading.reads.retain(|&(id, beat)| {
            let served = leased || beat <= confirmed;
            if served {
                fx.because(rule(13));
                fx.answer(id, Answer::Read { as_of });
            }
            !served
        });
    }
}

impl super::leader::Leading {
    /// By this node's own clock, and never longer than what is set now.
    fn lease_holds(&self, fx: &Fx<'_>) -> bool {
        let set_now = |from| from + fx.settings.leader_lease();
        fx.settings.uses_leases()
            && fx.now < self.lease_until
            && self.lease_from.is_some_and(|from| fx.now < set_now(from))
    }
}
