//! What people read is plain: short sentences, and an estimated reading grade (Flesch-Kincaid, with a simple count of syllables).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it reads the texts")]

use std::fs;

/// Texts of the lessons, cards and systems, and the words of the program.
const FOLDERS: &[&str] = &["assets/lessons", "assets/interview", "assets/wild", "src/words/en"];
/// Words in a sentence.
const LONGEST: usize = 30;
/// Eight years of school, in hundredths.
const HIGHEST_GRADE: i64 = 800;
/// A grade says little of a few sentences.
const ENOUGH_WORDS: usize = 100;

/// What stands between quotes; comments left out.
fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let mut inside: Option<String> = None;
        let mut letters = line.chars();
        while let Some(letter) = letters.next() {
            match (&mut inside, letter) {
                (None, '"') => inside = Some(String::new()),
                (None, _) => {}
                (Some(text), '\\') => text.push(letters.next().unwrap_or(' ')),
                (Some(_), '"') => found.extend(inside.take()),
                (Some(text), _) => text.push(letter),
            }
        }
    }
    found
}

/// What stands in braces is filled in by a name or a number: one short word.
fn filled(text: &str) -> String {
    let mut depth = 0;
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                out.push_str("it");
            }
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

/// The words of each sentence; names and labels are none.
fn sentences(text: &str) -> Vec<Vec<String>> {
    let text = filled(text);
    if !text.trim_end().ends_with(['.', '?', '!']) {
        return Vec::new();
    }
    let mut found = vec![Vec::new()];
    for word in text.split_whitespace() {
        if word.chars().any(|letter| letter.is_ascii_alphabetic()) {
            found.last_mut().expect("one at least").push(word.to_owned());
        }
        if word.trim_end_matches(['"', '\'', ')']).ends_with(['.', '?', '!']) {
            found.push(Vec::new());
        }
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Groups of vowels, but for a silent e.
fn syllables(word: &str) -> usize {
    let letters: String = word.chars().filter(char::is_ascii_alphabetic).map(|l| l.to_ascii_lowercase()).collect();
    let is_vowel = |letter: char| "aeiouy".contains(letter);
    let mut before = false;
    let mut count = 0;
    for letter in letters.chars() {
        count += usize::from(is_vowel(letter) && !before);
        before = is_vowel(letter);
    }
    let is_silent = letters.ends_with('e') && !letters.ends_with("le") && count > 1;
    (count - usize::from(is_silent)).max(1)
}

/// In hundredths: 0.39 words a sentence + 11.8 syllables a word - 15.59.
fn grade(sentences: &[Vec<String>]) -> i64 {
    let words = sentences.iter().map(Vec::len).sum::<usize>() as i64;
    let sounds = sentences.iter().flatten().map(|word| syllables(word)).sum::<usize>() as i64;
    39 * words / sentences.len() as i64 + 1_180 * sounds / words - 1_559
}

fn complaints(name: &str, text: &str) -> Vec<String> {
    let read: Vec<_> = literals(text).iter().flat_map(|literal| sentences(literal)).collect();
    let long = read.iter().filter(|sentence| sentence.len() > LONGEST);
    let mut found: Vec<String> =
        long.map(|sentence| format!("{name}: {} words: {}", sentence.len(), sentence.join(" "))).collect();
    if read.iter().map(Vec::len).sum::<usize>() >= ENOUGH_WORDS && grade(&read) > HIGHEST_GRADE {
        found.push(format!("{name}: grade {} of at most {HIGHEST_GRADE}, in hundredths", grade(&read)));
    }
    found
}

#[test]
fn what_people_read_is_plain() {
    let mut found = Vec::new();
    let mut texts = 0;
    for folder in FOLDERS {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let name = entry.path().to_string_lossy().into_owned();
            found.extend(complaints(&name, &fs::read_to_string(&name).expect("a text")));
            texts += 1;
        }
    }
    assert!(texts > 60, "only {texts} texts were found");
    assert!(found.is_empty(), "say these more plainly:\n{}", found.join("\n"));
}

#[test]
fn what_is_not_plain_is_found() {
    let long = format!("\"{}end.\"", "a word ".repeat(16));
    assert_eq!(complaints("here", &long).len(), 1);
    let hard = format!(
        "\"{}\"",
        "Organizational responsibilities necessitate continuous administrative coordination. ".repeat(20).trim()
    );
    assert!(complaints("here", &hard)[0].contains("grade"));
    let plain = format!("\"{}\"", "The leader sends a heartbeat to each node. ".repeat(20).trim());
    assert_eq!(complaints("here", &plain), Vec::<String>::new());
    assert_eq!(syllables("leader") + syllables("vote") + syllables("majority"), 7);
}
