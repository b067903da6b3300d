//! How much room a frame wants: everything complete and legible, nothing wasted.

use super::wishes::Controls;

/// Below this width the ledger is a strip and the words break.
pub const NARROW: f64 = 480.0;

/// The height for a width, both in CSS pixels: 640 wants 400, 320 wants 480.
pub fn wanted_height(width: f64, controls: Controls) -> u32 {
    let width = width.clamp(200.0, 2_000.0);
    let height = match width < NARROW {
        true => (width * 0.8 + 224.0).min(560.0),
        false => (width * 0.42 + 131.2).clamp(360.0, 640.0),
    };
    let bar = if controls == Controls::None { 48.0 } else { 0.0 };
    (height - bar) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_usual_frames_are_asked_for() {
        assert_eq!((wanted_height(640.0, Controls::Full), wanted_height(320.0, Controls::Full)), (400, 480));
        assert_eq!(wanted_height(320.0, Controls::None), 432);
        let heights: Vec<u32> = (100..3_000).map(|width| wanted_height(f64::from(width), Controls::Full)).collect();
        assert!(heights.iter().all(|height| (300..=640).contains(height)));
        assert_eq!(wanted_height(f64::NAN, Controls::Full), 0, "no room is asked for where there is no width");
    }
}
