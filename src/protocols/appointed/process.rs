//! A process is a broker or the controller.

use super::broker::Broker;
use super::controller::Controller;
use super::disk::Disk;
use super::inspect;
use super::message::Message;
use super::properties::AppointedPromises;
use super::settings::AppointedSettings;
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
    Rule::new('A', number)
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    Beat,
    Fetch,
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["beat", "fetch"];

    fn number(self) -> u8 {
        self as u8
    }

    fn from_number(number: u8) -> Timer {
        if number == 0 { Timer::Beat } else { Timer::Fetch }
    }
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[allow(clippy::large_enum_variant)]
pub enum Process {
    Broker(Broker),
    Controller(Controller),
}

impl Protocol for Process {
    type Settings = AppointedSettings;
    type Message = Message;
    type Timer = Timer;
    type Disk = Disk;
    type Promises = AppointedPromises;

    fn servers(_settings: &AppointedSettings) -> u8 {
        1
    }

    fn seed_disk(disk: &mut Disk, _census: Census, _me: Place, field: &str, value: &Datum) -> Result<(), String> {
        disk.seed(field, value)
    }

    fn boot(disk: &Disk, fx: &mut Hands<'_>) -> Process {
        if fx.me.is_node() {
            Process::Broker(Broker::boot(disk, fx))
        } else {
            Process::Controller(Controller::boot(disk.partition, fx))
        }
    }

    fn on_message(&mut self, from: Place, message: Message, fx: &mut Hands<'_>) {
        match self {
            Process::Broker(broker) => broker.on_message(from, message, fx),
            Process::Controller(controller) => controller.on_message(from, &message, fx),
        }
    }

    fn on_timer(&mut self, timer: Timer, fx: &mut Hands<'_>) {
        match (self, timer) {
            (Process::Broker(broker), Timer::Beat) => broker.beat(fx),
            (Process::Broker(broker), Timer::Fetch) => broker.fetch(fx),
            (Process::Controller(controller), _) => controller.look_around(fx),
        }
    }

    fn on_saved(&mut self, ticket: Ticket, fx: &mut Hands<'_>) {
        if let Process::Broker(broker) = self {
            broker.on_saved(ticket, fx);
        }
    }

    fn on_request(&mut self, id: RequestId, request: Request, fx: &mut Hands<'_>) {
        match (self, request) {
            (Process::Broker(broker), Request::Write(word)) => broker.write(id, word.number(), fx),
            (Process::Broker(broker), Request::Read(_)) if broker.leading.is_some() => {
                fx.answer(id, Answer::Read { as_of: broker.committed.into() });
            }
            _ => fx.answer(id, Answer::Refused(Reason("not_the_leader"))),
        }
    }

    fn on_order(&mut self, order: Order, fx: &mut Hands<'_>) {
        match (self, order) {
            (Process::Controller(controller), Order::Transfer(to)) => controller.hand_over(to, fx),
            (Process::Broker(broker), Order::Fenced(token)) if token.number > broker.known.leader_epoch.into() => {
                broker.step_down(fx);
            }
            (_, Order::Retuned) => {}
            _ => fx.ignore(Reason("only_the_controller_appoints")),
        }
    }

    fn standing(&self) -> Standing {
        let Process::Broker(broker) = self else { return Standing { title: "controller", ..Standing::default() } };
        let epoch = broker.known.leader_epoch;
        let reign = (epoch > 0).then(|| Reign::counted(epoch.into()));
        let leads = broker.leading.is_some();
        let title = match (leads, broker.known.has(broker.me)) {
            (true, _) => "leader",
            (false, true) => "in_sync",
            (false, false) => "out_of_sync",
        };
        let leader = broker.known.leader;
        Standing {
            role: if leads { Role::Leader } else { Role::Follower },
            title,
            reign,
            follows: (leader > 0).then_some(Place::Node(leader)),
            token: reign.filter(|_| leads),
        }
    }

    fn inspect(&self, disk: &Disk, page: &mut Inspection) {
        match self {
            Process::Broker(broker) => inspect::broker(broker, disk, page),
            Process::Controller(_) => inspect::controller(disk, page),
        }
    }

    fn inspect_disk(disk: &Disk, page: &mut Inspection) {
        if disk.partition.controller_epoch > 0 {
            inspect::controller(disk, page);
        } else {
            inspect::log(disk, 0, page);
        }
    }
}
