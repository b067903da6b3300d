//! Parts of the embed that Play has otherwise: the last events, full screen.

use super::wishes::Wishes;
use crate::sim::time::MILLISECOND;
use crate::ui::session::Session;
use crate::ui::widgets::full_screen;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::framed as say;
use crate::words::event_line::{Topic, event_line};
use crate::words::numbers::instant;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// What the address of this page wishes.
pub fn wishes() -> Wishes {
    let location = window().location();
    let (hash, search) = (location.hash().unwrap_or_default(), location.search().unwrap_or_default());
    let query = hash.split_once('?').map_or("", |(_, query)| query);
    Wishes::read(&format!("{}&{query}", search.trim_start_matches('?')))
}

/// The size of the frame, kept up to date.
pub fn frame_size() -> RwSignal<(f64, f64)> {
    let measured = || {
        let side = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0);
        (side(window().inner_width()), side(window().inner_height()))
    };
    let size = RwSignal::new(measured());
    let resized = Closure::<dyn FnMut()>::new(move || crate::ui::session::set_if_new(size, measured()));
    let _ = window().add_event_listener_with_callback("resize", resized.as_ref().unchecked_ref());
    resized.forget();
    size
}

/// Pauses at the stop; there Play begins anew, and so does a run that repeats.
pub fn keep_to_stop(session: Session, wishes: &Wishes) {
    let Some(stop) = wishes.stop else { return };
    let repeats = wishes.repeats;
    let now = session.now.get_untracked();
    let start = if now < stop { now } else { 0 };
    Effect::new(move |was_playing: Option<bool>| {
        let playing = session.playing.get();
        if playing && session.now.get() >= stop {
            match was_playing == Some(true) && !repeats {
                true => {
                    session.pause();
                    session.seek(stop);
                    return false;
                }
                false => session.seek(start),
            }
        }
        playing
    });
}

/// The wheel belongs to the page around: nothing in the frame may take it, but for zooming with a key held.
pub fn leave_the_wheel() {
    let wheel = Closure::<dyn FnMut(web_sys::WheelEvent)>::new(|event: web_sys::WheelEvent| {
        if !event.ctrl_key() {
            event.stop_propagation();
        }
    });
    let _ = window().add_event_listener_with_callback_and_bool("wheel", wheel.as_ref().unchecked_ref(), true);
    wheel.forget();
}

/// The last things that happened.
#[component]
pub fn LastEvents(session: Session) -> impl IntoView {
    const SHOWN: usize = 3;
    let lines = move || {
        let words = session.words();
        session.look_now_and_then(|sim| {
            let told = |topic: Topic| matches!(topic, Topic::Acts | Topic::Leadership | Topic::Clients);
            let lines = sim.history().events().rev().map(|event| event_line(&words, sim, event));
            let mut lines: Vec<_> = lines.filter(|line| !line.routine && told(line.topic)).take(SHOWN).collect();
            lines.reverse();
            lines
        })
    };
    view! {
        <ol class="embed-log" aria-label=say::WHAT_HAPPENED>
            {move || lines().into_iter().map(|line| view! { <li><b>{instant(line.at / MILLISECOND * MILLISECOND)}</b>{line.text}</li> }).collect_view()}
        </ol>
    }
}

/// Where the page around allows it.
#[component]
pub fn FullScreen(session: Session) -> impl IntoView {
    let toggle = move |_| match full_screen::is_taken() {
        true => full_screen::leave(),
        false => full_screen::take(session),
    };
    document().fullscreen_enabled().then(|| {
        view! {
            <button class="btn icon quiet embed-full" data-act="FullScreen" aria-label=say::FULL_SCREEN title=say::FULL_SCREEN on:click=toggle>
                <Icon glyph=Glyph::FullScreen/>
            </button>
        }
    })
}
