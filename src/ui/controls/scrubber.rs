//! The whole run as one line: who led when, what was done, and a handle to drag to any moment.

use crate::sim::measures::Tenure;
use crate::sim::time::{MILLISECOND, Micros, SECOND};
use crate::ui::chronicle::{Flag, FlagKind};
use crate::ui::session::Session;
use crate::ui::widgets::seal::wax;
use crate::words::numbers::instant;
use leptos::html;
use leptos::prelude::*;
use web_sys::PointerEvent;

/// A run shorter than this does not fill the line yet.
const AT_LEAST: Micros = 2 * SECOND;
/// As many flags as can be told apart.
const MOST_FLAGS: usize = 60;
const MOST_BARS: usize = 120;

#[component]
pub fn Scrubber(session: Session) -> impl IntoView {
    let line: NodeRef<html::Div> = NodeRef::new();
    let dragging = RwSignal::new(false);
    let was_playing = StoredValue::new(false);
    let whole = move || session.newest.get().max(AT_LEAST);
    let seek_to = move |event: &PointerEvent| {
        let Some(line) = line.get_untracked() else { return };
        let room = line.get_bounding_client_rect();
        let part = ((f64::from(event.client_x()) - room.left()) / room.width().max(1.0)).clamp(0.0, 1.0);
        let whole = session.newest.get_untracked().max(AT_LEAST);
        let to = (part * whole as f64) as Micros;
        session.seek(to.min(session.newest.get_untracked()));
    };
    let down = move |event: PointerEvent| {
        was_playing.set_value(session.playing.get_untracked());
        session.playing.set(false);
        dragging.set(true);
        if let Some(line) = line.get_untracked() {
            let _ = line.set_pointer_capture(event.pointer_id());
        }
        seek_to(&event);
    };
    let moved = move |event: PointerEvent| {
        if dragging.get_untracked() {
            seek_to(&event);
        }
    };
    let up = move |_| {
        if dragging.get_untracked() {
            dragging.set(false);
            // Let go at the newest moment: the run goes on as it did.
            session.playing.set(was_playing.get_value() && session.is_live());
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let now = session.now.get_untracked();
        let far = if event.shift_key() { 100 * MILLISECOND } else { 10 * MILLISECOND };
        let newest = session.newest.get_untracked();
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now.saturating_sub(far),
            "ArrowRight" | "ArrowUp" => (now + far).min(newest),
            "PageDown" => now.saturating_sub(SECOND),
            "PageUp" => (now + SECOND).min(newest),
            "Home" => 0,
            "End" => newest,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        session.pause();
        session.seek(to);
    };
    let percent = move |at: Micros| format!("{:.3}%", at as f64 * 100.0 / whole() as f64);
    let now = move || percent(session.pulse.get().min(whole()));
    let spoken = move || {
        session.pulse.track();
        format!(
            "{} milliseconds. {}",
            session.now.get_untracked() / MILLISECOND,
            session.headline.with(|headline| headline.title.clone())
        )
    };
    view! {
        <section class="scrub" aria-label="The whole run">
            <div
                node_ref=line
                class="scrub-line"
                role="slider"
                tabindex="0"
                aria-label="Moment of the run"
                aria-valuemin="0"
                aria-valuemax=move || (session.newest.get() / MILLISECOND).to_string()
                aria-valuenow=move || (session.pulse.get() / MILLISECOND).to_string()
                aria-valuetext=spoken
                data-act="Scrub"
                on:pointerdown=down
                on:pointermove=moved
                on:pointerup=up
                on:pointercancel=up
                on:keydown=on_key
            >
                <div class="scrub-track"></div>
                <div class="scrub-known" style:width=move || percent(session.newest.get())></div>
                <Bars session/>
                <Flags session/>
                <div class="scrub-hand" style:left=now></div>
            </div>
        </section>
    }
}

/// One bar of wax for every reign.
#[component]
fn Bars(session: Session) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let newest = session.newest.get_untracked();
        session.look_now_and_then(|sim| {
            let tenures = &sim.kernel().measures.tenures;
            let now = sim.now();
            let bar = |tenure: &Tenure| (wax(tenure.reign), tenure.from, tenure.until.unwrap_or(now));
            (newest.max(AT_LEAST), tenures.iter().rev().take(MOST_BARS).map(bar).collect::<Vec<_>>())
        })
    });
    move || {
        let (whole, bars) = shown.get();
        let part = move |at: Micros| at as f64 * 100.0 / whole as f64;
        let bar = move |(class, from, until): (&'static str, Micros, Micros)| {
            let style = format!("left:{:.3}%;width:{:.3}%", part(from), part(until.saturating_sub(from)));
            view! { <i class=format!("scrub-bar {class}") style=style></i> }
        };
        bars.into_iter().map(bar).collect_view()
    }
}

/// Acts as ink flags, new leaders as small ticks.
#[component]
fn Flags(session: Session) -> impl IntoView {
    let shown = Memo::new(move |_| {
        session.pulse.track();
        let flags = session.with_chronicle(|chronicle| {
            let of_note = |flag: &&Flag| !matches!(flag.kind, FlagKind::Runs(..));
            chronicle.flags.iter().rev().filter(of_note).take(MOST_FLAGS).copied().collect::<Vec<Flag>>()
        });
        (session.newest.get_untracked().max(AT_LEAST), flags)
    });
    move || {
        let (whole, flags) = shown.get();
        let flag = move |flag: Flag| {
            let class = if matches!(flag.kind, FlagKind::Act(_)) { "scrub-flag" } else { "scrub-flag lead" };
            let style = format!("left:{:.3}%", flag.at as f64 * 100.0 / whole as f64);
            view! { <i class=class style=style title=format!("{} ms", instant(flag.at))></i> }
        };
        flags.into_iter().map(flag).collect_view()
    }
}
