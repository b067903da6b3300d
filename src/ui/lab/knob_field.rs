//! One setting of an experiment: a switch, or a field with a slider under it.

use super::bench::LabBench;
use super::knobs::{Shown, shown, typed};
use super::slide::{PLACES, Slide};
use crate::lab::show::Knob;
use crate::words::en::lab::slider_name;
use leptos::prelude::*;

#[component]
pub fn KnobField(bench: LabBench, knob: Knob) -> impl IntoView {
    let path = StoredValue::new(knob.path);
    let value = move || {
        let loaded = bench.loaded.get()?;
        Some(path.with_value(|path| shown(&loaded.json, &loaded.experiment, path)))
    };
    let change = move |value: Option<String>| path.with_value(|path| bench.go(|address| address.change(path, value)));
    if let Some(Shown::Switch(_)) = untrack(value) {
        let on = move || value() == Some(Shown::Switch(true));
        let flip = move |event| change(Some(event_target_checked(&event).to_string()));
        return view! {
            <label class="lab-field lab-switch">
                <span>{knob.name}</span>
                <input type="checkbox" role="switch" prop:checked=on on:change=flip/>
            </label>
        }
        .into_any();
    }
    // What stands in the field: what was typed or slid to, until the experiment says what came of it.
    let text = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(Shown::Text(present)) = value() {
            text.set(present);
        }
    });
    let changed = move |event| {
        let words = event_target_value(&event);
        text.set(words.clone());
        change((!words.trim().is_empty()).then(|| typed(words.trim())));
    };
    let most = knob.most;
    let slide = move || text.with(|text| Slide::of(text, most?));
    let ends = Memo::new(move |_| slide().map_or(0, |slide| slide.ends.len()));
    let name = StoredValue::new(knob.name.clone());
    let thumb = move |end: usize| {
        let place = move || slide().map_or(0, |slide| slide.place(end.min(slide.ends.len() - 1))).to_string();
        let slid = move |event| {
            if let (Some(slide), Ok(place)) = (untrack(slide), event_target_value(&event).parse()) {
                text.set(slide.moved(end, place).text());
            }
        };
        let left = move |_| change(Some(typed(&text.get_untracked())));
        view! {
            <input
                type="range"
                min="0"
                max=PLACES.to_string()
                aria-label=move || name.with_value(|name| slider_name(name, end, ends.get()))
                aria-valuetext=text
                prop:value=place
                on:input=slid
                on:change=left
            />
        }
    };
    view! {
        <div class="lab-knob">
            <label class="lab-field">
                <span>{knob.name}</span>
                <input type="text" class="pick" prop:value=text on:change=changed spellcheck="false" autocomplete="off"/>
            </label>
            {move || (0..ends.get()).map(thumb).collect_view()}
        </div>
    }
    .into_any()
}
