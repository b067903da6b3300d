//! Where in Learn the visitor is, read from the fragment and kept up with it.

use crate::ui::preferences::Theme;
use crate::ui::turning;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// A page of Learn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    Index,
    Lesson(String),
    Notes(String),
    Practice,
    Questions,
    Question(String),
    Mock(String),
    Sheet,
    Systems,
    System(String),
}

impl Place {
    /// Whether the stage belongs to it.
    pub fn has_stage(&self) -> bool {
        matches!(self, Place::Lesson(_) | Place::Practice | Place::Question(_) | Place::System(_))
    }
}

/// The whole address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    pub place: Place,
    /// The step of a lesson, counted from 1.
    pub step: usize,
    pub theme: Option<Theme>,
    pub present: bool,
    pub locked: bool,
    /// `full`, `play` or `none`.
    pub controls: String,
    /// Whether questions are asked.
    pub asks: bool,
}

/// The route, kept up with the address.
pub fn follow() -> RwSignal<Route> {
    let route = RwSignal::new(read());
    let changed = Closure::<dyn FnMut()>::new(move || {
        // Another page is about to begin.
        if turning::room() != "learn" {
            return;
        }
        let next = read();
        if route.with_untracked(|now| *now != next) {
            let turned = route.with_untracked(|now| now.place != next.place);
            route.set(next);
            if turned {
                begin_page();
            }
        }
    });
    let _ = window().add_event_listener_with_callback("hashchange", changed.as_ref().unchecked_ref());
    changed.forget();
    route
}

/// A new page begins at its top, with the focus there.
fn begin_page() {
    if let Some(text) = document().get_element_by_id("learn-text") {
        text.set_scroll_top(0);
        if let Ok(text) = text.dyn_into::<web_sys::HtmlElement>() {
            let _ = text.focus();
        }
    }
}

fn read() -> Route {
    let hash = window().location().hash().unwrap_or_default();
    parse(hash.trim_start_matches('#'))
}

fn parse(fragment: &str) -> Route {
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let parts: Vec<&str> = path.trim_matches('/').split('/').skip(1).collect();
    let part = |index: usize| parts.get(index).copied().unwrap_or("");
    // Ids name files: letters, digits and hyphens only.
    let id = |index: usize| -> String {
        part(index).chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect()
    };
    let place = match (part(0), part(1)) {
        ("", _) => Place::Index,
        ("practice", _) => Place::Practice,
        ("interview", "") => Place::Questions,
        ("interview", "mock") => Place::Mock(id(2)),
        ("interview", _) => Place::Question(id(1)),
        ("sheet", _) => Place::Sheet,
        ("wild", "") => Place::Systems,
        ("wild", _) => Place::System(id(1)),
        ("teach", _) => Place::Notes(id(1)),
        _ => Place::Lesson(id(0)),
    };
    let mut route = Route {
        place,
        step: part(1).parse().unwrap_or(1).max(1),
        theme: None,
        present: false,
        locked: false,
        controls: "full".into(),
        asks: true,
    };
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        match key {
            "theme" => route.theme = Theme::from_name(value),
            "present" => route.present = value == "1",
            "lock" => route.locked = value == "1",
            "controls" if matches!(value, "full" | "play" | "none") => route.controls = value.into(),
            "ask" => route.asks = value != "0",
            _ => {}
        }
    }
    route
}

/// Adds the step to the browser's history without telling the page of it again. What the address says besides stays.
pub fn note_step(route: RwSignal<Route>, lesson: &str, step: usize) {
    if route.with_untracked(|route| route.step == step) {
        return;
    }
    route.update(|route| route.step = step);
    let hash = window().location().hash().unwrap_or_default();
    let query = hash.split_once('?').map_or_else(String::new, |(_, query)| format!("?{query}"));
    if let Ok(history) = window().history() {
        let address = format!("#/learn/{lesson}/{step}{query}");
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}
