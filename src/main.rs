//! The browser app: mounts the page once its module has loaded.

use leptos::prelude::*;

#[component]
fn App() -> impl IntoView {
    view! { <main><h1>"Conclave"</h1><p>"The simulator has started."</p></main> }
}

fn main() {
    mount_to_body(App);
}
