//! One node as SVG: role by shape and letter, reign by wax, and the data beside it.

use super::geometry::{Point, Rect, seal_path, short};
use super::glyphs::glyph_markup;
use super::layout::{Side, Spot};
use super::phrases::{caption, escape, inside, name, say, shown, wax};
use super::scene::NodeFacts;
use crate::sim::inspection::{Cell, Shown};
use crate::sim::measures::Status;
use crate::sim::message::Shape;
use crate::sim::place::Place;
use crate::sim::reign::{Reign, Role};
use std::fmt::Write;

/// Width of a cell of the strip.
const CELL: f64 = 17.0;

/// The node itself, around the origin: its body, its name, its badge.
pub fn body_markup(facts: &NodeFacts, spot: &Spot) -> String {
    let Some(place) = facts.place else { return String::new() };
    let radius = spot.radius;
    let is_small = radius < 33.0;
    // The server that leads a service wears a small grey seal: it has no reign among the nodes.
    let leads_service = facts.standing.title == "server_leading" && facts.status != Status::Down;
    let leads = facts.standing.role == Role::Leader && facts.status != Status::Down || leads_service;
    let mut svg = format!("<g class=\"{}\">", wax(facts.standing.reign));
    if leads {
        let scallops = if radius < 24.0 { 14 } else { 18 };
        let _ = write!(
            svg,
            "<g class=\"stamp\"><path class=\"seal\" d=\"{}\"/><circle class=\"seal-in\" r=\"{}\"/></g>",
            seal_path(Point::default(), radius + 1.0, scallops),
            short(radius - 5.0)
        );
    } else {
        let class = match (facts.status, facts.standing.role) {
            (Status::Down, _) => "nd dead",
            (_, Role::Candidate) => "nd cand",
            _ => "nd",
        };
        let _ = write!(svg, "<circle class=\"{class}\" r=\"{}\"/>", short(radius));
    }
    if facts.status == Status::Paused {
        let hatch = if leads { "hatch-seal" } else { "hatch-rest" };
        let _ = write!(svg, "<circle r=\"{}\" fill=\"url(#{hatch})\"/>", short(radius));
    }
    let line = if radius < 20.0 { String::new() } else { inside(facts, is_small) };
    let tone = match (facts.status, leads) {
        (Status::Down, _) => " off",
        (_, true) => " on",
        _ => "",
    };
    let size = (radius * 0.49).clamp(12.0, 24.0);
    let lift = if line.is_empty() { size * 0.36 } else { radius * 0.02 };
    let _ = write!(
        svg,
        "<text class=\"nm{tone}\" y=\"{}\" style=\"font-size:{}px\">{}</text>",
        short(lift),
        short(size),
        name(place)
    );
    if !line.is_empty() {
        let drop = (radius * 0.43).max(14.0);
        let fits = ((radius * radius - drop * drop).max(0.0).sqrt() * 2.0 - 6.0).max(20.0);
        let wide = line.chars().count() as f64 * 6.6 > fits;
        let squeeze = if wide {
            format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", short(fits))
        } else {
            String::new()
        };
        let _ = write!(svg, "<text class=\"sub{tone}\" y=\"{}\"{squeeze}>{}</text>", short(drop), escape(&line));
    }
    svg.push_str("</g>");
    if radius >= 18.0 {
        let at = Point::new(spot.badge.x - spot.at.x, spot.badge.y - spot.at.y);
        // What a server of a service does is said by its seal and its name, not by a role among the nodes.
        if place.is_node() || facts.status != Status::Up {
            svg.push_str(&badge_markup(facts, at));
        }
        svg.push_str(&marks_markup(facts, radius));
    }
    // What it writes with: the page that its writes fly as.
    if facts.token.is_some() && facts.status != Status::Down {
        let rim = radius.max(20.0);
        let _ = write!(
            svg,
            "<g class=\"carries\" transform=\"translate({} {})scale(.8)\">{}</g>",
            short(rim * 0.74),
            short(rim * -0.72),
            glyph_markup(Shape::Write, facts.token, place, Place::Store)
        );
    }
    svg
}

