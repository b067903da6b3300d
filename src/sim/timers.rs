//! The timers of every process. Restarting one later only notes the new time; the entry already in the
//! queue is moved when it comes up, so that a heartbeat costs no queue work.

use super::event::EventId;
use super::queue::{Item, Queue};
use super::time::Micros;

/// More timers than any family has.
pub const PER_PLACE: usize = 8;

const NEVER: Micros = Micros::MAX;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TimerState {
    /// When it runs out; [`Micros::MAX`] while it does not run.
    pub due: Micros,
    pub set_at: Micros,
    sequence: u64,
    /// When its entry in the queue comes up.
    queued: Micros,
    /// The event that set it.
    pub set_by: EventId,
}

const IDLE: TimerState = TimerState { due: NEVER, set_at: 0, sequence: 0, queued: NEVER, set_by: 0 };

#[derive(Clone, Debug, Default)]
pub struct Timers {
    states: Vec<[TimerState; PER_PLACE]>,
    /// Bit t of a slot is set while its timer t runs.
    running: Vec<u32>,
}

impl Timers {
    pub fn reset(&mut self, slots: usize) {
        self.states.clear();
        self.states.resize(slots, [IDLE; PER_PLACE]);
        self.running.clear();
        self.running.resize(slots, 0);
    }

    pub fn running(&mut self, slot: usize) -> &mut u32 {
        &mut self.running[slot]
    }

    /// The timer, if it runs.
    pub fn state(&self, slot: usize, timer: u8) -> Option<&TimerState> {
        let state = &self.states[slot][usize::from(timer)];
        (state.due != NEVER).then_some(state)
    }

    pub fn set(&mut self, slot: usize, timer: u8, now: Micros, due: Micros, set_by: EventId, queue: &mut Queue) {
        let state = &mut self.states[slot][usize::from(timer)];
        state.due = due;
        state.set_at = now;
        state.set_by = set_by;
        state.sequence = queue.next_sequence();
        self.running[slot] |= 1 << timer;
        if state.queued > due {
            state.queued = due;
            queue.push_as(due, state.sequence, Item::Timer { slot: slot as u8, timer });
        }
    }

    pub fn cancel(&mut self, slot: usize, timer: u8) {
        self.states[slot][usize::from(timer)].due = NEVER;
        self.running[slot] &= !(1 << timer);
    }

    pub fn cancel_all(&mut self, slot: usize) {
        for timer in 0..PER_PLACE as u8 {
            self.cancel(slot, timer);
        }
    }

    /// An entry of the queue came up. True if the timer really runs out now; otherwise the entry was old,
    /// and is put back at the right time if the timer still runs.
    pub fn is_due(&mut self, slot: usize, timer: u8, at: Micros, queue: &mut Queue) -> bool {
        let state = &mut self.states[slot][usize::from(timer)];
        if state.queued != at {
            return false;
        }
        if state.due <= at {
            return true;
        }
        state.queued = state.due;
        if state.due != NEVER {
            queue.push_as(state.due, state.sequence, Item::Timer { slot: slot as u8, timer });
        }
        false
    }

    /// The timer ran out: it does not run any more.
    pub fn fired(&mut self, slot: usize, timer: u8) {
        let state = &mut self.states[slot][usize::from(timer)];
        state.due = NEVER;
        state.queued = NEVER;
        self.running[slot] &= !(1 << timer);
    }

    /// It ran out while its process was paused: it stays due.
    pub fn overdue(&mut self, slot: usize, timer: u8) {
        self.states[slot][usize::from(timer)].queued = NEVER;
    }

    /// Puts the timers that ran out during a pause back into the queue, to run out now.
    pub fn wake(&mut self, slot: usize, now: Micros, queue: &mut Queue) {
        for (timer, state) in self.states[slot].iter_mut().enumerate() {
            if state.due <= now {
                state.due = now;
                state.queued = now;
                state.sequence = queue.next_sequence();
                queue.push_as(now, state.sequence, Item::Timer { slot: slot as u8, timer: timer as u8 });
            }
        }
    }
}
