//! Rules that a test can switch off to see what breaks. Without the feature `mutants` all are always on.

use super::settings::AppointedSettings;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Mutant {
    /// M-A1: a new reign has the epoch of the old one.
    SameEpoch = 1,
    /// M-A2: committed is what the leader alone has.
    CommitAlone,
    /// M-A3: a follower that differs keeps its own records.
    NoTruncation,
    /// M-A4: anybody that lives counts as in sync.
    AnybodyIsInSync,
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
pub(super) fn mutated(settings: &AppointedSettings, mutant: Mutant) -> bool {
    settings.mutants.0 & 1 << mutant as u8 != 0
}

#[cfg(not(feature = "mutants"))]
pub(super) const fn mutated(_settings: &AppointedSettings, _mutant: Mutant) -> bool {
    false
}
