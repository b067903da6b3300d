//! When the engine fails: what it said goes to a script of the page that needs no engine.

use crate::ui::session::Session;
use crate::words::en::run as say;
use leptos::prelude::*;
use std::cell::RefCell;

thread_local! {
    /// What the report should say about the run, kept up to date while all is well.
    static CIRCUMSTANCES: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Hands every panic to the page, as an event that `rescue.js` listens for. The words are set down before, because
/// after a panic nothing of the run can be asked any more.
pub fn install() {
    std::panic::set_hook(Box::new(|panic| {
        let circumstances = CIRCUMSTANCES.with(|text| text.try_borrow().map(|text| text.clone()).unwrap_or_default());
        let report = format!("{panic}\n{circumstances}");
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-failure", &report);
        }
        if let Ok(event) = web_sys::Event::new("conclave-failed") {
            let _ = window().dispatch_event(&event);
        }
    }));
}

/// Notes where the run is, at every pulse.
pub fn note(session: Session) {
    Effect::new(move |_| {
        let at = session.pulse.get() / 1_000;
        let text = session.setup.with(|setup| {
            let scenario = &setup.scenario;
            say::circumstances(setup.algorithm().id(), scenario.nodes, scenario.seed, scenario.preset, at)
        });
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-at", &at.to_string());
        }
        CIRCUMSTANCES.with(|kept| *kept.borrow_mut() = text);
    });
}
