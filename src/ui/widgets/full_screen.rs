//! The whole screen, where the browser gives it. It may refuse, and then the visitor is told.

use crate::ui::session::Session;
use crate::words::en::learn as say;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    // The promise is what tells whether it was refused, and the usual binding drops it.
    type Root;
    #[wasm_bindgen(method, catch, js_name = requestFullscreen)]
    fn request_fullscreen(this: &Root) -> Result<Promise, JsValue>;
}

/// Asks for it; only while a key or a click of the visitor is fresh does a browser listen.
pub fn take(session: Session) {
    let Some(root) = document().document_element() else { return };
    let asked = root.unchecked_ref::<Root>().request_fullscreen();
    spawn_local(async move {
        let given = match asked {
            Ok(promise) => JsFuture::from(promise).await.is_ok(),
            Err(_) => false,
        };
        if !given {
            session.remark(say::FULL_SCREEN_REFUSED.into());
        }
    });
}

/// Left already, say by Escape, there is nothing to leave.
pub fn leave() {
    if is_taken() {
        document().exit_fullscreen();
    }
}

pub fn is_taken() -> bool {
    document().fullscreen_element().is_some()
}
