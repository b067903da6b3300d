//! How documents and people name places: by number, or by role at the moment when an act runs.

use crate::sim::fault::Who;
use crate::sim::place::Place;

/// Roles that can be named, as documents spell them.
pub const ROLES: &[(&str, Who)] = &[
    ("leader", Who::Leader),
    ("old leader", Who::OldLeader),
    ("candidate", Who::Candidate),
    ("follower", Who::Follower),
    ("followed", Who::Followed),
];

/// Reads `"leader"`, `"N3"`, `"3"`, `"S1"`, `"store"`. Spaces, `_` and `-` are the same, as are capitals.
pub fn parse_who(text: &str) -> Option<Who> {
    let name = plain(text);
    if let Some(&(_, who)) = ROLES.iter().find(|&&(role, _)| role == name) {
        return Some(who);
    }
    parse_place(&name).map(Who::At)
}

/// Reads `"N3"`, `"3"`, `"S1"`, `"store"`.
pub fn parse_place(text: &str) -> Option<Place> {
    let name = plain(text);
    let number = |digits: &str| {
        let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u8>().ok().filter(|&number| all_digits && number > 0)
    };
    if name == "store" {
        Some(Place::Store)
    } else if let Some(digits) = name.strip_prefix('s') {
        number(digits).map(Place::Server)
    } else {
        number(name.strip_prefix('n').unwrap_or(&name)).map(Place::Node)
    }
}

/// One spelling for all: small letters, single spaces.
pub fn plain(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if matches!(c, '_' | '-') { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase()
}

/// As a key of a document: `3`, `S1`, `store`.
pub fn place_name(place: Place) -> String {
    match place {
        Place::Node(n) => n.to_string(),
        Place::Server(n) => format!("S{n}"),
        Place::Store => "store".into(),
    }
}

/// As in a sentence: `node 3`, `server 1`, `store`.
pub fn place_in_words(place: Place) -> String {
    match place {
        Place::Node(n) => format!("node {n}"),
        Place::Server(n) => format!("server {n}"),
        Place::Store => "store".into(),
    }
}
