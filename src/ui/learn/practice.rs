//! Practice: fresh questions by family and difficulty. The score stays on this device.

use super::fetching::{fetch, shown};
use super::guide::Guide;
use super::predict::Prediction;
use crate::lessons::practice::{Situation, deal, read_situations};
use crate::playback::arrival::Arrival;
use crate::playback::player::Moment;
use crate::words::en::learn as say;
use crate::words::lookup::Words;
use leptos::prelude::*;

/// Right answers and questions answered, as `3/5`.
const SCORE: &str = "conclave.practice";

#[component]
pub fn PracticePage(guide: Guide) -> impl IntoView {
    let situations = fetch("lessons/practice.en.json".into(), read_situations);
    shown(situations, move |situations| view! { <Table situations guide/> }.into_any())
}

#[component]
fn Table(situations: Vec<Situation>, guide: Guide) -> impl IntoView {
    let family = RwSignal::new(String::new());
    let level = RwSignal::new(0_u64);
    let number = RwSignal::new(some_number());
    let score = RwSignal::new(read_score());
    let mut families: Vec<String> = Vec::new();
    for situation in &situations {
        if !families.contains(&situation.family) {
            families.push(situation.family.clone());
        }
    }
    let situations = StoredValue::new(situations);
    let dealt = Memo::new(move |_| {
        let (family, level, number) = (family.get(), level.get(), number.get());
        situations.with_value(|situations| deal(situations, &family, level, number))
    });
    Effect::new(move |_| {
        if let Ok(dealt) = dealt.get() {
            let at = Arrival::Moment(Moment { at: dealt.moment.at, done: dealt.done });
            guide.show(dealt.recording, at);
        }
    });
    let on_answer = Callback::new(move |right: bool| {
        score.update(|(good, all)| {
            *good += u32::from(right);
            *all += 1;
        });
        write_score(score.get_untracked());
    });
    let card = move || {
        match dealt.get() {
        Ok(dealt) => view! {
            <p class="caption">{dealt.story.clone()}</p>
            <Prediction guide question=dealt.question.clone() name=format!("deal-{}", number.get_untracked()) on_answer=Some(on_answer)/>
        }
        .into_any(),
        Err(message) => view! { <p role="alert">{message}</p> }.into_any(),
    }
    };
    let choose_family = move |event| family.set(event_target_value(&event));
    let choose_level = move |event| level.set(event_target_value(&event).parse().unwrap_or(0));
    let shown_score = move || match score.get() {
        (_, 0) => say::NO_ANSWERS_YET.into(),
        (good, all) => say::score(good.into(), all.into()),
    };
    view! {
        <article class="learn-column">
            <p class="crumb"><a href="#/learn">{say::ALL_LESSONS}</a></p>
            <h1>{say::PRACTICE}</h1>
            <div class="deal-bar">
                <label class="field"><span class="field-name">{say::FAMILY}</span>
                    <select class="pick" data-act="Family" on:change=choose_family>
                        <option value="">{say::ANY}</option>
                        {families.into_iter().map(|id| {
                            let name = Words::of(&id).family_name(&id);
                            view! { <option value=id>{name}</option> }
                        }).collect_view()}
                    </select>
                </label>
                <label class="field"><span class="field-name">{say::DIFFICULTY}</span>
                    <select class="pick" data-act="Level" on:change=choose_level>
                        <option value="0">{say::ANY}</option>
                        <option value="1">{say::EASY}</option>
                        <option value="2">{say::MEDIUM}</option>
                        <option value="3">{say::HARD}</option>
                    </select>
                </label>
            </div>
            {card}
        </article>
        <nav class="pager" aria-label=say::PRACTICE>
            <button class="btn primary" data-act="Deal" on:click=move |_| number.update(|number| *number += 1)>{say::NEXT_QUESTION}</button>
            <span class="pager-count" role="status">{shown_score}</span>
            <span class="grow"></span>
            <button class="btn quiet" on:click=move |_| { score.set((0, 0)); write_score((0, 0)); }>{say::FORGET_THE_SCORE}</button>
        </nav>
    }
}

/// Another one at each visit: only the choice of the run hangs on it, never its outcome.
fn some_number() -> u64 {
    let now = js_sys::Date::now();
    if now.is_finite() && now > 0.0 { now as u64 } else { 1 }
}

/// Storage may be forbidden: then the score lasts as long as the page.
fn read_score() -> (u32, u32) {
    let stored = window().local_storage().ok().flatten().and_then(|storage| storage.get_item(SCORE).ok().flatten());
    let parts = stored.as_deref().and_then(|text| text.split_once('/'));
    parts.and_then(|(good, all)| Some((good.parse().ok()?, all.parse().ok()?))).unwrap_or((0, 0))
}

fn write_score((good, all): (u32, u32)) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(SCORE, &format!("{good}/{all}"));
    }
}
