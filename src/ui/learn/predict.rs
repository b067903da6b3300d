//! Predict, then run: choose, let the run answer, read why.

use super::guide::{Guide, Mode};
use crate::lessons::foresee::Question;
use crate::sim::event::EventId;
use crate::words::en::learn as say;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Prediction(
    guide: Guide,
    question: Question,
    /// Tells the choices of one question from those of another.
    name: String,
    /// Told once, with whether the answer was right.
    on_answer: Option<Callback<bool>>,
) -> impl IntoView {
    let chosen = RwSignal::new(None::<usize>);
    let answered = RwSignal::new(None::<usize>);
    let right = question.right;
    let letters = ["A", "B", "C", "D"];
    let told = RwSignal::new(false);
    let answer_box: NodeRef<html::Div> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(told) = answer_box.get() {
            told.scroll_into_view_with_bool(false);
        }
    });
    let revealed = move || answered.get().is_some() && guide.revealed.get();
    Effect::new(move |_| {
        if let (true, false, Some(answer)) = (guide.revealed.get(), told.get_untracked(), answered.get()) {
            told.set(true);
            if let Some(on_answer) = on_answer {
                on_answer.run(answer == right);
            }
        }
    });
    let option = {
        let name = name.clone();
        move |(index, choice): (usize, crate::lessons::foresee::Choice)| {
            let state = move || match (revealed(), index == right, answered.get() == Some(index)) {
                (true, true, _) => "opt right",
                (true, false, true) => "opt wrong",
                _ if chosen.get() == Some(index) => "opt sel",
                _ => "opt",
            };
            let mark = move || match (revealed(), index == right, answered.get() == Some(index)) {
                (true, true, _) => Some(view! { <em class="opt-mark">{say::THIS_HAPPENED}</em> }),
                (true, false, true) => Some(view! { <em class="opt-mark">{say::YOU_SAID_THIS}</em> }),
                _ => None,
            };
            let small = choice.small.clone();
            view! {
                <label class=state>
                    <input type="radio" name=name.clone() prop:checked=move || chosen.get() == Some(index) disabled=move || answered.get().is_some() on:change=move |_| chosen.set(Some(index))/>
                    <span class="slipk" aria-hidden="true">{letters.get(index).copied().unwrap_or("")}</span>
                    <span class="opt-text"><b>{choice.name.clone()}</b>{mark}<small>{small}</small></span>
                </label>
            }
        }
    };
    let run = {
        let question = question.clone();
        move |_| {
            if let (Some(choice), None) = (chosen.get_untracked(), answered.get_untracked()) {
                answered.set(Some(choice));
                guide.run_and_see(&question);
            }
        }
    };
    let feedback = {
        let question = question.clone();
        move || {
            let answer = answered.get().filter(|_| guide.revealed.get())?;
            let is_right = answer == question.right;
            let verdict =
                |index: usize| question.choices.get(index).map(|choice| choice.verdict.clone()).unwrap_or_default();
            let title = if is_right { say::RIGHT } else { say::NOT_THIS_TIME };
            let own = (!is_right && verdict(answer) != verdict(question.right)).then(|| verdict(answer));
            let line = (!question.line.is_empty()).then(|| question.line.clone());
            let rule = question.rule.clone();
            let chain = question.chain.clone();
            let link = move |(event, text): (Option<EventId>, String)| {
                match event {
                Some(event) => view! { <li><button class="linkish" on:click=move |_| guide.session.go_to_event(event)>{text}</button></li> }.into_any(),
                None => view! { <li>{text}</li> }.into_any(),
            }
            };
            guide.session.announcer.say(&format!("{title} {}", verdict(question.right)));
            Some(view! {
                <div node_ref=answer_box class="feedback" data-right=is_right.to_string()>
                    <p><b>{title}</b>" "{verdict(question.right)}</p>
                    {own.map(|own| view! { <p>{own}</p> })}
                    {line.map(|line| view! { <p class="feedback-line">{say::WHAT_DECIDED_IT}{line}</p> })}
                    {rule.map(|(text, source)| view! { <p class="feedback-rule">{text}<span class="src">{source}</span></p> })}
                    {(!chain.is_empty()).then(|| view! {
                        <details class="chain"><summary>{say::WHY}</summary><ol class="bullets">{chain.into_iter().map(link).collect_view()}</ol></details>
                    })}
                </div>
            })
        }
    };
    let waiting = move || answered.get().is_some() && !guide.revealed.get() && guide.mode.get() == Mode::Running;
    let ready = move || chosen.get().is_some() && answered.get().is_none();
    view! {
        <fieldset class="q">
            <legend><span class="qk">{say::PREDICT_THEN_RUN}</span>{question.ask.clone()}</legend>
            {question.choices.clone().into_iter().enumerate().map(option).collect_view()}
            <div class="go" class:away=move || answered.get().is_some()>
                <button class="btn primary" data-act="Run" aria-disabled=move || (!ready()).to_string() on:click=run>{say::RUN_AND_SEE}</button>
                <span class="hint">{say::ANSWERED_BY_THIS_RUN}</span>
            </div>
            <p class="hint" role="status">{move || waiting().then_some(say::THE_RUN_ANSWERS)}</p>
            {feedback}
        </fieldset>
    }
}
