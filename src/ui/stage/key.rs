//! The legend: what shapes and marks mean.

use super::legend::entries;
use super::uses::Uses;
use crate::words::en::stage as say;
use leptos::prelude::*;

#[component]
pub(super) fn Key(uses: RwSignal<Uses>) -> impl IntoView {
    let line = |(drawing, words): (String, &'static str)| {
        view! { <li><svg viewBox="0 0 34 30" aria-hidden="true" inner_html=drawing></svg><span>{words}</span></li> }
    };
    view! {
        <section class="key" aria-label=say::KEY>
            <h2>{say::KEY}</h2>
            <ul>{move || entries(uses.get()).into_iter().map(line).collect_view()}</ul>
        </section>
    }
}
