//! Which rule of a family answers for a state: events carry their rule, states do not.

use super::case::Case;
use crate::sim::rule::Rule;

/// What a state rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Topic {
    /// What it takes to become the leader.
    Winning,
    /// Why a leader goes on, or stops.
    Staying,
    /// What it takes for a decision to stand.
    Committing,
    /// When somebody runs.
    Running,
}

impl Case<'_> {
    /// The family's rule on this, if it has one.
    pub(super) fn rule_on(&self, topic: Topic) -> Option<Rule> {
        let family = self.words.rule_letter()?;
        let number = match (family, topic) {
            ('R', Topic::Winning) => 7,
            ('R', Topic::Staying) => 21,
            ('R', Topic::Committing) => 14,
            ('R', Topic::Running) => 4,
            ('P', Topic::Winning) => 8,
            ('P', Topic::Staying) => 11,
            ('P', Topic::Committing) => 5,
            ('P', Topic::Running) => 12,
            ('Z', Topic::Winning) => 19,
            ('Z', Topic::Staying) => 23,
            ('Z', Topic::Committing) => 22,
            ('Z', Topic::Running) => 2,
            ('B', Topic::Winning) => 2,
            ('B', Topic::Staying) => 7,
            ('B', Topic::Running) => 1,
            ('L', Topic::Winning | Topic::Running) => 3,
            ('L', Topic::Staying) => 5,
            ('A', Topic::Winning | Topic::Running) => 3,
            ('A', Topic::Staying) => 7,
            ('A', Topic::Committing) => 9,
            ('K', Topic::Winning) => 2,
            ('K', Topic::Staying) => 6,
            ('K', Topic::Running) => 3,
            _ => return None,
        };
        Some(Rule::new(family, number))
    }
}
