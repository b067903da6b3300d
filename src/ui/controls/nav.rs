//! The pages, in the header of each.

use crate::ui::turning;
use crate::words::en::controls as say;
use leptos::prelude::*;

/// Room, name and address.
const PAGES: &[(&str, &str, &str)] = &[
    ("play", say::PLAY, "#/play/raft"),
    ("compare", say::COMPARE, "#/compare/raft+bully/minority"),
    ("learn", say::LEARN, "#/learn"),
    ("lab", say::LAB, "#/lab"),
];

#[component]
pub fn Pages() -> impl IntoView {
    let here = turning::room();
    let page = |&(id, name, address): &(&'static str, &'static str, &'static str)| {
        let current = (here == id).then_some("page");
        view! { <a href=address aria-current=current>{name}</a> }
    };
    view! { <nav class="pages" aria-label=say::PAGES>{PAGES.iter().map(page).collect_view()}</nav> }
}
