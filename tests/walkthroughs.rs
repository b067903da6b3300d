//! Plays every walkthrough and checks every claim that its captions make, from the very files the page fetches.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it reads the files of the page, and shows them on demand"
)]

use conclave::lessons::foresee;
use conclave::lessons::lesson::{Card, Lesson, read_index, read_lesson};
use conclave::lessons::still::Still;
use conclave::lessons::walk::{Stop, When};
use conclave::playback::director::Director;
use conclave::playback::player::Moment;
use conclave::playback::runner;
use std::fs;

const FOLDER: &str = "assets/lessons";

fn index() -> Vec<Card> {
    read_index(&fs::read_to_string(format!("{FOLDER}/index.en.json")).expect("the list of lessons")).expect("a list")
}

fn lessons() -> Vec<(Card, Lesson)> {
    let only = std::env::var("LESSON").unwrap_or_default();
    let chosen = index().into_iter().filter(|card| card.id.starts_with(&only));
    chosen
        .map(|card| {
            let text = fs::read_to_string(format!("{FOLDER}/{}.en.json", card.id)).expect(&card.id);
            let lesson = read_lesson(&text).unwrap_or_else(|message| panic!("{}: {message}", card.id));
            (card, lesson)
        })
        .collect()
}

fn played(card: &Card, lesson: &Lesson) -> Vec<Stop> {
    lesson.walk.stops().unwrap_or_else(|message| panic!("{}: {message}", card.id))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Nodes that are named and numbers that are typed rather than taken from the run.
fn typed(caption: &str) -> Vec<String> {
    let mut outside = String::new();
    let mut depth = 0;
    for letter in caption.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    let cited = ["Figure 7", "Figure 8", "Phase 1", "Phase 2"];
    let outside = cited.iter().fold(outside, |text, cited| text.replace(cited, ""));
    let holds_digit = |word: &&str| word.chars().any(|letter| letter.is_ascii_digit());
    outside.split_whitespace().filter(holds_digit).map(str::to_owned).collect()
}

#[test]
fn there_are_at_least_twelve_and_the_list_tells_the_truth() {
    let cards = index();
    assert!(cards.len() >= 12, "{} lessons", cards.len());
    for card in &cards {
        assert!(["start", "five", "breaking"].contains(&card.column.as_str()), "{}", card.id);
        assert!((1..=15).contains(&card.minutes), "{}", card.id);
        assert!(words(&card.about) <= 30, "{}: {}", card.id, card.about);
        for needed in &card.needs {
            let before = cards.iter().take_while(|other| other.id != card.id).any(|other| other.id == *needed);
            assert!(before, "{} needs {needed}, which does not come before it", card.id);
        }
    }
    for (card, lesson) in lessons() {
        assert_eq!(card.title, lesson.title);
        assert_eq!(card.family, lesson.walk.recording.scenario.algorithm.id(), "{}", card.id);
    }
}

#[test]
fn every_claim_of_every_step_holds_in_the_run() {
    let show = std::env::var("SHOW").is_ok();
    let mut wrong = Vec::new();
    for (card, lesson) in lessons() {
        let stops = match lesson.walk.stops() {
            Ok(stops) => stops,
            Err(message) => {
                wrong.push(format!("{}: {message}", card.id));
                continue;
            }
        };
        for (number, (stop, step)) in stops.iter().zip(&lesson.walk.steps).enumerate() {
            if show {
                println!(
                    "{} {}: {} us, {} events: {} | {}",
                    card.id,
                    number + 1,
                    stop.at,
                    stop.events,
                    stop.title,
                    stop.caption
                );
            }
            wrong.extend(stop.wrong.iter().map(|claim| format!("{} step {}: {claim}", card.id, number + 1)));
            let of_when = match &step.when {
                When::Once(claims) | When::Next(claims) => claims.len(),
                _ => 0,
            };
            if step.claims.len() + of_when == 0 {
                wrong.push(format!("{} step {}: claims nothing", card.id, number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn captions_are_short_and_take_names_and_numbers_from_the_run() {
    let mut wrong = Vec::new();
    for (card, lesson) in lessons() {
        assert!((4..=12).contains(&lesson.walk.steps.len()), "{} has {} steps", card.id, lesson.walk.steps.len());
        for (number, (stop, step)) in played(&card, &lesson).iter().zip(&lesson.walk.steps).enumerate() {
            let at = format!("{} step {}", card.id, number + 1);
            if words(&stop.caption) > 40 {
                wrong.push(format!("{at}: {} words", words(&stop.caption)));
            }
            if stop.title.is_empty() || words(&stop.title) > 9 {
                wrong.push(format!("{at}: its title is \"{}\"", stop.title));
            }
            let typed = [typed(&step.caption), typed(&step.title)].concat();
            if !typed.is_empty() {
                wrong.push(format!("{at}: typed by hand: {typed:?}"));
            }
            if step.look.len() != stop.places.len() + step.look.iter().filter(|name| is_part(name)).count() {
                wrong.push(format!("{at}: not all of {:?} is there", step.look));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Parts of the page that a step may point at, besides places.
fn is_part(name: &str) -> bool {
    ["bench", "ledger", "headline", "clock"].contains(&name)
}

#[test]
fn every_question_can_be_asked_and_the_run_gives_the_answer_it_names() {
    let mut asked = 0;
    for (card, lesson) in lessons() {
        for (number, (stop, step)) in played(&card, &lesson).iter().zip(&lesson.walk.steps).enumerate() {
            let Some(kind) = &step.ask else { continue };
            let moment = foresee::Moment { at: stop.at, events: stop.events };
            let question = foresee::ask(&lesson.walk.recording, moment, kind)
                .unwrap_or_else(|message| panic!("{} step {}: {message}", card.id, number + 1));
            if std::env::var("SHOW").is_ok() {
                println!("{} {}: {question:#?}", card.id, number + 1);
            }
            assert!(question.until >= stop.at);
            assert_eq!(question.decisive.is_some(), !question.chain.is_empty(), "{} step {}", card.id, number + 1);
            asked += 1;
        }
    }
    assert!(asked >= 10 || std::env::var("LESSON").is_ok(), "only {asked} questions");
}

#[test]
fn notes_for_teachers_are_complete() {
    for (card, lesson) in lessons() {
        let notes = &lesson.teacher;
        assert!(notes.minutes >= card.minutes, "{}", card.id);
        assert!(!notes.goals.is_empty() && !notes.mistakes.is_empty() && !notes.left_out.is_empty(), "{}", card.id);
        assert!(notes.questions.len() >= 2 && !notes.sources.is_empty() && !notes.open_play.is_empty(), "{}", card.id);
    }
}

/// Prints what the cards should say: `cargo test --test walkthroughs stills -- --nocapture`.
#[test]
fn stills_on_the_cards_are_moments_of_the_runs() {
    let mut wrong = Vec::new();
    for (card, lesson) in lessons() {
        let stop = &played(&card, &lesson)[card.key as usize - 1];
        let recording = &lesson.walk.recording;
        let mut sim = recording.scenario.open_with_history(0).expect("it opens");
        let mut director = Director::new(recording);
        let moment = Moment { at: stop.at, done: stop.done };
        runner::run_to(sim.as_mut(), &mut director, &recording.interventions, moment, |_| true);
        let still = Still::of(sim.as_ref());
        if still != card.still {
            wrong.push(format!("{}: \"{still}\"", card.id));
        }
    }
    assert!(wrong.is_empty(), "the runs say:\n{}", wrong.join("\n"));
}

#[test]
fn a_walk_is_the_same_every_time() {
    for (card, lesson) in lessons() {
        assert_eq!(played(&card, &lesson), played(&card, &lesson), "{}", card.id);
    }
}
