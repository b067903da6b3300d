//! Notes for teachers: what a lesson is for, how long, what goes wrong, questions with answers. Made to be printed.

use super::fetching::{fetch, shown};
use crate::lessons::lesson::{Lesson, read_lesson};
use crate::lessons::walk::Stop;
use crate::words::en::learn as say;
use leptos::prelude::*;

#[component]
pub fn Notes(id: String) -> impl IntoView {
    let lesson = fetch(format!("lessons/{id}.en.json"), read_lesson);
    shown(lesson, move |lesson| view! { <Page id=id.clone() lesson/> }.into_any())
}

#[component]
fn Page(id: String, lesson: Lesson) -> impl IntoView {
    let stops = lesson.walk.stops().unwrap_or_default();
    let notes = lesson.teacher;
    let list = |lines: Vec<String>| view! { <ul class="bullets">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> };
    let state = {
        let id = id.clone();
        move |(index, stop): (usize, Stop)| {
            let address = format!("#/learn/{id}/{}", index + 1);
            view! {
                <li>
                    <a href=address.clone()>{stop.title}</a>
                    <p>{stop.caption}</p>
                    <p class="no-print"><a href=format!("{address}?lock=1&ask=0")>{say::LOCKED_NOBODY_CAN_ACT}</a>", "<a href=format!("{address}?lock=1&controls=none&ask=0")>{say::WITHOUT_CONTROLS}</a></p>
                </li>
            }
        }
    };
    let question = |(q, a): (String, String)| view! { <dt>{q}</dt><dd>{a}</dd> };
    view! {
        <article class="learn-paper">
            <p class="crumb no-print"><a href=format!("#/learn/{id}/1")>{say::TO_THE_LESSON}</a>" "<button class="linkish" on:click=|_| print()>{say::PRINT}</button></p>
            <h1>{say::TEACHER_NOTES_OF}{lesson.title}</h1>
            <p><b>{say::TIME_OF}</b>{say::minutes_with_questions(notes.minutes)}</p>
            <h2>{say::GOALS}</h2>{list(notes.goals)}
            <h2>{say::USUALLY_WRONG}</h2>{list(notes.mistakes)}
            <h2>{say::QUESTIONS_WITH_ANSWERS}</h2>
            <dl class="qa">{notes.questions.into_iter().map(question).collect_view()}</dl>
            <h2>{say::TO_TRY_BY_HAND}</h2><p>{notes.open_play}</p>
            <h2>{say::WHAT_OUR_MODEL_LEAVES_OUT}</h2>{list(notes.left_out)}
            <h2>{say::STEPS_AS_PREPARED_STATES}</h2>
            <ol class="states">{stops.into_iter().enumerate().map(state).collect_view()}</ol>
            <p class="src">{say::SOURCE}{notes.sources}"."</p>
        </article>
    }
}

/// The browser's own dialog.
pub fn print() {
    let _ = window().print();
}
