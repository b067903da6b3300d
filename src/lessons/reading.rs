//! Reading the files of lessons, cards and systems: small texts of our own, so a mistake is one sentence.

use crate::playback::recording::Recording;
use crate::share::document::read_document_json;
use crate::share::json::reader::{self, Json, Value};
use crate::sim::time::Micros;

/// A mistake in a file of ours, in a sentence.
pub type Mistake = String;

/// # Errors
/// It is not JSON.
pub fn parse(text: &str) -> Result<Json, Mistake> {
    reader::read(text).map_err(|error| error.to_string())
}

/// The member with this name.
///
/// # Errors
/// There is none.
pub fn need<'a>(json: &'a Json, name: &str) -> Result<&'a Json, Mistake> {
    match json.member(name) {
        Some(member) => Ok(&member.json),
        None => Err(format!("\"{name}\" is missing (line {})", json.line)),
    }
}

pub fn member<'a>(json: &'a Json, name: &str) -> Option<&'a Json> {
    json.member(name).map(|member| &member.json)
}

/// # Errors
/// It is no text.
pub fn text(json: &Json) -> Result<String, Mistake> {
    match &json.value {
        Value::Text(text) => Ok(text.clone()),
        _ => Err(format!("must be a text, not {} (line {})", json.kind(), json.line)),
    }
}

/// A text that may be absent: then it is empty.
///
/// # Errors
/// It is there and no text.
pub fn text_or_empty(json: &Json, name: &str) -> Result<String, Mistake> {
    member(json, name).map_or(Ok(String::new()), text)
}

/// # Errors
/// It is no list.
pub fn items(json: &Json) -> Result<&[Json], Mistake> {
    match &json.value {
        Value::List(items) => Ok(items),
        _ => Err(format!("must be a list, not {} (line {})", json.kind(), json.line)),
    }
}

/// A list of texts that may be absent: then it is empty.
///
/// # Errors
/// It is there and no list of texts.
pub fn texts(json: &Json, name: &str) -> Result<Vec<String>, Mistake> {
    match member(json, name) {
        Some(list) => items(list)?.iter().map(text).collect(),
        None => Ok(Vec::new()),
    }
}

/// # Errors
/// It is no whole number.
pub fn number(json: &Json) -> Result<u64, Mistake> {
    match &json.value {
        Value::Number(number) => number.parse().ok(),
        _ => None,
    }
    .ok_or_else(|| format!("must be a whole number (line {})", json.line))
}

/// # Errors
/// It is no time such as `"150ms"`.
pub fn span(json: &Json) -> Result<Micros, Mistake> {
    crate::share::document::parse_span(&text(json)?).map_err(|message| format!("{message} (line {})", json.line))
}

/// A scenario document inside the file.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn recording(json: &Json) -> Result<Recording, Mistake> {
    read_document_json(json).map_err(|problems| problems.first().map_or_else(String::new, ToString::to_string))
}
