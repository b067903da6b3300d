//! The timers of a server.

use crate::sim::protocol;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// Runs out when no leader was heard for long: an election starts.
    Election,
    /// The leader sends a sign of life.
    Heartbeat,
    /// While it runs, this server has heard from a leader within the minimum election timeout.
    Heard,
    /// The leader counts who answered since the last count.
    QuorumCheck,
    /// The leader gives up handing over.
    Transfer,
}

const ALL: [Timer; 5] = [Timer::Election, Timer::Heartbeat, Timer::Heard, Timer::QuorumCheck, Timer::Transfer];

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["election", "heartbeat", "heard", "quorum_check", "transfer"];

    fn number(self) -> u8 {
        self as u8
    }

    fn from_number(number: u8) -> Timer {
        ALL[usize::from(number).min(ALL.len() - 1)]
    }
}
