//! What exported pictures say besides the headline: where they come from, what was left out, what the store did.

use super::lookup::Words;
use super::numbers::{grouped, instant, span};
use crate::sim::place::Place;
use crate::sim::time::{MILLISECOND, Micros, SECOND};

/// `Conclave, raft, seed 4127`.
pub fn signature(family: &str, seed: u64) -> String {
    format!("Conclave, {family}, seed {seed}")
}

/// `at 1 058 ms`.
pub fn moment(at: Micros) -> String {
    format!("at {} ms", instant(at))
}

/// `1 000 to 2 000 ms`.
pub fn stretch(from: Micros, to: Micros) -> String {
    format!("{} to {} ms", instant(from), instant(to))
}

/// `600 ms of the run, played in 7.5 s`.
pub fn pace(length: Micros, played: Micros) -> String {
    let (seconds, tenths) = (played / SECOND, played % SECOND / (100 * MILLISECOND));
    let fraction = if tenths == 0 { String::new() } else { format!(".{tenths}") };
    format!("{} of the run, played in {seconds}{fraction} s", span(length))
}

/// `8 signs of life and their answers are left out.`
pub fn left_out(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 sign of life is left out.".into(),
        _ => format!("{} signs of life and their answers are left out.", grouped(count as u64)),
    }
}

/// What the box of a lease's service says.
pub fn lease(holder: Option<Place>, holders: u64, version: u64) -> [(&'static str, String); 2] {
    let held = holder.map_or_else(|| "free".into(), |holder| format!("held by {holder}"));
    [("Lease", held), ("On record", format!("holder #{}, version {}", grouped(holders), grouped(version)))]
}

/// What the box of a controller says. Many names are counted instead.
pub fn appointed(leader: Option<Place>, epoch: u64, in_sync: &[Place]) -> [(&'static str, String); 2] {
    let led = leader.map_or_else(|| "no leader".into(), |leader| format!("leader {leader}"));
    let names = match in_sync.len() {
        count @ 8.. => format!("{count} brokers"),
        _ => in_sync.iter().map(ToString::to_string).collect::<Vec<String>>().join(" "),
    };
    [("Controller", format!("{led}, epoch {}", grouped(epoch))), ("In sync", names)]
}

/// `120 routine events are left out.`
pub fn left_out_of_text(count: usize) -> String {
    match count {
        1 => "1 routine event is left out.".into(),
        _ => format!("{} routine events are left out.", grouped(count as u64)),
    }
}

/// A span with more in it than a picture holds.
pub fn too_long(what: &str, count: usize, most: usize) -> String {
    format!("this span has {count} {what}; a picture holds {most}. Choose a shorter one")
}

/// The span ends before it begins, or where it begins.
pub const NO_SPAN: &str = "the span must end after it begins";

pub const HIGHEST: &str = "highest";
pub const NO_WRITES: &str = "No writes yet.";
pub const OPEN: &str = "Open in Conclave";
pub const HAPPENED: &str = "What happened";
pub const KEY: &str = "Key";

/// What a picture tells whoever cannot see it.
pub fn described(words: &Words, family: &str, nodes: u8, title: &str, why: &str) -> String {
    format!("{}, {nodes} nodes. {title}. {why}", words.family_name(family))
}

/// The label of a message in a diagram, and why it was lost.
pub fn message_label(words: &Words, kind: &str, reign: Option<String>, lost: Option<&str>) -> String {
    let mut text = words.name("message", kind);
    if let Some(reign) = reign {
        text += &format!(" ({reign})");
    }
    if let Some(why) = lost {
        text += &format!(", lost: {}", words.name("loss", why));
    }
    text
}

/// Who takes part in a diagram.
pub fn participant(place: Place) -> String {
    match place {
        Place::Store => "Store".into(),
        other => other.to_string(),
    }
}