/// The badge at the upper left: the role, or what keeps the node from having one.
pub fn badge_markup(facts: &NodeFacts, at: Point) -> String {
    let leads = facts.standing.role == Role::Leader;
    let (x, y) = (at.x, at.y);
    let shape = match (facts.status, facts.standing.role) {
        (Status::Down, _) if facts.wiped => format!(
            "<circle class=\"bd\" cx=\"{0}\" cy=\"{1}\" r=\"10\"/><path class=\"bx\" d=\"M{2} {3}l7 7m0-7l-7 7\"/>",
            short(x),
            short(y),
            short(x - 3.5),
            short(y - 3.5)
        ),
        (Status::Down, _) => format!(
            "<rect class=\"bd\" x=\"{}\" y=\"{}\" width=\"19\" height=\"19\" rx=\"3\"/><path class=\"bx\" d=\"M{} {}l8 8m0-8l-8 8\"/>",
            short(x - 9.5),
            short(y - 9.5),
            short(x - 4.0),
            short(y - 4.0)
        ),
        (Status::Paused, _) => format!(
            "<circle class=\"bd ink\" cx=\"{}\" cy=\"{}\" r=\"10\"/><path class=\"bars\" d=\"M{} {1}m0-4.2v8.4M{} {1}m0-4.2v8.4\"/>",
            short(x),
            short(y),
            short(x - 2.8),
            short(x + 2.8)
        ),
        (Status::Up, Role::Leader) => format!(
            "<path class=\"bd seal-badge\" d=\"{}\"/><text class=\"bdt wax\" x=\"{}\" y=\"{}\">L</text>",
            seal_path(at, 11.5, 10),
            short(x),
            short(y + 4.4)
        ),
        (Status::Up, Role::Candidate) => format!(
            "<path class=\"bd fill\" d=\"M{} {}l13.5 13.5l-13.5 13.5l-13.5-13.5z\"/><text class=\"bdt on\" x=\"{0}\" y=\"{}\">C</text>",
            short(x),
            short(y - 13.5),
            short(y + 4.3)
        ),
        (Status::Up, Role::Follower) => format!(
            "<circle class=\"bd\" cx=\"{}\" cy=\"{}\" r=\"10\"/><text class=\"bdt\" x=\"{0}\" y=\"{}\">F</text>",
            short(x),
            short(y),
            short(y + 4.3)
        ),
    };
    let mut svg =
        format!("<g class=\"badge {}{}\">{shape}", wax(facts.standing.reign), if leads { " leads" } else { "" });
    svg.push_str("</g>");
    svg
}

/// On the ring below the badge: no way out, a disk that forgot, a clock that errs.
fn marks_markup(facts: &NodeFacts, radius: f64) -> String {
    let marks = [
        (facts.cut_off, "mark-cut"),
        (facts.wiped && facts.status != Status::Down, "mark-wiped"),
        (facts.drift != 0, "mark-clock"),
    ];
    let ring = radius + 8.0;
    let step = (22.0 / ring).to_degrees();
    let mut svg = String::new();
    for (index, (_, mark)) in marks.into_iter().filter(|(is_so, _)| *is_so).enumerate() {
        let at = Point::default().around(ring, ring, 223.0 - step * (index as f64 + 1.15));
        let (x, y) = (short(at.x - 9.0), short(at.y - 9.0));
        let _ = write!(svg, "<use href=\"#{mark}\" x=\"{x}\" y=\"{y}\" width=\"18\" height=\"18\"/>");
    }
    svg
}

