//! The left side: which question, with which settings, how many runs; and how far they are.

use super::address::{MOST_TRIALS, OWN};
use super::bench::{LabBench, Phase, Progress};
use super::knob_field::KnobField;
use super::own_form::OwnForm;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::lab_page as say;
use leptos::prelude::*;

#[component]
pub fn Controls(bench: LabBench) -> impl IntoView {
    let is_own = Memo::new(move |_| bench.address.with(|address| address.experiment == OWN));
    view! {
        <section class="lab-side" aria-label=say::EXPERIMENT>
            <h2>{say::MEASURE_IT}</h2>
            <p class="lab-lead">{say::LEAD}</p>
            <Question bench/>
            {move || is_own.get().then(|| view! { <OwnForm bench/> })}
            <Knobs bench/>
            <Amount bench/>
            <RunButton bench/>
            <Bar bench/>
            <ul class="lab-problems" role="alert">
                {move || bench.problems.get().into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Question(bench: LabBench) -> impl IntoView {
    let changed = move |event| {
        let id = event_target_value(&event);
        bench.go(|address| {
            address.experiment = id;
            address.changes.clear();
            address.table = false;
        });
    };
    let chosen = move |id: &'static str| bench.address.with(|address| address.experiment == id);
    let group = move |&(head, entries): &(&'static str, &'static [(&'static str, &'static str)])| {
        let option = move |&(id, name): &(&'static str, &'static str)| {
            view! { <option value=id selected=move || chosen(id)>{name}</option> }
        };
        view! { <optgroup label=head>{entries.iter().map(option).collect_view()}</optgroup> }
    };
    view! {
        <label class="lab-field">
            <span>{say::QUESTION}</span>
            <select class="pick" data-act="Question" on:change=changed>{say::SHELF.iter().map(group).collect_view()}</select>
        </label>
    }
}

/// What the experiment offers to change.
#[component]
fn Knobs(bench: LabBench) -> impl IntoView {
    // The fields stay while their values change, and with them the focus.
    let knobs = Memo::new(move |_| bench.loaded.with(|it| it.as_ref().map(|it| it.experiment.show.knobs.clone())));
    let has_changes = move || bench.address.with(|address| !address.changes.is_empty());
    view! {
        <div class="lab-knobs">{move || knobs.get().map(|knobs| knobs.into_iter().map(|knob| view! { <KnobField bench knob/> }).collect_view())}</div>
        {move || has_changes().then(|| view! {
            <button class="linkish lab-reset" data-act="ResetKnobs" on:click=move |_| bench.go(|address| address.changes.clear())>{say::AS_PUBLISHED_AGAIN}</button>
        })}
    }
}

/// How many runs, and from which seed on.
#[component]
fn Amount(bench: LabBench) -> impl IntoView {
    let number = |event: &web_sys::Event| event_target_value(event).replace([' ', '\u{202f}'], "").parse::<u64>().ok();
    let trials = move |event: web_sys::Event| {
        bench.trials.set(number(&event).unwrap_or(1_000).clamp(1, MOST_TRIALS));
    };
    let first = move |event: web_sys::Event| bench.first_seed.set(number(&event).unwrap_or(1).min(1 << 50));
    view! {
        <div class="lab-amount">
            <label class="lab-field">
                <span>{say::RUNS_PER_CASE}</span>
                <input type="number" class="pick" data-act="Trials" min="1" max=MOST_TRIALS.to_string() prop:value=move || bench.trials.get().to_string() on:change=trials/>
            </label>
            <label class="lab-field">
                <span>{say::FIRST_SEED}</span>
                <input type="number" class="pick" data-act="FirstSeed" min="0" prop:value=move || bench.first_seed.get().to_string() on:change=first/>
            </label>
        </div>
    }
}

#[component]
fn RunButton(bench: LabBench) -> impl IntoView {
    let running = move || bench.progress.with(|progress| progress.phase == Phase::Running);
    let cases = move || bench.loaded.with(|loaded| loaded.as_ref().map_or(0, |it| it.experiment.cases.len())) as u64;
    let words = move || match (running(), cases()) {
        (true, _) => say::STOP.to_owned(),
        (_, 0) => say::LOADING.to_owned(),
        (_, cases) => say::run(cases, bench.trials.get()),
    };
    let press = move |_| if running() { bench.stop() } else { bench.run() };
    view! {
        <button class="btn primary lab-run" data-act="RunLab" aria-disabled=move || (cases() == 0).to_string() on:click=press>
            {move || if running() { view! { <Icon glyph=Glyph::Bars/> } } else { view! { <Icon glyph=Glyph::Play/> } }}
            <span>{words}</span>
        </button>
    }
}

#[component]
fn Bar(bench: LabBench) -> impl IntoView {
    let part = move || bench.progress.with(|progress| (progress.done as f64, progress.total.max(1) as f64));
    view! {
        <progress class="lab-bar" aria-label=say::RUNS_DONE max=move || part().1.to_string() value=move || part().0.to_string()></progress>
        <p class="lab-progress" data-phase=move || bench.progress.with(|progress| format!("{:?}", progress.phase))>
            {move || bench.progress.with(told)}
        </p>
    }
}

/// `12 000 of 60 000, about 3 s left`.
fn told(progress: &Progress) -> String {
    let Progress { phase, done, total, left, took } = *progress;
    let of = say::done_of(done, total);
    match phase {
        Phase::Idle => say::NOTHING_HAS_BEEN_RUN_YET.into(),
        Phase::Running => match left {
            Some(left) if left >= 950.0 => say::seconds_left(&of, (left / 1_000.0).round() as u64),
            Some(_) => say::nearly_done(&of),
            None => of,
        },
        Phase::Stopped => say::stopped_after(&of),
        Phase::Done => say::runs_took(done, took.round() as u64),
    }
}
