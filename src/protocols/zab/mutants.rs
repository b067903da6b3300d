//! Rules that a test can switch off to see what breaks. Without the feature `mutants` all are always on.

use super::settings::ZabSettings;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Mutant {
    /// M-Z1: votes are compared by server id only (Z-1).
    ServerIdOnly = 1,
    /// M-Z2: votes are compared by zxid before epoch (Z-1).
    ZxidBeforeEpoch,
    /// M-Z3: no wait for better votes (Z-4).
    NoFinalizeWait,
    /// M-Z4: epochs are not written to disk (Z-12, Z-13).
    EpochsNotDurable,
    /// M-Z5: the current epoch is written before the history (Z-18).
    EpochBeforeHistory,
    /// M-Z6: nobody asks whether the elected one leads (Z-6).
    NoLeaderCheck,
    /// M-Z7: whoever is said to lead, leads, in whatever round (Z-6).
    NoRoundCheck,
    /// M-Z8: a newer round starts from the vote of the old one (Z-3).
    KeepOldVote,
    /// M-Z9: the leader picks its epoch alone (Z-12).
    EpochAlone,
    /// M-Z10: nobody truncates (Z-16).
    NoTruncation,
    /// M-Z11: followers serve before a quorum has the history (Z-19).
    ServeBeforeQuorum,
    /// M-Z12: a leader without followers goes on (Z-23).
    ZombieLeader,
    /// M-Z13: settled votes must agree in every field (Z-7).
    SettledByEveryField,
    /// M-Z14: a leader that is behind a follower goes on (Z-14): the second half of M-Z1 and M-Z2.
    NeverYields,
}

/// The rules switched off in a run.
#[cfg(feature = "mutants")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Mutants(u32);

#[cfg(feature = "mutants")]
impl Mutants {
    pub fn of(mutants: &[Mutant]) -> Mutants {
        Mutants(mutants.iter().fold(0, |set, &mutant| set | 1 << mutant as u8))
    }
}

#[cfg(feature = "mutants")]
pub(super) fn mutated(settings: &ZabSettings, mutant: Mutant) -> bool {
    settings.mutants.0 & 1 << mutant as u8 != 0
}

#[cfg(not(feature = "mutants"))]
pub(super) const fn mutated(_settings: &ZabSettings, _mutant: Mutant) -> bool {
    false
}
