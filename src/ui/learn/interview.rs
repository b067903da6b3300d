//! Interview mode: a question, two minutes to think, then the points of an answer beside the run that shows it.

use super::fetching::{fetch, shown};
use super::guide::Guide;
use super::mock::Countdown;
use super::walker::{Pager, Walker};
use crate::lessons::interview::{Question, read_book, read_question};
use leptos::html;
use leptos::prelude::*;

/// Seconds to think.
const THINK: u64 = 120;

#[component]
pub fn Questions() -> impl IntoView {
    let book = fetch("interview/index.en.json".into(), read_book);
    shown(book, |book| {
        view! {
            <div class="learn-wide">
                <p class="crumb"><a href="#/learn">"All lessons"</a></p>
                <h1>"Interview mode"</h1>
                <p class="lead">"Read the question, say your answer aloud, then compare. No score is kept."</p>
                <h2>"Mock interviews"</h2>
                <ul class="doors">
                    {book.mocks.into_iter().map(|mock| view! {
                        <li><a class="door" href=format!("#/learn/interview/mock/{}", mock.id)><b>{mock.title}</b><span>{mock.about}</span></a></li>
                    }).collect_view()}
                </ul>
                <h2>"Questions"</h2>
                <ol class="question-list">
                    {book.questions.into_iter().map(|card| view! { <li><a href=format!("#/learn/interview/{}", card.id)>{card.title}</a></li> }).collect_view()}
                </ol>
                <p><a href="#/learn/sheet">"The cheat sheet, on one page"</a></p>
            </div>
        }
        .into_any()
    })
}

#[component]
pub fn CardPage(id: String, guide: Guide) -> impl IntoView {
    let question = fetch(format!("interview/{id}.en.json"), read_question);
    shown(question, move |question| view! { <Opened question guide/> }.into_any())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Question,
    Think,
    Reveal,
}

#[component]
fn Opened(question: Question, guide: Guide) -> impl IntoView {
    let phase = RwSignal::new(Phase::Question);
    let problem = guide.begin(question.walk.clone(), 0).err();
    let on: NodeRef<html::Button> = NodeRef::new();
    // The space bar goes on: the button that does it has the focus.
    Effect::new(move |_| {
        phase.track();
        if let Some(on) = on.get() {
            let _ = on.focus();
        }
    });
    let go_on = move |_| match phase.get_untracked() {
        Phase::Question => phase.set(Phase::Think),
        _ => {
            phase.set(Phase::Reveal);
            guide.next();
        }
    };
    let hints = question.hints.clone();
    let think = move || {
        let hint = |(index, hint): (usize, String)| view! { <details class="hint-box"><summary>"Hint "{index + 1}</summary><p>{hint}</p></details> };
        view! {
            <Countdown seconds=THINK/>
            <p class="aside-line">"Say your answer aloud. The stage shows only the set-up."</p>
            {hints.clone().into_iter().enumerate().map(hint).collect_view()}
        }
    };
    let reveal = {
        let question = question.clone();
        move || {
            let point = |point: String| view! { <li><label class="point"><input type="checkbox"/><span>{point}</span></label></li> };
            let follow = |(q, a): (String, String)| view! { <dt>{q}</dt><dd>{a}</dd> };
            view! {
                <h2>"A good answer mentions"</h2>
                <ul class="points">{question.points.clone().into_iter().map(point).collect_view()}</ul>
                <p><b>"A strong answer "</b>{question.strong.clone()}</p>
                <div class="wrong-answer"><b>"Common wrong answer"</b><p>{question.wrong.clone()}</p></div>
                <h2>"The run that shows it"</h2>
                <Walker guide asks=false/>
                <h2>"Follow-up questions"</h2>
                <dl class="qa">{question.follow_ups.clone().into_iter().map(follow).collect_view()}</dl>
                <p class="src">"Sources: "{question.sources.clone()}</p>
            }
        }
    };
    let label = move || if phase.get() == Phase::Question { "Start thinking" } else { "Reveal" };
    view! {
        <article class="learn-column">
            <p class="crumb"><a href="#/learn/interview">"All questions"</a></p>
            <h1>{question.title.clone()}</h1>
            <p class="question">{question.question.clone()}</p>
            {problem.map(|problem| view! { <p role="alert">"Its run cannot be played: "{problem}"."</p> })}
            {move || (phase.get() == Phase::Think).then(&think)}
            {move || (phase.get() == Phase::Reveal).then(&reveal)}
            {move || (phase.get() != Phase::Reveal).then(|| view! {
                <p class="go"><button node_ref=on class="btn primary" data-act="Phase" on:click=go_on>{label} <kbd aria-hidden="true" data-key="Space"></kbd></button></p>
            })}
        </article>
        {move || (phase.get() == Phase::Reveal).then(|| view! { <Pager guide>""</Pager> })}
    }
}
