//! Notes for teachers: what a lesson is for, how long, what goes wrong, questions with answers. Made to be printed.

use super::fetching::{fetch, shown};
use crate::lessons::lesson::{Lesson, read_lesson};
use crate::lessons::walk::Stop;
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
                    <p class="no-print"><a href=format!("{address}?lock=1&ask=0")>"Locked: nobody can act"</a>", "<a href=format!("{address}?lock=1&controls=none&ask=0")>"without controls"</a></p>
                </li>
            }
        }
    };
    let question = |(q, a): (String, String)| view! { <dt>{q}</dt><dd>{a}</dd> };
    view! {
        <article class="learn-paper">
            <p class="crumb no-print"><a href=format!("#/learn/{id}/1")>"To the lesson"</a>" "<button class="linkish" on:click=|_| print()>"Print"</button></p>
            <h1>"Teacher notes: "{lesson.title}</h1>
            <p><b>"Time: "</b>{notes.minutes}" minutes with questions."</p>
            <h2>"Goals"</h2>{list(notes.goals)}
            <h2>"What students usually get wrong"</h2>{list(notes.mistakes)}
            <h2>"Questions, with answers"</h2>
            <dl class="qa">{notes.questions.into_iter().map(question).collect_view()}</dl>
            <h2>"To try by hand"</h2><p>{notes.open_play}</p>
            <h2>"What our model leaves out"</h2>{list(notes.left_out)}
            <h2>"Steps, as prepared states"</h2>
            <ol class="states">{stops.into_iter().enumerate().map(state).collect_view()}</ol>
            <p class="src">"Source: "{notes.sources}"."</p>
        </article>
    }
}

/// The browser's own dialog.
pub fn print() {
    let _ = window().print();
}
