//! A stretch of a run as a sequence diagram: who said what to whom, and what came of it, row by row.

use super::frame::{FOOT, Origin, whole};
use super::span::{Span, play};
use crate::picture::geometry::{Point, short};
use crate::picture::links::arrow_head;
use crate::picture::phrases::{escape, wax, wrapped};
use crate::playback::recording::Recording;
use crate::sim::event::{Event, EventId, What};
use crate::sim::message::ABSENT;
use crate::sim::place::Place;
use crate::sim::reign::{Reign, Role};
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;
use crate::words::event_line::{Topic, event_line, kind_of, loss_id};
use crate::words::numbers::instant;
use crate::words::picture_line::{described, left_out, message_label, participant, stretch, too_long};
use std::collections::BTreeMap;
use std::fmt::Write;

/// As many rows as one diagram holds.
const MOST: usize = 240;

/// One row.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    pub at: Micros,
    pub what: RowKind,
}

#[derive(Clone, PartialEq, Debug)]
pub enum RowKind {
    /// A message leaves.
    Sent { message: usize },
    /// It arrives, or is lost.
    Ends { message: usize },
    /// Something happens at a place, or to all of them.
    Note { place: Option<Place>, text: String, leads: Option<Reign> },
}

/// One message of the stretch.
#[derive(Clone, PartialEq, Debug)]
pub struct Arrow {
    pub from: Place,
    pub to: Place,
    pub label: String,
    pub sent: Option<Micros>,
    pub ended: Option<Micros>,
    pub lost: bool,
}

/// What a diagram shows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Diagram {
    pub places: Vec<Place>,
    pub arrows: Vec<Arrow>,
    pub rows: Vec<Row>,
    /// Signs of life and their answers, which say nothing new.
    pub left_out: usize,
    /// What it tells whoever cannot see it.
    pub told: String,
}

impl Diagram {
    /// # Errors
    /// As [`play`]; and more happens than a diagram holds.
    pub fn of(recording: &Recording, span: Span, origin: &Origin) -> Result<Diagram, String> {
        let end = play(recording, span, |_| {})?;
        let mut diagram = Diagram::default();
        let mut under_way = BTreeMap::new();
        for event in end.history().events().filter(|event| event.at >= span.from && event.at <= span.to) {
            diagram.take(event, end.as_ref(), origin, &mut under_way);
        }
        if diagram.rows.len() > MOST {
            return Err(too_long("rows", diagram.rows.len(), MOST));
        }
        let said = crate::words::headline::headline(&origin.words, end.as_ref());
        diagram.told = described(&origin.words, origin.family, origin.nodes, &said.title, &said.why);
        diagram.places = diagram.taking_part(end.as_ref());
        Ok(diagram)
    }

    /// Everybody that competes; of servers and the store, those that something happens to.
    fn taking_part(&self, sim: &dyn Simulation) -> Vec<Place> {
        let census = sim.kernel().census;
        let all = census.nodes().chain((1..=census.servers).map(Place::Server)).chain([Place::Store]);
        let is_named = |place: &Place| {
            self.arrows.iter().any(|arrow| arrow.from == *place || arrow.to == *place)
                || self.rows.iter().any(|row| matches!(&row.what, RowKind::Note { place: Some(at), .. } if at == place))
        };
        all.filter(|place| place.is_node() || is_named(place)).collect()
    }

