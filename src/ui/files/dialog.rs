//! The dialog of files and runs.

use super::reading::open_file;
use super::runs::Runs;
use super::saving::{Form, save_history, save_run};
use crate::share::link::LONG;
use crate::ui::doors::Doors;
use crate::ui::opening::Complaints;
use crate::ui::session::Session;
use crate::ui::widgets::dialog::Dialog;
use crate::words::en::files as say;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn FilesDialog(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    view! {
        <Dialog open=doors.files title="Run">
            <Content session/>
        </Dialog>
    }
}

#[component]
fn Content(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let complaints = expect_context::<Complaints>();
    let input: NodeRef<html::Input> = NodeRef::new();
    let ask = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            open_file(session, doors, complaints, file);
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    complaints.file.set(Vec::new());
    let wrong = move || complaints.file.with(|lines| lines.join("\n"));
    view! {
        <section>
            <h3>"File"</h3>
            <div class="file-acts">
                <button class="btn primary" data-act="SaveRun" on:click=move |_| save_run(session)>"Save this run"</button>
                <button class="btn" data-act="OpenRun" on:click=ask>"Open a run"</button>
                <input node_ref=input type="file" class="file-input" tabindex="-1" aria-hidden="true" accept=".json,.txt,application/json,text/plain" on:change=chosen/>
            </div>
            <p class="hint">{say::FILE_HINT}</p>
            <p class="hint">{say::link_length(session.link().write().len(), LONG)}</p>
            <p class="file-wrong" role="alert">{wrong}</p>
        </section>
        <section>
            <h3>"History up to this moment"</h3>
            <div class="file-acts">
                <button class="btn" data-act="SaveLines" on:click=move |_| save_history(session, Form::JsonLines)>"Save as JSON lines"</button>
                <button class="btn" data-act="SaveShiViz" on:click=move |_| save_history(session, Form::ShiViz)>"Save for ShiViz"</button>
            </div>
            <p class="hint">{say::HISTORY_HINT}</p>
        </section>
        <section>
            <h3>"Runs of this session"</h3>
            <p class="hint">{say::RUNS_HINT}</p>
            <Runs session/>
        </section>
    }
}
