//! A picture as pixels.

use super::pieces::{data_address, save};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// Draws the picture on a canvas, twice as large, and saves that.
pub fn paint(svg: &str, name: String) {
    let Ok(image) = HtmlImageElement::new() else { return };
    let drawn = image.clone();
    let loaded = Closure::once_into_js(move || {
        let canvas =
            document().create_element("canvas").ok().and_then(|made| made.dyn_into::<HtmlCanvasElement>().ok());
        let Some(canvas) = canvas else { return };
        let (width, height) = (drawn.natural_width() * 2, drawn.natural_height() * 2);
        canvas.set_width(width);
        canvas.set_height(height);
        let Some(context) = canvas.get_context("2d").ok().flatten() else { return };
        let context: CanvasRenderingContext2d = context.unchecked_into();
        let (w, h) = (f64::from(width), f64::from(height));
        if context.draw_image_with_html_image_element_and_dw_and_dh(&drawn, 0.0, 0.0, w, h).is_ok()
            && let Ok(address) = canvas.to_data_url()
        {
            save(&address, &name);
        }
    });
    image.set_onload(Some(loaded.unchecked_ref()));
    image.set_src(&data_address(svg));
}