    fn take(&mut self, event: &Event, sim: &dyn Simulation, origin: &Origin, under_way: &mut BTreeMap<EventId, usize>) {
        let line = event_line(&origin.words, sim, event);
        let at = event.at;
        match event.what {
            What::Sent { message, lost, .. } => {
                if is_sign_of_life(sim, &message) {
                    self.left_out += 1;
                    return;
                }
                let index = self.arrows.len();
                let label = label(origin, sim, &message, lost.map(loss_id));
                self.arrows.push(Arrow {
                    from: message.from,
                    to: message.to,
                    label,
                    sent: Some(at),
                    ended: None,
                    lost: lost.is_some(),
                });
                self.rows.push(Row { at, what: RowKind::Sent { message: index } });
                under_way.insert(event.id, index);
            }
            What::Delivered { message } | What::Waits { message } | What::Lost { message, .. } => {
                if is_sign_of_life(sim, &message) {
                    return;
                }
                let lost = match event.what {
                    What::Lost { why, .. } => Some(loss_id(why)),
                    _ => None,
                };
                let known = event.cause.and_then(|cause| under_way.get(&cause)).copied();
                let index = known.unwrap_or_else(|| {
                    let label = label(origin, sim, &message, lost);
                    self.arrows.push(Arrow {
                        from: message.from,
                        to: message.to,
                        label,
                        sent: None,
                        ended: None,
                        lost: lost.is_some(),
                    });
                    self.arrows.len() - 1
                });
                // What is sent twice ends once here; a message already lost when it was sent has ended.
                if self.arrows[index].ended.is_some() {
                    return;
                }
                if let (Some(_), false) = (lost, self.arrows[index].lost) {
                    self.arrows[index].label = label(origin, sim, &message, lost);
                }
                self.arrows[index].ended = Some(at);
                self.arrows[index].lost |= lost.is_some();
                self.rows.push(Row { at, what: RowKind::Ends { message: index } });
            }
            // The act that made a client ask has been told.
            What::Asked { .. } if follows_act(event, sim) => {}
            _ if !line.routine && matches!(line.topic, Topic::Acts | Topic::Leadership | Topic::Clients) => {
                let leads = match event.what {
                    What::Became(standing) if standing.role == Role::Leader => standing.reign,
                    _ => None,
                };
                let hits_all = matches!(event.what, What::Acted { .. }) && event.place == Place::Store;
                let place = (!hits_all).then_some(event.place);
                let note = Row { at, what: RowKind::Note { place, text: line.text, leads } };
                // What a node becomes is the reason for what it sends at that instant: it is read first.
                let became = matches!(event.what, What::Became(_));
                let sent_now = |row: &&Row| {
                    row.at == at
                        && matches!(row.what, RowKind::Sent { message } | RowKind::Ends { message }
                            if self.arrows[message].from == event.place && self.arrows[message].sent == Some(at))
                };
                let before = if became { self.rows.iter().rev().take_while(sent_now).count() } else { 0 };
                self.rows.insert(self.rows.len() - before, note);
            }
            _ => {}
        }
    }
}

fn follows_act(event: &Event, sim: &dyn Simulation) -> bool {
    let cause = event.cause.and_then(|cause| sim.history().event(cause));
    cause.is_some_and(|cause| matches!(cause.what, What::Acted { .. }))
}

fn is_sign_of_life(sim: &dyn Simulation, message: &crate::sim::event::MessageRef) -> bool {
    let Some(kind) = kind_of(sim, message.kind) else { return false };
    let carries = kind.fields.iter().position(|field| *field == "entries").map(|index| message.facts[index]);
    ["append", "heartbeat", "ping", "alive"].iter().any(|sign| kind.id.contains(sign))
        && (carries == Some(0) || kind.id.contains("reply") || carries.is_none())
}

/// `vote request (term 8)`.
fn label(origin: &Origin, sim: &dyn Simulation, message: &crate::sim::event::MessageRef, lost: Option<&str>) -> String {
    let Some(kind) = kind_of(sim, message.kind) else { return String::new() };
    let word = origin.words.reign_word();
    let index = kind.fields.iter().position(|field| *field == word);
    let number = index.map(|index| message.facts[index]).filter(|&number| number != ABSENT);
    message_label(&origin.words, kind.id, number.map(|number| format!("{word} {number}")), lost)
}

const LEFT: f64 = 76.0;
const LANE: f64 = 150.0;
const TOP: f64 = 64.0;
const ROW: f64 = 25.0;
/// Between two instants.
const GAP: f64 = 9.0;

/// The stretch as a diagram.
///
/// # Errors
/// As [`Diagram::of`].
pub fn sequence(recording: &Recording, span: Span, origin: &Origin) -> Result<String, String> {
    let diagram = Diagram::of(recording, span, origin)?;
    let ys = rows_down(&diagram);
    let bottom = ys.last().copied().unwrap_or(TOP) + 30.0;
    let width = (LEFT + LANE * diagram.places.len() as f64 + 40.0).max(560.0);
    let left_out = left_out(diagram.left_out);
    let height = bottom + if left_out.is_empty() { 12.0 } else { 34.0 } + FOOT;
    let mut body = String::new();
    for place in &diagram.places {
        let x = lane_of(&diagram, *place);
        let _ = writeln!(
            body,
            "<path class=\"life\" d=\"M{0} 52V{1}\"/><rect class=\"head\" x=\"{2}\" y=\"20\" width=\"64\" height=\"32\" rx=\"6\"/><text class=\"bold mid\" x=\"{0}\" y=\"41\">{3}</text>",
            short(x),
            short(bottom),
            short(x - 32.0),
            participant(*place)
        );
    }
    for (index, row) in diagram.rows.iter().enumerate() {
        let y = ys[index];
        if index == 0 || instant(diagram.rows[index - 1].at) != instant(row.at) {
            let _ = writeln!(
                body,
                "<text class=\"quiet end\" x=\"58\" y=\"{}\">{}</text>",
                short(y + 4.0),
                instant(row.at) + if index == 0 { " ms" } else { "" }
            );
        }
    }
    for index in 0..diagram.arrows.len() {
        body.push_str(&arrow_markup(&diagram, index, &ys, bottom));
    }
    for (row, y) in diagram.rows.iter().zip(&ys) {
        if let RowKind::Note { place, text, leads } = &row.what {
            let middle = LEFT + LANE * diagram.places.len() as f64 / 2.0;
            let x = place.map_or(middle, |place| lane_of(&diagram, place));
            body.push_str(&note_markup(x, *y, text, *leads, width));
        }
    }
    if !left_out.is_empty() {
        let _ = writeln!(body, "<text class=\"quiet\" x=\"16\" y=\"{}\">{left_out}</text>", short(bottom + 22.0));
    }
    Ok(whole(origin, (width, height), &stretch(span.from, span.to), &diagram.told, "", &body))
}

