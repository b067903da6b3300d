//! Chance: a fixed generator (PCG-XSH-RR 64/32, O'Neill 2014) with our own integer sampling,
//! so that a seed means the same run for years. Never change what a draw returns.

use super::time::Micros;

const MULTIPLIER: u64 = 6_364_136_223_846_793_005;

/// One random stream.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Pcg {
    state: u64,
    increment: u64,
}

impl Pcg {
    /// The reference initialisation: `stream` selects one of 2^63 independent sequences.
    pub fn new(seed: u64, stream: u64) -> Pcg {
        let mut pcg = Pcg { state: 0, increment: (stream << 1) | 1 };
        pcg.next_u32();
        pcg.state = pcg.state.wrapping_add(seed);
        pcg.next_u32();
        pcg
    }

    pub fn next_u32(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
        let folded = (((old >> 18) ^ old) >> 27) as u32;
        folded.rotate_right((old >> 59) as u32)
    }

    fn next_u64(&mut self) -> u64 {
        u64::from(self.next_u32()) << 32 | u64::from(self.next_u32())
    }

    /// Uniform over `0..bound`, without bias (Lemire 2019). `bound` 0 gives 0.
    fn below(&mut self, bound: u64) -> u64 {
        if let Ok(bound) = u32::try_from(bound) {
            let mut wide = u64::from(self.next_u32()) * u64::from(bound);
            if (wide as u32) < bound {
                let threshold = bound.wrapping_neg() % bound.max(1);
                while (wide as u32) < threshold {
                    wide = u64::from(self.next_u32()) * u64::from(bound);
                }
            }
            return wide >> 32;
        }
        let largest = u64::MAX - u64::MAX % bound;
        loop {
            let draw = self.next_u64();
            if draw < largest {
                return draw % bound;
            }
        }
    }

    /// Uniform over `low..=high`. Equal bounds are exact and draw nothing.
    pub fn between(&mut self, low: Micros, high: Micros) -> Micros {
        if high <= low {
            return low;
        }
        low + self.below(high - low + 1)
    }

    /// True with `chance` parts per million. 0 and a full million draw nothing.
    pub fn happens(&mut self, chance: u32) -> bool {
        match chance {
            0 => false,
            1_000_000.. => true,
            _ => self.below(1_000_000) < u64::from(chance),
        }
    }
}

/// What a stream is for. Each purpose of each place or link has its own stream,
/// so that one extra message does not shift every later draw elsewhere.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// Draws of the protocol at a place.
    Choice,
    /// Disk latencies at a place.
    Disk,
    /// Pauses of a place, and the order in which it wakes.
    Pause,
    /// Times drawn by the script.
    Script,
    /// The work of a leader at a place.
    Duty,
}

/// The stream of one purpose at the place with this code.
pub fn place_stream(seed: u64, purpose: Purpose, code: u16) -> Pcg {
    stream_of(seed, (purpose as u64 + 1) << 32 | u64::from(code))
}

/// The stream of one directed link.
pub fn link_stream(seed: u64, from: u16, to: u16) -> Pcg {
    stream_of(seed, 1 << 48 | u64::from(from) << 16 | u64::from(to))
}

/// Neighbouring seeds and places must not draw alike: a PCG alone does not see to that, so both are scrambled first.
fn stream_of(seed: u64, name: u64) -> Pcg {
    let state = scrambled(scrambled(seed) ^ name);
    Pcg::new(state, scrambled(state))
}

/// The output function of SplitMix64 (Steele, Lea, Flood 2014).
fn scrambled(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_vectors_of_the_reference_implementation() {
        let mut pcg = Pcg::new(42, 54);
        let drawn: Vec<u32> = (0..6).map(|_| pcg.next_u32()).collect();
        assert_eq!(drawn, [0xa15c_02b7, 0x7b47_f409, 0xba1d_3330, 0x83d2_f293, 0xbfa4_784b, 0xcbed_606e]);
    }

    #[test]
    fn golden_vectors_of_our_sampling() {
        let mut pcg = Pcg::new(42, 54);
        let drawn: Vec<u64> = (0..6).map(|_| pcg.between(150_000, 300_000)).collect();
        assert_eq!(drawn, [244_547, 222_235, 259_051, 227_241, 262_291, 269_489]);
        let wide: Vec<u64> = (0..2).map(|_| pcg.between(0, 1 << 40)).collect();
        assert!(wide.iter().all(|&t| t <= 1 << 40));
    }

    #[test]
    fn equal_bounds_and_certain_chances_draw_nothing() {
        let mut pcg = Pcg::new(1, 1);
        let before = pcg;
        assert_eq!(pcg.between(7, 7), 7);
        assert!(pcg.happens(1_000_000) && !pcg.happens(0));
        assert_eq!(pcg, before);
    }

    #[test]
    fn the_first_draws_of_neighbours_are_unrelated() {
        // Five places draw one of ten ticks: two or more share the first one in 23.3 % of all seeds.
        let collides = |seed: &u64| {
            let first = |code| place_stream(*seed, Purpose::Choice, code).between(0, 9);
            let drawn: Vec<u64> = (1..=5).map(first).collect();
            drawn.iter().filter(|&tick| Some(tick) == drawn.iter().min()).count() > 1
        };
        for from in [1, 100_000, 1 << 40] {
            let share = (from..from + 10_000).filter(collides).count();
            assert!((2_200..2_460).contains(&share), "{share} of 10 000");
        }
    }
}
