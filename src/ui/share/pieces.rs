//! What the tabs share: text that can be copied, files to save, the address of this page, the page's own style.

use crate::share::snippets::Frame;
use crate::sim::time::MILLISECOND;
use crate::ui::address;
use crate::ui::session::Session;
use crate::words::sharing as say;
use gloo_timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// A text and a button that copies it and says so.
#[component]
pub fn Copied(#[prop(into)] text: Signal<String>, name: &'static str, #[prop(default = 3)] rows: u32) -> impl IntoView {
    let field: NodeRef<html::Textarea> = NodeRef::new();
    view! {
        <div class="copied">
            <textarea node_ref=field readonly rows=rows aria-label=name spellcheck="false" prop:value=text></textarea>
            <CopyButton text name=say::COPY primary=true field/>
        </div>
    }
}

/// Copies a text. Where the browser does not let it, the text is selected instead, if there is a field.
#[component]
pub fn CopyButton(
    #[prop(into)] text: Signal<String>,
    name: &'static str,
    #[prop(default = false)] primary: bool,
    #[prop(optional)] field: NodeRef<html::Textarea>,
) -> impl IntoView {
    let said = RwSignal::new(None::<&'static str>);
    let back = StoredValue::new_local(None::<Timeout>);
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let outcome = write_clipboard(&text).await;
            if let (Err(_), Some(field)) = (&outcome, field.get_untracked()) {
                field.select();
            }
            said.set(Some(if outcome.is_ok() { say::COPIED } else { say::SELECTED }));
            back.set_value(Some(Timeout::new(2_500, move || said.set(None))));
        });
    };
    view! {
        <button class="btn" class:primary=primary data-act="Copy" on:click=copy>
            <span aria-live="polite">{move || said.get().unwrap_or(name)}</span>
        </button>
    }
}

/// # Errors
/// The browser does not let it.
pub async fn write_clipboard(text: &str) -> Result<JsValue, JsValue> {
    let clipboard = window().navigator().clipboard();
    if clipboard.is_undefined() {
        return Err(JsValue::NULL);
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await
}

/// Saves what an address of data holds.
pub fn save(address: &str, name: &str) {
    let made = document().create_element("a").ok().and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok());
    let Some(link) = made else { return };
    let _ = link.set_attribute("href", address);
    let _ = link.set_attribute("download", name);
    link.click();
}

/// A picture as an address of data.
pub fn data_address(svg: &str) -> String {
    format!("data:image/svg+xml,{}", js_sys::encode_uri_component(svg))
}

/// `conclave-raft-seed-7`: what files are called.
pub fn file_name(session: Session) -> String {
    session.setup.with_untracked(|setup| format!("conclave-{}-seed-{}", setup.algorithm().id(), setup.scenario.seed))
}

/// Where this copy of Conclave lives.
pub fn base() -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
    let origin = if origin == "null" || origin == "file://" { "file://".to_owned() } else { origin };
    format!("{origin}{folder}")
}

/// The parameters that name the run: short ones if they say all, else the whole run.
pub fn run_of(session: Session) -> String {
    let untouched = session.acts() == 0;
    let plain = session.setup.with_untracked(|setup| {
        let fragment = (untouched && address::is_plain(setup)).then(|| address::fragment(setup))?;
        let query = fragment.split_once('?')?.1.to_owned();
        // A story has its own seed.
        let story = setup.story.map(|story| format!("scene={story}"));
        let own_seed = setup.story.and_then(crate::scenarios::catalogue::Story::by_id);
        let is_own = own_seed.is_some_and(|story| story.scenario().seed == setup.scenario.seed);
        Some(story.filter(|_| is_own).unwrap_or(query))
    });
    plain.unwrap_or_else(|| format!("s={}", session.link().write()))
}

/// The run in a frame of the usual size, at the moment on the page.
pub fn frame_of(session: Session) -> Frame {
    let words = session.words();
    session.setup.with_untracked(|setup| {
        let (family, scenario) = (setup.algorithm().id(), &setup.scenario);
        Frame {
            base: base(),
            family: family.to_owned(),
            run: run_of(session),
            wishes: Vec::new(),
            width: 640,
            height: 400,
            title: say::frame_title(&scenario.title, &words.family_name(family), scenario.nodes),
        }
    })
}

/// The moment on the page as the parameter `t` says it: a time, or an event where more is due at that very time.
pub fn here(session: Session) -> String {
    let now = session.now.get_untracked();
    match session.look(|sim| (sim.next_event_at(), sim.events())) {
        (Some(due), events) if due <= now && events > 0 => format!("e{}", events - 1),
        _ if now.is_multiple_of(MILLISECOND) => (now / MILLISECOND).to_string(),
        _ => format!("{}.{:03}ms", now / MILLISECOND, now % MILLISECOND),
    }
}

/// The moment on the page, in whole milliseconds.
pub fn moment(session: Session) -> u64 {
    session.now.get_untracked() / MILLISECOND
}
