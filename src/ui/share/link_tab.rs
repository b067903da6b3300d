//! The run as an address, or as one file.

use super::pieces::{Copied, base, run_of};
use super::start::{EventField, From, Start};
use crate::share::link::LONG;
use crate::ui::session::Session;
use crate::words::sharing as say;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

#[component]
pub fn LinkTab(session: Session) -> impl IntoView {
    let start = Start::new(session);
    let family = session.setup.with_untracked(|setup| setup.algorithm().id());
    let run = run_of(session);
    let address = Memo::new(move |_| {
        let moment = start.parameter(&run).map_or_else(String::new, |moment| format!("&t={moment}"));
        format!("{}#/play/{family}?{run}{moment}", base())
    });
    let choice = move |name: &'static str, value: From| {
        view! {
            <label class="check"><input type="radio" name="start" data-start=name prop:checked=move || start.from.get() == value on:change=move |_| start.from.set(value)/>{name}</label>
        }
    };
    view! {
        <p class="hint">{say::STARTS}</p>
        <fieldset class="checks">
            <legend>{say::START_AT}</legend>
            {choice(say::THIS_MOMENT, From::Here)}
            {choice(say::BEGINNING, From::Beginning)}
            {choice(say::EVENT, From::Event)}
            <EventField start/>
        </fieldset>
        <Copied text=address name=say::TABS[0]/>
        <p class="hint" data-what="length">{move || say::length(address.with(String::len))}</p>
        <p class="hint">{move || address.with(|address| if address.len() > LONG { say::LONG } else { "" })}</p>
        <Offline address/>
    }
}

/// Everything in one file. The page's own files are put together by a script of its own, loaded when it is asked for.
#[component]
fn Offline(address: Memo<String>) -> impl IntoView {
    let state = RwSignal::new(say::OFFLINE);
    let save = move |_| {
        let fragment = address.with_untracked(|address| address.find('#').map(|at| address[at..].to_owned()));
        let Some(root) = document().document_element() else { return };
        let _ = root.set_attribute("data-offline", &fragment.unwrap_or_default());
        state.set(say::OFFLINE_WORKS);
        let Ok(script) = document().create_element("script") else { return };
        let ended = |words: &'static str| Closure::<dyn FnMut()>::new(move || state.set(words)).into_js_value();
        let _ = root.add_event_listener_with_callback("conclave-saved", ended(say::OFFLINE_DONE).unchecked_ref());
        let _ = root.add_event_listener_with_callback("conclave-not-saved", ended(say::OFFLINE_FAILED).unchecked_ref());
        let _ = script.add_event_listener_with_callback("error", ended(say::OFFLINE_FAILED).unchecked_ref());
        let _ = script.set_attribute("type", "module");
        // Asked for again, it runs again.
        let _ = script.set_attribute("src", &format!("offline.js?{}", js_sys::Date::now()));
        let _ = root.append_child(&script);
    };
    view! {
        <section class="share-offline">
            <button class="btn" data-act="Offline" on:click=save><span aria-live="polite">{state}</span></button>
            <p class="hint">{say::OFFLINE_HINT}</p>
        </section>
    }
}
