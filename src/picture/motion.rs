//! What moves with time alone: where each message is, and how much of each timer is left. Arithmetic of `now`.

use super::links::WALL;
use crate::sim::event::Loss;
use crate::sim::fault::MessageName;
use crate::sim::inspection::Ring;
use crate::sim::kernel::{Flight, FlightState, Kernel};
use crate::sim::message::Shape;
use crate::sim::reign::Reign;
use crate::sim::time::{MILLISECOND, Micros};

/// At most this many messages are drawn.
const MOST: usize = 120;

/// A ring is redrawn when it changes by one of so many steps.
pub const RING_STEPS: u64 = 300;

/// A message on its way, as drawn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Course {
    pub name: MessageName,
    /// Tells copies of one message apart.
    pub copy: u8,
    pub kind: u8,
    pub shape: Shape,
    pub reign: Option<Reign>,
    pub sent_at: Micros,
    pub arrives_at: Micros,
    pub end: End,
}

/// How a journey ends.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum End {
    Arrives,
    /// At this part of the way, in thousandths.
    Lost(Loss, u16),
    /// Waits at the wall of a cut connection.
    Held,
}

impl Course {
    /// How far it is, from 0 to 1.
    pub fn part(&self, now: Micros) -> f64 {
        let flown = now.saturating_sub(self.sent_at) as f64 / self.span() as f64;
        let limit = match self.end {
            End::Arrives => 1.0,
            End::Lost(_, at) => f64::from(at) / 1_000.0,
            End::Held => WALL,
        };
        flown.min(limit)
    }

    /// It has come to where it was lost.
    pub fn is_over(&self, now: Micros) -> bool {
        matches!(self.end, End::Lost(_, at) if now.saturating_sub(self.sent_at) as f64 >= self.span() as f64 * f64::from(at) / 1_000.0)
    }

    fn span(&self) -> Micros {
        match self.end {
            End::Held => 30 * MILLISECOND,
            _ => self.arrives_at.saturating_sub(self.sent_at).max(1),
        }
    }

    /// Lost messages stay to be seen for as long again as the whole way takes.
    fn is_seen(&self, now: Micros) -> bool {
        match self.end {
            End::Arrives => now < self.arrives_at,
            End::Held => true,
            End::Lost(_, at) => now <= self.sent_at + self.span() * u64::from(at) / 1_000 + self.span(),
        }
    }
}

/// Every message to draw now, in a steady order.
pub fn courses(kernel: &Kernel, now: Micros, into: &mut Vec<Course>) {
    into.clear();
    for flight in kernel.flights.iter().chain(&kernel.lost) {
        if into.len() == MOST {
            break;
        }
        let Some(mut course) = course(flight) else { continue };
        if !course.is_seen(now) {
            continue;
        }
        let same = |other: &&Course| other.name == course.name;
        let held = |other: &Course| {
            matches!((other.end, course.end), (End::Held, End::Held))
                && (other.name.from, other.name.to) == (course.name.from, course.name.to)
        };
        // Of those that wait at one wall the first stands for all.
        if into.iter().any(held) {
            continue;
        }
        course.copy = into.iter().filter(same).count() as u8;
        into.push(course);
    }
}

fn course(flight: &Flight) -> Option<Course> {
    let end = match flight.state {
        FlightState::Flying => End::Arrives,
        FlightState::Stalled => End::Held,
        FlightState::Lost(why) => End::Lost(why, lost_part(flight, why)),
        FlightState::Free | FlightState::InInbox => return None,
    };
    let message = flight.message;
    Some(Course {
        name: MessageName { from: message.from, to: message.to, nth: message.nth },
        copy: 0,
        kind: message.kind,
        shape: flight.shape,
        reign: flight.reign,
        sent_at: flight.sent_at,
        arrives_at: flight.arrives_at,
        end,
    })
}

/// Where on its way a message is shown to end. One that was doomed when it was sent has no place of its own:
/// a cut link ends it at the wall, chance a little further on.
fn lost_part(flight: &Flight, why: Loss) -> u16 {
    let span = flight.arrives_at.saturating_sub(flight.sent_at);
    let flown = flight.lost_at.unwrap_or(flight.sent_at).saturating_sub(flight.sent_at);
    match why {
        // Just before the node, so that the cross can be seen.
        Loss::ReceiverDown => 900,
        _ if flown > 0 && span > 0 => (flown * 1_000 / span).min(1_000) as u16,
        Loss::Cut => (WALL * 1_000.0) as u16,
        Loss::Dropped => 360,
        Loss::Chance | Loss::ConnectionBroke => 600,
    }
}

/// How much of a timer is left, in steps of the ring, and whether little is.
pub fn ring_left(ring: &Ring, now: Micros) -> (u64, bool) {
    let whole = ring.due_at.saturating_sub(ring.set_at).max(1);
    let left = ring.due_at.saturating_sub(now).min(whole);
    let steps = (u128::from(left) * u128::from(RING_STEPS)).div_ceil(u128::from(whole)) as u64;
    (steps, steps * 5 < RING_STEPS)
}

/// The dash of a ring with a path length of 100 that shows so many steps.
pub fn ring_dash(steps: u64) -> String {
    let tenths = steps * 1_000 / RING_STEPS;
    format!("{}.{} 200", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::place::Place;

    fn course_to(end: End) -> Course {
        let name = MessageName { from: Place::Node(1), to: Place::Node(2), nth: 1 };
        Course { name, copy: 0, kind: 0, shape: Shape::Ask, reign: None, sent_at: 1_000, arrives_at: 3_000, end }
    }

    #[test]
    fn a_message_is_halfway_at_half_time() {
        assert_eq!(course_to(End::Arrives).part(2_000), 0.5);
        assert!(!course_to(End::Arrives).is_seen(3_000));
    }

    #[test]
    fn a_lost_message_stops_and_stays_a_while() {
        let lost = course_to(End::Lost(Loss::Cut, 500));
        assert_eq!(lost.part(9_000), 0.5);
        assert!(!lost.is_over(1_900) && lost.is_over(2_000));
        assert!(lost.is_seen(4_000) && !lost.is_seen(4_001));
    }

    #[test]
    fn a_ring_shows_what_is_left() {
        let ring = Ring { timer: 0, set_at: 0, due_at: 1_000 };
        assert_eq!(ring_left(&ring, 0), (300, false));
        assert_eq!(ring_left(&ring, 500), (150, false));
        assert_eq!(ring_left(&ring, 810), (57, true));
        assert_eq!(ring_left(&ring, 2_000), (0, true));
        assert_eq!((ring_dash(300), ring_dash(150)), ("100.0 200".to_owned(), "50.0 200".to_owned()));
    }
}
