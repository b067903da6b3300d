//! Rules that a test can switch off to see what breaks. Without the feature `mutants` all are always on.

use super::settings::RecipeSettings;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Mutant {
    /// M-K2: when the watched znode is gone, lead at once (K-4).
    LeadOnEvent = 1,
    /// M-K3: nobody looks whether the predecessor vanished between list and watch (K-3).
    NoRecheck,
    /// M-K4: a client without a connection goes on leading (K-6).
    IgnoreDisconnect,
    /// M-K5: nobody asks whose session owns the znode (K-6).
    NoOwnerTest,
    /// M-K6: children are sorted by their full names (K-2).
    SortByName,
    /// M-K7: after a lost reply simply create again (K-1).
    NoGuid,
    /// M-K8: after a reconnection the watch is not set again (K-9).
    NoRearm,
    /// M-F5: the token is the suffix of the own znode, and a parent that is empty is created anew (6.3).
    SuffixToken,
    /// M-F6: the token is the id of the session (6.3).
    SessionToken,
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

    pub(super) fn has(self, mutant: Mutant) -> bool {
        self.0 & 1 << mutant as u8 != 0
    }
}

#[cfg(feature = "mutants")]
pub(super) fn mutated(settings: &RecipeSettings, mutant: Mutant) -> bool {
    settings.mutants.has(mutant)
}

#[cfg(not(feature = "mutants"))]
pub(super) const fn mutated(_settings: &RecipeSettings, _mutant: Mutant) -> bool {
    false
}
