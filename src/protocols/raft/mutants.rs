//! Rules that can be taken out of the shipped code, to show that the promises notice. Feature `mutants` only.

use super::settings::Settings;

/// One rule broken; the numbers are those of protocols.md 1.8.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mutant {
    /// M-R1: votes are not written to disk.
    ForgetVote = 1,
    /// M-R2: a vote leaves before it is on disk.
    VoteBeforeWriting,
    /// M-R3: votes are given without a look at the log.
    NoLogCheck,
    /// M-R4: the longer log wins, whatever its terms.
    CompareLengthOnly,
    /// M-R5: entries of old terms are committed by counting copies.
    CountOldTerms,
    /// M-R6: most of the answers so far make a leader.
    Plurality,
    /// M-R7: entries of a stale leader are taken.
    AcceptStaleAppend,
    /// M-R8: every append cuts off what follows it.
    TruncateAlways,
    /// M-R9: the commit index is bounded by the own log's end.
    CommitToOwnEnd,
    /// M-R10: votes of an earlier term count.
    CountStaleVotes,
    /// M-R11: the same voter counts as often as it is heard.
    CountDuplicates,
    /// M-R12: a leader that sees a higher term stays.
    ClingToOffice,
    /// M-R14: a new leader writes no entry of its own, and reads do not wait for one.
    NoNoop,
    /// M-R16: a refused vote or a higher term restarts the election timer.
    RestartTimerAnyway,
    /// M-R18: appends of a lower term get no answer.
    SilentToStaleLeader,
    /// M-R19: the vote requests of a handover carry no force.
    NoForce,
    /// M-R20: pre-vote requests of a lower term get no answer.
    SilentToLowPreVote,
    /// M-R21: a candidate leads before its own term and vote are on disk.
    LeadBeforeWriting,
}

/// A set of broken rules.
#[cfg(feature = "mutants")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Mutants(u32);

#[cfg(feature = "mutants")]
impl Mutants {
    pub fn with(self, mutant: Mutant) -> Mutants {
        Mutants(self.0 | 1 << mutant as u32)
    }
}

/// Whether this rule is broken at this server.
#[cfg(feature = "mutants")]
pub(super) fn mutated(settings: &Settings, mutant: Mutant) -> bool {
    settings.mutants.0 & 1 << mutant as u32 != 0
}

#[cfg(not(feature = "mutants"))]
#[inline(always)]
pub(super) const fn mutated(_settings: &Settings, _mutant: Mutant) -> bool {
    false
}
