//! Lab: thousands of runs, one question. The one way into everything under `ui/lab`.

use crate::ui::controls::nav::Pages;
use crate::ui::lab::address;
use crate::ui::lab::bench::LabBench;
use crate::ui::lab::controls::Controls;
use crate::ui::lab::open_run;
use crate::ui::lab::results::Results;
use crate::ui::parts::{SORRY, part};
use crate::ui::preferences::Preferences;
use crate::ui::session::Session;
use crate::ui::widgets::icon::{BrandMark, Glyph, Icon};
use crate::words::en::lab_page as say;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;

part! { lab: pub fn whole() -> AnyView { view! { <LabPage/> }.into_any() } }
part! { lab: fn follow(session: Session) -> () { open_run::follow(session); } }

/// Opens a run of the lab in Play, if that is what the address names.
pub fn open_named_run(session: Session) {
    if !window().location().hash().unwrap_or_default().contains("lab=") {
        return;
    }
    spawn_local(async move {
        if follow(session).await.is_err() {
            session.remark(SORRY.into());
        }
    });
}

#[component]
fn LabPage() -> impl IntoView {
    provide_context(Preferences::open(None, false, false));
    wear_own_style();
    turn_pages();
    let bench = LabBench::open(address::read());
    view! {
        <div class="lab">
            <LabHeader/>
            <Controls bench/>
            <Results bench/>
        </div>
    }
}

#[component]
fn LabHeader() -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let theme = move || crate::words::en::learn::theme(preferences.theme.get().name());
    let skip = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        let main =
            document().get_element_by_id("lab-main").and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(main) = main {
            let _ = main.focus();
        }
    };
    view! {
        <header class="top">
            <a class="skip" href="#lab-main" on:click=skip>{say::TO_THE_RESULT}</a>
            <a class="brand" href="#/play/raft" aria-label="Conclave"><BrandMark/><span class="brand-name">"Conclave"</span></a>
            <Pages/>
            <span class="grow"></span>
            <button class="btn icon quiet" data-act="Theme" aria-label=theme title=theme on:click=move |_| preferences.next_theme()>
                <Icon glyph=Glyph::Theme/>
            </button>
        </header>
    }
}

/// Another experiment in the same tab, by a link or by the browser's buttons: the page starts anew with it.
fn turn_pages() {
    let turned = Closure::<dyn FnMut()>::new(|| {
        let _ = window().location().reload();
    });
    let _ = window().add_event_listener_with_callback("hashchange", turned.as_ref().unchecked_ref());
    turned.forget();
}

/// The page's style sheet comes with the page.
fn wear_own_style() {
    const NAME: &str = "lab.css";
    let Some(head) = document().head() else { return };
    if head.query_selector("link[href='lab.css']").ok().flatten().is_some() {
        return;
    }
    if let Ok(link) = document().create_element("link") {
        let _ = link.set_attribute("rel", "stylesheet");
        let _ = link.set_attribute("href", NAME);
        let _ = head.append_child(&link);
    }
}
