//! Texts fetched on demand, from where the page itself came from.

use crate::words::en::learn as say;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// A text on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fetched<T> {
    Underway,
    Here(T),
    /// A sentence that says what went wrong.
    Missing(String),
}

/// Fetches `address` and reads it. What comes after its page was left goes nowhere.
pub fn fetch<T: Clone + Send + Sync + 'static>(
    address: String,
    read: fn(&str) -> Result<T, String>,
) -> RwSignal<Fetched<T>> {
    let fetched = RwSignal::new(Fetched::Underway);
    leptos::task::spawn_local(async move {
        let outcome = match text(&address).await {
            Ok(text) => read(&text).map_or_else(Fetched::Missing, Fetched::Here),
            Err(message) => Fetched::Missing(message),
        };
        let _ = fetched.try_set(outcome);
    });
    fetched
}

async fn text(address: &str) -> Result<String, String> {
    let missing = || say::TEXT_DID_NOT_ARRIVE.to_owned();
    let response = JsFuture::from(window().fetch_with_str(address)).await.map_err(|_| missing())?;
    let response: web_sys::Response = response.dyn_into().map_err(|_| missing())?;
    if response.status() == 404 {
        return Err(say::THERE_IS_NO_SUCH_PAGE.into());
    }
    if !response.ok() {
        return Err(missing());
    }
    let text = JsFuture::from(response.text().map_err(|_| missing())?).await.map_err(|_| missing())?;
    text.as_string().ok_or_else(missing)
}

/// The page once its text is here; until then a line that says so.
pub fn shown<T: Clone + Send + Sync + 'static>(
    fetched: RwSignal<Fetched<T>>,
    page: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    (move || match fetched.get() {
        Fetched::Underway => view! { <p class="learn-wait" role="status">{say::FETCHING_THE_TEXT}</p> }.into_any(),
        Fetched::Missing(message) => view! {
            <div class="learn-column">
                <h1>{say::NOT_HERE}</h1>
                <p role="alert">{message}</p>
                <p><a href="#/learn">{say::ALL_LESSONS}</a></p>
            </div>
        }
        .into_any(),
        Fetched::Here(text) => page(text),
    })
    .into_any()
}
