//! Mounts the browser app.

use conclave::ui::app::App;
use leptos::prelude::*;

fn main() {
    conclave::ui::rescue::install();
    mount_to_body(App);
}
