//! In the wild: what real systems run, with their defaults, their fences, and their famous failures as runs.

use super::fetching::{fetch, shown};
use super::guide::Guide;
use super::walker::{Pager, Walker};
use crate::lessons::wild::{Default as Setting, System, read_index, read_system};
use crate::words::en::learn as say;
use leptos::prelude::*;

#[component]
pub fn Systems() -> impl IntoView {
    let cards = fetch("wild/index.en.json".into(), read_index);
    shown(cards, |cards| {
        view! {
            <div class="learn-wide">
                <p class="crumb"><a href="#/learn">{say::ALL_LESSONS}</a></p>
                <h1>{say::IN_THE_WILD}</h1>
                <p class="lead">{say::WILD_ABOUT}</p>
                <ul class="doors">
                    {cards.into_iter().map(|card| view! {
                        <li><a class="door" href=format!("#/learn/wild/{}", card.id)><b>{card.title}</b><span>{card.about}</span></a></li>
                    }).collect_view()}
                </ul>
            </div>
        }
        .into_any()
    })
}

#[component]
pub fn SystemPage(id: String, guide: Guide) -> impl IntoView {
    let system = fetch(format!("wild/{id}.en.json"), read_system);
    shown(system, move |system| view! { <Opened system guide/> }.into_any())
}

#[component]
fn Opened(system: System, guide: Guide) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let chosen = RwSignal::new(0_usize);
    let stories = StoredValue::new(system.stories.clone());
    let open = move |index: usize| {
        chosen.set(index);
        let walk = stories.with_value(|stories| stories.get(index).map(|story| story.walk.clone()));
        problem.set(walk.and_then(|walk| guide.begin(walk, 0).err()));
    };
    open(0);
    let story = move |(index, title): (usize, String)| {
        let pressed = move || (chosen.get() == index).to_string();
        view! { <button class="btn" aria-pressed=pressed on:click=move |_| open(index)>{title}</button> }
    };
    let titles: Vec<String> = system.stories.iter().map(|story| story.title.clone()).collect();
    let setting = |setting: Setting| {
        view! { <tr><th scope="row"><code>{setting.name}</code></th><td>{setting.value}</td><td>{setting.note}</td></tr> }
    };
    let line = |line: String| view! { <li>{line}</li> };
    view! {
        <article class="learn-column">
            <p class="crumb"><a href="#/learn/wild">{say::ALL_SYSTEMS}</a></p>
            <h1>{system.title.clone()}</h1>
            <p class="kind">{system.kind.clone()}</p>
            <p>{system.elects.clone()}</p>
            <h2>{say::ITS_FAILURE_AS_A_RUN}</h2>
            <p>{system.happened.clone()}</p>
            <div class="story-pick" role="group" aria-label=say::RUNS>{titles.into_iter().enumerate().map(story).collect_view()}</div>
            {move || problem.get().map(|problem| view! { <p role="alert">{say::THIS_RUN_CANNOT_BE_PLAYED}{problem}"."</p> })}
            <Walker guide asks=false/>
            <h2>{say::ITS_DEFAULTS}</h2>
            <div class="table-room" tabindex="0" role="group" aria-label=say::DEFAULTS>
                <table class="defaults">
                    <thead><tr><th scope="col">{say::SETTING}</th><th scope="col">{say::DEFAULT}</th><th scope="col">{say::NOTE}</th></tr></thead>
                    <tbody>{system.defaults.clone().into_iter().map(setting).collect_view()}</tbody>
                </table>
            </div>
            <p class="src">{system.as_read.clone()}</p>
            <h2>{say::WHAT_FENCES_A_STALE_LEADER}</h2><p>{system.fence.clone()}</p>
            <h2>{say::WHERE_NOTHING_DOES}</h2><p>{system.open.clone()}</p>
            <h2>{say::FAIL_OVER}</h2><p>{system.fail_over.clone()}</p>
            <h2>{say::SIMPLIFIED}</h2><ul class="bullets">{system.simplified.clone().into_iter().map(line).collect_view()}</ul>
            <h2>{say::SOURCES_HEAD}</h2><ul class="bullets sources">{system.sources.clone().into_iter().map(line).collect_view()}</ul>
        </article>
        <Pager guide>""</Pager>
    }
}
