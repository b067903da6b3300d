//! The experiments that come with the page, and the files they need, fetched when they are wanted.

use crate::words::en::lab_page as say;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// A file of the page as text.
///
/// # Errors
/// A sentence saying that it did not arrive.
pub async fn fetch_text(address: &str) -> Result<String, String> {
    let missing = || say::file_missing(address);
    let response = JsFuture::from(leptos::prelude::window().fetch_with_str(address)).await.map_err(|_| missing())?;
    let response: web_sys::Response = response.dyn_into().map_err(|_| missing())?;
    if !response.ok() {
        return Err(missing());
    }
    let text = JsFuture::from(response.text().map_err(|_| missing())?).await.map_err(|_| missing())?;
    text.as_string().ok_or_else(missing)
}
