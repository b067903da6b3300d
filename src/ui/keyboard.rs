//! Keys of the whole page. Fields, dialogs and groups with arrow keys of their own come first.

use super::doors::Doors;
use super::faults::acts::Act;
use super::preferences::Preferences;
use super::selection::Selection;
use super::session::Session;
use super::store::verbs::toggle_fencing;
use crate::sim::place::Place;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, KeyboardEvent};

/// Listens for the life of the page.
pub fn listen(session: Session, doors: Doors, preferences: Preferences, locked: bool) {
    let pressed = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if event.default_prevented() || is_for_somebody_else(&event) || doors.any_dialog() {
            return;
        }
        if take(&event, session, doors, preferences, locked) {
            event.prevent_default();
        }
    });
    let _ = document().add_event_listener_with_callback("keydown", pressed.as_ref().unchecked_ref());
    pressed.forget();
}

fn is_for_somebody_else(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return false };
    // A switch wants the space bar and nothing else.
    let is_switch = target.matches("[type=checkbox]").unwrap_or(false);
    let is_field = !is_switch && matches!(target.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA");
    // The space bar presses the button that has the focus.
    let presses = event.key() == " " && (is_switch || matches!(target.tag_name().as_str(), "BUTTON" | "SUMMARY" | "A"));
    is_field || presses || event.alt_key()
}

/// True if the key meant something.
fn take(event: &KeyboardEvent, session: Session, doors: Doors, preferences: Preferences, locked: bool) -> bool {
    let key = event.key();
    let command = event.ctrl_key() || event.meta_key();
    if command {
        match (key.to_ascii_lowercase().as_str(), event.shift_key()) {
            _ if locked => return false,
            ("z", false) => session.undo(),
            ("z", true) | ("y", _) => session.redo(),
            _ => return false,
        }
        return true;
    }
    match (key.as_str(), event.shift_key()) {
        (" ", _) => session.toggle(),
        ("ArrowLeft", false) | ("PageUp", _) => session.step_back(),
        ("ArrowRight", false) | ("PageDown", _) => session.step(),
        ("ArrowLeft", true) => session.previous_milestone(),
        ("ArrowRight", true) => session.next_milestone(),
        ("Home", _) => session.seek(0),
        ("End", _) => session.go_live(),
        ("Escape", _) => return let_go(session, doors),
        _ => return preferences.letters.get_untracked() && letter(&key, session, doors, preferences, locked),
    }
    true
}

fn let_go(session: Session, doors: Doors) -> bool {
    if doors.menu.get_untracked().is_some() {
        doors.menu.set(None);
    } else if doors.why.get_untracked().is_some() {
        doors.why.set(None);
    } else if doors.drawing.get_untracked() {
        doors.drawing.set(false);
    } else if doors.table.get_untracked() {
        doors.table.set(false);
    } else {
        session.select(None);
    }
    true
}

fn letter(key: &str, session: Session, doors: Doors, preferences: Preferences, locked: bool) -> bool {
    let key = key.to_ascii_lowercase();
    // Beside each other runs have no dialogs: what they do would befall one side only.
    let is_compared = document().query_selector(".compare").ok().flatten().is_some();
    if is_compared && !matches!(key.as_str(), "[" | "]" | "d" | "s" | "?") {
        return choose(&key, session);
    }
    match key.as_str() {
        "[" => session.set_speed(session.speed.get_untracked().saturating_sub(1)),
        "]" => session.set_speed(session.speed.get_untracked() + 1),
        "l" => doors.wires.set(true),
        "e" => doors.log.set(true),
        "v" => doors.table.update(|shown| *shown = !*shown),
        "d" => preferences.next_theme(),
        "j" => preferences.projector.update(|on| *on = !*on),
        "?" => doors.keys.set(true),
        "o" => doors.files.set(true),
        "q" => doors.why.set(Some(session.look(crate::words::why::of_run))),
        "s" => doors.share.set(true),
        "u" if !locked => doors.rules.set(true),
        "f" if !locked => toggle_fencing(session),
        "x" if !locked => doors.partition.set(true),
        _ => return choose(&key, session) || !locked && act(&key, session),
    }
    true
}

fn choose(key: &str, session: Session) -> bool {
    let Some(number) = key.parse::<u8>().ok().filter(|number| *number > 0) else { return false };
    let place = Place::Node(number);
    let exists = session.look(|sim| sim.kernel().census.contains(place));
    if exists {
        session.select(Some(Selection::Place(place)));
    }
    exists
}

fn act(key: &str, session: Session) -> bool {
    let act = match key {
        "k" => Act::CrashOrRestart,
        "p" => Act::PauseOrResume,
        "c" => Act::CutOffOrRejoin,
        "t" => Act::TimeOutNow,
        "w" => Act::Write,
        "r" => Act::Read,
        "h" => Act::Heal,
        _ => return false,
    };
    act.carry_out(session, session.target());
    true
}
