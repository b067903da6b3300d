//! Why, and why not: the chain of causes as steps, each a way to its moment.

use crate::ui::doors::Doors;
use crate::ui::selection::Selection;
use crate::ui::session::Session;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::panels as say;
use crate::words::numbers::instant;
use crate::words::why::{Answer, Cited, Question, Step, answer, asked, of_place, of_run};
use leptos::html;
use leptos::prelude::*;

/// Lies over the rail while an answer is open. It keeps the answer of the moment at which it was asked, so that the
/// steps can be walked.
#[component]
pub fn WhyPanel(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let found = Memo::new(move |_| doors.why.get().map(|question| ask(session, question)));
    // Another run has other events.
    Effect::new(move |before: Option<u32>| {
        let run = session.run.get();
        if before.is_some_and(|before| before != run) {
            doors.why.set(None);
        }
        run
    });
    move || found.get().map(|found| view! { <Chain session found/> })
}

fn ask(session: Session, question: Question) -> Answer {
    session.look(|sim| answer(&session.words(), sim, question))
}

#[component]
fn Chain(session: Session, found: Answer) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let title: NodeRef<html::H2> = NodeRef::new();
    let opener = StoredValue::new_local(document().active_element());
    Effect::new(move |_| {
        if let Some(title) = title.get() {
            let _ = title.focus();
        }
    });
    let close = move || {
        doors.why.set(None);
        use wasm_bindgen::JsCast;
        let back = opener.get_value().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(back) = back.filter(|back| back.is_connected()) {
            let _ = back.focus();
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
    };
    session.announcer.say(&found.question);
    let others = related(session, &found.question);
    let other = move |(question, text): (Question, String)| {
        view! { <button class="linkish" data-act="WhyElse" on:click=move |_| doors.why.set(Some(question))>{text}</button> }
    };
    let step = move |step: Step| {
        let source = step.rule.map(cited);
        let text = step.text;
        let inside = match (step.event, step.at) {
            (Some(event), Some(at)) => view! {
                <button class="why-step" on:click=move |_| session.go_to_event(event)>
                    <span class="ev-at">{instant(at)}</span>
                    <span>{text}</span>
                </button>
            }
            .into_any(),
            _ => view! { <p class="why-step"><span class="ev-at">{say::NOW}</span><span>{text}</span></p> }.into_any(),
        };
        view! { <li>{inside}{source}</li> }
    };
    view! {
        <section class="why-panel" role="dialog" aria-labelledby="why-title" on:keydown=on_key>
            <div class="why-head">
                <h2 id="why-title" node_ref=title tabindex="-1">{found.question}</h2>
                <button class="btn icon quiet" aria-label=say::CLOSE_THE_ANSWER on:click=move |_| close()><Icon glyph=Glyph::Close/></button>
            </div>
            <ol class="why-chain" tabindex="0" aria-labelledby="why-title">{found.steps.into_iter().map(step).collect_view()}</ol>
            <div class="why-asks" role="group" aria-label=say::ASK_ALSO>{others.into_iter().map(other).collect_view()}</div>
            <p class="why-foot">{say::WHAT_DECIDED_COMES_FIRST_THEN}</p>
        </section>
    }
}

fn cited(rule: Cited) -> impl IntoView {
    // Some sources end with the rule's own id.
    let id = rule.rule.to_string();
    let source = rule.source.strip_suffix(&id).unwrap_or(rule.source).trim_end_matches([';', ' ']).to_owned();
    let source = if source.is_empty() { format!("rule {id}") } else { format!("{source} \u{b7} rule {id}") };
    view! { <p class="why-rule">{rule.text}<span class="src">{source}</span></p> }
}

/// What else can be asked of the chosen node, or of the run.
fn related(session: Session, but: &str) -> Vec<(Question, String)> {
    let words = session.words();
    session.look(|sim| {
        let questions = match session.selected.get_untracked() {
            Some(Selection::Place(place)) => of_place(&words, sim, place),
            _ => vec![of_run(sim)],
        };
        let named = questions.into_iter().map(|question| (question, asked(&words, sim, question)));
        named.filter(|(_, text)| text != but).collect()
    })
}
