//! The diagram on the page: a canvas that is a slider. On narrow screens and in small frames a slim line besides.

use super::brush::{Palette, board, paint};
use super::view::{Drawn, Finger, Press, View};
use crate::share::spacetime::draw::draw;
use crate::share::spacetime::hit::{Hit, hit, spoken};
use crate::sim::store::Job;
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::frame::wall_clock;
use crate::ui::preferences::Preferences;
use crate::ui::selection::Selection;
use crate::ui::session::Session;
use crate::ui::setup::Setup;
use crate::words::en::stage as say;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{KeyboardEvent, PointerEvent, ResizeObserver, ResizeObserverEntry, WheelEvent};

/// Between two paintings while the run plays, in milliseconds of wall time.
const EVERY: f64 = 110.0;
/// Longer than this the time beside the playhead is not left behind, if nothing else moves.
const AT_LEAST_EVERY: f64 = 500.0;
/// A finger that moved less than this, in pixels, has clicked.
const STILL: f64 = 4.0;

/// How many lanes a set-up has.
pub fn lane_count(setup: &Setup) -> u8 {
    let servers = u8::from(setup.scenario.census().servers > 0);
    setup.scenario.nodes + servers + u8::from(setup.scenario.work.job != Job::None)
}

/// The whole diagram.
#[component]
pub fn Timeline(
    session: Session,
    #[prop(default = say::TIMELINE)] name: &'static str,
    /// Another run's is beside it: both keep one scale.
    #[prop(optional)]
    beside: bool,
) -> impl IntoView {
    view! { <section class="time" aria-label=name><Diagram session slim=false beside/></section> }
}

/// The whole run as one line.
#[component]
pub fn Scrubber(session: Session) -> impl IntoView {
    view! { <section class="scrub" aria-label=say::THE_WHOLE_RUN><Diagram session slim=true beside=false/></section> }
}

