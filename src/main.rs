//! Mounts the browser app.

use conclave::ui::app::App;
use leptos::prelude::*;

fn main() {
    // A worker of the lab runs the same module for its functions alone: there is no page to mount.
    if !conclave::ui::lab::entry::is_page() {
        return;
    }
    conclave::ui::rescue::install();
    mount_to_body(App);
}
