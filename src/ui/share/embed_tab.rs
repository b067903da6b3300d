//! The run in a frame: options, a live preview, and what to paste.

use super::pieces::{Copied, frame_of};
use super::size::{Size, SizeFields};
use super::start::{EventField, From, Start};
use crate::share::snippets::{Form, Frame};
use crate::ui::session::Session;
use crate::words::sharing as say;
use leptos::prelude::*;

#[component]
pub fn EmbedTab(session: Session) -> impl IntoView {
    let usual = StoredValue::new(frame_of(session));
    let start = Start::new(session);
    let form = RwSignal::new(Form::Iframe);
    let size = Size::new();
    let stop = RwSignal::new(String::new());
    let controls = RwSignal::new(String::from("full"));
    let theme = RwSignal::new(String::from("auto"));
    let (locked, autoplay, repeats, store, say_line) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false), RwSignal::new(true), RwSignal::new(true));
    let frame = Memo::new(move |_| {
        let (width, height) = size.pixels();
        let mut frame = Frame { width, height, ..usual.get_value() };
        frame.wishes.extend(start.parameter(&frame.run).map(|moment| ("t", moment)));
        let mut wish = |key: &'static str, value: String, usual: &str| {
            if value != usual && !value.is_empty() {
                frame.wishes.push((key, value));
            }
        };
        let until = stop.get();
        let has_stop = !until.is_empty() && until.chars().all(|letter| letter.is_ascii_digit());
        wish("stop", if has_stop { until } else { String::new() }, "");
        wish("loop", if has_stop && repeats.get() { "1".into() } else { String::new() }, "");
        wish("controls", controls.get(), "full");
        wish("theme", theme.get(), "auto");
        wish("autoplay", if autoplay.get() { "1".into() } else { String::new() }, "");
        wish("lock", if locked.get() { "1".into() } else { String::new() }, "");
        let shown = [(store.get(), "store"), (say_line.get(), "say")];
        if shown.iter().any(|(shown, _)| !shown) {
            let list: Vec<&str> = shown.iter().filter(|(shown, _)| *shown).map(|(_, part)| *part).collect();
            // An empty list asks for nothing but the stage.
            frame.wishes.push(("show", if list.is_empty() { ",".into() } else { list.join(",") }));
        }
        frame
    });
    let snippet = Memo::new(move |_| frame.with(|frame| frame.snippet(form.get())));
    let select = |name: &'static str, act: &'static str, options: &'static [&'static str], value: RwSignal<String>| {
        let list = options.iter().map(|option| view! { <option value=*option>{*option}</option> }).collect_view();
        view! {
            <label class="field">{name}
                <select class="pick" data-act=act prop:value=value on:change=move |event| value.set(event_target_value(&event))>{list}</select>
            </label>
        }
    };
    let check = |name: &'static str, act: &'static str, value: RwSignal<bool>| {
        view! {
            <label class="check"><input type="checkbox" data-act=act prop:checked=value on:change=move |event| value.set(event_target_checked(&event))/>{name}</label>
        }
    };
    let forms = Form::ALL.into_iter().zip(say::FORMS).map(|(one, name)| {
        let is_chosen = move || form.get() == one;
        view! {
            <button class="chip-button" data-form=one.id() aria-pressed=move || is_chosen().to_string() on:click=move |_| form.set(one)>{name}</button>
        }
    });
    view! {
        <div class="share-options">
            <label class="field">{say::START_AT}
                <select class="pick" data-act="Start" on:change=move |event| start.from.set(match event_target_value(&event).as_str() {
                    "beginning" => From::Beginning,
                    "event" => From::Event,
                    _ => From::Here,
                })>
                    <option value="here">{say::THIS_MOMENT}</option>
                    <option value="beginning">{say::BEGINNING}</option>
                    <option value="event">{say::EVENT}</option>
                </select>
                <EventField start/>
            </label>
            <label class="field">{say::STOP_AT}
                <input class="pick seed-field" inputmode="numeric" data-act="Stop" prop:value=stop on:change=move |event| stop.set(event_target_value(&event))/>
            </label>
            <SizeFields size/>
            {select(say::CONTROLS, "Controls", &["full", "minimal", "none"], controls)}
            {select(say::THEME, "FrameTheme", &["auto", "light", "dark"], theme)}
        </div>
        <div class="checks">
            {check(say::LOCKED, "Lock", locked)}
            {check(say::AUTOPLAY, "Autoplay", autoplay)}
            {check(say::REPEATS, "Loop", repeats)}
            {check(say::STORE, "ShowStore", store)}
            {check(say::SENTENCE, "ShowSay", say_line)}
        </div>
        <div class="chip-row" role="group" aria-label=say::FORM>{forms.collect_view()}</div>
        <Copied text=snippet name=say::TABS[1] rows=5/>
        <p class="hint">{move || if form.get() == Form::Markdown { say::MARKDOWN } else { "" }}</p>
        <h3>{say::PREVIEW}</h3>
        <div class="share-preview" role="group" aria-label=say::PREVIEW tabindex="0">
            {move || frame.with(|frame| {
                let (width, height) = (frame.width.to_string(), frame.height.to_string());
                // A page must not hold itself: browsers do not load a frame with the address of a page around it.
                let source = frame.address().replacen('#', "?preview#", 1);
                view! { <iframe title=say::PREVIEW width=width height=height src=source></iframe> }
            })}
        </div>
    }
}
