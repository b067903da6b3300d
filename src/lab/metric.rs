//! What can be read off a run. Each is one whole number: microseconds, a count, or yes and no.

/// A run that did not get there before its limit. Larger than any reading, so that sorting puts such runs last.
pub const CENSORED: u64 = u64::MAX;
/// A run in which the moment to count from never came.
pub const NEVER_BEGAN: u64 = u64::MAX - 1;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Microseconds.
    Time,
    Count,
    /// 0 or 1.
    YesNo,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Metric {
    /// Until somebody stands for election, or leads without having stood.
    Detected,
    /// Until a live node leads that did not lead before.
    NewLeader,
    /// Until a majority follows a leader elected since.
    Followed,
    /// Until the store accepts a write of a leader elected since.
    FirstWrite,
    /// Reigns begun: terms, ballots, epochs.
    Reigns,
    /// More than one reign was needed.
    Split,
    /// Messages between places other than the store, or those kinds of them that the experiment names.
    Messages,
    /// No live, unpaused leader was followed by a majority.
    Leaderless,
    /// Two or more live nodes believed they led.
    TwoLeaders,
    /// Two or more live nodes believed they led at some moment.
    TwoLed,
    /// How often somebody took office.
    Leaders,
    /// Writes that the store accepted.
    Accepted,
    /// Writes that the store refused for their token.
    Refused,
    /// Writes that destroyed, or were done behind, another leader's work.
    Corrupted,
}

impl Metric {
    pub const ALL: [Metric; 14] = [
        Metric::Detected,
        Metric::NewLeader,
        Metric::Followed,
        Metric::FirstWrite,
        Metric::Reigns,
        Metric::Split,
        Metric::Messages,
        Metric::Leaderless,
        Metric::TwoLeaders,
        Metric::TwoLed,
        Metric::Leaders,
        Metric::Accepted,
        Metric::Refused,
        Metric::Corrupted,
    ];

    /// Stable id, used in documents, addresses and by `words`.
    pub fn id(self) -> &'static str {
        match self {
            Metric::Detected => "detected",
            Metric::NewLeader => "new_leader",
            Metric::Followed => "followed",
            Metric::FirstWrite => "first_write",
            Metric::Reigns => "reigns",
            Metric::Split => "split",
            Metric::Messages => "messages",
            Metric::Leaderless => "leaderless",
            Metric::TwoLeaders => "two_leaders",
            Metric::TwoLed => "two_led",
            Metric::Leaders => "leaders",
            Metric::Accepted => "accepted_writes",
            Metric::Refused => "refused_writes",
            Metric::Corrupted => "corrupted_writes",
        }
    }

    pub fn by_id(id: &str) -> Option<Metric> {
        Metric::ALL.into_iter().find(|metric| metric.id() == id)
    }

    pub fn unit(self) -> Unit {
        match self {
            Metric::Detected
            | Metric::NewLeader
            | Metric::Followed
            | Metric::FirstWrite
            | Metric::Leaderless
            | Metric::TwoLeaders => Unit::Time,
            Metric::Split | Metric::TwoLed => Unit::YesNo,
            _ => Unit::Count,
        }
    }

    /// Waits for something that may not happen in time.
    pub fn can_be_censored(self) -> bool {
        matches!(self, Metric::Detected | Metric::NewLeader | Metric::Followed | Metric::FirstWrite)
    }
}
