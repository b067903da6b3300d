//! Interview cards: a question, hints, the points of a good answer, the common wrong one, and the run that shows it.

use super::reading::{Mistake, items, need, number, parse, text, text_or_empty, texts};
use super::walk::Walk;
use crate::share::json::reader::Json;

/// A line of the list of questions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    pub id: String,
    pub title: String,
}

/// One question, as its file tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    pub title: String,
    pub question: String,
    pub hints: Vec<String>,
    /// What an answer should mention, each to be ticked.
    pub points: Vec<String>,
    pub strong: String,
    pub wrong: String,
    pub follow_ups: Vec<(String, String)>,
    pub sources: String,
    /// The run that shows it.
    pub walk: Walk,
}

/// A timed mock interview: prompts, one after the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mock {
    pub id: String,
    pub title: String,
    pub about: String,
    pub prompts: Vec<Prompt>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prompt {
    pub say: String,
    pub seconds: u64,
    /// What the interviewer listens for.
    pub listen: Vec<String>,
    /// A question whose card goes deeper; may be empty.
    pub see: String,
}

/// A line of the cheat sheet's table. The measured columns come from the experiment `lab/one-page`; a test writes them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub name: String,
    pub idea: String,
    pub consistency: String,
    pub fence: String,
    pub used_by: String,
    pub fail_over: Measured,
    pub messages: Measured,
    pub two_leaders: Measured,
    pub two_commit: Measured,
}

/// A number from the lab, and the address of a run behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measured {
    pub text: String,
    pub run: String,
}

/// Everything that the list page and the cheat sheet need.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Book {
    pub questions: Vec<Card>,
    pub mocks: Vec<Mock>,
    pub facts: Vec<(String, Vec<String>)>,
}

/// Reads `interview/index`.
///
/// # Errors
/// What is wrong with the file.
pub fn read_book(file: &str) -> Result<Book, Mistake> {
    let json = parse(file)?;
    let card = |json: &Json| -> Result<Card, Mistake> {
        Ok(Card { id: text(need(json, "id")?)?, title: text(need(json, "title")?)? })
    };
    let fact = |json: &Json| -> Result<(String, Vec<String>), Mistake> {
        Ok((text(need(json, "title")?)?, texts(json, "lines")?))
    };
    Ok(Book {
        questions: items(need(&json, "questions")?)?.iter().map(card).collect::<Result<_, _>>()?,
        mocks: items(need(&json, "mocks")?)?.iter().map(mock).collect::<Result<_, _>>()?,
        facts: items(need(&json, "facts")?)?.iter().map(fact).collect::<Result<_, _>>()?,
    })
}

fn mock(json: &Json) -> Result<Mock, Mistake> {
    let prompt = |json: &Json| -> Result<Prompt, Mistake> {
        Ok(Prompt {
            say: text(need(json, "say")?)?,
            seconds: number(need(json, "seconds")?)?,
            listen: texts(json, "listen")?,
            see: text_or_empty(json, "see")?,
        })
    };
    Ok(Mock {
        id: text(need(json, "id")?)?,
        title: text(need(json, "title")?)?,
        about: text(need(json, "about")?)?,
        prompts: items(need(json, "prompts")?)?.iter().map(prompt).collect::<Result<_, _>>()?,
    })
}

/// Reads the file of one question.
///
/// # Errors
/// What is wrong with the file.
pub fn read_question(file: &str) -> Result<Question, Mistake> {
    let json = parse(file)?;
    let pair =
        |json: &Json| -> Result<(String, String), Mistake> { Ok((text(need(json, "q")?)?, text(need(json, "a")?)?)) };
    Ok(Question {
        title: text(need(&json, "title")?)?,
        question: text(need(&json, "question")?)?,
        hints: texts(&json, "hints")?,
        points: texts(&json, "points")?,
        strong: text(need(&json, "strong")?)?,
        wrong: text(need(&json, "wrong")?)?,
        follow_ups: items(need(&json, "follow_ups")?)?.iter().map(pair).collect::<Result<_, _>>()?,
        sources: text(need(&json, "sources")?)?,
        walk: Walk::read(&json)?,
    })
}

/// Reads `interview/trade-off`.
///
/// # Errors
/// What is wrong with the file.
pub fn read_trade_off(file: &str) -> Result<Vec<Row>, Mistake> {
    let json = parse(file)?;
    let row = |json: &Json| -> Result<Row, Mistake> {
        let field = |name: &str| text(need(json, name)?);
        let measured = |name: &str| -> Result<Measured, Mistake> {
            let [text, run] = texts(json, name)?.try_into().map_err(|_| Mistake::from("a number and its run"))?;
            Ok(Measured { text, run })
        };
        Ok(Row {
            name: field("name")?,
            idea: field("idea")?,
            consistency: field("consistency")?,
            fence: field("fence")?,
            used_by: field("used_by")?,
            fail_over: measured("fail_over")?,
            messages: measured("messages")?,
            two_leaders: measured("two_leaders")?,
            two_commit: measured("two_commit")?,
        })
    };
    items(need(&json, "rows")?)?.iter().map(row).collect()
}