/// What is beside the node, around the origin: the ballot slip, the caption, the strip or the card.
pub fn data_markup(facts: &NodeFacts, spot: &Spot) -> String {
    let mut svg = String::new();
    if let (Some(slip), true) = (facts.slip, spot.radius >= 18.0) {
        let class = if slip.binding { "full" } else { "outlined" };
        let room = moved(spot.slip, spot.at);
        svg.push_str(&slip_markup(room, &name(slip.to), Some(slip.reign), class));
    }
    let Some((room, side)) = spot.block else { return svg };
    let room = moved(room, spot.at);
    let words = caption(facts);
    svg.push_str("<g class=\"beside\">");
    let mut top = room.y;
    if let Some(words) = &words {
        let (x, anchor) = match side {
            Side::Right => (room.x, "start"),
            Side::Left => (room.right(), "end"),
            _ => (room.centre().x, "middle"),
        };
        let limit = if words.chars().count() as f64 * 6.6 > room.w {
            format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", short(room.w))
        } else {
            String::new()
        };
        let _ = write!(
            svg,
            "<text class=\"cap\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\"{limit}>{}</text>",
            short(x),
            short(room.y + 12.0),
            escape(words)
        );
        top += 19.0;
    } else if side != Side::Below {
        top += 9.5;
    } else {
        top += 5.0;
    }
    if !facts.card.is_empty() {
        svg.push_str(&card_markup(
            facts,
            Rect::new(room.x, if words.is_some() { top } else { room.y }, room.w, room.bottom() - top),
        ));
    } else {
        svg.push_str(&strip_markup(facts, room, top, side));
    }
    svg.push_str("</g>");
    svg
}

fn moved(room: Rect, origin: Point) -> Rect {
    Rect::new(room.x - origin.x, room.y - origin.y, room.w, room.h)
}

/// A paper slip with a folded corner.
pub fn slip_markup(room: Rect, words: &str, reign: Option<Reign>, class: &str) -> String {
    const FOLD: f64 = 6.0;
    let (x, y, w, h) = (short(room.x), short(room.y), room.w, room.h);
    let wide = if words.chars().count() > 3 {
        format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", short(w - 6.0))
    } else {
        String::new()
    };
    format!(
        "<g class=\"slip {class} {}\"><path class=\"paper\" d=\"M{x} {y}h{a}l6 6v{b}h-{w}z\"/><path class=\"fold\" d=\"M{} {y}v6h6\"/><text x=\"{}\" y=\"{}\"{wide}>{}</text></g>",
        wax(reign),
        short(room.right() - FOLD),
        short(room.centre().x - 1.0),
        short(room.centre().y + 4.2),
        escape(words),
        a = short(w - FOLD),
        b = short(h - FOLD),
        w = short(w),
    )
}

fn strip_markup(facts: &NodeFacts, room: Rect, top: f64, side: Side) -> String {
    let lettered = facts.strip.iter().any(|cell| cell.letter != ' ');
    let width = if lettered { 37.0 } else { CELL };
    let fits = (((room.w - 26.0) / width).floor() as usize).max(1);
    let skipped = facts.strip.len().saturating_sub(fits);
    let cells = &facts.strip[skipped..];
    let hidden = facts.strip_hidden + skipped as u64;
    if cells.is_empty() && hidden == 0 {
        return String::new();
    }
    let more = if hidden > 0 && !lettered { format!("+{hidden}") } else { String::new() };
    let more_width = if more.is_empty() { 0.0 } else { 8.0 + 7.0 * more.len() as f64 };
    let total = width * cells.len() as f64 + more_width;
    let start = match side {
        Side::Right => room.x,
        Side::Left => room.right() - total,
        _ => room.centre().x - total / 2.0,
    };
    let mut svg = String::new();
    if !more.is_empty() {
        let _ = write!(
            svg,
            "<text class=\"more\" x=\"{}\" y=\"{}\">{more}</text>",
            short(start + more_width - 5.0),
            short(top + 11.5)
        );
    }
    for (index, cell) in cells.iter().enumerate() {
        let x = start + more_width + width * index as f64;
        svg.push_str(&cell_markup(cell, Rect::new(x + 0.75, top, width - 1.5, 15.0)));
    }
    svg
}

fn cell_markup(cell: &Cell, room: Rect) -> String {
    let class = if cell.settled { "cell" } else { "cell un" };
    let words = if cell.letter == ' ' { cell.number.to_string() } else { format!("{} {}", cell.letter, cell.number) };
    let squeeze = if words.chars().count() as f64 * 6.0 > room.w - 1.0 {
        format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", short(room.w - 3.0))
    } else {
        String::new()
    };
    format!(
        "<g class=\"{class} {}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"15\" rx=\"2\"/><text x=\"{}\" y=\"{}\"{squeeze}>{words}</text></g>",
        wax(Some(cell.reign)),
        short(room.x),
        short(room.y),
        short(room.w),
        short(room.centre().x),
        short(room.y + 11.5),
    )
}

