//! How many messages each place sent, by buckets of time: what is drawn where arrows would cover one another.

use super::messages::{Messages, Segment};
use crate::sim::time::{MILLISECOND, Micros};

/// The width of a bucket at first.
const FINE: Micros = 16 * MILLISECOND;

/// As many buckets as are kept; then neighbours are put together.
const MOST: usize = 1 << 16;

#[derive(Clone, Debug)]
pub struct Traffic {
    width: Micros,
    slots: usize,
    /// By bucket, then by slot: routine messages, and others. Counts stop at 255.
    counts: Vec<[u8; 2]>,
}

impl Default for Traffic {
    fn default() -> Traffic {
        Traffic { width: FINE, slots: 0, counts: Vec::new() }
    }
}

impl Traffic {
    /// The span of time of one bucket.
    pub fn width(&self) -> Micros {
        self.width
    }

    /// Messages sent from a slot in the buckets that begin in this stretch: routine ones, and others.
    pub fn sent(&self, slot: usize, from: Micros, until: Micros) -> [u32; 2] {
        let bucket = |at: Micros| usize::try_from(at.div_ceil(self.width)).unwrap_or(usize::MAX);
        let mut sum = [0, 0];
        if self.slots == 0 || slot >= self.slots {
            return sum;
        }
        for index in bucket(from)..bucket(until).min(self.counts.len() / self.slots) {
            let [routine, other] = self.counts[index * self.slots + slot];
            sum[0] += u32::from(routine);
            sum[1] += u32::from(other);
        }
        sum
    }

    pub(super) fn count(&mut self, segment: &Segment, slots: usize) {
        self.slots = slots;
        let mut bucket = self.bucket(segment.sent);
        while bucket >= MOST {
            self.halve();
            bucket = self.bucket(segment.sent);
        }
        let needed = (bucket + 1) * slots;
        if self.counts.len() < needed {
            self.counts.resize(needed, [0; 2]);
        }
        let count = &mut self.counts[bucket * slots + usize::from(segment.from)][usize::from(!segment.is_routine())];
        *count = count.saturating_add(1);
    }

    fn bucket(&self, at: Micros) -> usize {
        usize::try_from(at / self.width).unwrap_or(usize::MAX)
    }

    /// Puts neighbours together: half as many buckets, each twice as wide.
    fn halve(&mut self) {
        let slots = self.slots;
        let buckets = self.counts.len() / slots;
        for bucket in 0..buckets {
            for slot in 0..slots {
                let mine = self.counts[bucket * slots + slot];
                let into = &mut self.counts[bucket / 2 * slots + slot];
                *into = match bucket % 2 {
                    0 => mine,
                    _ => [into[0].saturating_add(mine[0]), into[1].saturating_add(mine[1])],
                };
            }
        }
        self.counts.truncate(buckets.div_ceil(2) * slots);
        self.width *= 2;
    }

    /// Nothing was sent from this time on; `left` are the messages that remain.
    pub(super) fn forget_since(&mut self, since: Micros, left: &Messages) {
        let bucket = self.bucket(since);
        self.counts.truncate(bucket * self.slots);
        let begin = bucket as Micros * self.width;
        let list = left.list();
        let again = list.partition_point(|segment| segment.sent < begin);
        let slots = self.slots;
        list[again..].iter().for_each(|segment| self.count(segment, slots));
    }
}
