//! Systems in the wild: the family each uses, its real defaults by name, what fences its stale leader, and its
//! famous failure as runs.

use super::reading::{Mistake, items, need, parse, text, texts};
use super::walk::Walk;
use crate::share::json::reader::Json;

/// A line of the list of systems.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    pub id: String,
    pub title: String,
    pub about: String,
}

/// A setting as the system's documentation names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Default {
    pub name: String,
    pub value: String,
    pub note: String,
}

/// A failure as a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Story {
    pub title: String,
    pub walk: Walk,
}

/// One system, as its file tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct System {
    pub title: String,
    /// Which of the four kinds: voters among themselves, a lock outside, a node of a service, an appointed leader.
    pub kind: String,
    pub elects: String,
    pub defaults: Vec<Default>,
    pub fence: String,
    pub open: String,
    pub fail_over: String,
    /// What happened, and who reported it.
    pub happened: String,
    pub stories: Vec<Story>,
    pub simplified: Vec<String>,
    pub as_read: String,
    pub sources: Vec<String>,
}

/// Reads `wild/index`.
///
/// # Errors
/// What is wrong with the file.
pub fn read_index(file: &str) -> Result<Vec<Card>, Mistake> {
    let json = parse(file)?;
    let card = |json: &Json| -> Result<Card, Mistake> {
        let field = |name: &str| text(need(json, name)?);
        Ok(Card { id: field("id")?, title: field("title")?, about: field("about")? })
    };
    items(need(&json, "systems")?)?.iter().map(card).collect()
}

/// Reads the file of one system.
///
/// # Errors
/// What is wrong with the file.
pub fn read_system(file: &str) -> Result<System, Mistake> {
    let json = parse(file)?;
    let field = |name: &str| text(need(&json, name)?);
    let default = |json: &Json| -> Result<Default, Mistake> {
        let field = |name: &str| text(need(json, name)?);
        Ok(Default { name: field("name")?, value: field("value")?, note: super::reading::text_or_empty(json, "note")? })
    };
    let story = |json: &Json| -> Result<Story, Mistake> {
        Ok(Story { title: text(need(json, "title")?)?, walk: Walk::read(json)? })
    };
    Ok(System {
        title: field("title")?,
        kind: field("kind")?,
        elects: field("elects")?,
        defaults: items(need(&json, "defaults")?)?.iter().map(default).collect::<Result<_, _>>()?,
        fence: field("fence")?,
        open: field("open")?,
        fail_over: field("fail_over")?,
        happened: field("happened")?,
        stories: items(need(&json, "stories")?)?.iter().map(story).collect::<Result<_, _>>()?,
        simplified: texts(&json, "simplified")?,
        as_read: field("as_read")?,
        sources: texts(&json, "sources")?,
    })
}
