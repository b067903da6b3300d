//! Saving what was found: rows, a picture, the document.

use super::bench::LabBench;
use crate::share::lab_rows::{header, write_seed};
use crate::words::en::lab_page as say;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Hands a file to the browser.
fn offer(name: &str, address: &str) {
    let link = document().create_element("a").ok().and_then(|it| it.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(address);
        link.set_download(name);
        link.click();
    }
}

fn offer_text(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = web_sys::Blob::new_with_str_sequence(&parts) else { return };
    if let Ok(address) = web_sys::Url::create_object_url_with_blob(&blob) {
        offer(name, &address);
        // The browser has taken it up by then.
        set_timeout(move || drop(web_sys::Url::revoke_object_url(&address)), std::time::Duration::from_secs(20));
    }
}

/// Every reading, as the command line prints it.
pub fn rows(bench: LabBench) {
    let Some(loaded) = bench.loaded.get_untracked() else { return };
    let samples = bench.samples(&loaded.experiment);
    let mut text = header(&loaded.experiment) + "\n";
    for seed in samples.first_seed..samples.first_seed + samples.trials() {
        write_seed(&loaded.experiment, &samples, seed, &mut text);
    }
    offer_text(&format!("{}.csv", name(bench)), &text);
}

/// For `conclave-cli lab`.
pub fn document_file(bench: LabBench) {
    if let Some(loaded) = bench.loaded.get_untracked() {
        offer_text(&format!("{}.json", name(bench)), &loaded.document);
    }
}

pub fn picture(bench: LabBench, canvas: &web_sys::HtmlCanvasElement) {
    if let Ok(address) = canvas.to_data_url() {
        offer(&format!("{}.png", name(bench)), &address);
    }
}

fn name(bench: LabBench) -> String {
    format!("conclave-{}", bench.address.with_untracked(|address| address.experiment.clone()))
}

/// Copies the address that repeats the experiment; answers what to say of it.
pub fn copy_link(bench: LabBench) -> String {
    let last = |first: u64| first + bench.trials.get_untracked().max(1) - 1;
    let mut address = bench.address.get_untracked();
    let first = bench.first_seed.get_untracked();
    address.seeds = Some((first, last(first)));
    let here = window().location();
    let page = here.href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default();
    let link = format!("{page}{}", address.fragment());
    let _ = window().navigator().clipboard().write_text(&link);
    say::COPIED.into()
}
