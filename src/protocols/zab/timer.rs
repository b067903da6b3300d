//! The timers of a server.

use crate::sim::protocol;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// Looking: nothing was heard for a while, so tell everybody again.
    Resend,
    /// Looking: a quorum agrees; wait for a better vote (finalizeWait).
    Settle,
    /// Leading: half a tick.
    Tick,
    /// Following: how long the leader may be silent.
    Silence,
    /// Leading: how long discovery and synchronisation may take each.
    Limit,
    /// Following: try to connect again.
    Retry,
    /// Leading: its port is open from here on.
    Open,
}

const ALL: [Timer; 7] =
    [Timer::Resend, Timer::Settle, Timer::Tick, Timer::Silence, Timer::Limit, Timer::Retry, Timer::Open];

impl Timer {
    pub(super) fn all() -> [Timer; 7] {
        ALL
    }
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["resend", "settle", "tick", "silence", "limit", "retry", "open"];

    fn number(self) -> u8 {
        self as u8
    }

    fn from_number(number: u8) -> Timer {
        ALL[usize::from(number).min(ALL.len() - 1)]
    }
}
