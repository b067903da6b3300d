//! The tables a language is made of: one per family, and a common one.

use crate::sim::rule::Rule;

/// A rule in one plain sentence, and where it comes from ("Raft paper 5.2, 5.4.1").
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RuleText {
    pub rule: Rule,
    pub text: &'static str,
    pub source: &'static str,
}

/// The words of one family in one language.
///
/// Ids are dotted: `message.vote_request` (its name), `message.vote_request.sent` / `.delivered` (sentences),
/// `reason.nobody_fits`, `tale.committed`, `title.candidate`, `timer.election` (its name), `timer.election.fired`,
/// `row.term`, `line.term`, `bench.votes`, `promise.one_leader_per_term` (its name), `promise.one_leader_per_term.broken`,
/// `setting.pre_vote` (its label), `setting.pre_vote.hint`, `preset.paper`.
/// Sentences hold places in braces: `{at}` the place of the event, `{from}`, `{to}`, the field names of a message
/// (`{term}`), and `{0}`, `{1}`, `{2}` for the numbers of a tale or of a break, `{a}` and `{b}` for the places of a break.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary {
    pub rules: &'static [RuleText],
    pub words: &'static [(&'static str, &'static str)],
}
