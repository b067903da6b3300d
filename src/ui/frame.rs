//! The frame loop: it runs only while the run plays, the page is visible and the stage is on screen.

use crate::sim::time::Micros;
use crate::ui::session::Session;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

/// A frame that took longer counts as this long: after a hitch the run goes on, it does not jump.
const LONGEST_FRAME: f64 = 100.0;
/// Things that need not move at every frame are told this often, in milliseconds.
const PULSE: f64 = 240.0;

/// Turns wall time into simulated time without losing fractions, and says when the slow things are due.
#[derive(Default)]
pub struct Throttle {
    rest: u64,
    last_pulse: f64,
}

impl Throttle {
    /// `wall * over / under`, what is left over carried to the next frame.
    pub fn scaled(&mut self, wall: Micros, over: u32, under: u32) -> Micros {
        let total = wall * u64::from(over) + self.rest;
        self.rest = total % u64::from(under);
        total / u64::from(under)
    }

    pub fn is_due(&mut self, urgent: bool) -> bool {
        let now = wall_clock();
        if urgent || now - self.last_pulse >= PULSE {
            self.last_pulse = now;
            return true;
        }
        false
    }
}

/// Milliseconds since the page began.
pub fn wall_clock() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Tenths of a second since the page began. What creeps and is read moves when this does, all in the same frame:
/// every frame that lays out and paints the page again costs as much as ten that only move messages.
pub fn tenth() -> u64 {
    (wall_clock() / 100.0) as u64
}

type Frame = Closure<dyn FnMut(f64)>;

/// Starts and stops the loop as the session plays, the page hides, the stage leaves the screen.
pub fn drive(session: Session) {
    let visible = RwSignal::new(!document().hidden());
    let on_screen = RwSignal::new(true);
    watch_visibility(visible);
    watch_screen(on_screen);
    let running = Rc::new(Cell::new(false));
    let frame: Rc<RefCell<Option<Frame>>> = Rc::new(RefCell::new(None));
    let last = Rc::new(Cell::new(None::<f64>));
    let (again, is_running, before) = (frame.clone(), running.clone(), last.clone());
    *frame.borrow_mut() = Some(Closure::new(move |time: f64| {
        if !is_running.get() {
            return;
        }
        if let Some(then) = before.replace(Some(time)) {
            let delta = (time - then).clamp(0.0, LONGEST_FRAME);
            session.advance((delta * 1_000.0) as Micros);
        }
        request(&again);
    }));
    Effect::new(move |_| {
        let should = session.playing.get() && visible.get() && on_screen.get();
        if should && !running.replace(true) {
            last.set(None);
            request(&frame);
        } else if !should {
            running.set(false);
        }
    });
}

fn request(frame: &Rc<RefCell<Option<Frame>>>) {
    if let Some(frame) = frame.borrow().as_ref() {
        let _ = window().request_animation_frame(frame.as_ref().unchecked_ref());
    }
}

fn watch_visibility(visible: RwSignal<bool>) {
    let changed = Closure::<dyn FnMut()>::new(move || visible.set(!document().hidden()));
    let _ = document().add_event_listener_with_callback("visibilitychange", changed.as_ref().unchecked_ref());
    changed.forget();
}

/// The stage is found by its id once the page stands.
fn watch_screen(on_screen: RwSignal<bool>) {
    Effect::new(move |_| {
        let Some(stage) = document().get_element_by_id("stage") else { return };
        let seen = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let last = entries.get(entries.length().saturating_sub(1));
            if let Ok(entry) = last.dyn_into::<IntersectionObserverEntry>() {
                on_screen.set(entry.is_intersecting());
            }
        });
        if let Ok(observer) = IntersectionObserver::new(seen.as_ref().unchecked_ref()) {
            observer.observe(&stage);
        }
        seen.forget();
    });
}
