//! Rules that a test can switch off to see what breaks. Without the feature `mutants` all are always on.

use super::settings::LeaseSettings;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Mutant {
    /// M-L1: the service writes whatever it is told, whichever version that was made from (L-3).
    LastWriterWins = 1,
    /// M-L2: whoever sees the lease held takes it at once (L-2).
    TakeWhatIsHeld,
    /// M-L3: the deadline counts from the answer, not from the asking (L-4).
    CountFromTheAnswer,
    /// M-L4: a holder that cannot renew goes on (L-5).
    NeverGiveUp,
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
pub(super) fn mutated(settings: &LeaseSettings, mutant: Mutant) -> bool {
    settings.mutants.0 & 1 << mutant as u8 != 0
}

#[cfg(not(feature = "mutants"))]
pub(super) const fn mutated(_settings: &LeaseSettings, _mutant: Mutant) -> bool {
    false
}
