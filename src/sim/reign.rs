//! Who believes what about leadership: reigns, tokens, roles.

use super::place::Place;
use std::fmt;

/// What names a reign: a term, a ballot, an epoch, a czxid. Ordered as a pair.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Reign {
    /// The counter: a Raft term, the round of a ballot, a Zab epoch.
    pub number: u64,
    /// The id that makes a ballot unique; 0 where the counter alone names the reign.
    pub by: u8,
}

impl Reign {
    pub const fn counted(number: u64) -> Reign {
        Reign { number, by: 0 }
    }
}

impl fmt::Display for Reign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.by {
            0 => write!(f, "{}", self.number),
            by => write!(f, "{}·N{by}", self.number),
        }
    }
}

/// A fencing token. The store compares tokens as pairs (protocols.md 6.3).
pub type Token = Reign;

/// What a node believes it is. Families name their own variants through [`Standing::title`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Role {
    #[default]
    Follower,
    Candidate,
    Leader,
}

/// What a process says of itself after every event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Standing {
    pub role: Role,
    /// The family's own word for the role, as an id of `words`: `"pre_candidate"`, `"looking"` ...
    pub title: &'static str,
    /// The reign it believes in; `None` where the family has none or nothing is known yet.
    pub reign: Option<Reign>,
    /// Whom it takes for the leader; itself while it leads.
    pub follows: Option<Place>,
    /// The fencing token it would write with, if it leads and may write.
    pub token: Option<Token>,
}
