//! The plot on the page: drawn when something changed, and every point of it a way to the run behind it.

use super::address::RunName;
use super::bench::LabBench;
use super::plots::sheet::Sheet;
use super::plots::{Spot, curve, share, trade_off};
use crate::lab::show::Plot;
use crate::ui::preferences::Preferences;
use crate::words::en::lab_page as say;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;

/// So near the pointer must be, in pixels.
const NEAR: f64 = 28.0;

/// A spot and the run behind it.
#[derive(Clone, PartialEq, Debug)]
struct Aimed {
    words: String,
    run: Option<RunName>,
    x: f64,
    y: f64,
}

#[component]
pub fn Picture(
    bench: LabBench,
    canvas: NodeRef<html::Canvas>,
    #[prop(into)] sentence: Signal<String>,
) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let spots: StoredValue<Vec<Spot>, LocalStorage> = StoredValue::new_local(Vec::new());
    let aimed: RwSignal<Option<Aimed>> = RwSignal::new(None);
    let resized = RwSignal::new(0_u32);
    watch_size(canvas, resized);
    Effect::new(move |_| {
        preferences.theme.track();
        resized.track();
        bench.drawn.track();
        let loaded = bench.loaded.get();
        let (Some(canvas), Some(loaded)) = (canvas.get(), loaded) else { return };
        let Some(sheet) = Sheet::on(&canvas) else { return };
        let found = bench.shown(|found| match loaded.experiment.show.plot {
            Plot::Share => share::paint(&sheet, &loaded, found),
            Plot::Curve => curve::paint(&sheet, &loaded, found),
            Plot::TradeOff => trade_off::paint(&sheet, &loaded, found),
            Plot::Table => Vec::new(),
        });
        spots.set_value(found);
        aimed.set(None);
    });
    let nearest = move |event: &web_sys::MouseEvent| {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let away = |spot: &Spot| (spot.x - x).hypot(spot.y - y);
        spots.with_value(|spots| {
            let spot = spots.iter().min_by(|a, b| away(a).total_cmp(&away(b))).filter(|spot| away(spot) < NEAR)?;
            let seed = bench.found(|found| found.get(spot.case)?.seed_of(spot.metric, spot.reading));
            let run = seed.map(|seed| RunName { case: spot.case, seed });
            Some(Aimed { words: spot.words.clone(), run, x: spot.x, y: spot.y })
        })
    };
    let moved = move |event: web_sys::MouseEvent| {
        let next = nearest(&event);
        if next != aimed.get_untracked() {
            aimed.set(next);
        }
    };
    let pressed = move |event: web_sys::MouseEvent| {
        if let Some(run) = nearest(&event).and_then(|aimed| aimed.run) {
            let _ = window().location().set_href(&bench.run_address(run));
        }
    };
    let mark = move || aimed.get().map(|aimed| format!("left:{}px;top:{}px", aimed.x, aimed.y));
    view! {
        <div class="lab-canvas" class:aimed=move || aimed.with(Option::is_some)>
            <canvas node_ref=canvas role="img" aria-label=sentence on:mousemove=moved on:mouseleave=move |_| aimed.set(None) on:click=pressed data-act="Plot"></canvas>
            <span class="lab-mark" style=mark aria-hidden="true"></span>
        </div>
        <p class="lab-readout">
            {move || match aimed.get() {
                Some(Aimed { words, run: Some(run), .. }) => say::click_to_open(&words, run.seed),
                Some(aimed) => aimed.words,
                None => sentence.get(),
            }}
        </p>
    }
}

fn watch_size(canvas: NodeRef<html::Canvas>, resized: RwSignal<u32>) {
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let changed = Closure::<dyn FnMut()>::new(move || {
            let _ = resized.try_update(|count| *count += 1);
        });
        if let Ok(observer) = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&canvas);
        }
        changed.forget();
    });
}
