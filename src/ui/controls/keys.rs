//! The list of keys.

use crate::ui::doors::Doors;
use crate::ui::preferences::Preferences;
use crate::ui::widgets::dialog::Dialog;
use crate::words::en::keys as say;
use leptos::prelude::*;

#[component]
pub fn KeysDialog() -> impl IntoView {
    let doors = expect_context::<Doors>();
    let preferences = expect_context::<Preferences>();
    let row = |(key, what): &(&'static str, &'static str)| {
        view! { <div class="key-row"><dt><kbd>{*key}</kbd></dt><dd>{*what}</dd></div> }
    };
    view! {
        <Dialog open=doors.keys title=say::KEYS_TITLE class="narrow">
            <label class="switch-row">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=move || preferences.letters.get()
                    on:change=move |event| preferences.use_letters(event_target_checked(&event))
                />
                {say::LETTERS_ARE_SHORTCUTS}
            </label>
            <dl class="keys">{say::KEYS.iter().map(row).collect_view()}</dl>
        </Dialog>
    }
}
