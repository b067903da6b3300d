//! Rules that can be taken out, to show what they are for (protocols.md 3.8). Only with the feature `mutants`.

use super::settings::PaxosSettings;

/// A rule taken out of the shipped engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mutant {
    /// M-P1: promises are forgotten in a crash.
    PromisesForgotten,
    /// M-P2: accepted pairs are forgotten in a crash.
    AcceptedForgotten,
    /// M-P3: a proposer does not adopt what it is told.
    NothingAdopted,
    /// M-P4: it adopts the lowest ballot's value.
    LowestAdopted,
    /// M-P5: an acceptor accepts any ballot.
    AnyBallotAccepted,
    /// M-P6: ballots carry no id, and an equal one is promised to whoever asks.
    BallotsShared,
    /// M-P7: a learner counts by value.
    CountedByValue,
    /// M-P8: a proposer forgets in a crash which ballots it used.
    BallotsForgotten,
    /// M-P9: an acceptor reports only what it does not know to be chosen.
    ReportedFromOwnEnd,
    /// M-P10: holes are not filled.
    HolesLeft,
    /// M-P11: the leader counts its lease from the reply.
    LeaseFromReceipt,
    /// M-P12: a restarted acceptor does not wait out what it may have granted.
    LeaseForgotten,
    /// M-P13: no back-off.
    NoBackOff,
}

impl Mutant {
    pub const ALL: [(&'static str, Mutant); 13] = [
        ("M-P1", Mutant::PromisesForgotten),
        ("M-P2", Mutant::AcceptedForgotten),
        ("M-P3", Mutant::NothingAdopted),
        ("M-P4", Mutant::LowestAdopted),
        ("M-P5", Mutant::AnyBallotAccepted),
        ("M-P6", Mutant::BallotsShared),
        ("M-P7", Mutant::CountedByValue),
        ("M-P8", Mutant::BallotsForgotten),
        ("M-P9", Mutant::ReportedFromOwnEnd),
        ("M-P10", Mutant::HolesLeft),
        ("M-P11", Mutant::LeaseFromReceipt),
        ("M-P12", Mutant::LeaseForgotten),
        ("M-P13", Mutant::NoBackOff),
    ];
}

#[cfg(feature = "mutants")]
pub(super) fn mutated(settings: &PaxosSettings, mutant: Mutant) -> bool {
    settings.mutants & 1 << mutant as u32 != 0
}

#[cfg(not(feature = "mutants"))]
pub(super) const fn mutated(_settings: &PaxosSettings, _mutant: Mutant) -> bool {
    false
}

#[cfg(feature = "mutants")]
impl PaxosSettings {
    /// The same settings with one rule taken out.
    #[must_use]
    pub fn without(mut self, mutant: Mutant) -> PaxosSettings {
        self.mutants |= 1 << mutant as u32;
        self
    }
}
