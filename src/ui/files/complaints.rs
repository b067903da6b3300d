//! What is wrong with the address, a link or a file, until it is put away.

use crate::ui::opening::Complaints;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::files as say;
use leptos::prelude::*;

/// More lines than this are only counted.
const SHOWN: usize = 6;

#[component]
pub fn ComplaintsBar() -> impl IntoView {
    let list = expect_context::<Complaints>().page;
    let line = |text: String| view! { <p>{text}</p> };
    let rest = |count: usize| (count > SHOWN).then(|| view! { <p>{say::and_more(count - SHOWN)}</p> });
    // The region stands from the start, so that what comes into it is spoken.
    view! {
        <div class="complaints" role="alert">
            {move || list.with(|lines| (!lines.is_empty()).then(|| view! {
                <div class="complaints-lines">
                    {lines.iter().take(SHOWN).cloned().map(line).collect_view()}
                    {rest(lines.len())}
                </div>
                <button class="btn icon quiet" data-act="CloseComplaints" aria-label=say::PUT_AWAY on:click=move |_| list.set(Vec::new())>
                    <Icon glyph=Glyph::Close/>
                </button>
            }))}
        </div>
    }
}
