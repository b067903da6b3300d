//! What servers say to each other: votes, and packets on the connection of a follower to its leader.

use super::disk::Txn;
use super::vote::{Ballot, State};
use super::zxid::Zxid;
use crate::sim::message::{ABSENT, Facts, Kind, Message as Told, Shape};
use crate::sim::reign::Reign;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Message {
    /// A vote of Fast Leader Election.
    Notification(Ballot),
    /// A packet on the connection that the follower gave this number.
    Zab { connection: u64, packet: Packet },
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Packet {
    /// Follower: here I am, and the newest epoch I promised to.
    FollowerInfo {
        accepted_epoch: u32,
    },
    /// The peer does not lead: nobody listens.
    Refused,
    /// Leader: this is the new epoch.
    LeaderInfo {
        epoch: u32,
    },
    /// Follower: promised. `current_epoch` is absent if it had promised before; then it does not count.
    AckEpoch {
        current_epoch: Option<u32>,
        zxid: Zxid,
    },
    /// What you lack follows, up to this.
    Diff {
        to: Zxid,
    },
    /// Forget what you logged after this.
    Trunc {
        to: Zxid,
    },
    /// Everything anew.
    Snap {
        history: Vec<Txn>,
    },
    Proposal(Txn),
    Commit {
        zxid: Zxid,
    },
    /// The end of synchronisation.
    NewLeader {
        epoch: u32,
    },
    /// Everything up to here is on my disk; the start of the epoch acknowledges NEWLEADER.
    Ack {
        zxid: Zxid,
    },
    /// Start serving.
    UpToDate,
    Ping,
    Pong,
    /// A client's write, passed on to the leader.
    Request {
        id: u32,
        value: u64,
    },
    /// This end closed the connection.
    Closed,
}

const VOTE: &[&str] = &["leader", "epoch", "zxid_epoch", "zxid_counter", "round"];
const ZXID: &[&str] = &["zxid_epoch", "zxid_counter"];

impl Told for Message {
    const KINDS: &'static [Kind] = &[
        Kind { id: "looking_vote", fields: VOTE },
        Kind { id: "following_vote", fields: VOTE },
        Kind { id: "leading_vote", fields: VOTE },
        Kind { id: "follower_info", fields: &["epoch"] },
        Kind { id: "refused", fields: &[] },
        Kind { id: "leader_info", fields: &["epoch"] },
        Kind { id: "ack_epoch", fields: &["zxid_epoch", "zxid_counter", "epoch"] },
        Kind { id: "diff", fields: ZXID },
        Kind { id: "trunc", fields: ZXID },
        Kind { id: "snap", fields: &["zxid_epoch", "zxid_counter", "count"] },
        Kind { id: "proposal", fields: &["zxid_epoch", "zxid_counter", "value"] },
        Kind { id: "commit", fields: ZXID },
        Kind { id: "new_leader", fields: &["epoch"] },
        Kind { id: "ack", fields: ZXID },
        Kind { id: "up_to_date", fields: &[] },
        Kind { id: "ping", fields: &[] },
        Kind { id: "pong", fields: &[] },
        Kind { id: "request", fields: &["request", "value"] },
        Kind { id: "closed", fields: &[] },
    ];

    fn kind(&self) -> u8 {
        match self {
            Message::Notification(ballot) => ballot.state as u8,
            Message::Zab { packet, .. } => packet.kind(),
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Message::Notification(ballot) if ballot.state == State::Looking => Shape::Ask,
            Message::Notification(_) => Shape::Grant,
            Message::Zab { packet, .. } => packet.shape(),
        }
    }

    fn reign(&self) -> Option<Reign> {
        let epoch = match self {
            Message::Notification(ballot) => ballot.vote.epoch,
            Message::Zab { packet, .. } => match packet {
                Packet::LeaderInfo { epoch } | Packet::NewLeader { epoch } => *epoch,
                Packet::Proposal(txn) => txn.zxid.epoch,
                Packet::Commit { zxid } | Packet::Ack { zxid } => zxid.epoch,
                _ => return None,
            },
        };
        (epoch > 0).then(|| Reign::counted(epoch.into()))
    }

    fn facts(&self) -> Facts {
        let zxid = |zxid: &Zxid| [zxid.epoch.into(), zxid.counter.into(), ABSENT, ABSENT, ABSENT];
        let one = |number: u64| [number, ABSENT, ABSENT, ABSENT, ABSENT];
        match self {
            Message::Notification(Ballot { vote, round, .. }) => {
                let [epoch, counter, ..] = zxid(&vote.zxid);
                [vote.leader.into(), vote.epoch.into(), epoch, counter, u64::from(*round)]
            }
            Message::Zab { packet, .. } => match packet {
                Packet::FollowerInfo { accepted_epoch } => one((*accepted_epoch).into()),
                Packet::LeaderInfo { epoch } | Packet::NewLeader { epoch } => one((*epoch).into()),
                Packet::AckEpoch { current_epoch, zxid: last } => {
                    let [epoch, counter, ..] = zxid(last);
                    [epoch, counter, current_epoch.map_or(ABSENT, u64::from), ABSENT, ABSENT]
                }
                Packet::Diff { to } | Packet::Trunc { to } => zxid(to),
                Packet::Commit { zxid: at } | Packet::Ack { zxid: at } => zxid(at),
                Packet::Snap { history } => {
                    let [epoch, counter, ..] = zxid(&history.last().map_or(Zxid::ZERO, |txn| txn.zxid));
                    [epoch, counter, history.len() as u64, ABSENT, ABSENT]
                }
                Packet::Proposal(txn) => {
                    let [epoch, counter, ..] = zxid(&txn.zxid);
                    [epoch, counter, txn.value, ABSENT, ABSENT]
                }
                Packet::Request { id, value } => [u64::from(*id), *value, ABSENT, ABSENT, ABSENT],
                Packet::Refused | Packet::UpToDate | Packet::Ping | Packet::Pong | Packet::Closed => [ABSENT; 5],
            },
        }
    }
}

impl Packet {
    fn kind(&self) -> u8 {
        match self {
            Packet::FollowerInfo { .. } => 3,
            Packet::Refused => 4,
            Packet::LeaderInfo { .. } => 5,
            Packet::AckEpoch { .. } => 6,
            Packet::Diff { .. } => 7,
            Packet::Trunc { .. } => 8,
            Packet::Snap { .. } => 9,
            Packet::Proposal(_) => 10,
            Packet::Commit { .. } => 11,
            Packet::NewLeader { .. } => 12,
            Packet::Ack { .. } => 13,
            Packet::UpToDate => 14,
            Packet::Ping => 15,
            Packet::Pong => 16,
            Packet::Request { .. } => 17,
            Packet::Closed => 18,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Packet::FollowerInfo { .. } => Shape::Ask,
            Packet::Refused | Packet::Closed => Shape::Refuse,
            Packet::AckEpoch { .. } => Shape::Grant,
            Packet::Diff { .. } | Packet::Trunc { .. } | Packet::Snap { .. } | Packet::Proposal(_) => Shape::Entries,
            Packet::Ping => Shape::Beat,
            Packet::Ack { .. } | Packet::Pong => Shape::Reply,
            Packet::Request { .. } => Shape::Write,
            Packet::LeaderInfo { .. } | Packet::Commit { .. } | Packet::NewLeader { .. } | Packet::UpToDate => {
                Shape::Order
            }
        }
    }
}