#[component]
fn Diagram(session: Session, slim: bool, beside: bool) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let canvas: NodeRef<html::Canvas> = NodeRef::new();
    let slider: NodeRef<html::Div> = NodeRef::new();
    let view = StoredValue::new_local(View::new(slim, beside));
    let changed = RwSignal::new(0_u32);
    let tip = RwSignal::new(None::<(f64, String)>);
    let touch_up = move || changed.update(|count| *count = count.wrapping_add(1));
    watch_size(canvas, view, changed);
    Effect::new(move |_| {
        preferences.theme.track();
        // After the theme is on the document.
        request_animation_frame(move || {
            view.try_update_value(|view| view.palette = Palette::read());
            touch_up();
        });
    });
    Effect::new(move |_| {
        session.now.track();
        session.pulse.track();
        session.run.track();
        session.speed.track();
        let touches = changed.get();
        let plays = session.playing.get();
        let Some(canvas) = canvas.get() else { return };
        view.update_value(|view| {
            let wall = wall_clock();
            let is_held = view.press.is_some();
            if view.size.0 < 40.0 || view.palette.rem < 1.0 || plays && !is_held && wall - view.painted < EVERY {
                return;
            }
            view.settle(session);
            // A long run seen whole moves by a pixel in seconds: drawing it again would show the same.
            let may_rest = plays && !is_held && wall - view.painted < AT_LEAST_EVERY;
            let before = view.drawn;
            let picture = session.scene(&view.frame(session), |scene| {
                view.drawn = Drawn::of(scene, touches);
                (!may_rest || view.drawn != before).then(|| draw(scene, true))
            });
            if let Some(picture) = picture {
                view.painted = wall;
                let board = view.board.get_or_insert_with(|| board(&canvas));
                paint(board, &view.palette, view.size, &picture);
            }
        });
    });

    let seek_to = move |x: f64| {
        let at = view.with_value(|view| view.frame(session).at(x));
        session.seek((at.max(0.0) as Micros).min(session.newest.get_untracked()));
    };
    let under = move |x: f64, y: f64| -> Option<Hit> {
        view.with_value(|view| session.scene(&view.frame(session), |scene| hit(scene, (x, y))))
    };
    let place = move |event: &PointerEvent| {
        let room = slider.get_untracked().map(|slider| slider.get_bounding_client_rect());
        room.map_or((0.0, 0.0), |room| {
            (f64::from(event.client_x()) - room.left(), f64::from(event.client_y()) - room.top())
        })
    };
    let down = move |event: PointerEvent| {
        if event.button() > 0 {
            return;
        }
        if let Some(slider) = slider.get_untracked() {
            let _ = slider.set_pointer_capture(event.pointer_id());
        }
        let (x, y) = place(&event);
        tip.set(None);
        let was_playing = session.playing.get_untracked();
        let found = under(x, y);
        session.playing.set(false);
        let fingers = view.try_update_value(|view| {
            view.fingers.push(Finger { id: event.pointer_id(), x });
            view.press = (view.fingers.len() == 1).then(|| Press { x, hit: found.clone(), moved: false, was_playing });
            view.fingers.len()
        });
        if fingers == Some(1) && found.is_none() {
            seek_to(x);
        }
    };
    let moved = move |event: PointerEvent| {
        let (x, y) = place(&event);
        let mut seeks = false;
        let pressed = view.try_update_value(|view| {
            let index = view.fingers.iter().position(|finger| finger.id == event.pointer_id())?;
            let before = view.fingers[index].x;
            view.fingers[index].x = x;
            if !view.slim
                && let [one, other] = view.fingers[..]
            {
                let then = if index == 0 { [before, other.x] } else { [one.x, before] };
                view.pinch(session, then, [one.x, other.x]);
            } else if let Some(press) = &mut view.press {
                press.moved |= (x - press.x).abs() > STILL;
                seeks = press.moved;
                if seeks && !view.slim {
                    view.pull_at_edge(session, x);
                }
            }
            Some(())
        });
        match pressed.flatten() {
            None => point_at(session, view, tip, (x, y), &event),
            Some(()) if seeks => seek_to(x),
            Some(()) => touch_up(),
        }
    };
    let up = move |event: PointerEvent| {
        let press = view.try_update_value(|view| {
            view.fingers.retain(|finger| finger.id != event.pointer_id());
            view.press.take()
        });
        let Some(press) = press.flatten() else { return };
        match press.hit.filter(|_| !press.moved) {
            Some(found) => {
                session.go_to_event(found.event);
                if let Some(message) = found.message {
                    session.select(Some(Selection::Message(message)));
                }
            }
            // Let go at the newest moment: the run goes on as it did.
            None => session.playing.set(press.was_playing && session.is_live()),
        }
        touch_up();
    };
    let wheel = move |event: WheelEvent| {
        if slim {
            return;
        }
        event.prevent_default();
        let lines = if event.delta_mode() == 0 { 1.0 } else { 16.0 };
        let (dx, dy) = (event.delta_x() * lines, event.delta_y() * lines);
        let left = slider.get_untracked().map_or(0.0, |slider| slider.get_bounding_client_rect().left());
        let x = f64::from(event.client_x()) - left;
        view.update_value(|view| {
            if event.shift_key() || dx.abs() > dy.abs() {
                view.pan(session, if dx == 0.0 { dy } else { dx });
            } else {
                let step = 1.0 + (dy.abs() * 0.0025).min(0.5);
                let factor = if dy > 0.0 { step } else { 1.0 / step };
                match session.playing.get_untracked() && view.follows {
                    true => view.zoom_at_now(session, factor),
                    false => view.zoom(session, x, factor),
                }
            }
        });
        touch_up();
    };
    let zoom = move |factor: f64| {
        view.update_value(|view| view.zoom_at_now(session, factor));
        touch_up();
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let (now, newest) = (session.now.get_untracked(), session.newest.get_untracked());
        let length = view.with_value(|view| view.window.length) as Micros;
        let small = (length / 100 / MILLISECOND).max(1) * MILLISECOND;
        let far = if event.shift_key() { 10 * small } else { small };
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now.saturating_sub(far),
            "ArrowRight" | "ArrowUp" => (now + far).min(newest),
            "PageDown" => now.saturating_sub(length / 4),
            "PageUp" => (now + length / 4).min(newest),
            "Home" => 0,
            "End" => newest,
            "+" | "=" if !slim => return take(&event, || zoom(0.625)),
            "-" if !slim => return take(&event, || zoom(1.6)),
            "0" if !slim => {
                return take(&event, || {
                    view.update_value(|view| view.show_all(session));
                    touch_up();
                });
            }
            _ => return,
        };
        take(&event, || {
            view.update_value(|view| view.follows = true);
            session.pause();
            session.seek(to);
        });
    };
    // Whoever plays on wants to see it.
    Effect::new(move |_| {
        if session.playing.get() {
            view.update_value(|view| view.follows = true);
        }
    });
    let spoken_now = move || {
        session.pulse.track();
        let now = session.now.get_untracked() / MILLISECOND;
        session.headline.with(|headline| say::moment(now, &headline.title))
    };
    let tip_view = move || {
        tip.get().map(|(x, text)| {
            let (place, half) = view.with_value(|view| (x.min(view.size.0 - 40.0), x > view.size.0 / 2.0));
            view! { <div class="time-tip" class:left=half style=format!("left:{}px", place as i32)>{text}</div> }
        })
    };
    let buttons = (!slim).then(|| {
        view! {
            <div class="time-zoom" role="group" aria-label=say::ZOOM_OF_THE_TIMELINE>
                <button title=say::SHOW_A_LONGER_TIME_MINUS_OR aria-label=say::ZOOM_OUT data-act="ZoomOut" on:click=move |_| zoom(1.6)>"\u{2212}"</button>
                <button title=say::SHOW_A_SHORTER_TIME_PLUS_OR aria-label=say::ZOOM_IN data-act="ZoomIn" on:click=move |_| zoom(0.625)>"+"</button>
            </div>
        }
    });
    view! {
        <div
            node_ref=slider
            class="diagram"
            class:slim=slim
            role="slider"
            tabindex="0"
            aria-label=if slim { say::MOMENT_OF_THE_RUN } else { say::TIMELINE_MOMENT_OF_THE_RUN }
            aria-valuemin="0"
            aria-valuemax=move || (session.newest.get() / MILLISECOND).to_string()
            aria-valuenow=move || (session.pulse.get() / MILLISECOND).to_string()
            aria-valuetext=spoken_now
            aria-keyshortcuts=if slim { "" } else { "Plus Minus 0" }
            data-act=if slim { "Scrub" } else { "Timeline" }
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=up
            on:pointerleave=move |_| tip.set(None)
            on:wheel=wheel
            on:keydown=on_key
        >
            <canvas node_ref=canvas class="lanes" aria-hidden="true"></canvas>
            {tip_view}
        </div>
        {buttons}
    }
}

