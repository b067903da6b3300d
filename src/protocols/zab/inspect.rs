//! What a server shows of itself.

use super::disk::Disk;
use super::process::{Looking, Phase, Progress, Stage, Zab};
use super::synchronization::Course;
use super::timer::Timer;
use super::vote::{Ballot, Ballots, Part, State};
use crate::sim::inspection::{Bench, Cell, Heard, Inspection, Seat, Shown};
use crate::sim::place::Place;
use crate::sim::protocol::Timer as _;
use crate::sim::reign::Reign;

/// How many transactions the strip shows.
const STRIP: usize = 8;

pub(super) fn server(server: &Zab, disk: &Disk, page: &mut Inspection) {
    let epoch = server.disk.current_epoch;
    page.row("phase", Shown::Id(phase(server)));
    page.row("round", Shown::Number(server.round.into()));
    page.row("vote", Shown::Place(Place::Node(server.vote.leader)));
    page.row("vote_epoch", Shown::Number(server.vote.epoch.into()));
    page.row("vote_zxid", Shown::Text(server.vote.zxid.to_string()));
    facts_on_disk(disk, page);
    page.row("commit", Shown::Number(server.delivered as u64));
    page.bench = Some(bench(server));
    match &server.phase {
        Phase::Looking(looking) => {
            page.line = Some(("state", Shown::Id("looking")));
            page.caption.push(("round", Shown::Number(server.round.into())));
            if looking.settling {
                page.caption.push(("settling", Shown::Nothing));
            }
            let timer = if looking.settling { Timer::Settle } else { Timer::Resend };
            page.ring_timer = Some(timer.number());
            page.strip = vote_cells(server, looking.decided_by);
            page.row("votes", table(&looking.received));
            page.row("settling", Shown::Flag(looking.settling));
            page.row("settled_votes", table(&looking.outside));
            page.heard = heard(server, looking);
        }
        Phase::Following(following) => {
            page.line = Some(line("following", following.stage, epoch));
            if following.stage != Stage::Broadcast {
                page.caption.push(match following.course {
                    None => ("asks", Shown::Place(Place::Node(following.leader))),
                    Some(course) => ("takes", Shown::Id(course_name(course))),
                });
            }
            page.ring_timer = Some(Timer::Silence.number());
            page.row("leader", Shown::Place(Place::Node(following.leader)));
            page.row("sync", following.course.map_or(Shown::Nothing, |course| Shown::Id(course_name(course))));
            cells(server, following.stage, page);
        }
        Phase::Leading(leading) => {
            page.line = Some(line("leading", leading.stage, leading.epoch.max(epoch)));
            if leading.stage != Stage::Broadcast {
                page.caption.push(match leading.epoch {
                    0 => ("wants_followers", Shown::Nothing),
                    epoch => ("new_epoch", Shown::Number(epoch.into())),
                });
            }
            let timer = if leading.stage == Stage::Broadcast { Timer::Tick } else { Timer::Limit };
            page.ring_timer = Some(timer.number());
            let having = |progress: Progress| {
                let has = leading.learners.iter().filter(move |(_, learner)| learner.progress >= progress);
                Shown::Places(has.map(|(&server, _)| Place::Node(server)).collect())
            };
            page.row("connected", having(Progress::Connected));
            page.row("promised", having(Progress::AcknowledgedAgain));
            page.row("synced", having(Progress::Synced));
            let courses = leading.learners.iter().filter_map(|(server, learner)| {
                Some(format!("N{server}: {}", course_name(learner.course?).to_ascii_uppercase()))
            });
            page.row("sync_by", Shown::Text(courses.collect::<Vec<String>>().join(", ")));
            cells(server, leading.stage, page);
        }
    }
}

pub(super) fn disk(disk: &Disk, page: &mut Inspection) {
    facts_on_disk(disk, page);
    cells_of(disk, 0, page);
}

fn bench(server: &Zab) -> Bench {
    let seats = (1..=server.servers).map(|other| (Place::Node(other), seat(server, other))).collect();
    let binding = !matches!(server.phase, Phase::Looking(_));
    Bench { counts: counted(server), seats, needed: server.servers / 2 + 1, binding }
}

fn counted(server: &Zab) -> &'static str {
    match &server.phase {
        Phase::Looking(_) => "same_votes",
        Phase::Following(_) => "heard",
        Phase::Leading(leading) => match leading.stage {
            Stage::Discovery => "promised",
            Stage::Synchronization | Stage::Broadcast => "synced",
        },
    }
}

