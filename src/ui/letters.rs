//! The size of letters, as the page has it now.

use leptos::prelude::{document, window};

/// CSS pixels of one rem.
pub fn root_font_size() -> f64 {
    let style = document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    // The browser reads the number: reading fractions takes tables of ten kilobytes.
    size.map(|size| js_sys::parse_float(&size)).filter(|size| size.is_finite()).unwrap_or(16.0)
}
