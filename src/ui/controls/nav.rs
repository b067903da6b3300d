//! The pages, in the header of each.

use crate::ui::turning;
use leptos::prelude::*;

const PAGES: &[(&str, &str)] = &[("play", "Play"), ("learn", "Learn")];

#[component]
pub fn Pages() -> impl IntoView {
    let here = turning::room();
    let page = |&(id, name): &(&'static str, &'static str)| {
        let current = (here == id).then_some("page");
        view! { <a href=format!("#/{id}") aria-current=current>{name}</a> }
    };
    view! { <nav class="pages" aria-label="Pages">{PAGES.iter().map(page).collect_view()}</nav> }
}
