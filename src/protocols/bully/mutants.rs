//! Rules that can be taken out, to show what they are for (protocols.md 2.8). Only with the feature `mutants`.

use super::settings::BullySettings;

/// A rule taken out of the shipped engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mutant {
    /// M-B1: a higher node does not answer an election.
    NoAnswer,
    /// M-B2: nobody starts over when the announcement stays away.
    NoStartingOver,
    /// M-B3: a claim of a lower node is accepted like any other.
    AnyClaim,
    /// M-B4: the answer timeout covers one way only.
    ShortAnswerTimeout,
    /// M-B5: answers to earlier attempts count.
    NoAttemptNumber,
    /// M-B6: the incarnation number is not kept.
    NoIncarnation,
}

impl Mutant {
    pub const ALL: [(&'static str, Mutant); 6] = [
        ("M-B1", Mutant::NoAnswer),
        ("M-B2", Mutant::NoStartingOver),
        ("M-B3", Mutant::AnyClaim),
        ("M-B4", Mutant::ShortAnswerTimeout),
        ("M-B5", Mutant::NoAttemptNumber),
        ("M-B6", Mutant::NoIncarnation),
    ];
}

#[cfg(feature = "mutants")]
pub(super) fn mutated(settings: &BullySettings, mutant: Mutant) -> bool {
    settings.mutants & 1 << mutant as u32 != 0
}

#[cfg(not(feature = "mutants"))]
pub(super) const fn mutated(_settings: &BullySettings, _mutant: Mutant) -> bool {
    false
}

#[cfg(feature = "mutants")]
impl BullySettings {
    /// The same settings with one rule taken out.
    #[must_use]
    pub fn without(mut self, mutant: Mutant) -> BullySettings {
        self.mutants |= 1 << mutant as u32;
        self
    }
}
