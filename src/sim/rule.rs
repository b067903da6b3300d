//! Ids of rules and reasons. `words` turns them into sentences; engines only ever name them.

use std::fmt;

/// A rule of protocols.md: `R-5`, `R-6b`, `Z-4`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Rule {
    pub family: char,
    pub number: u8,
    /// The letter after the number, or a space.
    pub part: char,
}

impl Rule {
    pub const fn new(family: char, number: u8) -> Rule {
        Rule { family, number, part: ' ' }
    }
    pub const fn part(family: char, number: u8, part: char) -> Rule {
        Rule { family, number, part }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.family, self.number)?;
        if self.part != ' ' {
            write!(f, "{}", self.part)?;
        }
        Ok(())
    }
}

/// Why nothing happened: a stable id such as `"not_a_candidate_any_more"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Reason(pub &'static str);

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
