//! The few words of the stage, and how names, reigns and times are written on it.

use super::scene::NodeFacts;
use crate::sim::event::Loss;
use crate::sim::inspection::Shown;
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::reign::{Reign, Role};
use crate::sim::time::Micros;

/// The class that gives a reign its wax; grey where there is none.
pub fn wax(reign: Option<Reign>) -> &'static str {
    const CLASSES: [&str; 6] = ["r1", "r2", "r3", "r4", "r5", "r6"];
    match reign {
        Some(reign) if reign.number > 0 => CLASSES[((reign.number - 1) % 6) as usize],
        _ => "rn",
    }
}

/// What is printed on a seal: the number, and for a ballot whose it is: `7`, `7·4`.
pub fn slip_reign(reign: Option<Reign>) -> String {
    match reign {
        None => String::new(),
        Some(Reign { number, by: 0 }) => number.to_string(),
        Some(Reign { number, by }) => format!("{number}·{by}"),
    }
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub fn name(place: Place) -> String {
    place.to_string()
}

pub fn names(places: &[Place]) -> String {
    places.iter().map(|place| name(*place)).collect::<Vec<_>>().join(", ")
}

/// A word of the stage; its `{}` stands for a name or a value. The id itself where there is none yet.
pub fn say(group: &str, id: &str) -> String {
    let known = match (group, id) {
        ("bench", "votes") => "votes for {}",
        ("bench", "same_votes") => "the same vote as {}",
        ("bench", "pre_votes") => "would vote for {}",
        ("bench", "heard") => "heard by {}",
        ("bench", "promises") => "promises to {}",
        ("bench", "promised") => "promised to {}",
        ("line", "phase") => "{}",
        ("bench", "accepts" | "accepted") => "accept from {}",
        ("bench", "synced") => "in step with {}",
        ("line", "term_asked") => "term {}?",
        ("message", "store_write") => "write to",
        ("message", "store_read") => "reads",
        ("message", "raise_fence") => "raises the fence of",
        ("message", "store_state") => "as it stands, to",
        ("message", "store_accepted") => "accepted, to",
        ("message", "store_fenced") => "refused:",
        ("line", "coordinates") => "leads",
        ("line", "follows_nobody") => "follows nobody",
        ("line", "session_state" | "state") => "{}",
        ("caption", "settling") => "waits for a better vote",
        ("caption", "wants_followers") => "waits for followers",
        ("caption", "takes") => "brought up to date by {}",
        ("", "diff") => "DIFF",
        ("", "trunc") => "TRUNC",
        ("", "snap") => "SNAP",
        _ => return id.replace('_', " "),
    };
    known.to_owned()
}

/// Whole milliseconds, thousands apart by a thin space.
pub fn milliseconds(at: Micros) -> String {
    crate::words::numbers::instant(at) + " ms"
}

pub fn shown(value: &Shown) -> String {
    match value {
        Shown::Number(number) => number.to_string(),
        Shown::Numbers(numbers) => numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", "),
        Shown::Place(place) => name(*place),
        Shown::Places(places) => names(places),
        Shown::Reign(reign) => reign.to_string(),
        Shown::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Shown::Id(id) => say("", id),
        Shown::Text(text) => text.clone(),
        Shown::Nothing => String::new(),
    }
}

/// The second line inside a node, `term 8`; only its value where the node is small.
pub fn inside(facts: &NodeFacts, is_small: bool) -> String {
    let Some((id, value)) = &facts.line else { return String::new() };
    let (words, value) = (say("line", id), shown(value));
    match (is_small, value.is_empty(), words.contains("{}")) {
        (_, true, _) => words,
        (true, ..) => value,
        (_, _, true) => words.replace("{}", &value),
        _ => format!("{words} {value}"),
    }
}

/// A word of the stage with its value: in place of its `{}`, or after it.
fn phrase(group: &str, id: &str, value: &str) -> String {
    let words = say(group, id);
    match (value.is_empty(), words.contains("{}")) {
        (true, _) => words,
        (_, true) => words.replace("{}", value),
        _ => format!("{words} {value}"),
    }
}

/// The line beside a node: what is unusual about it, if anything is.
pub fn caption(facts: &NodeFacts) -> Option<String> {
    let mut parts: Vec<String> = facts.caption.iter().map(|(id, value)| phrase("caption", id, &shown(value))).collect();
    match facts.status {
        Status::Down if facts.wiped => parts.push(format!("disk lost at {}", milliseconds(facts.since))),
        Status::Down => parts.push(format!("crashed at {}", milliseconds(facts.since))),
        Status::Paused if facts.inbox > 0 => parts.push(format!("paused, {} waiting", facts.inbox)),
        Status::Paused => parts.push(format!("paused at {}", milliseconds(facts.since))),
        Status::Up => {}
    }
    if let Some(token) = facts.token {
        parts.push(format!("token {token}"));
    }
    if facts.cut_off && facts.status != Status::Down {
        parts.push("cut off".to_owned());
    }
    if let (Some(followers), Status::Up) = (&facts.followed_by, facts.status) {
        parts.push(match followers.as_slice() {
            [] => "followed by nobody".to_owned(),
            [one] => format!("followed by {} only", name(*one)),
            some => format!("followed by {}", names(some)),
        });
    }
    if facts.wiped && facts.status != Status::Down {
        parts.push("lost its disk".to_owned());
    }
    if facts.drift != 0 {
        parts.push(format!("clock {:+} %", f64::from(facts.drift) / 10_000.0));
    }
    parts.truncate(2);
    (!parts.is_empty()).then(|| parts.join(", "))
}

