//! The timers of clients and servers.

use crate::sim::protocol;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// Client: nothing was sent for a third of the session timeout.
    Ping,
    /// Client: nothing was heard for two thirds of it.
    Read,
    /// Client: the server does not answer; try the next one.
    Connect,
    /// Server that leads: half a tick.
    Beat,
    /// Server that leads: the next tick, at which sessions may expire.
    Expire,
    /// Server: how long the leading server may be silent.
    Silence,
    /// Server: the outage is over, take over.
    Takeover,
    /// Client: it gives its session up by itself.
    GiveUp,
}

const ALL: [Timer; 8] = [
    Timer::Ping,
    Timer::Read,
    Timer::Connect,
    Timer::Beat,
    Timer::Expire,
    Timer::Silence,
    Timer::Takeover,
    Timer::GiveUp,
];

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] =
        &["ping", "read", "connect", "beat", "expire", "silence", "takeover", "give_up"];

    fn number(self) -> u8 {
        self as u8
    }

    fn from_number(number: u8) -> Timer {
        ALL[usize::from(number).min(ALL.len() - 1)]
    }
}
