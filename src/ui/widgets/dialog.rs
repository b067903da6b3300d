//! A native dialog with a title and a way out.

use super::icon::{Glyph, Icon};
use crate::words::en::stage as say;
use leptos::html;
use leptos::prelude::*;

/// Shows its children while `open` is true. Escape, the cross and the backdrop close it; the browser gives the
/// focus back to what opened it.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// A class that sets its width.
    #[prop(default = "")]
    class: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = dialog.get() else { return };
        if wanted && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    // What happens inside comes here too, a file dialog that is left with nothing chosen for one.
    let shut_if_itself = move |event: web_sys::Event| {
        if event.target() == event.current_target() {
            open.set(false);
        }
    };
    let on_backdrop = move |event: web_sys::MouseEvent| shut_if_itself(event.into());
    view! {
        // At Escape without waiting for `close`, which the browser may say after the next key.
        <dialog node_ref=dialog class=format!("dialog {class}") aria-label=title on:cancel=shut_if_itself on:close=move |_| open.set(false) on:click=on_backdrop>
            <div class="dialog-body">
                <div class="dialog-head">
                    <h2>{title}</h2>
                    <button class="btn icon quiet" aria-label=say::CLOSE on:click=move |_| open.set(false)>
                        <Icon glyph=Glyph::Close/>
                    </button>
                </div>
                <div class="dialog-content">{move || open.get().then(|| children())}</div>
            </div>
        </dialog>
    }
}