fn seat(server: &Zab, other: u8) -> Seat {
    if other == server.me {
        return Seat::Taken;
    }
    let taken = match &server.phase {
        Phase::Looking(looking) => match looking.received.get(&other) {
            Some(ballot) if ballot.vote == server.vote => true,
            Some(ballot) if ballot.state == State::Looking => return Seat::Refused,
            _ => false,
        },
        Phase::Following(following) => following.leader == other,
        Phase::Leading(leading) => {
            let needed = if leading.stage == Stage::Discovery { Progress::AcknowledgedAgain } else { Progress::Synced };
            leading.learners.get(&other).is_some_and(|learner| learner.progress >= needed)
        }
    };
    if taken { Seat::Taken } else { Seat::Empty }
}

fn facts_on_disk(disk: &Disk, page: &mut Inspection) {
    page.on_disk("epoch", Shown::Number(disk.current_epoch.into()));
    page.on_disk("accepted_epoch", Shown::Number(disk.accepted_epoch.into()));
    page.on_disk("zxid", Shown::Text(disk.last_zxid().to_string()));
    page.on_disk("log", Shown::Numbers(disk.history.iter().map(|txn| txn.zxid.epoch.into()).collect()));
    page.on_disk("in_snapshot", Shown::Number(disk.in_snapshot.into()));
}

fn phase(server: &Zab) -> &'static str {
    let stage = match &server.phase {
        Phase::Looking(_) => return "looking",
        Phase::Following(following) => following.stage,
        Phase::Leading(leading) => leading.stage,
    };
    match stage {
        Stage::Discovery => "discovery",
        Stage::Synchronization => "synchronization",
        Stage::Broadcast => "broadcast",
    }
}

/// The state until it serves, then its reign.
fn line(state: &'static str, stage: Stage, epoch: u32) -> (&'static str, Shown) {
    match stage {
        Stage::Discovery | Stage::Synchronization => ("state", Shown::Id(state)),
        Stage::Broadcast => ("epoch", Shown::Number(epoch.into())),
    }
}

fn course_name(course: Course) -> &'static str {
    match course {
        Course::Diff => "diff",
        Course::Trunc(_) => "trunc",
        Course::Snap => "snap",
    }
}

/// Who votes for whom: `N1: N3 e4 z12 r2`, the last transaction by its count within its epoch.
fn table(ballots: &Ballots) -> Shown {
    let row = |(server, ballot): (&u8, &Ballot)| {
        let (vote, round) = (ballot.vote, ballot.round);
        format!("N{server}: N{} e{} z{} r{round}", vote.leader, vote.epoch, vote.zxid.counter)
    };
    Shown::Text(ballots.iter().map(row).collect::<Vec<String>>().join(", "))
}

/// The same for the picture: what it holds itself, and the newest of everybody else.
fn heard(server: &Zab, looking: &Looking) -> Vec<Heard> {
    let row = |other: u8| {
        let (vote, round) = match looking.received.get(&other).or_else(|| looking.outside.get(&other)) {
            _ if other == server.me => (server.vote, server.round),
            Some(ballot) => (ballot.vote, ballot.round),
            None => return None,
        };
        Some(Heard {
            from: Place::Node(other),
            parts: [
                ('e', vote.epoch.into()),
                ('z', vote.zxid.counter.into()),
                ('s', vote.leader.into()),
                ('r', round.into()),
            ],
            counts: seat(server, other) == Seat::Taken,
        })
    };
    (1..=server.servers).filter_map(row).collect()
}

/// The vote until it serves, then its history.
fn cells(server: &Zab, stage: Stage, page: &mut Inspection) {
    match stage {
        Stage::Discovery | Stage::Synchronization => page.strip = vote_cells(server, None),
        Stage::Broadcast => history_cells(server, page),
    }
}

/// The vote as three cells; the one that decided is solid.
fn vote_cells(server: &Zab, decided_by: Option<Part>) -> Vec<Cell> {
    let (vote, reign) = (server.vote, Reign::counted(server.vote.epoch.into()));
    let decided = decided_by.map(Part::index);
    let parts = [('e', u64::from(vote.epoch)), ('z', u64::from(vote.zxid.counter)), ('s', u64::from(vote.leader))];
    let cell = |(index, (letter, number))| Cell { number, letter, reign, settled: decided == Some(index) };
    parts.into_iter().enumerate().map(cell).collect()
}

fn history_cells(server: &Zab, page: &mut Inspection) {
    cells_of(&server.disk, server.delivered, page);
}

fn cells_of(disk: &Disk, delivered: usize, page: &mut Inspection) {
    let start = disk.history.len().saturating_sub(STRIP);
    page.strip_start = start as u64 + 1;
    let cell = |(index, txn): (usize, &super::disk::Txn)| Cell {
        number: txn.zxid.counter.into(),
        letter: ' ',
        reign: Reign::counted(txn.zxid.epoch.into()),
        settled: index < delivered,
    };
    page.strip = disk.history.iter().enumerate().skip(start).map(cell).collect();
}