fn lane_of(diagram: &Diagram, place: Place) -> f64 {
    let index = diagram.places.iter().position(|other| *other == place).unwrap_or(0);
    LEFT + LANE * (index as f64 + 0.5)
}

/// Where each row lies.
fn rows_down(diagram: &Diagram) -> Vec<f64> {
    let mut y = TOP;
    let mut ys = Vec::new();
    let mut last = None;
    for row in &diagram.rows {
        if last.is_some_and(|last| last != row.at) {
            y += GAP;
        }
        last = Some(row.at);
        let lines = match &row.what {
            RowKind::Note { text, .. } => wrapped(text, LETTERS, 3).len(),
            _ => 1,
        };
        y += ROW / 2.0 + 8.0 * (lines - 1) as f64;
        ys.push(y);
        y += ROW / 2.0 + 8.0 * (lines - 1) as f64;
    }
    ys
}

fn arrow_markup(diagram: &Diagram, index: usize, ys: &[f64], bottom: f64) -> String {
    let arrow = &diagram.arrows[index];
    let row = |wanted: RowKind| diagram.rows.iter().position(|row| row.what == wanted).map(|row| ys[row]);
    let (sent, ends) = (row(RowKind::Sent { message: index }), row(RowKind::Ends { message: index }));
    let (x1, x2) = (lane_of(diagram, arrow.from), lane_of(diagram, arrow.to));
    // Sent before the stretch, or still under way at its end.
    let start = Point::new(x1, sent.unwrap_or(TOP - 8.0));
    let end = match (ends, arrow.lost) {
        (Some(y), _) => Point::new(x2, y),
        (None, true) => Point::new(x2, start.y + 18.0),
        (None, false) => Point::new(x2, bottom - 4.0),
    };
    let tip = if arrow.lost { start.towards(end, 0.72) } else { end };
    let lane = crate::picture::geometry::Lane::new(start, 0.0, end, 0.0, 0.0);
    let mut svg = format!(
        "<path class=\"arrow{}\" d=\"M{} {}L{} {}\"/>",
        if arrow.lost { " lost" } else { "" },
        short(start.x),
        short(start.y),
        short(tip.x),
        short(tip.y)
    );
    if arrow.lost {
        let _ = write!(svg, "<path class=\"bx\" d=\"M{} {}l8 8m0-8l-8 8\"/>", short(tip.x - 4.0), short(tip.y - 4.0));
    } else if ends.is_some() {
        svg.push_str(&arrow_head(end, lane.degrees, "arrow-head"));
    }
    let to_right = x2 > x1;
    let (x, y, anchor) = match sent {
        Some(y) => (x1 + if to_right { 8.0 } else { -8.0 }, y, to_right),
        None => (x2 + if to_right { -8.0 } else { 8.0 }, end.y, !to_right),
    };
    let _ = writeln!(
        svg,
        "<text class=\"quiet halo{}\" x=\"{}\" y=\"{}\">{}</text>",
        if anchor { "" } else { " end" },
        short(x),
        short(y - 3.0),
        escape(&arrow.label)
    );
    svg
}

/// Letters in a line of a note.
const LETTERS: usize = 34;

fn note_markup(x: f64, y: f64, text: &str, leads: Option<Reign>, width: f64) -> String {
    let lines = wrapped(text, LETTERS, 3);
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let (w, h) = (6.4 * longest as f64 + 18.0, 16.0 * lines.len() as f64 + 6.0);
    let x = x.clamp(w / 2.0 + 66.0, (width - w / 2.0 - 8.0).max(w / 2.0 + 66.0));
    let (group, class) = match leads {
        Some(reign) => (format!("<g class=\"{}\">", wax(Some(reign))), "note lead"),
        None => ("<g>".to_owned(), "note"),
    };
    let mut svg = format!(
        "{group}<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\"/></g>",
        short(x - w / 2.0),
        short(y - h / 2.0),
        short(w),
        short(h)
    );
    for (index, line) in lines.iter().enumerate() {
        let _ = write!(
            svg,
            "<text class=\"quiet mid\" x=\"{}\" y=\"{}\">{}</text>",
            short(x),
            short(y - h / 2.0 + 15.0 + 16.0 * index as f64),
            escape(line)
        );
    }
    svg.push('\n');
    svg
}
