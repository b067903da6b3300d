//! Finding a word by its id: first in the family's table, then in the common one.

use super::en;
use super::vocabulary::{RuleText, Vocabulary};
use crate::sim::reign::Reign;
use crate::sim::rule::Rule;

/// The words of one family.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    family: Option<&'static Vocabulary>,
    common: &'static Vocabulary,
}

impl Words {
    /// The words of the family with this id. An unknown family has the common ones.
    pub fn of(family: &str) -> Words {
        Words { family: en::family(family), common: &en::common::COMMON }
    }

    pub fn find(&self, id: &str) -> Option<&'static str> {
        self.family.and_then(|family| word(family, id)).or_else(|| word(self.common, id))
    }

    /// The word `group.id`; where there is none, the id itself in plain letters.
    pub fn name(&self, group: &str, id: &str) -> String {
        self.find(&format!("{group}.{id}")).map_or_else(|| plain(id), Into::into)
    }

    /// The sentence `group.id` with its places filled in.
    pub fn sentence(&self, group: &str, id: &str, value: impl Fn(&str) -> Option<String>) -> String {
        match self.find(&format!("{group}.{id}")) {
            Some(template) => fill(template, value),
            None => plain(id),
        }
    }

    pub fn rule(&self, rule: Rule) -> Option<&'static RuleText> {
        let known = |table: &'static Vocabulary| table.rules.iter().find(|text| text.rule == rule);
        self.family.and_then(known).or_else(|| known(self.common))
    }

    /// The letter that the family's rules begin with.
    pub fn rule_letter(&self) -> Option<char> {
        self.family.and_then(|family| family.rules.first()).map(|text| text.rule.family)
    }

    /// What a reign is called here: `term`, `epoch`, `ballot`.
    pub fn reign_word(&self) -> &'static str {
        self.find("reign").unwrap_or("reign")
    }

    /// `term 8`.
    pub fn reign(&self, reign: Reign) -> String {
        format!("{} {reign}", self.reign_word())
    }

    /// What a family is called, whether or not its own words have arrived.
    pub fn family_name(&self, id: &str) -> String {
        self.find(&format!("family.{id}")).map_or_else(|| sentence_case(&plain(id)), Into::into)
    }

    /// False where leadership does not rest on a majority.
    pub fn majority_counts(&self) -> bool {
        self.find("family.no_majority").is_none()
    }
}

fn word(table: &'static Vocabulary, id: &str) -> Option<&'static str> {
    table.words.iter().find(|(key, _)| *key == id).map(|(_, word)| *word)
}

/// `not_the_leader` as `not the leader`.
pub fn plain(id: &str) -> String {
    id.replace('_', " ")
}

/// Puts values into the braces of a template. An unknown place stays empty.
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let Some(close) = after.find('}') else {
            out.push_str(&rest[open..]);
            return out;
        };
        if let Some(filled) = value(&after[..close]) {
            out.push_str(&filled);
        }
        rest = &after[close + 1..];
    }
    out.push_str(rest);
    out
}

/// The first letter made a capital.
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_filled_and_unknown_ones_vanish() {
        let value = |key: &str| (key == "at").then(|| "N1".to_owned());
        assert_eq!(fill("{at} starts{odd}.", value), "N1 starts.");
        assert_eq!(fill("half {open", value), "half {open");
    }

    #[test]
    fn an_unknown_word_is_read_plainly() {
        let words = Words::of("no such family");
        assert_eq!(words.name("reason", "never_heard_of"), "never heard of");
        assert_eq!(words.name("loss", "cut"), "the link is cut");
    }
}
