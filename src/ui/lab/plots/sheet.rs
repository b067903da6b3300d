//! The paper of a plot and its pens. Everything outside is measured in pixels of the page; plotters draws in pixels of
//! the device and knows nothing of the difference.

use crate::ui::letters::root_font_size;
use leptos::prelude::{document, window};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, DashedPathElement, PathElement, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, FontTransform, IntoFont, RGBColor, ShapeStyle, TextStyle};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The colours of a plot, by their part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    Full,
    Soft,
    Faint,
    Hair,
    Paper,
    /// Yours: the one saturated colour.
    Wax,
}

/// How a line is broken, in pixels: drawn, left out. Zeros are an unbroken line.
pub type Dash = (f64, f64);
pub const SOLID: Dash = (0.0, 0.0);
/// For one series after the other, so that they can be told apart without colour.
pub const DASHES: [Dash; 5] = [SOLID, (7.0, 4.0), (2.0, 3.0), (12.0, 4.0), (4.0, 8.0)];

pub struct Sheet {
    area: DrawingArea<CanvasBackend, Shift>,
    pub width: f64,
    pub height: f64,
    /// Pixels of a rem: the size of letters goes by it.
    pub rem: f64,
    ratio: f64,
    colours: [RGBColor; 6],
}

impl Sheet {
    /// Sizes the canvas to its place on the page and clears it. `None` while it has no place.
    pub fn on(canvas: &HtmlCanvasElement) -> Option<Sheet> {
        let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
        if width < 60.0 || height < 60.0 {
            return None;
        }
        let ratio = window().device_pixel_ratio().clamp(1.0, 4.0);
        let wanted = ((width * ratio).round() as u32, (height * ratio).round() as u32);
        if (canvas.width(), canvas.height()) != wanted {
            canvas.set_width(wanted.0);
            canvas.set_height(wanted.1);
        }
        let root = document().document_element()?;
        let style = window().get_computed_style(&root).ok()??;
        let token = |name: &str| colour(&style.get_property_value(name).unwrap_or_default());
        let rem = root_font_size();
        let colours = ["--ink", "--ink-2", "--ink-3", "--line", "--sheet", "--reign-1"].map(token);
        let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
        context.set_line_join("round");
        let area = CanvasBackend::with_canvas_object(canvas.clone())?.into_drawing_area();
        let sheet = Sheet { area, width, height, rem, ratio, colours };
        sheet.fill((0.0, 0.0), (width, height), Ink::Paper);
        Some(sheet)
    }

    pub fn line(&self, points: &[(f64, f64)], ink: Ink, width: f64, dash: Dash) {
        let path: Vec<(i32, i32)> = points.iter().map(|&point| self.device(point)).collect();
        let style = self.style(ink, width);
        if dash == SOLID {
            let _ = self.area.draw(&PathElement::new(path, style));
        } else {
            let [drawn, left] = [dash.0, dash.1].map(|part| (part * self.ratio).round() as i32);
            let _ = self.area.draw(&DashedPathElement::new(path, drawn, left, style));
        }
    }

    pub fn dot(&self, at: (f64, f64), radius: f64, ink: Ink, is_full: bool) {
        let size = (radius * self.ratio).round() as i32;
        let _ = self.area.draw(&Circle::new(
            self.device(at),
            size,
            self.colour(if is_full { ink } else { Ink::Paper }).filled(),
        ));
        if !is_full {
            let _ = self.area.draw(&Circle::new(self.device(at), size, self.style(ink, 1.5)));
        }
    }

    pub fn fill(&self, from: (f64, f64), to: (f64, f64), ink: Ink) {
        let _ = self.area.draw(&Rectangle::new([self.device(from), self.device(to)], self.colour(ink).filled()));
    }

    /// `size` in rem. `across` is 0 for words that begin at the point, 0.5 for centred ones, 1 for those that end there.
    pub fn words(&self, words: &str, at: (f64, f64), size: f64, bold: bool, ink: Ink, across: f64) {
        let h_pos = if across < 0.25 {
            HPos::Left
        } else if across > 0.75 {
            HPos::Right
        } else {
            HPos::Center
        };
        let font = ("\"Atkinson Hyperlegible Next\", system-ui, sans-serif", size * self.rem * self.ratio).into_font();
        let font = font.style(if bold { FontStyle::Bold } else { FontStyle::Normal }).transform(FontTransform::None);
        let colour = self.colour(ink);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(h_pos, VPos::Center));
        let _ = self.area.draw_text(words, &style, self.device(at));
    }

    /// About how wide words are. Measuring exactly would cost a layout of the page for every label.
    pub fn width_of(&self, words: &str, size: f64, bold: bool) -> f64 {
        let per_letter = if bold { 0.54 } else { 0.5 };
        words.chars().count() as f64 * per_letter * size * self.rem
    }

    fn device(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.ratio).round() as i32, (y * self.ratio).round() as i32)
    }

    fn colour(&self, ink: Ink) -> RGBColor {
        self.colours[ink as usize]
    }

    fn style(&self, ink: Ink, width: f64) -> ShapeStyle {
        self.colour(ink).stroke_width((width * self.ratio).round().max(1.0) as u32)
    }
}

/// A colour of the tokens, such as `#4036A3`.
fn colour(text: &str) -> RGBColor {
    let digits = text.trim().trim_start_matches('#');
    let part = |from: usize| digits.get(from..from + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).unwrap_or(0);
    RGBColor(part(0), part(2), part(4))
}