fn take(event: &KeyboardEvent, act: impl FnOnce()) {
    event.prevent_default();
    event.stop_propagation();
    act();
}

/// The mouse without a button: says what lies under it.
fn point_at(
    session: Session,
    view: StoredValue<View, LocalStorage>,
    tip: RwSignal<Option<(f64, String)>>,
    (x, y): (f64, f64),
    event: &PointerEvent,
) {
    if event.pointer_type() != "mouse" {
        return;
    }
    let said = view.with_value(|view| {
        session.scene(&view.frame(session), |scene| hit(scene, (x, y)).map(|found| (x, spoken(scene, &found))))
    });
    if tip.with_untracked(|old| old.as_ref().map(|old| &old.1) != said.as_ref().map(|said| &said.1)) {
        tip.set(said);
    }
}

/// Keeps the size at hand, so that painting never asks the page for it. Hidden, it is 0.
fn watch_size(canvas: NodeRef<html::Canvas>, view: StoredValue<View, LocalStorage>, changed: RwSignal<u32>) {
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let resized = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let last = entries.get(entries.length().saturating_sub(1)).dyn_into::<ResizeObserverEntry>();
            let Ok(room) = last.map(|entry| entry.content_rect()) else { return };
            view.try_update_value(|view| {
                view.size = (room.width(), room.height());
                if room.width() > 0.0 {
                    view.palette = Palette::read();
                }
            });
            changed.update(|count| *count = count.wrapping_add(1));
        });
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&canvas);
        }
        resized.forget();
    });
}
