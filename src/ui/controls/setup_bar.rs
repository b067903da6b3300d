//! What runs: the algorithm, how many nodes, which timing, which rules, which story, which seed.

use super::nav::Pages;
use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::catalogue::{FENCING, STORIES, Story};
use crate::sim::order::put_in_order;
use crate::sim::place::Place;
use crate::sim::settings::{FieldKind, Value};
use crate::ui::bookmark;
use crate::ui::doors::Doors;
use crate::ui::parts::with_family;
use crate::ui::session::Session;
use crate::ui::setup::{SIZES, Setup};
use crate::ui::store::work::WorkField;
use crate::ui::widgets::dialog::Dialog;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::ui::widgets::roving::rove;
use crate::words::en::controls as say;
use crate::words::lookup::{Words, sentence_case};
use leptos::prelude::*;

/// A new run; the browser's Back leads to the one before.
pub fn begin(session: Session, change: impl FnOnce(Setup) -> Setup) {
    let setup = change(session.setup.get_untracked());
    bookmark::turn(session, || session.begin(setup));
}

#[component]
pub fn SetupBar(session: Session) -> impl IntoView {
    view! {
        <section class="setup" aria-label=say::SET_UP>
            <Algorithms session/>
            <Nodes session/>
            <Timing session/>
            <RulesButton session/>
            <span class="grow"></span>
            <Stories session/>
            <Seed session/>
        </section>
    }
}

/// The same on a narrow screen, with what the header has no room for.
#[component]
pub fn SetupDialog(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let go = move |door: RwSignal<bool>| {
        move |_| {
            doors.setup.set(false);
            door.set(true);
        }
    };
    view! {
        <Dialog open=doors.setup title=say::SET_UP class="narrow">
            <div class="setup-stack">
                <Pages/>
                <Algorithms session/>
                <Nodes session/>
                <p class="hint">{move || session.setup.with(Setup::size_remark)}</p>
                <Timing session/>
                <WorkField session/>
                <Stories session/>
                <Seed session/>
                <button class="btn" on:click=go(doors.rules)>{say::RULES_AND_TIMING}</button>
                <button class="btn" on:click=go(doors.partition)>{say::PARTITION}</button>
                <button class="btn" on:click=go(doors.wires)>{say::LINKS_AND_MESSAGES}</button>
                <button class="btn" on:click=go(doors.log)>{say::LOG_OF_EVENTS}</button>
                <button class="btn" on:click=go(doors.table)>{say::NODES_AS_A_TABLE}</button>
                <button class="btn" data-act="FilesNarrow" on:click=go(doors.files)>{say::RUN_FILES_AND_HISTORY}</button>
                <button class="btn" on:click=go(doors.keys)>{say::KEYS}</button>
            </div>
        </Dialog>
    }
}

