//! The steps of a walk: dots, the caption of the present one, its question, back and next.

use super::guide::{Guide, Mode};
use super::predict::Prediction;
use crate::words::en::learn as say;
use leptos::prelude::*;

#[component]
pub fn Walker(guide: Guide, #[prop(default = true)] asks: bool) -> impl IntoView {
    let dots = move || {
        let stops = guide.stops.get();
        let dot = move |(index, stop): (usize, crate::lessons::walk::Stop)| {
            let class = move || match index.cmp(&guide.step.get()) {
                std::cmp::Ordering::Less => "dot done",
                std::cmp::Ordering::Equal => "dot cur",
                std::cmp::Ordering::Greater => "dot",
            };
            let current = move || (guide.step.get() == index).then_some("step");
            let name = say::step_name(index + 1, &stop.title);
            view! {
                <li><button class=class aria-label=name aria-current=current title=stop.title.clone() on:click=move |_| guide.jump(index)>{index + 1}</button></li>
            }
        };
        stops.into_iter().enumerate().map(dot).collect_view()
    };
    let stop = Memo::new(move |_| {
        let step = guide.step.get();
        guide.stops.with(|stops| stops.get(step).cloned())
    });
    let title = move || stop.get().map(|stop| stop.title).unwrap_or_default();
    let caption = move || stop.get().map(|stop| stop.caption).unwrap_or_default();
    let question = Memo::new(move |_| {
        guide.stops.track();
        if asks { guide.question(guide.step.get()) } else { None }
    });
    let aside = move || match guide.mode.get() {
        Mode::Running => say::RUN_UNDER_WAY,
        Mode::Free => say::YOU_HAVE_THE_CONTROLS,
        _ => "",
    };
    view! {
        <ol class="dots" aria-label=say::STEPS>{dots}</ol>
        <div class="step" data-mode=move || format!("{:?}", guide.mode.get())>
            <h2 class="step-title">{title}</h2>
            <p class="caption">{caption}</p>
            <p class="aside-line" role="status">{aside}</p>
            {move || question.get().map(|question| {
                let step = guide.step.get_untracked();
                view! { <Prediction guide question name=format!("step-{step}") on_answer=None/> }
            })}
        </div>
    }
}

/// Back and next, below the text.
#[component]
pub fn Pager(guide: Guide, children: Children) -> impl IntoView {
    let at_start = move || guide.step.get() == 0 && guide.mode.get() == Mode::Held && !guide.revealed.get();
    let at_end = move || guide.step.get() >= guide.last();
    let next = move || if guide.mode.get() == Mode::Running { say::SKIP_AHEAD } else { say::NEXT };
    let count = move || say::step_of(guide.step.get() + 1, guide.last() + 1);
    view! {
        <nav class="pager" aria-label=say::STEPS_OF_THE_LESSON>
            <button class="btn" data-act="Back" aria-disabled=move || at_start().to_string() aria-keyshortcuts="PageUp" on:click=move |_| guide.previous()>
                {say::BACK} <kbd aria-hidden="true" data-key="PgUp"></kbd>
            </button>
            <span class="pager-count">{count}</span>
            <button class="btn primary" data-act="Next" aria-disabled=move || at_end().to_string() aria-keyshortcuts="PageDown" on:click=move |_| guide.next()>
                {next} <kbd aria-hidden="true" data-key="PgDn"></kbd>
            </button>
            <span class="grow"></span>
            {children()}
        </nav>
    }
}
