//! The store's ledger as SVG: the highest token it has seen, the newest writes, and what became of them.

use super::geometry::{Point, Rect, short};
use super::glyphs::seal_markup;
use super::phrases::{escape, wrapped};
use super::work::{sign, standings, work};
use crate::sim::store::{Outcome, Row, Store};
use crate::words::ledger::{title, verdict, what};
use crate::words::picture_line::{HIGHEST, NO_WRITES};
use std::fmt::Write;

/// One line of text.
pub fn line(class: &str, x: f64, y: f64, text: &str) -> String {
    format!("<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>", short(x), short(y), escape(text))
}

/// The newest rows, with what became of them.
pub fn ledger(store: &Store, room: Rect) -> String {
    const ROWS: usize = 5;
    const PITCH: f64 = 27.0;
    let (x, right) = (room.x, room.right());
    let mut svg = format!("<g transform=\"translate({} {})\">{}</g>", short(x), short(room.y - 1.0), sign(store.job));
    svg.push_str(&line("bold", x + 25.0, room.y + 14.0, title(store.job)));
    if let Some(highest) = store.highest {
        svg.push_str(&line("quiet end", right - 34.0, room.y + 14.0, HIGHEST));
        svg.push_str(&seal_markup(Point::new(right - 14.0, room.y + 9.0), 12.0, Some(highest)));
    }
    let top = room.y + 28.0;
    let _ = write!(svg, "<path class=\"rule strong\" d=\"M{} {}H{}\"/>", short(x), short(top), short(right));
    if store.rows.is_empty() {
        svg.push_str(&line("small", x, top + 22.0, NO_WRITES));
        return svg;
    }
    let rows: Vec<Row> = store.rows.iter().copied().collect();
    let standings = standings(store.job, &rows);
    let mut y = top;
    for (row, &standing) in rows.iter().zip(&standings).skip(rows.len().saturating_sub(ROWS)) {
        let middle = y + PITCH / 2.0;
        if matches!(row.outcome, Outcome::Refused | Outcome::Stale | Outcome::Overwrote) {
            let _ = write!(
                svg,
                "<rect class=\"refused-row\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/><rect class=\"alarm-bar\" x=\"{0}\" y=\"{1}\" width=\"3.5\" height=\"{3}\"/>",
                short(x),
                short(y + 0.5),
                short(right - x),
                short(PITCH - 1.0)
            );
        }
        let _ = write!(
            svg,
            "<g transform=\"translate({} {})\">{}</g>",
            short(x + 20.0),
            short(middle),
            work(store.job, row, standing)
        );
        svg.push_str(&seal_markup(Point::new(x + 50.0, middle), 9.0, row.token));
        svg.push_str(&line("small", x + 64.0, middle + 4.5, &format!("{} {}", row.writer, what(store.job, row))));
        svg.push_str(&mark(Point::new(right - 14.0, middle), row.outcome));
        y += PITCH;
        let _ = write!(svg, "<path class=\"rule\" d=\"M{} {}H{}\"/>", short(x), short(y), short(right));
    }
    let newest = store.rows.back().map(verdict).filter(|words| !words.is_empty());
    for (index, words) in newest.iter().flat_map(|words| wrapped(words, 36, 2)).enumerate() {
        svg.push_str(&line("small", x, y + 20.0 + 17.0 * index as f64, &words));
    }
    svg
}

/// Accepted; refused; or accepted although it should not have been.
fn mark(at: Point, outcome: Outcome) -> String {
    let (x, y) = (at.x, at.y);
    match outcome {
        Outcome::Refused => {
            format!("<path class=\"cross\" d=\"M{} {}l9 9m0-9l-9 9\"/>", short(x - 4.5), short(y - 4.5))
        }
        Outcome::Stale | Outcome::Overwrote => line("bold alarm-words mid", x, y + 5.0, "!"),
        _ => format!("<path class=\"tick\" d=\"M{} {}l4 4 8-9\"/>", short(x - 6.0), short(y + 0.5)),
    }
}
