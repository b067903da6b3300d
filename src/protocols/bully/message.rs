//! What Bully nodes say to one another.

use crate::sim::message::{ABSENT, Facts, Kind, Message, Shape};
use crate::sim::reign::Reign;

/// Names one attempt of one node to hold an election. The incarnation survives crashes (Stoller), so that an
/// answer to an earlier life is not taken for an answer to this one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Attempt {
    pub incarnation: u32,
    pub number: u32,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum BullyMessage {
    Election {
        attempt: Attempt,
    },
    /// Answers this attempt: a higher node is alive and takes over.
    Ok {
        attempt: Attempt,
    },
    /// "I coordinate." Names the newest attempt of the receiver that the sender knows of.
    Coordinator {
        asked: Option<Attempt>,
    },
    Heartbeat,
}

impl Message for BullyMessage {
    const KINDS: &'static [Kind] = &[
        Kind { id: "election", fields: &["incarnation", "attempt"] },
        Kind { id: "ok", fields: &["incarnation", "attempt"] },
        Kind { id: "coordinator", fields: &["incarnation", "attempt"] },
        Kind { id: "heartbeat", fields: &[] },
    ];

    fn kind(&self) -> u8 {
        match self {
            BullyMessage::Election { .. } => 0,
            BullyMessage::Ok { .. } => 1,
            BullyMessage::Coordinator { .. } => 2,
            BullyMessage::Heartbeat => 3,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            BullyMessage::Election { .. } => Shape::Ask,
            BullyMessage::Ok { .. } => Shape::Refuse,
            BullyMessage::Coordinator { .. } => Shape::Order,
            BullyMessage::Heartbeat => Shape::Beat,
        }
    }

    fn reign(&self) -> Option<Reign> {
        None
    }

    fn facts(&self) -> Facts {
        let named =
            |attempt: Attempt| [u64::from(attempt.incarnation), u64::from(attempt.number), ABSENT, ABSENT, ABSENT];
        match *self {
            BullyMessage::Election { attempt } | BullyMessage::Ok { attempt } => named(attempt),
            BullyMessage::Coordinator { asked } => asked.map_or([ABSENT; 5], named),
            BullyMessage::Heartbeat => [ABSENT; 5],
        }
    }
}
