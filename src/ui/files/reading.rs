//! Opening what the visitor hands over: a document, or a link in a file.

use crate::playback::arrival::Arrival;
use crate::share::document::read_document;
use crate::share::link::{Link, Shared};
use crate::ui::bookmark;
use crate::ui::doors::Doors;
use crate::ui::opening::Complaints;
use crate::ui::parts::{self, part};
use crate::ui::preferences::wants_less_motion;
use crate::ui::session::Session;
use crate::words::en::files as say;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::File;

/// Larger files are not read.
const LARGEST: f64 = 4.0 * 1_048_576.0;

part! { dialogs:
    fn read_file(session: Session, doors: Doors, complaints: Complaints, file: File) -> () {
        read(session, doors, complaints, &file);
    }
}

/// Reads a file and opens what is in it. Whatever is wrong is said where the file was handed over.
pub fn open_file(session: Session, doors: Doors, complaints: Complaints, file: File) {
    spawn_local(async move {
        if read_file(session, doors, complaints, file).await.is_err() {
            session.remark(parts::SORRY.into());
        }
    });
}

fn read(session: Session, doors: Doors, complaints: Complaints, file: &File) {
    let name = file.name();
    let wrong = if doors.files.get_untracked() { complaints.file } else { complaints.page };
    if file.size() > LARGEST {
        wrong.set(vec![say::too_large(&name)]);
        return;
    }
    let other = name.clone();
    let done = Closure::once_into_js(move |text: JsValue| {
        spawn_local(async move {
            let problems = match (text.as_string(), parts::all_families().await) {
                (Some(text), Ok(())) => bookmark::turn(session, || open_text(session, &text)).err().unwrap_or_default(),
                (Some(_), Err(parts::Missing)) => vec![parts::SORRY.into()],
                (None, _) => vec![say::unreadable(&name)],
            };
            if problems.is_empty() {
                doors.files.set(false);
                wrong.set(Vec::new());
                session.remark(say::opened(&name));
            } else {
                wrong.set(problems.iter().map(|problem| format!("{name}: {problem}")).collect());
            }
        });
    });
    let failed = Closure::once_into_js(move |_: JsValue| wrong.set(vec![say::unreadable(&other)]));
    let text = file.text();
    if let Ok(then) = js_sys::Reflect::get(&text, &"then".into()) {
        let _ = then.unchecked_into::<js_sys::Function>().call2(&text, &done, &failed);
    }
}

/// Opens a document, or a link, in place of the run on the page.
fn open_text(session: Session, text: &str) -> Result<(), Vec<String>> {
    if !text.trim_start().starts_with(['{', '[', '"']) && Link::is_like(text) {
        let link = Link::read(text).map_err(|error| vec![error.to_string()])?;
        if matches!(link.shared, Shared::Pair(..)) {
            // Another page opens it.
            let _ = window().location().set_hash(&format!("/compare?s={}", link.write()));
            return Ok(());
        }
        return match session.open_link(&link, None) {
            Ok(remarks) if remarks.is_empty() => Ok(()),
            Ok(remarks) => Err(remarks),
            Err(error) => Err(vec![error.to_string()]),
        };
    }
    let recording =
        read_document(text).map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<String>>())?;
    let has_acts = !recording.interventions.is_empty();
    let at = if has_acts { Arrival::End } else { Arrival::START };
    match session.open_recording(recording, at) {
        Ok(true) => {
            session.playing.set(!has_acts && !wants_less_motion());
            Ok(())
        }
        Ok(false) => Err(vec![crate::words::en::links::TOO_FAR.into()]),
        Err(error) => Err(vec![error.to_string()]),
    }
}
