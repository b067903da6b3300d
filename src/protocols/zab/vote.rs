//! Votes: which one is better (Z-1), and when two are the same (Z-7).

use super::mutants::{Mutant, mutated};
use super::settings::ZabSettings;
use super::zxid::Zxid;
use std::collections::BTreeMap;

/// Whom a server wants to lead, and how new that one's history is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Vote {
    pub leader: u8,
    pub zxid: Zxid,
    pub epoch: u32,
}

/// What the server that cast a ballot was doing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum State {
    Looking,
    Following,
    Leading,
}

/// A vote as another server sees it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ballot {
    pub vote: Vote,
    /// The election it was cast in: the logical clock.
    pub round: u32,
    pub state: State,
    /// Written by an old release, whose votes know no epoch.
    pub old_format: bool,
}

/// The part that decided a comparison.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    Epoch,
    Zxid,
    Server,
}

impl Vote {
    /// Epoch first, then zxid, then server id (Z-1). Without weight nobody wins.
    pub fn beats(&self, other: &Vote, settings: &ZabSettings) -> bool {
        if !settings.has_weight(self.leader) {
            return false;
        }
        if mutated(settings, Mutant::ServerIdOnly) {
            return self.leader > other.leader;
        }
        if mutated(settings, Mutant::ZxidBeforeEpoch) {
            return (self.zxid, self.epoch, self.leader) > (other.zxid, other.epoch, other.leader);
        }
        (self.epoch, self.zxid, self.leader) > (other.epoch, other.zxid, other.leader)
    }

    /// What decides between two votes.
    pub fn deciding_part(&self, other: &Vote) -> Part {
        if self.epoch != other.epoch {
            Part::Epoch
        } else if self.zxid != other.zxid {
            Part::Zxid
        } else {
            Part::Server
        }
    }
}

impl Ballot {
    /// Settled votes agree if leader and epoch do, for zxid and round drift; otherwise all must (Z-7).
    /// Of settled votes in two formats only the leaders are compared.
    pub fn agrees_with(&self, other: &Ballot, settings: &ZabSettings) -> bool {
        let one_looks = self.state == State::Looking || other.state == State::Looking;
        if one_looks || mutated(settings, Mutant::SettledByEveryField) {
            return self.vote == other.vote && self.round == other.round;
        }
        let same_format = self.old_format == other.old_format;
        self.vote.leader == other.vote.leader && (!same_format || self.vote.epoch == other.vote.epoch)
    }
}

/// Ballots by server.
pub type Ballots = BTreeMap<u8, Ballot>;

/// Whether a quorum of servers with weight cast this ballot.
pub fn quorum_agrees(ballots: &Ballots, ballot: &Ballot, settings: &ZabSettings, configured: u8) -> bool {
    let agrees =
        |(server, other): &(&u8, &Ballot)| settings.has_weight(**server) && other.agrees_with(ballot, settings);
    settings.is_quorum(configured, ballots.iter().filter(agrees).count())
}

/// Whether the elected one really leads (Z-6): another must say so itself; I must be in the round it is said of.
pub fn leader_check(
    ballots: &Ballots,
    elected: u8,
    round: u32,
    me: u8,
    own_round: u32,
    settings: &ZabSettings,
) -> bool {
    if elected == me {
        return own_round == round || mutated(settings, Mutant::NoRoundCheck);
    }
    ballots.get(&elected).is_some_and(|ballot| ballot.state == State::Leading)
        || mutated(settings, Mutant::NoLeaderCheck)
}
