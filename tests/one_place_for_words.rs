//! What people read stands in `src/words` and in the texts the page fetches: components hold no English of their own.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it reads the source")]

use std::fs;
use std::path::{Path, PathBuf};

/// Not for people: vocabulary of documents, names of typefaces, and the like.
const NO_WORDS: &[&str] = &["old leader", "system-ui, sans-serif", "Plus Minus 0"];
const OUR_NAME: &str = "Conclave";

fn sources(under: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(under).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The literals of a file, each with its line and what stands before it; comments and tests left out.
fn literals(text: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.contains("#[cfg(test)]") {
            break;
        }
        if line.trim_start().starts_with("//") {
            continue;
        }
        let mut before = String::new();
        let mut inside: Option<String> = None;
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            match (&mut inside, letter) {
                (None, '"') => inside = Some(String::new()),
                (None, '/') if letters.peek() == Some(&'/') => break,
                (None, _) => before.push(letter),
                (Some(words), '\\') => {
                    words.push(' ');
                    letters.next();
                }
                (Some(words), '"') => {
                    found.push((number + 1, before.clone(), words.clone()));
                    before.push_str("\"\"");
                    inside = None;
                }
                (Some(words), _) => words.push(letter),
            }
        }
    }
    found
}

/// A word of a sentence: letters only, two or more, none of them a capital but the first.
fn is_word(text: &str) -> bool {
    let text = text.trim_matches(|letter: char| ".,:;!?()".contains(letter));
    text.len() > 1
        && text.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '\'')
        && text.chars().skip(1).all(|letter| !letter.is_ascii_uppercase())
}

/// What stands in braces is filled in, not read.
fn without_gaps(text: &str) -> String {
    let mut depth = 0;
    let keep = |letter: &char| {
        depth += i32::from(*letter == '{') - i32::from(*letter == '}');
        depth == 0 && *letter != '}'
    };
    text.chars().filter(keep).collect()
}

fn is_english(before: &str, literal: &str) -> bool {
    if literal == OUR_NAME || NO_WORDS.iter().any(|known| literal.contains(known)) {
        return false;
    }
    let before = before.trim_end();
    // Names of classes, of attributes for the style and for tests, and of drawn paths.
    // What a broken promise of the program says goes to the report of the failure.
    if before.ends_with(".expect(") {
        return false;
    }
    let of_machine = ["class=", "data-act=", "data-key=", "d=", "viewBox=", "aria-keyshortcuts=", "allow=", "sandbox="];
    if of_machine.iter().any(|attribute| before.ends_with(attribute)) {
        return false;
    }
    let text = without_gaps(literal);
    let words = text.split_whitespace().filter(|word| is_word(word)).count();
    let is_read = before.ends_with('>') && !before.ends_with("=>");
    let is_named =
        ["title=", "aria-label=", "placeholder=", "label=", "alt="].iter().any(|name| before.ends_with(name));
    let begins_large = text.starts_with(|letter: char| letter.is_ascii_uppercase());
    words >= 2 && (begins_large || words >= 3) || words >= 1 && (is_read || is_named)
}

#[test]
fn components_hold_no_english() {
    let mut found = Vec::new();
    for path in sources(Path::new("src/ui")) {
        let name = path.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).expect("readable source");
        let english = literals(&text).into_iter().filter(|(_, before, literal)| is_english(before, literal));
        found.extend(english.map(|(line, _, literal)| format!("{name}:{line}: \"{literal}\"")));
    }
    assert!(found.is_empty(), "move these to src/words:\n{}", found.join("\n"));
}

#[test]
fn english_is_told_from_names() {
    assert!(is_english("<h2>", "Keys"));
    assert!(is_english("x.map(", "No message is under way."));
    assert!(is_english("format!(", "Cut {a} to {b}, both ways"));
    assert!(is_english("<button title=", "Redo"));
    assert!(!is_english("<p class=", "btn quiet wide-only"));
    assert!(!is_english("format!(", "#/learn/{id}/1"));
    assert!(!is_english("key == ", "PageDown"));
    assert!(!is_english("Owner::current().expect(", "views are made by an owner"));
}
