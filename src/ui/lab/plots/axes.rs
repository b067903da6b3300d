//! The frame of a plot: grid, numbers and the names of the axes.

use super::scale::Scale;
use super::sheet::{Ink, SOLID, Sheet};

/// Where the plot itself is, in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub x: Scale,
    pub y: Scale,
}

impl Frame {
    /// Leaves room for numbers at the left and below, and `margin` rem at the right.
    pub fn on(sheet: &Sheet, x: Scale, y: Scale, margin: f64) -> Frame {
        let rem = sheet.rem;
        let widest = y.ticks(5.0).iter().map(|&tick| sheet.width_of(&y.text(tick), 0.8125, false)).fold(0.0, f64::max);
        let (left, right) = (widest + 1.0 * rem, sheet.width - margin * rem);
        let (top, bottom) = (1.9 * rem, sheet.height - 3.1 * rem);
        Frame { x: x.between(left, right), y: y.between(bottom, top) }
    }

    pub fn draw(&self, sheet: &Sheet, x_name: &str, y_name: &str) {
        let rem = sheet.rem;
        let (left, right, bottom, top) = (self.x.from, self.x.to, self.y.from, self.y.to);
        for tick in self.y.ticks(((bottom - top) / (3.0 * rem)).clamp(2.0, 8.0)) {
            let y = self.y.place(tick);
            sheet.line(&[(left, y), (right, y)], Ink::Hair, 1.0, SOLID);
            sheet.words(&self.y.text(tick), (left - 0.5 * rem, y), 0.8125, false, Ink::Soft, 1.0);
        }
        let mut used = f64::NEG_INFINITY;
        for tick in self.x.ticks(((right - left) / (4.6 * rem)).clamp(2.0, 10.0)) {
            let x = self.x.place(tick);
            sheet.line(&[(x, top), (x, bottom)], Ink::Hair, 1.0, SOLID);
            let text = self.x.text(tick);
            let half = sheet.width_of(&text, 0.8125, false) / 2.0;
            if x - half > used && x + half < sheet.width {
                sheet.words(&text, (x, bottom + 0.9 * rem), 0.8125, false, Ink::Soft, 0.5);
                used = x + half + 0.6 * rem;
            }
        }
        sheet.line(&[(left, bottom), (right, bottom)], Ink::Faint, 1.0, SOLID);
        sheet.words(x_name, ((left + right) / 2.0, bottom + 2.3 * rem), 0.8125, false, Ink::Soft, 0.5);
        sheet.words(y_name, (0.25 * rem, 0.7 * rem), 0.8125, false, Ink::Soft, 0.0);
    }

    pub fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x.place(x), self.y.place(y))
    }
}
