//! The page's own style sheets, to the letter: pictures made of them are the same, to the byte, as those that the
//! command line makes.

use super::pieces::{frame_of, here};
use crate::share::export::frame::Origin;
use crate::share::export::sheet::{Look, Sheets};
use crate::ui::session::Session;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CssStyleSheet, Response};

/// The sheet with the colours, and that of the stage.
pub struct PageSheets {
    tokens: String,
    stage: String,
}

impl PageSheets {
    pub async fn read() -> PageSheets {
        PageSheets { tokens: with("--reign-1-wash:").await, stage: with(".seal-number").await }
    }

    /// What every picture of this run says of itself.
    pub fn origin(&self, session: Session, look: Look) -> Origin<'_> {
        let sheets = Sheets { tokens: &self.tokens, stage: &self.stage };
        let mut frame = frame_of(session);
        if !frame.run.starts_with("s=") {
            frame.wishes.push(("t", here(session)));
        }
        Origin::of(&session.recording(), &frame.page(), sheets, look)
    }
}

/// The sheet with this in it. The browser keeps only its own reading of it, so that the letters are asked for anew.
async fn with(mark: &str) -> String {
    let list = document().style_sheets();
    let sheets = (0..list.length()).filter_map(|index| list.get(index)?.dyn_into::<CssStyleSheet>().ok());
    let found =
        sheets.filter_map(|sheet| Some((read_by_browser(&sheet)?, sheet))).find(|(text, _)| text.contains(mark));
    let Some((text, sheet)) = found else { return String::new() };
    let whole = letters(&sheet).await.unwrap_or(text);
    alone(&whole, mark).to_owned()
}

/// Out of a sheet that was put together from several, each after a line `/*@name*/` (scripts/parts.mjs), the one with the mark.
fn alone<'a>(whole: &'a str, mark: &str) -> &'a str {
    let found = whole.split("/*@").find(|one| one.contains(mark)).unwrap_or(whole);
    found.split_once("*/\n").filter(|(name, _)| !name.contains(' ')).map_or(found, |(_, sheet)| sheet)
}

fn read_by_browser(sheet: &CssStyleSheet) -> Option<String> {
    let rules = sheet.css_rules().ok()?;
    Some((0..rules.length()).filter_map(|index| Some(rules.get(index)?.css_text() + "\n")).collect())
}

/// In the offline page a sheet is an element with its text in it; else it is a file.
async fn letters(sheet: &CssStyleSheet) -> Option<String> {
    let Some(address) = sheet.href().ok().flatten() else { return sheet.owner_node()?.text_content() };
    let response: Response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?.dyn_into().ok()?;
    let text = response.ok().then(|| response.text().ok()).flatten()?;
    JsFuture::from(text).await.ok()?.as_string()
}
