//! The column at the right of a picture: the store's ledger, or what happened, and the key.

use crate::picture::geometry::{Rect, short};
use crate::picture::layout::Layout;
use crate::picture::ledger::{ledger, line};
use crate::picture::legend::entries;
use crate::picture::phrases::{escape, wrapped};
use crate::picture::uses::Uses;
use crate::sim::simulation::Simulation;
use crate::sim::store::Job;
use crate::words::event_line::{Topic, event_line};
use crate::words::lookup::Words;
use crate::words::numbers::instant;
use crate::words::picture_line::{HAPPENED, KEY};
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

fn happened(words: &Words, sim: &dyn Simulation, room: Rect) -> String {
    const MOST: usize = 5;
    let told = |topic: Topic| matches!(topic, Topic::Acts | Topic::Leadership | Topic::Clients);
    let lines = sim.history().events().rev().map(|event| event_line(words, sim, event));
    let mut news: Vec<_> = lines.filter(|line| !line.routine && told(line.topic)).take(MOST).collect();
    news.reverse();
    let rows: Vec<(String, Vec<String>)> =
        news.iter().map(|one| (instant(one.at), wrapped(&one.text, 27, 3))).collect();
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
