//! The experiments that come with the page, and the files they need, fetched when they are wanted.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Groups of experiments: a heading, and the experiments by id and short name.
pub const SHELF: &[(&str, &[(&str, &str)])] = &[
    (
        "Published results, run again",
        &[
            ("figure-16", "Raft's figure 16: chance in timeouts"),
            ("figure-16-range", "Raft's figure 16: short timeouts"),
            ("wide-area", "Elections across a continent"),
            ("split-votes", "How often votes split"),
        ],
    ),
    (
        "Trade-offs",
        &[
            ("trade-off", "The price of a short timeout"),
            ("messages", "Messages per fail-over"),
            ("approaches", "Seven approaches, the same faults"),
            ("one-page", "The numbers of the cheat sheet"),
        ],
    ),
    (
        "Held against real clusters",
        &[
            ("etcd", "etcd"),
            ("etcd-fast", "etcd, fast"),
            ("zookeeper", "ZooKeeper"),
            ("recipe", "ZooKeeper's election recipe"),
        ],
    ),
    ("Yours", &[("own", "Your own experiment")]),
];

/// A file of the page as text.
///
/// # Errors
/// A sentence saying that it did not arrive.
pub async fn fetch_text(address: &str) -> Result<String, String> {
    let missing = || format!("The file {address} did not arrive. Reload the page to try again.");
    let response = JsFuture::from(leptos::prelude::window().fetch_with_str(address)).await.map_err(|_| missing())?;
    let response: web_sys::Response = response.dyn_into().map_err(|_| missing())?;
    if !response.ok() {
        return Err(missing());
    }
    let text = JsFuture::from(response.text().map_err(|_| missing())?).await.map_err(|_| missing())?;
    text.as_string().ok_or_else(missing)
}
