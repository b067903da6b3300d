//! Interview cards: complete, short enough to say, and their runs show what they claim.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it reads the files of the page, and shows them on demand"
)]

use conclave::lessons::interview::{Book, Question, read_book, read_question};
use std::fs;

const FOLDER: &str = "assets/interview";

fn book() -> Book {
    read_book(&fs::read_to_string(format!("{FOLDER}/index.en.json")).expect("the list")).expect("a book")
}

fn question(id: &str) -> Question {
    let text = fs::read_to_string(format!("{FOLDER}/{id}.en.json")).unwrap_or_else(|error| panic!("{id}: {error}"));
    read_question(&text).unwrap_or_else(|message| panic!("{id}: {message}"))
}

#[test]
fn there_are_twenty_five_questions_and_each_is_complete() {
    let cards = book().questions;
    assert!(cards.len() >= 25);
    for card in cards {
        let question = question(&card.id);
        assert_eq!(question.title, card.title);
        assert!(question.hints.len() == 3, "{}", card.id);
        assert!((4..=6).contains(&question.points.len()), "{}: {} points", card.id, question.points.len());
        assert!(!question.follow_ups.is_empty() && !question.wrong.is_empty() && !question.sources.is_empty());
        let said: usize = question.points.iter().map(|point| point.split_whitespace().count()).sum();
        assert!(said <= 130, "{}: {said} words are more than a minute", card.id);
    }
}

#[test]
fn every_run_shows_what_its_card_claims() {
    let show = std::env::var("SHOW").is_ok();
    let mut wrong = Vec::new();
    for card in book().questions {
        let question = question(&card.id);
        match question.walk.stops() {
            Err(message) => wrong.push(format!("{}: {message}", card.id)),
            Ok(stops) => {
                assert!(stops.len() >= 2, "{}: the set-up and the moment", card.id);
                for (number, stop) in stops.iter().enumerate() {
                    if show {
                        println!("{} {}: {} us | {} | {}", card.id, number + 1, stop.at, stop.title, stop.caption);
                    }
                    wrong.extend(stop.wrong.iter().map(|claim| format!("{} step {}: {claim}", card.id, number + 1)));
                    if stop.caption.split_whitespace().count() > 40 {
                        wrong.push(format!("{} step {}: too long", card.id, number + 1));
                    }
                    if question.walk.steps[number].claims.is_empty() {
                        wrong.push(format!("{} step {}: claims nothing", card.id, number + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mock_interviews_have_time_and_point_at_cards_that_exist() {
    let book = book();
    assert!(book.mocks.len() >= 2);
    for mock in &book.mocks {
        assert!(mock.prompts.len() >= 4, "{}", mock.id);
        for prompt in &mock.prompts {
            assert!((60..=600).contains(&prompt.seconds) && !prompt.listen.is_empty());
            assert!(prompt.see.is_empty() || book.questions.iter().any(|card| card.id == prompt.see), "{}", prompt.see);
        }
    }
}
