//! The column at the right of a picture: the store's ledger, or what happened, and the key.

use super::frame::wrapped;
use crate::picture::geometry::{Point, Rect, short};
use crate::picture::glyphs::seal_markup;
use crate::picture::layout::Layout;
use crate::picture::legend::entries;
use crate::picture::phrases::escape;
use crate::picture::uses::Uses;
use crate::sim::simulation::Simulation;
use crate::sim::store::{Job, Outcome, Store};
use crate::words::event_line::{Topic, event_line};
use crate::words::lookup::Words;
use crate::words::numbers::instant;
use crate::words::picture_line::{HAPPENED, HIGHEST, KEY, NO_WRITES, STORE, ledger_row, verdict};
use std::fmt::Write;

/// The ledger where leaders work, else the last things that happened.
pub fn column(words: &Words, sim: &dyn Simulation, layout: &Layout) -> String {
    let Some(room) = layout.store else { return String::new() };
    let store = &sim.kernel().store;
    match store.job {
        Job::None => happened(words, sim, room),
        _ => ledger(store, room),
    }
}

fn line(class: &str, x: f64, y: f64, text: &str) -> String {
    format!("<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>", short(x), short(y), escape(text))
}

fn ledger(store: &Store, room: Rect) -> String {
    const ROWS: usize = 5;
    const PITCH: f64 = 27.0;
    let (x, right) = (room.x, room.right());
    let mut svg = line("bold", x, room.y + 14.0, STORE);
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
    let shown = store.rows.iter().skip(store.rows.len().saturating_sub(ROWS));
    let mut y = top;
    for row in shown {
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
        svg.push_str(&seal_markup(Point::new(x + 16.0, middle), 9.0, row.token));
        svg.push_str(&line("small", x + 31.0, middle + 4.5, &ledger_row(store.job, row)));
        svg.push_str(&mark(Point::new(right - 14.0, middle), row.outcome));
        y += PITCH;
        let _ = write!(svg, "<path class=\"rule\" d=\"M{} {}H{}\"/>", short(x), short(y), short(right));
    }
    let newest = store.rows.back().and_then(|row| verdict(store, row));
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

fn happened(words: &Words, sim: &dyn Simulation, room: Rect) -> String {
    const MOST: usize = 5;
    let told = |topic: Topic| matches!(topic, Topic::Acts | Topic::Leadership | Topic::Clients);
    let lines = sim.history().events().rev().map(|event| event_line(words, sim, event));
    let mut news: Vec<_> = lines.filter(|line| !line.routine && told(line.topic)).take(MOST).collect();
    news.reverse();
    let rows: Vec<(String, Vec<String>)> =
        news.iter().map(|one| (instant(one.at), wrapped(&one.text, 29, 3))).collect();
    // The oldest go first where there is no room.
    let height =
        |rows: &[(String, Vec<String>)]| rows.iter().map(|(_, text)| 17.0 * text.len() as f64 + 7.0).sum::<f64>();
    let mut first = 0;
    while first < rows.len() && height(&rows[first..]) > room.h - 34.0 {
        first += 1;
    }
    let mut svg = line("bold", room.x, room.y + 14.0, HAPPENED);
    let _ = write!(
        svg,
        "<path class=\"rule strong\" d=\"M{} {}H{}\"/>",
        short(room.x),
        short(room.y + 24.0),
        short(room.right())
    );
    let mut y = room.y + 44.0;
    for (at, text) in &rows[first..] {
        svg.push_str(&line("quiet end", room.x + 40.0, y, at));
        for words in text {
            svg.push_str(&line("small", room.x + 50.0, y, words));
            y += 17.0;
        }
        y += 7.0;
    }
    svg
}

/// What the shapes mean.
pub fn key(sim: &dyn Simulation, layout: &Layout) -> String {
    let Some(room) = layout.key else { return String::new() };
    let mut svg = line("small bold", room.x, room.y + 12.0, KEY);
    for (index, (drawing, words)) in entries(Uses::of(sim)).into_iter().enumerate() {
        let (x, y) = (room.x + 116.0 * (index % 2) as f64, room.y + 20.0 + 32.0 * (index / 2) as f64);
        let _ = write!(
            svg,
            "<g transform=\"translate({} {})\">{drawing}<text class=\"quiet\" x=\"42\" y=\"19\">{}</text></g>",
            short(x),
            short(y),
            escape(words)
        );
    }
    svg
}
