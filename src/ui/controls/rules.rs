//! Rules, timing and wires of the run: made from the settings' own description. Moving one acts now, and can be undone.

use super::timing_rule::{Judgement, judge};
use crate::sim::duty::Work;
use crate::sim::fault::{Fault, Scope};
use crate::sim::network::Wires;
use crate::sim::pauses::Pauses;
use crate::sim::place::Place;
use crate::sim::settings::{Field, FieldKind, Settings, Value};
use crate::sim::simulation::Simulation;
use crate::sim::store::{Guard, Job};
use crate::sim::time::{HOUR, MILLISECOND, Micros, SECOND};
use crate::ui::doors::Doors;
use crate::ui::session::Session;
use crate::ui::store::work::WorkField;
use crate::ui::widgets::dialog::Dialog;
use crate::words::act_line::value_line;
use crate::words::en::controls as say;
use leptos::prelude::*;

/// A slider has this many steps; times and chances are spread over them by their logarithm.
const STEPS: u32 = 200;

#[component]
pub fn RulesDialog(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    view! {
        <Dialog open=doors.rules title=say::RULES_AND_TIMING_OF_THIS_RUN class="wide">
            <p class="hint">{say::CHANGES_ACT_AT_ONCE_AT_EVERY}</p>
            <TimingSentence session/>
            <Group session scope=Scope::Protocol title=say::PROTOCOL/>
            <Group session scope=Scope::Wires title=say::NETWORK_AND_DISKS/>
            <Group session scope=Scope::Pauses title=say::RANDOM_PAUSES/>
            <WorkField session/>
            <Group session scope=Scope::Work title=say::WORK_OF_THE_LEADER/>
            <Group session scope=Scope::Store title=say::THE_STORE/>
        </Dialog>
    }
}

#[component]
fn TimingSentence(session: Session) -> impl IntoView {
    let judged = Memo::new(move |_| session.look_now_and_then(judge));
    let shown = move || {
        judged.get().map(|Judgement { text, warns }| {
            view! { <p class="timing-rule" class:warns=warns role="status">{if warns { say::WARNING_BEFORE } else { "" }}{text}</p> }
        })
    };
    view! { <div class="timing-room">{shown}</div> }
}

#[component]
fn Group(session: Session, scope: Scope, title: &'static str) -> impl IntoView {
    let fields = session.look(|sim| fields(sim, scope));
    if fields.is_empty() {
        return ().into_any();
    }
    let row = move |field: &'static Field| view! { <Setting session scope field/> };
    view! {
        <fieldset class="settings">
            <legend>{title}</legend>
            {fields.iter().map(row).collect_view()}
        </fieldset>
    }
    .into_any()
}

fn fields(sim: &dyn Simulation, scope: Scope) -> &'static [Field] {
    match scope {
        Scope::Wires => Wires::FIELDS,
        Scope::Pauses => Pauses::FIELDS,
        // Which job it is belongs to the set-up.
        Scope::Work | Scope::Store if sim.kernel().work.job == Job::None => &[],
        Scope::Work => &Work::FIELDS[1..],
        Scope::Store => Guard::FIELDS,
        _ => sim.fields(),
    }
}

fn present(sim: &dyn Simulation, scope: Scope, key: u8) -> Value {
    match scope {
        Scope::Wires => sim.kernel().network.wires.value(key),
        Scope::Pauses => sim.kernel().pauses.value(key),
        Scope::Work => sim.kernel().work.value(key),
        Scope::Store => sim.kernel().store.guard.value(key),
        _ => sim.setting(Place::Node(1), key),
    }
}

#[component]
fn Setting(session: Session, scope: Scope, field: &'static Field) -> impl IntoView {
    let words = session.words();
    let name = words.name("setting", field.id);
    let hint = words.find(&format!("setting.{}.hint", field.id));
    let value = Memo::new(move |_| session.look_now_and_then(|sim| present(sim, scope, field.key)));
    let tune = move |value: Value| {
        if field.kind.admits(value) {
            session.act(Fault::Tune(scope, field.key, value));
        }
    };
    let text = move || value_line(&session.words(), Some(field), value.get());
    let control = match field.kind {
        FieldKind::Switch => {
            let is_on = move || value.get() == Value::Switch(true);
            view! {
                <input
                    type="checkbox"
                    role="switch"
                    aria-label=name.clone()
                    prop:checked=is_on
                    on:change=move |event| tune(Value::Switch(event_target_checked(&event)))
                />
            }
            .into_any()
        }
        FieldKind::Choice(choices) => {
            let option = move |(index, id): (usize, &&'static str)| {
                view! { <option value=index.to_string()>{words.name("choice", id)}</option> }
            };
            let index = move || if let Value::Choice(index) = value.get() { index.to_string() } else { "0".into() };
            let chosen = move |event| tune(Value::Choice(event_target_value(&event).parse().unwrap_or(0)));
            view! {
                <select class="pick" aria-label=name.clone() prop:value=index on:change=chosen>
                    {choices.iter().enumerate().map(option).collect_view()}
                </select>
            }
            .into_any()
        }
        FieldKind::Range { .. } => view! {
            <Slider name=say::from(&name) field value set=Callback::new(move |at| tune(ranged(value.get_untracked(), Some(at), None))) part=Part::Low/>
            <Slider name=say::to(&name) field value set=Callback::new(move |at| tune(ranged(value.get_untracked(), None, Some(at)))) part=Part::High/>
        }
        .into_any(),
        _ => view! { <Slider name=name.clone() field value set=Callback::new(move |at| tune(single(field.kind, at))) part=Part::Whole/> }.into_any(),
    };
    view! {
        <div class="setting" data-setting=field.id>
            <span class="setting-name">{name.clone()}</span>
            <span class="setting-control">{control}</span>
            <output class="setting-value">{text}</output>
            {hint.map(|hint| view! { <span class="setting-hint">{hint}</span> })}
        </div>
    }
}

