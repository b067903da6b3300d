//! A timed mock interview: one prompt after the other, with what the interviewer listens for.

use super::fetching::{fetch, shown};
use crate::lessons::interview::{Mock, read_book};
use crate::words::en::learn as say;
use gloo_timers::callback::Interval;
use leptos::prelude::*;

/// Counts down, and says so quietly: the number is no live region.
#[component]
pub fn Countdown(seconds: u64) -> impl IntoView {
    let left = RwSignal::new(seconds);
    let ticking = StoredValue::new_local(Some(Interval::new(1_000, move || {
        left.try_update(|left| *left = left.saturating_sub(1));
    })));
    on_cleanup(move || {
        ticking.try_update_value(|ticking| drop(ticking.take()));
    });
    let text = move || format!("{}:{:02}", left.get() / 60, left.get() % 60);
    view! {
        <p class="countdown" class:over=move || left.get() == 0 role="timer" aria-label=say::TIME_LEFT>
            <b>{text}</b>
            <span>{move || if left.get() == 0 { say::TIME_IS_UP } else { "" }}</span>
        </p>
    }
}

#[component]
pub fn MockPage(id: String) -> impl IntoView {
    let book = fetch("interview/index.en.json".into(), read_book);
    shown(book, move |book| match book.mocks.into_iter().find(|mock| mock.id == id) {
        Some(mock) => view! { <Opened mock/> }.into_any(),
        None => view! { <p role="alert">{say::THERE_IS_NO_SUCH_INTERVIEW}</p> }.into_any(),
    })
}

#[component]
fn Opened(mock: Mock) -> impl IntoView {
    // 0: not begun; then the number of the prompt; after the last, the end.
    let at = RwSignal::new(0_usize);
    let listening = RwSignal::new(false);
    let count = mock.prompts.len();
    let minutes = mock.prompts.iter().map(|prompt| prompt.seconds).sum::<u64>().div_ceil(60);
    let prompts = mock.prompts.clone();
    let prompt = move || {
        let number = at.get();
        let prompt = number.checked_sub(1).and_then(|index| prompts.get(index).cloned())?;
        let listen = prompt.listen.clone();
        let see = (!prompt.see.is_empty()).then(|| prompt.see.clone());
        Some(view! {
            <section class="prompt">
                <h2>{say::part_of(number, count)}</h2>
                <p class="question">{prompt.say}</p>
                <Countdown seconds=prompt.seconds/>
                {move || listening.get().then(|| view! {
                    <h3>{say::WHAT_THE_INTERVIEWER_LISTENS_FOR}</h3>
                    <ul class="points">{listen.clone().into_iter().map(|point| view! { <li><label class="point"><input type="checkbox"/><span>{point}</span></label></li> }).collect_view()}</ul>
                    {see.clone().map(|see| view! { <p><a href=format!("#/learn/interview/{see}")>{say::TO_THE_CARD}</a></p> })}
                })}
            </section>
        })
    };
    let label = move || match at.get() {
        0 => say::BEGIN,
        number if number > count => say::AGAIN,
        _ if !listening.get() => say::I_HAVE_SAID_IT,
        number if number == count => say::FINISH,
        _ => say::NEXT_PART,
    };
    let go_on = move |_| {
        let number = at.get_untracked();
        if number >= 1 && number <= count && !listening.get_untracked() {
            listening.set(true);
            return;
        }
        listening.set(false);
        at.set(if number > count { 0 } else { number + 1 });
    };
    view! {
        <article class="learn-paper">
            <p class="crumb"><a href="#/learn/interview">{say::ALL_QUESTIONS}</a></p>
            <h1>{mock.title.clone()}</h1>
            <p class="lead">{mock.about.clone()}" "{count}" parts, "{minutes}" minutes."</p>
            {prompt}
            {move || (at.get() > count).then(|| view! { <p class="lead" role="status">{say::MOCK_IS_OVER}</p> })}
            <p class="go"><button class="btn primary" data-act="Phase" on:click=go_on>{label}</button></p>
        </article>
    }
}
