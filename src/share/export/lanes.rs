//! A stretch of a run as the space-time diagram of the page: a lane for everybody, time from left to right.

use super::frame::{FOOT, Origin, whole};
use super::snapshot::{HEAD, head};
use super::span::Span;
use super::stage::WIDTH;
use crate::picture::geometry::short;
use crate::picture::phrases::escape;
use crate::playback::arrival::Arrival;
use crate::playback::player::Player;
use crate::playback::recording::Recording;
use crate::share::spacetime::draw::{Scene, draw};
use crate::share::spacetime::frame::{Frame, Window, lanes};
use crate::share::spacetime::picture::{Anchor, Ink, Path, Pen, Shape, Text};
use crate::sim::time::END_OF_TIME;
use crate::words::en::links::TOO_FAR;
use crate::words::headline::headline;
use crate::words::picture_line::{NO_SPAN, described, stretch};
use std::fmt::Write;

const LANE: f64 = 36.0;
/// The flags above the lanes and the axis below them.
const AROUND: f64 = 46.0;
const MARGIN: f64 = 12.0;

/// # Errors
/// The span ends before it begins, its end is too far away, or the scenario cannot be opened.
pub fn space_time(recording: &Recording, span: Span, origin: &Origin) -> Result<String, String> {
    if span.from >= span.to {
        return Err(NO_SPAN.into());
    }
    let mut player = Player::new(recording.clone()).map_err(|error| error.to_string())?;
    if !player.arrive(Arrival::At(span.to)) {
        return Err(TOO_FAR.into());
    }
    let sim = player.sim();
    let lanes = lanes(sim);
    let height = AROUND + LANE * lanes.len() as f64;
    let window = Window { from: span.from as f64, length: (span.to - span.from) as f64 };
    let frame = Frame { width: WIDTH - 2.0 * MARGIN, height, rem: 16.0, window, lanes, slim: false };
    let scene = Scene {
        words: &origin.words,
        sim,
        index: player.spacetime(),
        marks: player.milestones(),
        frame: &frame,
        // Nothing of it is dimmed, for nobody stands in the middle of it.
        now: END_OF_TIME,
        newest: span.to,
    };
    let said = headline(&origin.words, sim);
    let told = described(&origin.words, origin.family, origin.nodes, &said.title, &said.why);
    let mut body = format!(
        "{}\n<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\">\n",
        head(&said),
        short(MARGIN),
        short(HEAD),
        short(frame.width),
        short(height)
    );
    for shape in draw(&scene, false).shapes {
        match shape {
            Shape::Path(path) => write_path(&mut body, &path),
            Shape::Text(text) => write_text(&mut body, &text),
        }
    }
    body.push_str("</svg>");
    let size = (WIDTH, HEAD + height + FOOT);
    Ok(whole(origin, size, &stretch(span.from, span.to), &told, "", &body))
}

/// The wax around it as an attribute, and its name in the style: `fill-ink-2`, `line-wax`.
fn class_of(ink: Ink, what: &str) -> (String, String) {
    match ink {
        Ink::Wax(0) => (" class=\"rn\"".into(), format!("{what}-wax")),
        Ink::Wax(wax) => (format!(" class=\"r{wax}\""), format!("{what}-wax")),
        other => (String::new(), format!("{what}{}", &other.token()[1..])),
    }
}

fn write_path(body: &mut String, path: &Path) {
    let (what, more) = match path.pen {
        Pen::Fill => ("fill", String::new()),
        Pen::Stroke(width, (dash, gap)) => {
            let dashes =
                if gap > 0.0 { format!(" stroke-dasharray=\"{} {}\"", short(dash), short(gap)) } else { String::new() };
            ("line", format!(" stroke-width=\"{}\"{dashes}", short(width)))
        }
    };
    let see_through = if path.opacity < 100 {
        format!(" opacity=\"{}\"", short(f64::from(path.opacity) / 100.0))
    } else {
        String::new()
    };
    let (wax, class) = class_of(path.ink, what);
    let _ = writeln!(body, "<g{wax}><path class=\"{class}\"{more}{see_through} d=\"{}\"/></g>", path.data);
}

fn write_text(body: &mut String, text: &Text) {
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " mid",
        Anchor::End => " end",
    };
    let bold = if text.bold { " bold" } else { "" };
    let (wax, class) = class_of(text.ink, "fill");
    let _ = writeln!(
        body,
        "<g{wax}><text class=\"{class}{anchor}{bold}\" font-size=\"{}\" x=\"{}\" y=\"{}\">{}</text></g>",
        short(text.size),
        short(text.at.0),
        short(text.at.1),
        escape(&text.text)
    );
}
