//! How large the frame is: a usual size, or one's own.

use crate::words::sharing as say;
use leptos::prelude::*;

const USUAL: [(u32, u32); 3] = [(640, 400), (320, 480), (960, 680)];
/// What a frame may measure.
const LEAST: u32 = 120;
const MOST: u32 = 4_000;

#[derive(Clone, Copy)]
pub struct Size {
    /// Of the usual ones, or past them: one's own.
    chosen: RwSignal<usize>,
    width: RwSignal<u32>,
    height: RwSignal<u32>,
}

impl Size {
    pub fn new() -> Size {
        let (width, height) = USUAL[0];
        Size { chosen: RwSignal::new(0), width: RwSignal::new(width), height: RwSignal::new(height) }
    }

    pub fn pixels(&self) -> (u32, u32) {
        USUAL.get(self.chosen.get()).copied().unwrap_or_else(|| (self.width.get(), self.height.get()))
    }

    fn choose(&self, index: usize) {
        // One's own begins as what was there.
        let (width, height) = untrack(|| self.pixels());
        self.width.set(width);
        self.height.set(height);
        self.chosen.set(index);
    }
}

#[component]
pub fn SizeFields(size: Size) -> impl IntoView {
    let names = say::SIZES.into_iter().enumerate();
    let options = names.map(|(index, name)| view! { <option value=index.to_string()>{name}</option> }).collect_view();
    let field = move |name: &'static str, act: &'static str, value: RwSignal<u32>| {
        let changed = move |event| {
            if let Ok(pixels) = event_target_value(&event).trim().parse::<u32>() {
                value.set(pixels.clamp(LEAST, MOST));
            }
            value.notify();
        };
        view! {
            <input
                class="pick seed-field"
                inputmode="numeric"
                data-act=act
                aria-label=name
                prop:value=move || value.get().to_string()
                on:change=changed
            />
        }
    };
    view! {
        <label class="field">{say::SIZE}
            <select class="pick" data-act="Size" on:change=move |event| size.choose(event_target_value(&event).parse().unwrap_or(0))>{options}</select>
        </label>
        <div class="field" class:gone=move || size.chosen.get() < USUAL.len()>
            {field(say::WIDTH, "Width", size.width)}
            {field(say::HEIGHT, "Height", size.height)}
        </div>
    }
}
