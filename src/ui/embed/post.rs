//! Listens to the page around the frame, and tells it what happens. Only the direct parent is listened to, and only
//! what [`super::protocol`] knows is obeyed.

use super::news::News;
use super::protocol::{Command, Event, FIELDS, Given, MOST_A_SECOND, NAMESPACE, Said, VERSION};
use super::size::wanted_height;
use super::wishes::Controls;
use crate::scenarios::catalogue::Story;
use crate::ui::address;
use crate::ui::frame::wall_clock;
use crate::ui::opening;
use crate::ui::parts;
use crate::ui::preferences::{Preferences, Theme};
use crate::ui::session::{SPEEDS, Session};
use crate::words::en::framed as say;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Window};

/// The window of the page around, if there is one.
fn host() -> Option<Window> {
    let parent = window().parent().ok().flatten()?;
    (!Object::is(&parent, &window())).then_some(parent)
}

/// For the life of the page. `title` is what the frame is called.
pub fn connect(session: Session, preferences: Preferences, controls: Controls, title: Memo<String>) {
    let Some(host) = host() else { return };
    listen(host, session, preferences);
    Effect::new(move |_| {
        session.run.track();
        tell(&Event::Ready { title: title.get(), at: session.now.get_untracked() });
    });
    Effect::new(move |_| {
        let (playing, speed) = (session.playing.get(), SPEEDS[session.speed.get()]);
        tell(&Event::StateChange { playing, at: session.now.get_untracked(), speed });
    });
    Effect::new(move |before: Option<u64>| {
        let at = session.pulse.get();
        if before != Some(at) {
            tell(&Event::Time { at });
        }
        at
    });
    let news = RefCell::new(News::default());
    session.watch(move |sim, touched| {
        if touched.standings || touched.slots == u64::MAX || touched.network {
            news.borrow_mut().take(sim).iter().for_each(tell);
        }
    });
    let told = Cell::new(0);
    let measure = move || {
        let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(0.0);
        let height = wanted_height(width, controls);
        if width > 0.0 && told.replace(height) != height {
            tell(&Event::Resize { height });
            tell_lti(height);
        }
    };
    measure();
    let resized = Closure::<dyn FnMut()>::new(measure);
    let _ = window().add_event_listener_with_callback("resize", resized.as_ref().unchecked_ref());
    resized.forget();
}

fn listen(host: Window, session: Session, preferences: Preferences) {
    let second = Cell::new((0.0, 0_u32));
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let is_hosts = message.source().is_some_and(|source| Object::is(&source, &host));
        let data = message.data();
        if !is_hosts || !data.is_object() || field(&data, NAMESPACE).as_f64() != Some(f64::from(VERSION)) {
            return;
        }
        let (began, count) = second.get();
        let now = wall_clock();
        let (began, count) = if now - began > 1_000.0 { (now, 1) } else { (began, count + 1) };
        second.set((began, count));
        if count > MOST_A_SECOND {
            return;
        }
        let fields = FIELDS.map(|key| (key, given(&field(&data, key))));
        let outcome = Command::read(&fields).and_then(|command| obey(command, session, preferences));
        if let Err(message) = outcome {
            tell(&Event::Error { message });
        }
    });
    let _ = window().add_event_listener_with_callback("message", heard.as_ref().unchecked_ref());
    heard.forget();
}

fn field(data: &JsValue, key: &str) -> JsValue {
    Reflect::get(data, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

fn given(value: &JsValue) -> Given {
    match (value.as_f64(), value.as_string()) {
        (Some(number), _) => Given::Number(number),
        (_, Some(text)) => Given::Text(text),
        _ => Given::Other,
    }
}

fn obey(command: Command, session: Session, preferences: Preferences) -> Result<(), String> {
    match command {
        Command::Play => session.play(),
        Command::Pause => session.pause(),
        Command::StepForward => session.step(),
        Command::StepBackward => session.step_back(),
        Command::Seek(to) => session.seek(to),
        Command::SeekEvent(event) => session.go_to_event(event),
        Command::LoadScenario(id) => {
            let story = Story::by_id(&id).ok_or_else(|| say::no_story(&id))?;
            load(format!("/play/?scene={}", story.id), session);
        }
        Command::LoadLink(fragment) => load(fragment, session),
        Command::SetSpeed(ratio) => {
            let index = SPEEDS.iter().position(|&speed| speed == ratio);
            session.set_speed(index.ok_or_else(|| say::SETSPEED_THERE_IS_NO_SUCH_SPEED.to_owned())?);
        }
        Command::SetTheme(name) => {
            if let Some(theme) = Theme::from_name(name) {
                preferences.theme.set(theme);
            }
        }
    }
    Ok(())
}

/// Nothing is loaded from an address with a mistake in it.
fn load(fragment: String, session: Session) {
    spawn_local(async move {
        if parts::all_families().await.is_err() {
            return tell(&Event::Error { message: say::load_failed(parts::SORRY) });
        }
        if let Err(message) = open(&fragment, session) {
            tell(&Event::Error { message: say::load_failed(&message) });
        }
    });
}

fn open(fragment: &str, session: Session) -> Result<(), String> {
    let address = address::parse(fragment, "").ok_or(say::NO_ALGORITHM_HERE)?;
    if let Some(complaint) = address.complaints.first() {
        return Err(complaint.clone());
    }
    match &address.link {
        Some(Err(error)) => return Err(error.to_string()),
        Some(Ok(_)) => {}
        None => session.begin(address.setup.clone()),
    }
    session.playing.set(false);
    opening::enter(session, &address).into_iter().next().map_or(Ok(()), Err)
}

/// Posts an event to the page around. Whoever that is: nothing in it is secret.
pub fn tell(event: &Event) {
    let Some(host) = host() else { return };
    let message = Object::new();
    let set = |key: &str, value: JsValue| {
        let _ = Reflect::set(&message, &JsValue::from_str(key), &value);
    };
    set(NAMESPACE, JsValue::from(VERSION));
    set("event", JsValue::from_str(event.name()));
    for (key, value) in event.fields() {
        set(
            key,
            match value {
                Said::Text(text) => JsValue::from_str(&text),
                Said::Number(number) => JsValue::from(number),
                Said::Flag(flag) => JsValue::from(flag),
                Said::Texts(texts) => texts.iter().map(|text| JsValue::from_str(text)).collect::<Array>().into(),
            },
        );
    }
    let _ = host.post_message(&message, "*");
}

/// What a learning platform understands.
fn tell_lti(height: u32) {
    let Some(host) = host() else { return };
    let message = Object::new();
    let _ = Reflect::set(&message, &"subject".into(), &"lti.frameResize".into());
    let _ = Reflect::set(&message, &"height".into(), &JsValue::from(height));
    let _ = host.post_message(&message, "*");
}
