//! Places and roles in documents: a number is a node, `"S1"` a server, `"leader"` whoever leads at that moment.

use super::fields::unknown;
use super::problem::{Part, Problems};
use crate::scenarios::who::{ROLES, parse_place, parse_who, place_in_words, place_name};
use crate::share::json::reader::Value;
use crate::share::json::writer::Writer;
use crate::sim::fault::Who;
use crate::sim::place::{Census, Place};

/// A place or a role.
pub fn who(part: &Part<'_>, census: Census, problems: &mut Problems) -> Option<Who> {
    let parsed = match &part.json.value {
        Value::Number(number) => node(number),
        Value::Text(text) => match parse_who(text) {
            Some(who) => Some(who),
            None => {
                let known = ROLES.iter().map(|&(role, _)| role).chain(["store"]);
                return problems.at(part, unknown("node or role", text, known));
            }
        },
        _ => None,
    };
    match parsed {
        Some(Who::At(place)) if !census.contains(place) => problems.at(part, missing(place)),
        Some(who) => Some(who),
        None => problems.at(part, missing_number(part)),
    }
}

/// A place, not a role.
pub fn place(part: &Part<'_>, census: Census, problems: &mut Problems) -> Option<Place> {
    match who(part, census, problems)? {
        Who::At(place) => Some(place),
        _ => problems.at(part, "must be a place, not a role"),
    }
}

/// A place as the name of a field.
pub fn named_place(name: &str, census: Census) -> Result<Place, String> {
    let place = parse_place(name).ok_or_else(|| format!("\"{name}\" is not a node such as \"1\""))?;
    if census.contains(place) && place != Place::Store { Ok(place) } else { Err(missing(place)) }
}

fn missing(place: Place) -> String {
    format!("there is no {}", place_in_words(place))
}

fn node(number: &str) -> Option<Who> {
    number.parse::<u8>().ok().filter(|&number| number > 0).map(|number| Who::At(Place::Node(number)))
}

fn missing_number(part: &Part<'_>) -> String {
    match &part.json.value {
        Value::Number(number) => format!("there is no node {}", number.chars().take(20).collect::<String>()),
        _ => format!("must be a node's number or a role such as \"leader\", not {}", part.json.kind()),
    }
}

pub fn write_who(who: Who, w: &mut Writer) {
    match who {
        Who::At(place) => write_place(place, w),
        role => w.text(ROLES.iter().find(|&&(_, known)| known == role).map_or("", |&(name, _)| name)),
    }
}

pub fn write_place(place: Place, w: &mut Writer) {
    match place {
        Place::Node(n) => w.number(u64::from(n)),
        other => w.text(&place_name(other)),
    }
}
