//! Finds room for words among lines: direct labels in place of a legend.

use super::sheet::{Ink, Sheet};

#[derive(Clone, Copy, Debug)]
struct Room {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Room {
    fn meets(&self, other: &Room) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(&self, (x, y): (f64, f64)) -> bool {
        x > self.left - 2.0 && x < self.right + 2.0 && y > self.top - 2.0 && y < self.bottom + 2.0
    }
}

/// Words that were placed, and lines to keep clear of.
pub struct Labels {
    bounds: Room,
    taken: Vec<Room>,
    lines: Vec<Vec<(f64, f64)>>,
}

impl Labels {
    /// Everything stays between these corners.
    pub fn within(left: f64, top: f64, right: f64, bottom: f64) -> Labels {
        Labels { bounds: Room { left, top, right, bottom }, taken: Vec::new(), lines: Vec::new() }
    }

    /// A line, filled up so that none passes between two of its points unseen.
    pub fn avoid(&mut self, points: &[(f64, f64)]) {
        let mut dense = Vec::new();
        for pair in points.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let steps = ((x1 - x0).abs().max((y1 - y0).abs()) / 6.0).ceil().clamp(1.0, 400.0);
            dense.extend((0..steps as u32).map(|step| {
                let part = f64::from(step) / steps;
                (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part)
            }));
        }
        dense.extend(points.last());
        self.lines.push(dense);
    }

    /// Draws lines of words beside one of these points, where they cover least.
    pub fn place(&mut self, sheet: &Sheet, words: &[&str], beside: &[(f64, f64)], ink: Ink, bold_first: bool) {
        let size = 0.8125;
        let line = sheet.rem * 1.05;
        let widest = words.iter().enumerate().map(|(index, text)| sheet.width_of(text, size, bold_first && index == 0));
        let width = widest.fold(0.0, f64::max);
        let height = line * words.len() as f64;
        let gap = 0.6 * sheet.rem;
        let mut best: Option<(f64, Room, bool)> = None;
        for (rank, &(x, y)) in beside.iter().enumerate() {
            for (right, lift) in [(true, 0.0), (false, 0.0), (true, -0.9), (false, -0.9), (true, 0.9), (false, 0.9)] {
                let left = if right { x + gap } else { x - gap - width };
                let top = y - height / 2.0 + lift * height;
                let room = Room { left, top, right: left + width, bottom: top + height };
                let cost = self.cost(&room) + rank as f64 * 0.5 + f64::from(u8::from(lift != 0.0));
                if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                    best = Some((cost, room, right));
                }
            }
        }
        let Some((_, room, right)) = best else { return };
        sheet.fill((room.left - 2.0, room.top), (room.right + 2.0, room.bottom), Ink::Paper);
        for (index, text) in words.iter().enumerate() {
            let y = room.top + line * (index as f64 + 0.5);
            let (x, across) = if right { (room.left, 0.0) } else { (room.right, 1.0) };
            sheet.words(text, (x, y), size, bold_first && index == 0, ink, across);
        }
        self.taken.push(room);
    }

    fn cost(&self, room: &Room) -> f64 {
        let outside = room.left < self.bounds.left
            || room.right > self.bounds.right
            || room.top < self.bounds.top
            || room.bottom > self.bounds.bottom;
        let overlaps = self.taken.iter().filter(|taken| taken.meets(room)).count();
        let crossed = self.lines.iter().flatten().filter(|&&point| room.holds(point)).count();
        f64::from(u8::from(outside)) * 1_000.0 + overlaps as f64 * 400.0 + crossed as f64 * 3.0
    }
}
