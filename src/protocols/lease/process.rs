//! A process is a candidate or the service.

use super::candidate::Candidate;
use super::disk::Disk;
use super::inspect;
use super::message::Message;
use super::properties::LeasePromises;
use super::service::Service;
use super::settings::LeaseSettings;
use crate::sim::datum::Datum;
use crate::sim::effects::Effects;
use crate::sim::inspection::Inspection;
use crate::sim::place::{Census, Place};
use crate::sim::protocol::{self, Protocol, Ticket};
use crate::sim::reign::{Reign, Role, Standing};
use crate::sim::request::{Answer, Order, Request, RequestId};
use crate::sim::rule::{Reason, Rule};

pub type Hands<'a> = Effects<'a, Process>;

pub(super) const fn rule(number: u8) -> Rule {
    Rule::new('L', number)
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    Poll,
    Deadline,
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["poll", "deadline"];

    fn number(self) -> u8 {
        self as u8
    }

    fn from_number(number: u8) -> Timer {
        if number == 0 { Timer::Poll } else { Timer::Deadline }
    }
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Process {
    Candidate(Candidate),
    Service(Service),
}

impl Protocol for Process {
    type Settings = LeaseSettings;
    type Message = Message;
    type Timer = Timer;
    type Disk = Disk;
    type Promises = LeasePromises;

    fn has_tokens(settings: &LeaseSettings) -> bool {
        settings.sequencer
    }

    fn servers(_settings: &LeaseSettings) -> u8 {
        1
    }

    fn seed_disk(disk: &mut Disk, _census: Census, _me: Place, field: &str, value: &Datum) -> Result<(), String> {
        disk.seed(field, value)
    }

    fn boot(disk: &Disk, fx: &mut Hands<'_>) -> Process {
        if fx.me.is_node() {
            Process::Candidate(Candidate::boot(fx))
        } else {
            Process::Service(Service { disk: disk.clone(), written: Ticket(0) })
        }
    }

    fn on_message(&mut self, from: Place, message: Message, fx: &mut Hands<'_>) {
        match self {
            Process::Candidate(candidate) => candidate.on_message(message, fx),
            Process::Service(service) => service.on_message(from, message, fx),
        }
    }

    fn on_timer(&mut self, timer: Timer, fx: &mut Hands<'_>) {
        let Process::Candidate(candidate) = self else { return };
        match timer {
            Timer::Poll => candidate.look(fx),
            Timer::Deadline => candidate.deadline(fx),
        }
    }

    fn on_saved(&mut self, _ticket: Ticket, _fx: &mut Hands<'_>) {}

    fn on_request(&mut self, id: RequestId, _request: Request, fx: &mut Hands<'_>) {
        fx.answer(id, Answer::Refused(Reason("keeps_no_values")));
    }

    fn on_order(&mut self, order: Order, fx: &mut Hands<'_>) {
        let Process::Candidate(candidate) = self else { return };
        match order {
            Order::Resign | Order::Fenced(_) => candidate.resign(fx),
            Order::TimeOutNow => candidate.look(fx),
            Order::Retuned => candidate.shows_sequencer = fx.settings.sequencer,
            _ => fx.ignore(Reason("nothing_to_do")),
        }
    }

    fn standing(&self) -> Standing {
        let Process::Candidate(candidate) = self else {
            return Standing { title: "service", ..Standing::default() };
        };
        let lease = candidate.seen.map(|(lease, _)| lease);
        let reign = lease.filter(|lease| lease.transitions > 0).map(|lease| Reign::counted(lease.transitions));
        let holder = lease.filter(|lease| lease.holder > 0).map(|lease| Place::Node(lease.holder));
        Standing {
            role: if candidate.leads { Role::Leader } else { Role::Follower },
            title: if candidate.leads { "holder" } else { "candidate" },
            reign,
            follows: holder,
            token: reign.filter(|_| candidate.leads && candidate.shows_sequencer),
        }
    }

    fn inspect(&self, disk: &Disk, page: &mut Inspection) {
        match self {
            Process::Candidate(candidate) => inspect::candidate(candidate, page),
            Process::Service(_) => inspect::disk(disk, page),
        }
    }

    fn inspect_disk(disk: &Disk, page: &mut Inspection) {
        inspect::disk(disk, page);
    }
}