#[component]
fn Algorithms(session: Session) -> impl IntoView {
    let radio = move |algorithm: Algorithm| {
        let name = Words::of(algorithm.id()).family_name(algorithm.id());
        let chosen = move || session.setup.with(|setup| setup.algorithm() == algorithm);
        let choose = move |_| {
            if session.setup.with_untracked(|setup| setup.algorithm() != algorithm) {
                with_family(session, algorithm, move || begin(session, |setup| setup.with_algorithm(algorithm)));
            }
        };
        view! {
            <button
                role="radio"
                data-algorithm=algorithm.id()
                aria-checked=move || chosen().to_string()
                tabindex=move || if chosen() { "0" } else { "-1" }
                on:click=choose
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="seg" role="radiogroup" aria-label=say::ALGORITHM on:keydown=|event| rove(&event, "[role=radio]", true)>
            {Algorithm::all().map(radio).collect_view()}
        </div>
    }
}

#[component]
fn Nodes(session: Session) -> impl IntoView {
    let chosen = move |event| {
        if let Ok(nodes) = event_target_value(&event).parse() {
            begin(session, |setup| setup.with_nodes(nodes));
            session.remark(session.setup.with_untracked(Setup::size_remark));
        }
    };
    // A recording may have been opened with any number of nodes.
    let present = Memo::new(move |_| session.setup.with(|setup| setup.scenario.nodes));
    let sizes = move || {
        let mut sizes = SIZES.to_vec();
        if !sizes.contains(&present.get()) {
            sizes.push(present.get());
            put_in_order(&mut sizes, |&size| size);
        }
        sizes
    };
    let value = move || present.get().to_string();
    view! {
        <label class="field" title=move || session.setup.with(Setup::size_remark)>
            <span class="field-name">{say::NODES}</span>
            <select class="pick" data-act="Nodes" prop:value=value on:change=chosen>
                {move || sizes().into_iter().map(|size| {
                    let chosen = size == present.get();
                    view! { <option value=size.to_string() prop:selected=chosen>{size.to_string()}</option> }
                }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn Timing(session: Session) -> impl IntoView {
    let options = move || {
        let (algorithm, words) = (session.setup.with(Setup::algorithm), session.words());
        let option = |preset: &'static str| view! { <option value=preset>{sentence_case(&words.name("preset", preset))}</option> };
        algorithm.presets().into_iter().map(option).collect_view()
    };
    let chosen = move |event| {
        let name = event_target_value(&event);
        let presets = session.setup.with_untracked(|setup| setup.algorithm().presets());
        if let Some(preset) = presets.into_iter().find(|preset| *preset == name) {
            begin(session, |setup| setup.with_preset(preset));
        }
    };
    let value = move || session.setup.with(|setup| setup.scenario.preset);
    view! {
        <label class="field timing">
            <span class="field-name">{say::TIMING}</span>
            <select class="pick" data-act="Timing" prop:value=value on:change=chosen>
                {options}
            </select>
        </label>
    }
}

/// Says which of the first two switches are on.
#[component]
fn RulesButton(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let text = Memo::new(move |_| {
        let words = session.words();
        session.look_now_and_then(|sim| {
            let switches = sim.fields().iter().filter(|field| field.kind == FieldKind::Switch).take(2);
            let told = switches.map(|field| {
                let on = sim.setting(Place::Node(1), field.key) == Value::Switch(true);
                say::switch(&words.name("setting", field.id), on)
            });
            told.collect::<Vec<_>>().join(" \u{b7} ")
        })
    });
    view! {
        <button class="pick rules-button" data-act="Rules" title=say::RULES_TIMING_AND_WIRES_OF_THIS aria-keyshortcuts="U" on:click=move |_| doors.rules.set(true)>
            <Icon glyph=Glyph::Settings/>
            <span class="rules-text">{move || { let text = text.get(); if text.is_empty() { say::RULES.into() } else { text } }}</span>
        </button>
    }
}

/// The catalogue's stories of this algorithm.
#[component]
fn Stories(session: Session) -> impl IntoView {
    let algorithm = Memo::new(move |_| session.setup.with(|setup| setup.algorithm().id()));
    let options = move || {
        let option = |story: &'static Story| {
            let scenario = story.scenario();
            view! { <option value=story.id title=scenario.about>{scenario.title}</option> }
        };
        let algorithm = Algorithm::by_id(algorithm.get())?;
        let shelf = |stories: &'static [Story]| {
            stories.iter().filter(move |story| story.scenario().algorithm == algorithm).map(option).collect_view()
        };
        Some(
            view! { <optgroup label=say::ELECTIONS>{shelf(STORIES)}</optgroup><optgroup label=say::LEADERS_AT_THE_STORE>{shelf(FENCING)}</optgroup> },
        )
    };
    // What came from a file or a link has a script that is in no catalogue.
    let opened = Memo::new(move |_| {
        session.setup.with(|Setup { scenario, story }| {
            let is_told = !scenario.script.is_empty() || !scenario.initial.is_empty() || !scenario.title.is_empty();
            let title = if scenario.title.is_empty() { say::OPENED_RUN } else { &scenario.title };
            (story.is_none() && is_told).then(|| title.to_owned())
        })
    });
    let chosen = move |event| match Story::by_id(&event_target_value(&event)) {
        Some(story) => {
            begin(session, |_| Setup::of_story(story));
            session.remark(story.scenario().about);
        }
        None => begin(session, |setup| Setup::opening(setup.algorithm()).with_nodes(setup.scenario.nodes)),
    };
    let value = move || {
        algorithm.track();
        let none = if opened.with(Option::is_some) { "opened" } else { "" };
        session.setup.with(|setup| setup.story.unwrap_or(none))
    };
    view! {
        <label class="field stories">
            <span class="field-name sr">{say::SCENARIO}</span>
            <select class="pick" data-act="Stories" prop:value=value on:change=chosen>
                <option value="">{say::NO_SCENARIO}</option>
                {move || opened.get().map(|title| view! { <option value="opened" prop:selected=true>{title}</option> })}
                {options}
            </select>
        </label>
    }
}

#[component]
fn Seed(session: Session) -> impl IntoView {
    let seed = move || session.setup.with(|setup| setup.scenario.seed.to_string());
    let typed = move |event| {
        if let Ok(seed) = event_target_value(&event).trim().parse::<u64>() {
            begin(session, |setup| setup.with_seed(seed));
        }
    };
    let another = move |_| {
        begin(session, |setup| {
            let next = setup.scenario.seed.wrapping_add(1);
            setup.with_seed(next)
        })
    };
    view! {
        <span class="field seed">
            <label class="field">
                <span class="field-name">{say::SEED}</span>
                <input class="pick seed-field" data-act="Seed" inputmode="numeric" maxlength="20" prop:value=seed on:change=typed/>
            </label>
            <button class="btn" data-act="NextSeed" aria-label=say::ANOTHER_RUN_SEED_PLUS_1 title=say::ANOTHER_RUN_THE_NEXT_SEED on:click=another>
                "+1"
            </button>
            <button class="btn" data-act="Reset" title=say::THE_SAME_RUN_FROM_ITS_START on:click=move |_| session.reset()>
                <Icon glyph=Glyph::Restart/>
                {say::RESET}
            </button>
        </span>
    }
}
