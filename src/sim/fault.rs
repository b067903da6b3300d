//! The one vocabulary of acts: buttons, scripts, shortcuts, links and tests all speak it.

use super::place::Place;
use super::request::Word;
use super::settings::Value;
use super::time::Micros;

/// Whom an act is aimed at; roles are resolved when it acts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Who {
    At(Place),
    /// The live node that believes it leads the newest reign.
    Leader,
    /// The live node that believes it leads an older reign than [`Who::Leader`].
    OldLeader,
    /// The lowest-numbered live candidate.
    Candidate,
    /// The lowest-numbered live follower.
    Follower,
    /// Whom most live nodes follow, itself dead or alive.
    Followed,
}

/// One message: the `nth` sent on a directed link, counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MessageName {
    pub from: Place,
    pub to: Place,
    pub nth: u32,
}

/// Which messages an act is aimed at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Which {
    One(MessageName),
    /// Those in flight that match; if none is, the next one sent.
    Like {
        kind: Option<u8>,
        from: Option<Who>,
        to: Option<Who>,
    },
    /// All that match, from now until the next heal.
    Every {
        kind: Option<u8>,
        from: Option<Who>,
        to: Option<Who>,
    },
}

/// What wakes first in a resumed process (protocols.md 0.3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Waking {
    /// A seeded choice.
    Either,
    InboxFirst,
    TimersFirst,
}

/// Whose setting a [`Fault::Tune`] changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scope {
    /// The protocol's, at every node.
    Protocol,
    /// The protocol's, at one node.
    Node(Place),
    /// The wires of every link.
    Wires,
    /// The random pauses.
    Pauses,
    /// The work of leaders.
    Work,
    /// The store.
    Store,
}

/// Properties of one directed link that differ from the wires' own; `None` leaves them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct LinkWires {
    pub latency: Option<(Micros, Micros)>,
    /// Parts per million.
    pub loss: Option<u32>,
}

/// An act on the world.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Fault {
    /// Memory is lost, the disk stays; unfinished writes are lost.
    Crash(Who),
    Restart(Who),
    /// Crash, and the disk is lost too. No protocol here survives that under the same identity.
    Wipe(Who),
    /// Freeze: nothing is lost, timers fall due, messages wait.
    Pause(Who),
    Resume(Who, Waking),
    /// From the first to the second; `both` cuts the way back too.
    Cut {
        from: Who,
        to: Who,
        both: bool,
    },
    Mend {
        from: Who,
        to: Who,
        both: bool,
    },
    /// Cut all links of one place.
    Isolate(Who),
    /// Mend all links of one place.
    Rejoin(Who),
    /// Cut every link that crosses the groups. Places in no group stay with the first; the store is reached
    /// from every side unless a group names it.
    Partition(Vec<Vec<Who>>),
    /// Mend every link and end standing drops. Link wires stay.
    Heal,
    /// Give one directed link its own latency or loss; both `None` restores it.
    Rewire {
        from: Who,
        to: Who,
        both: bool,
        wires: LinkWires,
    },
    Drop(Which),
    Duplicate(Which),
    /// Arrive this much later.
    Delay(Which, Micros),
    /// Arrive now.
    Deliver(Which),
    /// The clock runs this many parts per million fast (negative: slow).
    Drift(Who, i32),
    Request(Word, Who),
    Read(Word, Who),
    TimeOutNow(Who),
    /// The leader hands over to the second, or to the best node.
    Transfer {
        from: Who,
        to: Option<Who>,
    },
    Resign(Who),
    ForgetLeader(Who),
    /// Set the setting with this key.
    Tune(Scope, u8, Value),
}

impl Fault {
    /// Whom an act with one target is aimed at.
    pub fn aimed_at(&self) -> Option<Who> {
        match *self {
            Fault::Crash(who)
            | Fault::Restart(who)
            | Fault::Wipe(who)
            | Fault::Pause(who)
            | Fault::Resume(who, _)
            | Fault::Isolate(who)
            | Fault::Rejoin(who)
            | Fault::Drift(who, _)
            | Fault::Request(_, who)
            | Fault::Read(_, who)
            | Fault::TimeOutNow(who)
            | Fault::Resign(who)
            | Fault::ForgetLeader(who) => Some(who),
            _ => None,
        }
    }
}

/// Who acted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum By {
    Script,
    Visitor,
}
