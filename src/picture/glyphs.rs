//! Messages as SVG: the kind by shape, the reign by wax.

use super::geometry::{Point, Rect, seal_path, short};
use super::phrases::{escape, name, slip_reign, wax};
use super::portrait::slip_markup;
use crate::sim::message::Shape;
use crate::sim::place::Place;
use crate::sim::reign::Reign;

/// A message around the origin. What the store refuses is a red crossed page.
pub fn glyph_markup(shape: Shape, reign: Option<Reign>, from: Place, to: Place) -> String {
    let paper = Rect::around(Point::default(), 30.0, 19.0);
    match shape {
        Shape::Refuse if from == Place::Store => fenced(),
        Shape::Ask => slip_markup(paper, "?", reign, "outlined"),
        Shape::Grant => slip_markup(paper, &name(to), reign, "full"),
        Shape::Refuse => slip_markup(paper, "✕", reign, "outlined"),
        Shape::Beat => "<circle class=\"beat\" r=\"6.5\"/>".to_owned(),
        Shape::Reply => "<circle class=\"reply\" r=\"5.5\"/>".to_owned(),
        Shape::Entries => {
            "<circle class=\"beat\" r=\"9\"/><path class=\"lines\" d=\"M-4-3h8M-4 0h8M-4 3h5\"/>".to_owned()
        }
        Shape::Order => "<path class=\"order\" d=\"M-9-8h18l-5 8 5 8h-18z\"/>".to_owned(),
        Shape::Write => format!(
            "<rect class=\"page\" x=\"-12\" y=\"-12\" width=\"24\" height=\"24\" rx=\"3\"/>{}",
            seal_markup(Point::default(), 8.5, reign)
        ),
    }
}

fn fenced() -> String {
    "<rect class=\"page fenced\" x=\"-12\" y=\"-12\" width=\"24\" height=\"24\" rx=\"3\"/><path class=\"fenced-x\" d=\"M-5-5l10 10M5-5l-10 10\"/>"
        .to_owned()
}

/// What is left of a lost message.
pub fn lost_markup() -> &'static str {
    "<circle class=\"lost\" r=\"9.5\"/><path class=\"bx\" d=\"M-3.6-3.6l7.2 7.2m0-7.2l-7.2 7.2\"/>"
}

/// A small seal with its reign, a ballot as a pair.
pub fn seal_markup(at: Point, radius: f64, reign: Option<Reign>) -> String {
    let scallops = if radius > 20.0 { 16 } else { 10 };
    let words = slip_reign(reign);
    let size = radius
        * match words.chars().count() {
            0..=2 => 1.1,
            3 => 0.9,
            _ => 0.7,
        };
    format!(
        "<g class=\"{}\"><path class=\"seal\" d=\"{}\"/><text class=\"seal-number\" x=\"{}\" y=\"{}\" style=\"font-size:{}px\">{}</text></g>",
        wax(reign),
        seal_path(at, radius, scallops),
        short(at.x),
        short(at.y + size * 0.36),
        short(size),
        escape(&words)
    )
}
