//! The runs of this session: the one on the stage and those that were left when the past was changed.

use crate::ui::session::{Left, Session};
use crate::words::en::files as say;
use leptos::prelude::*;

#[component]
pub fn Runs(session: Session) -> impl IntoView {
    let changed = RwSignal::new(0u32);
    let list = move || {
        changed.track();
        session.run.track();
        session.undoable.track();
        session.runs()
    };
    let row = move |run: Left| {
        let number = run.number;
        let facts = say::run_facts(run.parted, run.newest, run.acts);
        let name = run.name.clone();
        let renamed = move |event| {
            session.call_run(number, &event_target_value(&event));
            changed.update(|count| *count += 1);
        };
        let back = move |_| {
            session.return_to(number);
            changed.update(|count| *count += 1);
        };
        view! {
            <li class="run-row" data-run=number aria-current=run.parted.is_none().then_some("true")>
                <input class="pick" aria-label=say::name_of(&name) maxlength="40" prop:value=name.clone() on:change=renamed/>
                <span class="row-state">{facts}</span>
                {match run.parted {
                    Some(_) => view! {
                        <button class="btn" data-act="ReturnTo" aria-label=say::return_to(&name) on:click=back>{say::RETURN}</button>
                    }.into_any(),
                    None => view! { <span class="run-here">{say::ON_THE_STAGE}</span> }.into_any(),
                }}
            </li>
        }
    };
    view! { <ul class="runs">{move || list().into_iter().map(row).collect_view()}</ul> }
}
