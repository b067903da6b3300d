//! What is wrong with a document, and where.

use crate::share::json::reader::Json;
use std::fmt;

/// More are not listed: the first few say enough.
pub(super) const MOST: usize = 50;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// From 1.
    pub line: u32,
    /// `script[3].cut.from`; empty for the whole document.
    pub path: String,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{} (line {})", self.message, self.line)
    }
}

impl std::error::Error for Problem {}

/// A value of the document and the way to it.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    pub json: &'a Json,
    pub path: String,
}

impl<'a> Part<'a> {
    pub fn child(&self, name: &str) -> Option<Part<'a>> {
        let member = self.json.member(name)?;
        Some(Part { json: &member.json, path: self.path_to(name) })
    }

    pub fn path_to(&self, name: &str) -> String {
        if self.path.is_empty() { name.into() } else { format!("{}.{name}", self.path) }
    }

    pub fn item(&self, index: usize, json: &'a Json) -> Part<'a> {
        Part { json, path: format!("{}[{index}]", self.path) }
    }
}

/// Collects what is wrong, so that a document can be put right in one go.
#[derive(Default)]
pub struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// Notes a problem; answers `None` in place of what could not be read.
    pub fn at<T>(&mut self, part: &Part<'_>, message: impl Into<String>) -> Option<T> {
        self.note(part.json.line, part.path.clone(), message)
    }

    pub fn note<T>(&mut self, line: u32, path: String, message: impl Into<String>) -> Option<T> {
        if self.list.len() < MOST {
            self.list.push(Problem { line, path: on_one_line(&path), message: on_one_line(&message.into()) });
        }
        None
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// In the order of the document.
    pub fn finish(mut self) -> Vec<Problem> {
        self.list.sort_by_key(|problem| problem.line);
        self.list
    }
}

/// Names come from the document, which may hold anything.
fn on_one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
