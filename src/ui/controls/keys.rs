//! The list of keys.

use crate::ui::doors::Doors;
use crate::ui::keyboard::KEYS;
use crate::ui::preferences::Preferences;
use crate::ui::widgets::dialog::Dialog;
use leptos::prelude::*;

#[component]
pub fn KeysDialog() -> impl IntoView {
    let doors = expect_context::<Doors>();
    let preferences = expect_context::<Preferences>();
    let row = |(key, what): &(&'static str, &'static str)| {
        view! { <div class="key-row"><dt><kbd>{*key}</kbd></dt><dd>{*what}</dd></div> }
    };
    view! {
        <Dialog open=doors.keys title="Keys" class="narrow">
            <label class="switch-row">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=move || preferences.letters.get()
                    on:change=move |event| preferences.use_letters(event_target_checked(&event))
                />
                "Single letters are shortcuts"
            </label>
            <dl class="keys">{KEYS.iter().map(row).collect_view()}</dl>
        </Dialog>
    }
}
