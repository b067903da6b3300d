//! Files for the visitor to keep: the run as a document, its history as JSON lines and as a log for ShiViz.

use crate::share::document::write_document;
use crate::share::retelling::{Retelling, json_lines, shiviz};
use crate::ui::session::Session;
use crate::words::en::files as say;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Which history.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    JsonLines,
    ShiViz,
}

/// The run with everything done in it, as the command line reads it.
pub fn save_run(session: Session) {
    let text = write_document(&session.recording());
    hand_over(session, &name(session, ".json"), &text, "application/json");
}

/// Everything that happened up to this moment.
pub fn save_history(session: Session, form: Form) {
    let (recording, until) = (session.recording(), session.moment());
    let (told, ending) = match form {
        Form::JsonLines => (json_lines(&recording, until), "-history.jsonl"),
        Form::ShiViz => (shiviz(&recording, until), "-shiviz.log"),
    };
    // The run on the page has been opened before.
    let Ok(Retelling { text, whole }) = told else { return };
    hand_over(session, &name(session, ending), &text, "text/plain");
    if !whole {
        session.remark(say::HISTORY_CUT.into());
    }
}

/// `conclave-raft-17.json`
fn name(session: Session, ending: &str) -> String {
    session.setup.with_untracked(|setup| {
        let scenario = &setup.scenario;
        format!("conclave-{}-{}{ending}", scenario.algorithm.id(), scenario.seed)
    })
}

/// The browser saves it where it saves downloads.
fn hand_over(session: Session, name: &str, text: &str, kind: &str) {
    match download(name, text, kind) {
        Ok(()) => session.announcer.say(&say::saved(name)),
        Err(_) => session.remark(say::NOT_SAVED.into()),
    }
}

fn download(name: &str, text: &str, kind: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}