/// Up to two facts in a small box, reigns in their wax.
fn card_markup(facts: &NodeFacts, room: Rect) -> String {
    let rows: Vec<_> = facts.card.iter().take(2).collect();
    let width = room.w.min(132.0);
    let x = room.centre().x - width / 2.0;
    let height = 17.0 * rows.len() as f64 + 2.0;
    let mut svg = format!(
        "<rect class=\"card\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/>",
        short(x),
        short(room.y),
        short(width),
        short(height)
    );
    for (index, row) in rows.into_iter().enumerate() {
        let y = room.y + 13.5 + 17.0 * index as f64;
        let class = match row.value {
            Shown::Reign(reign) => wax(Some(reign)),
            _ => "plain",
        };
        let value = shown(&row.value);
        let value = if value.is_empty() { "–".to_owned() } else { value };
        let _ = write!(
            svg,
            "<text class=\"card-label\" x=\"{}\" y=\"{y}\">{}</text><text class=\"card-value {class}\" x=\"{}\" y=\"{y}\">{}</text>",
            short(x + 6.0),
            escape(&say("row", row.id)),
            short(x + width - 6.0),
            escape(&value),
            y = short(y),
        );
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::layout::{Layout, View};

    fn spot() -> Spot {
        let view =
            View { width: 936.0, height: 498.0, nodes: 5, servers: 0, open: false, store: true, projector: false };
        Layout::new(view).spots[1]
    }

    fn facts(role: Role, status: Status) -> NodeFacts {
        let mut facts = NodeFacts { place: Some(Place::Node(2)), status, ..NodeFacts::default() };
        facts.standing.role = role;
        facts.standing.reign = Some(Reign::counted(8));
        facts
    }

    #[test]
    fn a_role_is_told_by_shape_and_letter() {
        let body = |role, status| body_markup(&facts(role, status), &spot());
        assert!(body(Role::Leader, Status::Up).contains("class=\"seal\""));
        assert!(body(Role::Leader, Status::Up).contains(">L<"));
        assert!(body(Role::Candidate, Status::Up).contains("nd cand"));
        assert!(body(Role::Follower, Status::Up).contains(">F<"));
        assert!(body(Role::Leader, Status::Paused).contains("hatch-seal"), "a paused leader keeps its seal");
        assert!(body(Role::Leader, Status::Paused).contains("class=\"seal\""));
        assert!(!body(Role::Leader, Status::Down).contains("class=\"seal\""), "a crashed one does not");
    }

    #[test]
    fn a_leader_that_writes_carries_its_token_at_its_rim() {
        let mut facts = facts(Role::Leader, Status::Up);
        assert!(!body_markup(&facts, &spot()).contains("carries"));
        facts.token = Some(Reign::counted(8));
        let compact = Layout::new(View {
            width: 375.0,
            height: 330.0,
            nodes: 5,
            servers: 0,
            open: false,
            store: true,
            projector: false,
        });
        for spot in [spot(), compact.spots[1]] {
            let body = body_markup(&facts, &spot);
            assert!(body.contains("carries") && body.contains("class=\"page\""), "{body}");
        }
        facts.status = Status::Down;
        assert!(!body_markup(&facts, &spot()).contains("carries"));
    }

    #[test]
    fn a_strip_counts_what_it_does_not_show() {
        let mut facts = facts(Role::Follower, Status::Up);
        let cell = |settled| Cell { number: 8, letter: ' ', reign: Reign::counted(8), settled };
        facts.strip = vec![cell(true), cell(true), cell(false)];
        facts.strip_hidden = 12;
        let data = data_markup(&facts, &spot());
        assert!(data.contains("+12"));
        assert_eq!(data.matches("cell un").count(), 1);
    }
}
