//! The menu beside a node or a link, opened where it was clicked.

use super::act_bar::ActButton;
use super::acts::Act;
use super::links::LinkAct;
use crate::sim::place::Place;
use crate::ui::doors::Doors;
use crate::ui::selection::Selection;
use crate::ui::session::Session;
use crate::ui::widgets::roving::rove;
use crate::words::en::faults as say;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

const FIRST: [Act; 5] = [Act::CrashOrRestart, Act::PauseOrResume, Act::CutOffOrRejoin, Act::TimeOutNow, Act::Write];
const MORE: [Act; 8] = [
    Act::Read,
    Act::HandOver,
    Act::Resign,
    Act::ForgetLeader,
    Act::Skew(200_000),
    Act::Skew(-200_000),
    Act::Skew(0),
    Act::Wipe,
];

#[component]
pub fn Menu(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    move || {
        let open = doors.menu.get();
        open.map(|(selection, at)| view! { <OpenMenu session selection at=at.unwrap_or((40, 80))/> })
    }
}

#[component]
fn OpenMenu(session: Session, selection: Selection, at: (i32, i32)) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let node: NodeRef<html::Div> = NodeRef::new();
    let opener = StoredValue::new_local(document().active_element());
    Effect::new(move |_| {
        let Some(menu) = node.get() else { return };
        place_beside(&menu, at);
        if let Ok(Some(first)) = menu.query_selector("button")
            && let Ok(first) = first.dyn_into::<HtmlElement>()
        {
            let _ = first.focus();
        }
    });
    let close = move || {
        doors.menu.set(None);
        opener.with_value(|opener| {
            // A node of the stage is no HTML element, but it takes the focus too.
            if let Some(opener) = opener {
                let _ = opener.unchecked_ref::<HtmlElement>().focus();
            }
        });
    };
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
        "Tab" => doors.menu.set(None),
        _ => rove(&event, "button", false),
    };
    let (name, items) = match selection {
        Selection::Place(place) => (place.to_string(), view! { <NodeItems session place/> }.into_any()),
        Selection::Link(a, b) => (say::link(a, b), view! { <LinkItems session a b/> }.into_any()),
        Selection::Message(_) => return ().into_any(),
    };
    view! {
        <div class="menu-back" on:pointerdown=move |_| doors.menu.set(None)></div>
        <div node_ref=node class="menu" role="group" aria-label=say::what_to_do(&name) on:keydown=on_key>
            {items}
        </div>
    }
    .into_any()
}

#[component]
fn NodeItems(session: Session, place: Place) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let more = RwSignal::new(false);
    let item = move |act: Act| {
        let target = Signal::derive(move || Some(place));
        view! { <div class="menu-item" on:click=move |_| doors.menu.set(None)><ActButton session act target short=true/></div> }
    };
    let links = move |_| {
        doors.menu.set(None);
        doors.wires.set(true);
    };
    move || {
        if more.get() {
            view! {
                <div class="menu-item"><button class="btn" on:click=links>{say::LINKS_MORE}</button></div>
                {MORE.map(item).collect_view()}
                <p class="menu-note">{say::WIPING_A_DISK_BREAKS}</p>
            }
            .into_any()
        } else {
            view! {
                {FIRST.map(item).collect_view()}
                <div class="menu-item">
                    <button class="btn" on:click=move |_| more.set(true)>{say::MORE_ACTS}</button>
                </div>
            }
            .into_any()
        }
    }
}

#[component]
fn LinkItems(session: Session, a: Place, b: Place) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let item = move |act: LinkAct| {
        let act_now = move |_| {
            doors.menu.set(None);
            act.faults(a, b).into_iter().for_each(|fault| session.act(fault));
        };
        view! {
            <div class="menu-item">
                <button class="btn" data-link-act=format!("{act:?}") on:click=act_now>{act.label(a, b)}</button>
            </div>
        }
    };
    LinkAct::ALL.map(item).collect_view()
}

/// Where it was opened, but never outside the window.
fn place_beside(menu: &HtmlElement, at: (i32, i32)) {
    const EDGE: f64 = 8.0;
    let own = menu.get_bounding_client_rect();
    let size =
        |length: Result<wasm_bindgen::JsValue, _>| length.ok().and_then(|length| length.as_f64()).unwrap_or(800.0);
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let left = f64::from(at.0).min(width - own.width() - EDGE).max(EDGE);
    let top = f64::from(at.1).min(height - own.height() - EDGE).max(EDGE);
    let style = HtmlElement::style(menu);
    let _ = style.set_property("left", &format!("{left:.0}px"));
    let _ = style.set_property("top", &format!("{top:.0}px"));
    let _ = style.set_property("visibility", "visible");
}