/// Which end of a range a slider moves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Low,
    High,
}

#[component]
fn Slider(name: String, field: &'static Field, value: Memo<Value>, set: Callback<u64>, part: Part) -> impl IntoView {
    let number = move || number_of(value.get(), part);
    let position = move || to_step(field.kind, number()).to_string();
    let text = move || value_line_of(field.kind, number());
    let moved = move |event| {
        if let Ok(step) = event_target_value(&event).parse() {
            set.run(from_step(field.kind, step));
        }
    };
    view! {
        <input
            type="range"
            min="0"
            max=STEPS.to_string()
            aria-label=name
            aria-valuetext=text
            prop:value=position
            on:change=moved
        />
    }
}

fn value_line_of(kind: FieldKind, number: u64) -> String {
    match kind {
        FieldKind::Chance => crate::words::numbers::percent(number as u32),
        FieldKind::Count { .. } => number.to_string(),
        _ => crate::words::numbers::span(number),
    }
}

fn number_of(value: Value, part: Part) -> u64 {
    match (value, part) {
        (Value::Range(low, _), Part::Low) => low,
        (Value::Range(_, high), _) => high,
        (Value::Span(number) | Value::Count(number), _) => number,
        (Value::Chance(chance), _) => u64::from(chance),
        _ => 0,
    }
}

fn single(kind: FieldKind, at: u64) -> Value {
    match kind {
        FieldKind::Chance => Value::Chance(at as u32),
        FieldKind::Count { .. } => Value::Count(at),
        _ => Value::Span(at),
    }
}

/// One end pushes the other along, so that the range never is empty.
fn ranged(now: Value, low: Option<Micros>, high: Option<Micros>) -> Value {
    let Value::Range(old_low, old_high) = now else { return now };
    match (low, high) {
        (Some(low), _) => Value::Range(low, old_high.max(low)),
        (_, Some(high)) => Value::Range(old_low.min(high), high),
        _ => now,
    }
}

/// The span a slider covers: the useful part of what the setting admits.
fn bounds(kind: FieldKind) -> (u64, u64) {
    match kind {
        FieldKind::Span { low, high } | FieldKind::Range { low, high } => {
            (low, high.min(if high >= HOUR { 60 * SECOND } else { high }))
        }
        FieldKind::Count { low, high } => (low, high),
        _ => (0, 1_000_000),
    }
}

/// The smallest number above zero that a slider reaches.
fn grain(kind: FieldKind) -> u64 {
    match kind {
        FieldKind::Chance => 1_000,
        FieldKind::Count { .. } => 1,
        _ => MILLISECOND,
    }
}

fn to_step(kind: FieldKind, number: u64) -> u32 {
    let (low, high) = bounds(kind);
    let first = low.max(grain(kind));
    if number < first {
        return 0;
    }
    let part = (number as f64 / first as f64).ln() / (high as f64 / first as f64).ln();
    1 + (part.clamp(0.0, 1.0) * f64::from(STEPS - 1)).round() as u32
}

fn from_step(kind: FieldKind, step: u32) -> u64 {
    let (low, high) = bounds(kind);
    if step == 0 {
        return low;
    }
    let first = low.max(grain(kind));
    let part = f64::from(step - 1) / f64::from(STEPS - 1);
    let exact = first as f64 * (high as f64 / first as f64).powf(part);
    round_to_two(exact as u64, grain(kind)).clamp(low, high)
}

/// Two digits are as fine as anybody sets by hand.
fn round_to_two(number: u64, grain: u64) -> u64 {
    let mut unit = grain;
    while number / unit >= 100 {
        unit *= 10;
    }
    (number + unit / 2) / unit * unit
}
