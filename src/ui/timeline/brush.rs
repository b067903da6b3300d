//! Puts a picture on a canvas, in the colours of the page.

use crate::share::spacetime::picture::{Anchor, Ink, Pen, Picture, Shape, Text};
use crate::ui::letters::root_font_size;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, Path2d};

/// The page's tokens and measures, read when the theme or the size changes.
#[derive(Clone, Default)]
pub struct Palette {
    colours: Vec<String>,
    font: String,
    /// The root's font size in pixels.
    pub rem: f64,
}

impl Palette {
    /// As the page wears it now.
    pub fn read() -> Palette {
        let root = document().document_element();
        let Some(style) = root.and_then(|root| window().get_computed_style(&root).ok().flatten()) else {
            return Palette { rem: 16.0, ..Palette::default() };
        };
        let token = |name: &str| style.get_property_value(name).unwrap_or_default().trim().to_owned();
        Palette {
            colours: Ink::ALL.iter().map(|ink| token(ink.token())).collect(),
            font: token("--font"),
            rem: root_font_size(),
        }
    }

    fn colour(&self, ink: Ink) -> &str {
        self.colours.get(ink.number()).map_or("", String::as_str)
    }
}

/// What is painted on, once for every canvas of the page. Where the browser can, the canvas shows it beside the page's own
/// frames: those that only move messages then do not carry it along.
pub fn board(canvas: &HtmlCanvasElement) -> HtmlCanvasElement {
    // The one has every member used here by the other's names.
    canvas.transfer_control_to_offscreen().map_or_else(|_| canvas.clone(), |apart| apart.unchecked_into())
}

/// Paints the picture on a cleared [`board`]. `size` is in pixels of the page.
pub fn paint(canvas: &HtmlCanvasElement, palette: &Palette, size: (f64, f64), picture: &Picture) {
    let Some(context) = canvas.get_context("2d").ok().flatten() else { return };
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let ratio = window().device_pixel_ratio().clamp(1.0, 3.0);
    let wanted = ((size.0 * ratio) as u32, (size.1 * ratio) as u32);
    if (canvas.width(), canvas.height()) != wanted {
        canvas.set_width(wanted.0);
        canvas.set_height(wanted.1);
    }
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, size.0, size.1);
    let mut font = (0.0, false);
    for shape in &picture.shapes {
        match shape {
            Shape::Path(path) => {
                let Ok(data) = Path2d::new_with_path_string(&path.data) else { continue };
                context.set_global_alpha(f64::from(path.opacity) / 100.0);
                let colour = palette.colour(path.ink);
                match path.pen {
                    Pen::Fill => {
                        context.set_fill_style_str(colour);
                        context.fill_with_path_2d(&data);
                    }
                    Pen::Stroke(width, (dash, gap)) => {
                        let pattern = js_sys::Array::new();
                        if gap > 0.0 {
                            pattern.push(&dash.into());
                            pattern.push(&gap.into());
                        }
                        let _ = context.set_line_dash(&pattern);
                        context.set_stroke_style_str(colour);
                        context.set_line_width(width);
                        context.stroke_with_path(&data);
                    }
                }
            }
            Shape::Text(text) => {
                context.set_global_alpha(1.0);
                if font != (text.size, text.bold) {
                    font = (text.size, text.bold);
                    context.set_font(&in_css(text, &palette.font));
                }
                context.set_text_align(match text.anchor {
                    Anchor::Start => "left",
                    Anchor::Middle => "center",
                    Anchor::End => "right",
                });
                context.set_fill_style_str(palette.colour(text.ink));
                let _ = context.fill_text(&text.text, text.at.0, text.at.1);
            }
        }
    }
    context.set_global_alpha(1.0);
}

/// In tenths of a pixel, written by whole numbers.
fn in_css(text: &Text, family: &str) -> String {
    let tenths = (text.size * 10.0) as u32;
    let weight = if text.bold { 700 } else { 400 };
    format!("{weight} {}.{}px {family}", tenths / 10, tenths % 10)
}
