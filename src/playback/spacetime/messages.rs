//! Every message with its way: sent where and when, ended where and when, and how.

use crate::sim::event::{Event, EventId, Loss, MessageRef, What};
use crate::sim::kernel::Flight;
use crate::sim::message::Shape;
use crate::sim::time::{MILLISECOND, Micros, SECOND};

/// As many as are remembered: about ten minutes of nine nodes. The oldest quarter goes first.
const MOST: usize = 1 << 18;

/// As many copies of one message are kept.
const MOST_COPIES: usize = 16;

/// A message that was under way for longer than this is not looked for from its far end.
const LONG: Micros = 5 * SECOND;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    Flying,
    Arrived,
    /// Arrived at a paused process, which has not taken it up yet.
    Waits,
    Lost(Loss),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    pub sent_event: EventId,
    pub sent: Micros,
    /// The event of its end; the greatest number while there is none.
    pub end_event: EventId,
    /// When it ended, or is due; the greatest number while that is not known.
    pub end: Micros,
    /// The number of the reign it speaks for; [`NO_REIGN`] for none.
    pub reign: u64,
    /// The n-th on its directed link.
    pub nth: u32,
    pub from: u8,
    pub to: u8,
    pub kind: u8,
    pub shape: Shape,
    pub fate: Fate,
}

pub const NO_REIGN: u64 = u64::MAX;

impl Segment {
    pub(super) fn sent(
        event: &Event,
        (from, to): (u8, u8),
        message: &MessageRef,
        flight: Option<&Flight>,
        (arrives, lost): (Option<Micros>, Option<Loss>),
    ) -> Segment {
        // Where a lost message would have been on its way is known for a while.
        let would = flight.map_or(event.at + 20 * MILLISECOND, |flight| flight.arrives_at);
        let (end_event, end, fate) = match (arrives, lost) {
            (_, Some(why)) => (event.id, would, Fate::Lost(why)),
            (Some(at), None) => (EventId::MAX, at, Fate::Flying),
            (None, None) => (EventId::MAX, Micros::MAX, Fate::Flying),
        };
        let reign = flight.and_then(|flight| flight.reign).map_or(NO_REIGN, |reign| reign.number);
        let shape = flight.map_or(Shape::Reply, |flight| flight.shape);
        let (nth, kind) = (message.nth, message.kind);
        Segment { sent_event: event.id, sent: event.at, end_event, end, reign, nth, from, to, kind, shape, fate }
    }

    /// Happens all the time while all is well.
    pub fn is_routine(&self) -> bool {
        matches!(self.shape, Shape::Beat | Shape::Reply)
    }
}

#[derive(Clone, Debug, Default)]
pub struct Messages {
    /// In the order of their sending.
    list: Vec<Segment>,
}

impl Messages {
    pub fn list(&self) -> &[Segment] {
        &self.list
    }

    /// Those that may be under way in this stretch of time, in the order of their sending.
    pub fn within(&self, from: Micros, until: Micros) -> impl Iterator<Item = &Segment> {
        let first = self.list.partition_point(|segment| segment.sent < from.saturating_sub(LONG));
        let end = self.list.partition_point(|segment| segment.sent <= until);
        self.list[first.min(end)..end].iter().filter(move |segment| segment.end >= from)
    }

    /// How many were sent in this stretch of time.
    pub fn sent_within(&self, from: Micros, until: Micros) -> usize {
        let before = |at: Micros| self.list.partition_point(|segment| segment.sent < at);
        before(until).saturating_sub(before(from))
    }

    pub(super) fn send(&mut self, segment: Segment) {
        if self.list.len() >= MOST {
            self.list.drain(..MOST / 4);
        }
        self.list.push(segment);
    }

    pub(super) fn end(&mut self, sent: EventId, event: &Event) {
        let Some(index) = self.find(sent) else { return };
        let fate = match event.what {
            What::Waits { .. } => Fate::Waits,
            What::Lost { why, .. } => Fate::Lost(why),
            _ => Fate::Arrived,
        };
        let has_room = self.copies(index) < MOST_COPIES;
        let segment = &mut self.list[index];
        match segment.fate {
            // It arrived when the process slept; now it is taken up.
            Fate::Waits => segment.fate = fate,
            Fate::Flying => (segment.fate, segment.end, segment.end_event) = (fate, event.at, event.id),
            // The same message a second time.
            Fate::Arrived | Fate::Lost(_) if has_room => {
                let again = Segment { fate, end: event.at, end_event: event.id, ..*segment };
                self.list.insert(index + 1, again);
            }
            Fate::Arrived | Fate::Lost(_) => {}
        }
    }

    /// It arrives at another time than was said when it was sent.
    pub(super) fn reschedule(&mut self, sent: EventId, at: Micros) {
        if let Some(index) = self.find(sent)
            && self.list[index].fate == Fate::Flying
        {
            self.list[index].end = at;
        }
    }

    /// How many copies of this message are kept, up to [`MOST_COPIES`].
    fn copies(&self, index: usize) -> usize {
        let sent = self.list[index].sent_event;
        let behind = self.list.partition_point(|segment| segment.sent_event <= sent);
        self.list[..behind].iter().rev().take(MOST_COPIES).take_while(|segment| segment.sent_event == sent).count()
    }

    fn find(&self, sent: EventId) -> Option<usize> {
        let behind = self.list.partition_point(|segment| segment.sent_event <= sent);
        // Of a doubled message the first that has not ended.
        let same = (0..behind).rev().take(MOST_COPIES).take_while(|&index| self.list[index].sent_event == sent);
        same.min_by_key(|&index| (self.list[index].fate != Fate::Flying, index))
    }

    /// Answers with the time of the first message that was not sent, if any was.
    pub(super) fn forget_from(&mut self, event: EventId) -> Option<Micros> {
        let keep = self.list.partition_point(|segment| segment.sent_event < event);
        let since = self.list.get(keep).map(|segment| segment.sent);
        self.list.truncate(keep);
        let newest = self.list.last().map_or(0, |segment| segment.sent);
        for segment in self.list.iter_mut().rev().take_while(|segment| segment.sent + 2 * LONG >= newest) {
            let was_lost_at_once = segment.end_event == segment.sent_event;
            if segment.end_event != EventId::MAX && segment.end_event >= event && !was_lost_at_once {
                // It has not ended, and is due when it ended before.
                (segment.end_event, segment.fate) = (EventId::MAX, Fate::Flying);
            }
        }
        since
    }
}
