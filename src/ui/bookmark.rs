//! Keeps the address true, so that nothing is lost when the page is loaded again, copied or fails: at a pause, after each
//! act, at most once a second. What has no place in an address, the runs that were left and the moment of a run that
//! plays, waits in the tab's own storage for the page to be loaded again.

use crate::playback::recording::Recording;
use crate::share::link::{LONG, Link};
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::address;
use crate::ui::preferences::wants_less_motion;
use crate::ui::selection::Selection;
use crate::ui::session::{Kept, Restored, Session};
use crate::ui::turning;
use crate::words::en::files as say;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// Between two changes of the address, in milliseconds.
const PAUSE: u32 = 1_000;

/// Longer runs are kept in the tab only: some browsers cut longer addresses.
const LONGEST: usize = 16_000;

const KEPT: &str = "conclave.kept";

/// What the address should say: if it is the same as before, nothing is written.
#[derive(Clone, Copy, PartialEq, Eq)]
struct State {
    run: u32,
    number: u32,
    acts: usize,
    /// While the run stands still.
    at: Option<Micros>,
    selected: Option<Selection>,
}

thread_local! {
    /// What is put behind every fragment: `&theme=dark`.
    static LOOKS: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Another run takes the place of this one: the browser's Back leads to this one again, as it was left.
pub fn turn<R>(session: Session, change: impl FnOnce() -> R) -> R {
    // Elsewhere the address is no run's.
    if turning::room() != "play" {
        return change();
    }
    put(session, &fragment(session));
    let run = session.run.get_untracked();
    let result = change();
    if session.run.get_untracked() != run {
        let plain = session.setup.with_untracked(|setup| address::is_plain(setup).then(|| address::fragment(setup)));
        let fragment = plain.filter(|_| session.acts() == 0).unwrap_or_else(|| fragment(session));
        let next = fragment + &LOOKS.with_borrow(String::clone);
        // The same run from its start is no other place to be.
        if window().location().hash().is_ok_and(|here| here != next) {
            address::push(&next);
        }
    }
    result
}

fn put(session: Session, fragment: &str) {
    let fragment = fragment.to_owned() + &LOOKS.with_borrow(String::clone);
    let kept = kept(session, &fragment);
    address::put_with(&fragment, &kept);
}

/// Keeps the address true from now on. `looks` is put behind it: `&theme=dark`.
pub fn keep(session: Session, looks: String) {
    LOOKS.set(looks);
    let written = StoredValue::new(None::<State>);
    let timer = StoredValue::new_local(None::<Timeout>);
    // Said once, when the run grows too long for some chat tools.
    let said_long = StoredValue::new(false);
    Effect::new(move |_| {
        session.pulse.track();
        let still = !session.playing.get();
        let state = State {
            run: session.run.get(),
            number: session.run_number(),
            acts: session.acts(),
            at: still.then(|| session.now.get_untracked()),
            selected: session.selected.get(),
        };
        let before = written.get_value();
        if before == Some(state) {
            return;
        }
        written.set_value(Some(state));
        if before.is_none_or(|before| (before.run, before.number, before.acts) != (state.run, state.number, state.acts))
        {
            note_for_rescue(session);
        }
        // The first state is what the address says already, but for what was wrong in it.
        if timer.with_value(Option::is_none) {
            let write = move || {
                timer.set_value(None);
                let fragment = fragment(session);
                put(session, &fragment);
                let is_long = fragment.len() > LONG;
                if is_long && !said_long.get_value() {
                    session.remark(say::link_length(fragment.len(), LONG));
                }
                said_long.set_value(is_long);
            };
            timer.set_value(Some(Timeout::new(PAUSE, write)));
        }
    });
    let leaving = Closure::<dyn FnMut()>::new(move || store(session));
    let _ = window().add_event_listener_with_callback("pagehide", leaving.as_ref().unchecked_ref());
    leaving.forget();
}

/// `#/play/raft?n=5&seed=17&timing=wide&t=858`, or with the whole run: `#/play/raft?s=1...`.
pub fn fragment(session: Session) -> String {
    let still = !session.playing.get_untracked();
    let plain = session.setup.with_untracked(|setup| address::is_plain(setup).then(|| address::fragment(setup)));
    let untouched = session.acts() == 0
        && session.is_live()
        && session.selected.get_untracked().is_none()
        && session.look(|sim| sim.next_event_at().is_none_or(|next| next > sim.now()));
    match plain {
        Some(plain) if untouched && still => format!("{plain}&t={}", moment(session.now.get_untracked())),
        Some(plain) if untouched => plain,
        plain => {
            let payload = session.link().write();
            if payload.len() > LONGEST {
                return plain.unwrap_or_else(|| "#/play".into());
            }
            whole(session, &payload)
        }
    }
}

fn whole(session: Session, payload: &str) -> String {
    format!("#/play/{}?s={payload}", session.setup.with_untracked(|setup| setup.algorithm().id()))
}

/// In milliseconds, with a unit only where there are fractions: `858`, `858.123ms`.
fn moment(at: Micros) -> String {
    match at % MILLISECOND {
        0 => (at / MILLISECOND).to_string(),
        rest => format!("{}.{rest:03}ms", at / MILLISECOND),
    }
}

/// Where a script that needs no engine finds the run, with the acts and without: at once, for the next step may fail.
fn note_for_rescue(session: Session) {
    let Some(root) = document().document_element() else { return };
    let _ = root.set_attribute("data-address", &whole(session, &session.link().write()));
    let bare = Link::of_recording(Recording::new(session.setup.with_untracked(|setup| setup.scenario.clone())), 0);
    let _ = root.set_attribute("data-start", &whole(session, &bare.write()));
}

// ---- loading again ---------------------------------------------------------------------------------------------

/// Begins the line with what can be redone.
const UNDONE: &str = "undone\t";

fn store(session: Session) {
    let Ok(Some(storage)) = window().session_storage() else { return };
    // After a failure the visitor has chosen where to go on.
    if document().document_element().is_some_and(|root| root.has_attribute("data-failure")) {
        return;
    }
    let hash = window().location().hash().unwrap_or_default();
    let _ = storage.set_item(KEPT, &kept(session, &hash));
}

/// What is to be found again where this fragment leads to: the fragment, the speed and whether it plays, then a line for
/// each run: its number, its link, its name; and one for what was undone.
fn kept(session: Session, fragment: &str) -> String {
    let playing = if session.playing.get_untracked() { " playing" } else { "" };
    let mut text = format!("{fragment}\n{}{playing}", session.speed.get_untracked());
    let kept = session.to_keep();
    for run in kept.runs {
        text += &format!("\n{}\t{}\t{}", run.number, run.link.write(), run.called);
    }
    if let Some(link) = kept.undone {
        text += &format!("\n{UNDONE}{}", link.write());
    }
    text
}

/// Puts back what the tab kept, if the page was loaded again (not merely opened) at the same address. False if not.
pub fn restore(session: Session) -> bool {
    let kept = window().session_storage().ok().flatten().and_then(|storage| storage.get_item(KEPT).ok().flatten());
    let again = window().performance().is_some_and(|performance| performance.navigation().type_() != 0);
    again && (kept.is_some_and(|kept| take_up(session, &kept)) || return_here(session))
}

/// The same where the browser went back, or forth again, to a run of this page.
pub fn return_here(session: Session) -> bool {
    address::kept().is_some_and(|kept| take_up(session, &kept))
}

/// Puts back what was kept, if the address is the one it belongs to.
fn take_up(session: Session, kept: &str) -> bool {
    let mut lines = kept.lines();
    let hash = window().location().hash().unwrap_or_default();
    if lines.next() != Some(hash.as_str()) {
        return false;
    }
    let (speed, playing) = lines.next().map_or(("", false), |line| match line.strip_suffix(" playing") {
        Some(speed) => (speed, true),
        None => (line, false),
    });
    let undone = lines.clone().find_map(|line| Link::read(line.strip_prefix(UNDONE)?).ok());
    let kept = Kept { runs: lines.filter_map(run).collect(), undone };
    let Some(first) = kept.runs.first() else { return false };
    if session.open_link(&first.link, None).is_err() {
        return false;
    }
    if let Ok(speed) = speed.parse() {
        session.set_speed(speed);
    }
    session.take_up(kept);
    session.playing.set(playing && !wants_less_motion());
    true
}

fn run(line: &str) -> Option<Restored> {
    let mut parts = line.splitn(3, '\t');
    let number = parts.next()?.parse().ok()?;
    let link = Link::read(parts.next()?).ok()?;
    Some(Restored { number, link, called: parts.next().unwrap_or("").into() })
}
