//! Reading a run into lanes, messages and traffic.

use super::lanes::Lanes;
use super::messages::{self, Messages};
use super::traffic::Traffic;
use crate::sim::event::{Event, EventId, What};
use crate::sim::kernel::{Flight, FlightState, Kernel};
use crate::sim::simulation::Simulation;

/// Among more flights none is looked for. Far more than any real run has.
const MOST_LOOKED_THROUGH: usize = 2_048;

#[derive(Clone, Debug, Default)]
pub struct Spacetime {
    /// Every event before this one has been read.
    read: EventId,
    pub lanes: Lanes,
    pub messages: Messages,
    pub traffic: Traffic,
}

impl Spacetime {
    /// Reads the events that are new. To be called after everything done: what flies is looked up at the world.
    pub fn read(&mut self, simulation: &dyn Simulation) {
        let history = simulation.history();
        let end = history.end();
        if self.read >= end {
            return;
        }
        let kernel = simulation.kernel();
        self.lanes.make_room(kernel.census.slots());
        let mut acted = false;
        for id in self.read.max(history.first())..end {
            if let Some(event) = history.event(id) {
                self.note(kernel, event);
                acted |= matches!(event.what, What::Acted { .. });
            }
        }
        self.read = end;
        if acted {
            // Messages may have been delayed, or hurried.
            let flying = kernel.flights.iter().filter(|flight| flight.state == FlightState::Flying);
            flying.for_each(|flight| self.messages.reschedule(flight.sent_event, flight.arrives_at));
        }
    }

    /// What happened from this event on has not happened.
    pub fn forget_from(&mut self, event: EventId) {
        self.read = self.read.min(event);
        self.lanes.forget_from(event);
        if let Some(since) = self.messages.forget_from(event) {
            self.traffic.forget_since(since, &self.messages);
        }
    }

    fn note(&mut self, kernel: &Kernel, event: &Event) {
        let slot = kernel.census.slot(event.place);
        match event.what {
            What::Sent { message, arrives, lost } => {
                let to = kernel.census.slot(message.to);
                let flight = flight_of(kernel, event.id);
                let segment = messages::Segment::sent(event, (slot as u8, to as u8), &message, flight, (arrives, lost));
                self.traffic.count(&segment, kernel.census.slots());
                self.messages.send(segment);
            }
            What::Delivered { .. } | What::Waits { .. } | What::Lost { .. } => {
                if let Some(sent) = event.cause {
                    self.messages.end(sent, event);
                }
            }
            _ => self.lanes.note(slot, event, usize::from(kernel.census.nodes)),
        }
    }
}

/// The flight that was sent by this event, if it is under way or was lost not long ago. In a crowd it is not looked
/// for: every look would cost as much as the crowd is large.
pub fn flight_of(kernel: &Kernel, sent: EventId) -> Option<&Flight> {
    if kernel.flights.len() > MOST_LOOKED_THROUGH {
        return None;
    }
    let under_way = kernel.flights.iter().filter(|flight| flight.state != FlightState::Free);
    let mut newest = kernel.lost.iter().rev().chain(under_way);
    newest.find(|flight| flight.sent_event == sent)
}
