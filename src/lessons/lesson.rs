//! A lesson as its file tells it: a recording, its steps, and notes for whoever teaches with it.

use super::reading::{Mistake, items, need, number, parse, text, text_or_empty, texts};
use super::still::Still;
use super::walk::Walk;
use crate::share::json::reader::Json;

/// A line of the list of lessons.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    pub id: String,
    pub title: String,
    pub about: String,
    /// `start`, `five` or `breaking`.
    pub column: String,
    /// The family's id.
    pub family: String,
    pub minutes: u64,
    /// Ids of lessons that should come first.
    pub needs: Vec<String>,
    /// The step of its key moment, counted from 1, and the picture of it.
    pub key: u64,
    pub still: Still,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lesson {
    pub title: String,
    pub walk: Walk,
    pub teacher: Teacher,
}

/// Notes for whoever teaches with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Teacher {
    pub minutes: u64,
    pub goals: Vec<String>,
    pub mistakes: Vec<String>,
    pub questions: Vec<(String, String)>,
    pub left_out: Vec<String>,
    /// What to try by hand afterwards.
    pub open_play: String,
    /// What the lesson rests on.
    pub sources: String,
}

/// Reads `lessons/index`.
///
/// # Errors
/// What is wrong with the file.
pub fn read_index(file: &str) -> Result<Vec<Card>, Mistake> {
    let json = parse(file)?;
    items(need(&json, "lessons")?)?.iter().map(card).collect()
}

fn card(json: &Json) -> Result<Card, Mistake> {
    Ok(Card {
        id: text(need(json, "id")?)?,
        title: text(need(json, "title")?)?,
        about: text(need(json, "about")?)?,
        column: text(need(json, "column")?)?,
        family: text(need(json, "family")?)?,
        minutes: number(need(json, "minutes")?)?,
        needs: texts(json, "needs")?,
        key: number(need(json, "key")?)?,
        still: Still::read(&text(need(json, "still")?)?).ok_or("this is no still")?,
    })
}

/// Reads the file of one lesson.
///
/// # Errors
/// What is wrong with the file.
pub fn read_lesson(file: &str) -> Result<Lesson, Mistake> {
    let json = parse(file)?;
    Ok(Lesson {
        title: text(need(&json, "title")?)?,
        walk: Walk::read(&json)?,
        teacher: teacher(need(&json, "teacher")?)?,
    })
}

fn teacher(json: &Json) -> Result<Teacher, Mistake> {
    let question =
        |json: &Json| -> Result<(String, String), Mistake> { Ok((text(need(json, "q")?)?, text(need(json, "a")?)?)) };
    Ok(Teacher {
        minutes: number(need(json, "minutes")?)?,
        goals: texts(json, "goals")?,
        mistakes: texts(json, "mistakes")?,
        questions: items(need(json, "questions")?)?.iter().map(question).collect::<Result<_, _>>()?,
        left_out: texts(json, "left_out")?,
        open_play: text_or_empty(json, "open_play")?,
        sources: text_or_empty(json, "sources")?,
    })
}
