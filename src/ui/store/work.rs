//! What leaders do with their office: a choice that starts a new run.

use crate::sim::store::Job;
use crate::ui::controls::setup_bar::begin;
use crate::ui::session::Session;
use crate::words::en::store as say;
use crate::words::ledger;
use leptos::prelude::*;

/// The choice as one field.
#[component]
pub fn WorkField(session: Session) -> impl IntoView {
    let chosen = move |event| {
        let index: Option<usize> = event_target_value(&event).parse().ok();
        if let Some(&job) = index.and_then(|index| Job::ALL.get(index)) {
            begin(session, |setup| setup.with_job(job));
        }
    };
    let value = move || session.setup.with(|setup| (setup.scenario.work.job as u8).to_string());
    let option = |job: Job| view! { <option value=(job as u8).to_string()>{ledger::job_name(job)}</option> };
    view! {
        <label class="field work" title=say::WORK_TITLE>
            <span class="field-name">{say::WORK}</span>
            <select class="pick" data-act="Work" prop:value=value on:change=chosen>
                {Job::ALL.map(option).collect_view()}
            </select>
        </label>
    }
}

/// Stands where the ledger would be, while leaders have no work.
#[component]
pub fn WorkCard(session: Session) -> impl IntoView {
    let offer = move |job: Job| {
        view! {
            <button class="btn" data-job=(job as u8).to_string() on:click=move |_| begin(session, |setup| setup.with_job(job))>
                {ledger::job_name(job)}
            </button>
        }
    };
    view! {
        <section class="work-card" aria-label=say::WORK_FOR>
            <h2>{say::GIVE_WORK}</h2>
            <p>{say::WORK_ABOUT}</p>
            <div class="work-offers">{Job::ALL[1..].iter().map(|&job| offer(job)).collect_view()}</div>
        </section>
    }
}
