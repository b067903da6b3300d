//! What the visitor prefers: the only two things that are stored, and what the system says.

use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn from_name(name: &str) -> Option<Theme> {
        [Theme::Auto, Theme::Light, Theme::Dark].into_iter().find(|theme| theme.name() == name)
    }

    pub fn next(self) -> Theme {
        match self {
            Theme::Auto => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Auto,
        }
    }
}

#[derive(Clone, Copy)]
pub struct Preferences {
    pub theme: RwSignal<Theme>,
    /// Single letters are shortcuts.
    pub letters: RwSignal<bool>,
    /// The picture alone, large, for a room.
    pub projector: RwSignal<bool>,
}

const THEME: &str = "conclave.theme";
const LETTERS: &str = "conclave.letters";

impl Preferences {
    /// `theme` and `projector` as the address wants them.
    pub fn open(theme: Option<Theme>, projector: bool, letters: bool) -> Preferences {
        let stored = read(THEME).and_then(|name| Theme::from_name(&name));
        let preferences = Preferences {
            theme: RwSignal::new(theme.or(stored).unwrap_or(Theme::Auto)),
            letters: RwSignal::new(letters && read(LETTERS).as_deref() != Some("off")),
            projector: RwSignal::new(projector),
        };
        preferences.wear();
        preferences
    }

    pub fn next_theme(&self) {
        self.theme.update(|theme| *theme = theme.next());
        write(THEME, self.theme.get_untracked().name());
    }

    pub fn use_letters(&self, on: bool) {
        self.letters.set(on);
        write(LETTERS, if on { "on" } else { "off" });
    }

    /// Keeps the document's theme true, also when the system changes its mind.
    fn wear(self) {
        let system = RwSignal::new(system_is_dark());
        if let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") {
            use wasm_bindgen::prelude::*;
            let changed = Closure::<dyn FnMut()>::new(move || system.set(system_is_dark()));
            let _ = query.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
            changed.forget();
        }
        Effect::new(move |_| {
            let dark = match self.theme.get() {
                Theme::Auto => system.get(),
                theme => theme == Theme::Dark,
            };
            if let Some(root) = document().document_element() {
                let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
            }
        });
    }
}

pub fn wants_less_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Fingers rather than a mouse.
pub fn coarse_pointer() -> bool {
    matches("(pointer: coarse)")
}

fn system_is_dark() -> bool {
    matches("(prefers-color-scheme: dark)")
}

fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|query| query.matches())
}

/// Storage may be forbidden or full: then nothing is kept.
fn read(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

fn write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}
