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
        <Dialog open=doors.files title=say::RUN>
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
            <h3>{say::FILE}</h3>
            <div class="file-acts">
                <button class="btn primary" data-act="SaveRun" on:click=move |_| save_run(session)>{say::SAVE_THIS_RUN}</button>
                <button class="btn" data-act="OpenRun" on:click=ask>{say::OPEN_A_RUN}</button>
                <input node_ref=input type="file" class="file-input" tabindex="-1" aria-hidden="true" accept=".json,.txt,application/json,text/plain" on:change=chosen/>
            </div>
            <p class="hint">{say::FILE_HINT}</p>
            <p class="hint">{say::link_length(session.link().write().len(), LONG)}</p>
            <p class="file-wrong" role="alert">{wrong}</p>
        </section>
        <section>
            <h3>{say::HISTORY_UP_TO_THIS_MOMENT}</h3>
            <div class="file-acts">
                <button class="btn" data-act="SaveLines" on:click=move |_| save_history(session, Form::JsonLines)>{say::SAVE_AS_JSON_LINES}</button>
                <button class="btn" data-act="SaveShiViz" on:click=move |_| save_history(session, Form::ShiViz)>{say::SAVE_FOR_SHIVIZ}</button>
            </div>
            <p class="hint">{say::HISTORY_HINT}</p>
        </section>
        <section>
            <h3>{say::RUNS_OF_THIS_SESSION}</h3>
            <p class="hint">{say::RUNS_HINT}</p>
            <Runs session/>
        </section>
    }
}
