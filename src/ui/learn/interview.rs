//! Interview mode: a question, two minutes to think, then the points of an answer beside the run that shows it.

use super::fetching::{fetch, shown};
use super::guide::Guide;
use super::mock::Countdown;
use super::walker::{Pager, Walker};
use crate::lessons::interview::{Question, read_book, read_question};
use crate::words::en::learn as say;
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
                <p class="crumb"><a href="#/learn">{say::ALL_LESSONS}</a></p>
                <h1>{say::INTERVIEW_MODE}</h1>
                <p class="lead">{say::INTERVIEW_LEAD}</p>
                <h2>{say::MOCK_INTERVIEWS}</h2>
                <ul class="doors">
                    {book.mocks.into_iter().map(|mock| view! {
                        <li><a class="door" href=format!("#/learn/interview/mock/{}", mock.id)><b>{mock.title}</b><span>{mock.about}</span></a></li>
                    }).collect_view()}
                </ul>
                <h2>{say::QUESTIONS}</h2>
                <ol class="question-list">
                    {book.questions.into_iter().map(|card| view! { <li><a href=format!("#/learn/interview/{}", card.id)>{card.title}</a></li> }).collect_view()}
                </ol>
                <p><a href="#/learn/sheet">{say::TO_CHEAT_SHEET}</a></p>
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
        let hint = |(index, hint): (usize, String)| view! { <details class="hint-box"><summary>{say::HINT}{index + 1}</summary><p>{hint}</p></details> };
        view! {
            <Countdown seconds=THINK/>
            <p class="aside-line">{say::THINK_ALOUD}</p>
            {hints.clone().into_iter().enumerate().map(hint).collect_view()}
        }
    };
    let reveal = {
        let question = question.clone();
        move || {
            let point = |point: String| view! { <li><label class="point"><input type="checkbox"/><span>{point}</span></label></li> };
            let follow = |(q, a): (String, String)| view! { <dt>{q}</dt><dd>{a}</dd> };
            view! {
                <h2>{say::A_GOOD_ANSWER_MENTIONS}</h2>
                <ul class="points">{question.points.clone().into_iter().map(point).collect_view()}</ul>
                <p><b>{say::A_STRONG_ANSWER}</b>{question.strong.clone()}</p>
                <div class="wrong-answer"><b>{say::COMMON_WRONG_ANSWER}</b><p>{question.wrong.clone()}</p></div>
                <h2>{say::THE_RUN_THAT_SHOWS_IT}</h2>
                <Walker guide asks=false/>
                <h2>{say::FOLLOW_UP_QUESTIONS}</h2>
                <dl class="qa">{question.follow_ups.clone().into_iter().map(follow).collect_view()}</dl>
                <p class="src">{say::SOURCES}{question.sources.clone()}</p>
            }
        }
    };
    let label = move || if phase.get() == Phase::Question { say::START_THINKING } else { say::REVEAL };
    view! {
        <article class="learn-column">
            <p class="crumb"><a href="#/learn/interview">{say::ALL_QUESTIONS}</a></p>
            <h1>{question.title.clone()}</h1>
            <p class="question">{question.question.clone()}</p>
            {problem.map(|problem| view! { <p role="alert">{say::ITS_RUN_CANNOT_BE_PLAYED}{problem}"."</p> })}
            {move || (phase.get() == Phase::Think).then(&think)}
            {move || (phase.get() == Phase::Reveal).then(&reveal)}
            {move || (phase.get() != Phase::Reveal).then(|| view! {
                <p class="go"><button node_ref=on class="btn primary" data-act="Phase" on:click=go_on>{label} <kbd aria-hidden="true" data-key="Space"></kbd></button></p>
            })}
        </article>
        {move || (phase.get() == Phase::Reveal).then(|| view! { <Pager guide>""</Pager> })}
    }
}