pub fn role(facts: &NodeFacts) -> &'static str {
    match facts.standing.role {
        Role::Follower => "follower",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    }
}

/// Breaks a text into lines of at most so many letters; what does not fit into so many lines ends in an ellipsis.
pub fn wrapped(text: &str, letters: usize, lines: usize) -> Vec<String> {
    let mut found: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let last = found.len() - 1;
        let room = found[last].chars().count() + 1 + word.chars().count() <= letters;
        if found[last].is_empty() {
            found[last] = word.to_owned();
        } else if room {
            found[last].push(' ');
            found[last].push_str(word);
        } else if found.len() == lines {
            found[last].push('…');
            return found;
        } else {
            found.push(word.to_owned());
        }
    }
    found
}

/// What a screen reader says: "N4, candidate, term 8, voted for itself, 2 of 3 votes".
pub fn spoken(facts: &NodeFacts, left: Option<Micros>) -> String {
    let Some(place) = facts.place else { return String::new() };
    let mut parts = vec![name(place)];
    match facts.status {
        Status::Down => parts.push(if facts.wiped { "crashed, its disk lost" } else { "crashed" }.to_owned()),
        Status::Paused => parts.extend(["paused".to_owned(), role(facts).to_owned()]),
        Status::Up => parts.push(role(facts).to_owned()),
    }
    let line = inside(facts, false);
    if !line.is_empty() {
        parts.push(line);
    }
    if let Some(slip) = facts.slip.filter(|slip| slip.binding) {
        parts.push(if slip.to == place {
            "voted for itself".to_owned()
        } else {
            format!("voted for {}", name(slip.to))
        });
    }
    if let (Some((counted, needed)), Role::Candidate) = (facts.counted, facts.standing.role) {
        parts.push(format!("{counted} of {needed} votes"));
    }
    if facts.cut_off {
        parts.push("cut off".to_owned());
    }
    parts.extend(facts.caption.iter().map(|(id, value)| phrase("caption", id, &shown(value))));
    if let [epoch, zxid, server] = facts.strip.as_slice()
        && epoch.letter == 'e'
    {
        let (epoch, zxid, server) = (epoch.number, zxid.number, server.number);
        parts.push(format!("votes for N{server} with epoch {epoch} and transaction {zxid}"));
    } else if !facts.strip.is_empty() && place.is_node() {
        let entries = facts.strip_hidden + facts.strip.len() as u64;
        let settled = facts.strip_hidden + facts.strip.iter().filter(|cell| cell.settled).count() as u64;
        let word = if entries == 1 { "entry" } else { "entries" };
        parts.push(format!("{entries} {word}, {settled} settled"));
    }
    if let (Some(left), true) = (left, facts.status != Status::Down) {
        parts.push(format!("timer {} milliseconds left", left / 1_000));
    }
    parts.join(", ")
}

/// Why a message did not arrive, in the few words that fit beside it.
pub fn lost_because(why: Loss, to: Place) -> String {
    match why {
        Loss::Cut => "the link is cut".to_owned(),
        Loss::Chance => "lost on the way".to_owned(),
        Loss::Dropped => "dropped by you".to_owned(),
        Loss::ReceiverDown => format!("{} is down", name(to)),
        Loss::ConnectionBroke => "connection broke".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::inspection::Slip;

    fn candidate() -> NodeFacts {
        let mut facts = NodeFacts { place: Some(Place::Node(4)), ..NodeFacts::default() };
        facts.standing.role = Role::Candidate;
        facts.line = Some(("term", Shown::Number(8)));
        facts.slip = Some(Slip { to: Place::Node(4), reign: Reign::counted(8), binding: true });
        facts.counted = Some((2, 3));
        facts
    }

    #[test]
    fn a_seal_bears_a_ballot_as_a_pair() {
        assert_eq!(slip_reign(Some(Reign::counted(7))), "7");
        assert_eq!(slip_reign(Some(Reign { number: 7, by: 4 })), "7·4");
    }

    #[test]
    fn a_node_says_what_it_is() {
        let words = "N4, candidate, term 8, voted for itself, 2 of 3 votes, timer 322 milliseconds left";
        assert_eq!(spoken(&candidate(), Some(322_400)), words);
    }

    #[test]
    fn waxes_repeat_every_six_reigns() {
        let classes = [1, 2, 6, 7, 13].map(|number| wax(Some(Reign::counted(number))));
        assert_eq!(classes, ["r1", "r2", "r6", "r1", "r1"]);
        assert_eq!(wax(None), "rn");
    }

    #[test]
    fn captions_tell_only_what_is_unusual() {
        assert_eq!(caption(&candidate()), None);
        let down = NodeFacts { status: Status::Down, since: 1_520_000, ..candidate() };
        assert_eq!(caption(&down).as_deref(), Some("crashed at 1\u{202f}520 ms"));
        let cut = NodeFacts { cut_off: true, drift: 200_000, ..candidate() };
        assert_eq!(caption(&cut).as_deref(), Some("cut off, clock +20 %"));
    }

    #[test]
    fn long_texts_break_and_end() {
        assert_eq!(wrapped("one two three", 7, 2), ["one two", "three"]);
        assert_eq!(wrapped("one two three four", 7, 2), ["one two", "three…"]);
    }
}
