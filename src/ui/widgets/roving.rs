//! One tab stop per group: arrow keys move within it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Handles arrow keys, Home and End in a group whose members match `selector`. Moving also clicks the member if
/// `follow` is set, as in a group of radio buttons.
pub fn rove(event: &KeyboardEvent, selector: &str, follow: bool) {
    let step: i32 = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => 1,
        "ArrowLeft" | "ArrowUp" => -1,
        "Home" => i32::MIN,
        "End" => i32::MAX,
        _ => return,
    };
    let Some(group) = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let Ok(list) = group.query_selector_all(selector) else { return };
    let members: Vec<HtmlElement> =
        (0..list.length()).filter_map(|index| list.get(index)?.dyn_into::<HtmlElement>().ok()).collect();
    let active = document().active_element();
    let here = members.iter().position(|member| active.as_ref() == Some(member.as_ref()));
    let (Some(here), count) = (here, members.len() as i32) else { return };
    let next = match step {
        i32::MIN => 0,
        i32::MAX => count - 1,
        step => (here as i32 + step).rem_euclid(count),
    };
    event.prevent_default();
    event.stop_propagation();
    let member = &members[next as usize];
    let _ = member.focus();
    if follow {
        member.click();
    }
}
