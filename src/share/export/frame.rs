//! What surrounds every picture: its size, its ground, and the line that says where it comes from.

use super::sheet::{Look, Sheets, style_for};
use crate::picture::geometry::short;
use crate::picture::phrases::escape;
use crate::playback::recording::Recording;
use crate::words::lookup::Words;
use crate::words::picture_line;
use std::fmt::Write;

/// Where a picture comes from, and in which colours it is wanted.
#[derive(Clone)]
pub struct Origin<'a> {
    pub words: Words,
    /// The family's id.
    pub family: &'static str,
    pub nodes: u8,
    pub seed: u64,
    /// The address that shows the run; empty if none is known. Only what [`safe_link`] lets through is written.
    pub link: String,
    pub sheets: Sheets<'a>,
    pub look: Look,
}

impl<'a> Origin<'a> {
    pub fn of(recording: &Recording, link: &str, sheets: Sheets<'a>, look: Look) -> Origin<'a> {
        let scenario = &recording.scenario;
        let family = scenario.algorithm.id();
        Origin {
            words: Words::of(family),
            family,
            nodes: scenario.nodes,
            seed: scenario.seed,
            link: safe_link(link).unwrap_or_default().to_owned(),
            sheets,
            look,
        }
    }

    /// `Conclave, raft, seed 4127`.
    pub fn signature(&self) -> String {
        picture_line::signature(self.family, self.seed)
    }
}

/// A link that does nothing but lead somewhere: to the web, or into a page of Conclave.
pub fn safe_link(link: &str) -> Option<&str> {
    let link = link.trim();
    let known = ["https://", "http://", "#/"].iter().any(|start| link.starts_with(start));
    let clean = link.chars().all(|letter| letter.is_ascii_graphic() && !matches!(letter, '"' | '<' | '>' | '\'' | '`'));
    (known && clean).then_some(link)
}

/// The height of the line at the foot.
pub const FOOT: f64 = 34.0;

/// A whole picture. `when` says which moment or stretch it shows, `told` what there is to see, for whoever cannot.
/// `style` is added to the style as it is.
pub fn whole(origin: &Origin, size: (f64, f64), when: &str, told: &str, style: &str, body: &str) -> String {
    let (width, height) = size;
    let foot = foot(origin, width, height, when);
    let ground = format!("<rect class=\"ground\" width=\"{}\" height=\"{}\"/>", short(width), short(height));
    let markup = format!("{ground}\n{body}\n{foot}");
    let css = style_for(&markup, &origin.sheets, origin.look);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"stage\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\">\n<title>{}</title>\n<desc>{} {}</desc>\n<style>\n{css}{style}\n</style>\n{markup}\n</svg>\n",
        escape(&format!("{}, {when}", origin.signature())),
        escape(told),
        escape(&origin.link),
        w = short(width),
        h = short(height),
    )
}

fn foot(origin: &Origin, width: f64, height: f64, when: &str) -> String {
    const MOST: usize = 64;
    let y = height - 12.0;
    let mut svg = format!(
        "<path class=\"rule\" d=\"M0 {0}H{1}\"/><text class=\"quiet\" x=\"16\" y=\"{2}\">{3}</text>",
        short(height - FOOT),
        short(width),
        short(y),
        escape(&format!("{}, {when}", origin.signature()))
    );
    if !origin.link.is_empty() {
        // A picture on paper shows the address itself, if it is one that can be typed.
        let shown = if origin.link.len() <= MOST { &origin.link } else { picture_line::OPEN };
        let _ = write!(
            svg,
            "<a href=\"{}\"><text class=\"quiet end\" x=\"{}\" y=\"{}\">{}</text></a>",
            escape(&origin.link),
            short(width - 16.0),
            short(y),
            escape(shown)
        );
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_that_lead_somewhere_are_written() {
        let good = ["https://a.example/#/play/raft?n=3", "#/play/raft", " http://localhost:1/ "];
        assert!(good.iter().all(|link| safe_link(link).is_some()));
        let bad = ["javascript:alert(1)", "data:text/html,x", "https://a\"onload=", "#/<b>", "//a.example", ""];
        assert!(bad.iter().all(|link| safe_link(link).is_none()));
    }
}
