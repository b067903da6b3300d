//! One moment of a run as a picture: the page's stage with its headline, its ledger and its key.

use super::column::{column, key};
use super::frame::{FOOT, Origin, whole};
use super::stage::{HEIGHT, WIDTH, ground, has_ring, layout_of, message, middle, node, place_of, ring};
use crate::picture::courses::{Drawn, is_plain};
use crate::picture::defs::DEFS;
use crate::picture::geometry::{Rect, short};
use crate::picture::motion::{Course, courses};
use crate::picture::phrases::{escape, wrapped};
use crate::picture::scene::Scene;
use crate::picture::uses::Uses;
use crate::sim::simulation::Simulation;
use crate::words::headline::{Gravity, Headline, headline};
use crate::words::picture_line::{described, moment};
use std::fmt::Write;

/// The height of the headline above the stage.
pub const HEAD: f64 = 76.0;

/// The moment at which this world stands.
pub fn snapshot(sim: &dyn Simulation, origin: &Origin) -> String {
    let now = sim.now();
    let said = headline(&origin.words, sim);
    let scene = Scene::of(sim);
    let layout = layout_of(sim);
    let many = if layout.view.nodes > 6 { " class=\"many\"" } else { "" };
    let mut body =
        format!("<defs>{DEFS}</defs>\n{}\n<g transform=\"translate(0 {})\"{many}>\n", head(&said), short(HEAD));
    let _ = writeln!(body, "{}\n{}", ground(&scene, &layout), middle(&scene, &layout, Uses::of(sim)));
    let mut flying: Vec<Course> = Vec::new();
    courses(sim.kernel(), now, &mut flying);
    let mut taken: Vec<Rect> = Vec::new();
    for course in &flying {
        let drawn = Drawn::new(course, &layout, &taken, sim.kinds());
        let is_plain = is_plain(course, !scene.partition.groups.is_empty());
        taken.extend(drawn.label.filter(|_| !is_plain));
        let _ = writeln!(body, "{}", message(course, &drawn, now, is_plain));
    }
    for (slot, facts) in scene.nodes.iter().enumerate() {
        let around =
            if has_ring(facts) { ring(scene.rings[slot].as_ref(), now, &layout, slot, "") } else { String::new() };
        let _ = writeln!(
            body,
            "<g class=\"node\" transform=\"{}\">{around}{}</g>",
            place_of(&layout, slot),
            node(facts, &layout, slot)
        );
    }
    let _ = write!(body, "{}\n{}\n</g>", column(&origin.words, sim, &layout), key(sim, &layout));
    let told = described(&origin.words, origin.family, origin.nodes, &said.title, &said.why);
    whole(origin, (WIDTH, HEAD + HEIGHT + FOOT), &moment(now), &told, "", &body)
}

/// The state in one sentence, and why.
pub fn head(said: &Headline) -> String {
    let alarmed = said.gravity > Gravity::Calm;
    let mut svg = String::new();
    if alarmed {
        let _ = write!(svg, "<rect class=\"alarm-bar\" width=\"{}\" height=\"4\"/>", short(WIDTH));
    }
    let tone = if alarmed { " alarm-words" } else { "" };
    let _ = write!(svg, "<text class=\"title{tone}\" x=\"20\" y=\"32\">{}</text>", escape(&said.title));
    for (index, words) in wrapped(&said.why, 128, 2).iter().enumerate() {
        let y = short(54.0 + 18.0 * index as f64);
        let _ = write!(svg, "<text class=\"why\" x=\"20\" y=\"{y}\">{}</text>", escape(words));
    }
    svg
}
