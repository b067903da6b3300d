//! What can be done to one message under way.

use crate::sim::fault::{Fault, MessageName, Which};
use crate::sim::kernel::{Flight, FlightState};
use crate::sim::order::put_in_order;
use crate::sim::simulation::Simulation;
use crate::sim::time::MILLISECOND;
use crate::ui::session::Session;
use crate::words::en::faults as say;
use leptos::prelude::*;

/// How much later a delayed message arrives.
const DELAY: u64 = 100 * MILLISECOND;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageAct {
    Drop,
    Delay,
    Duplicate,
    Deliver,
}

impl MessageAct {
    pub const ALL: [MessageAct; 4] = [MessageAct::Drop, MessageAct::Delay, MessageAct::Duplicate, MessageAct::Deliver];

    pub fn label(self) -> &'static str {
        match self {
            MessageAct::Drop => say::DROP,
            MessageAct::Delay => say::DELAY_100_MS,
            MessageAct::Duplicate => say::DUPLICATE,
            MessageAct::Deliver => say::DELIVER_NOW,
        }
    }

    pub fn fault(self, name: MessageName) -> Fault {
        let which = Which::One(name);
        match self {
            MessageAct::Drop => Fault::Drop(which),
            MessageAct::Delay => Fault::Delay(which, DELAY),
            MessageAct::Duplicate => Fault::Duplicate(which),
            MessageAct::Deliver => Fault::Deliver(which),
        }
    }
}

pub fn name_of(flight: &Flight) -> MessageName {
    MessageName { from: flight.message.from, to: flight.message.to, nth: flight.message.nth }
}

/// Under way or waiting, in the order in which they arrive.
pub fn under_way(sim: &dyn Simulation) -> Vec<Flight> {
    let is_there =
        |flight: &&Flight| matches!(flight.state, FlightState::Flying | FlightState::Stalled | FlightState::InInbox);
    let mut flights: Vec<Flight> = sim.kernel().flights.iter().filter(is_there).copied().collect();
    put_in_order(&mut flights, |flight| (flight.arrives_at, flight.sent_event));
    flights
}

/// This message, under way or lost not long ago.
pub fn find(sim: &dyn Simulation, name: MessageName) -> Option<Flight> {
    let kernel = sim.kernel();
    let all = kernel.flights.iter().filter(|flight| flight.state != FlightState::Free).chain(kernel.lost.iter());
    all.into_iter().find(|flight| name_of(flight) == name).copied()
}

/// The four buttons.
#[component]
pub fn MessageButtons(session: Session, name: MessageName) -> impl IntoView {
    let button = move |act: MessageAct| {
        view! {
            <button
                class="btn"
                data-message-act=format!("{act:?}")
                on:click=move |_| session.act(act.fault(name))
            >
                {act.label()}
            </button>
        }
    };
    view! { <div class="acts">{MessageAct::ALL.map(button).collect_view()}</div> }
}
