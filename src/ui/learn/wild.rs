//! In the wild: what real systems run, with their defaults, their fences, and their famous failures as runs.

use super::fetching::{fetch, shown};
use super::guide::Guide;
use super::walker::{Pager, Walker};
use crate::lessons::wild::{Default as Setting, System, read_index, read_system};
use leptos::prelude::*;

#[component]
pub fn Systems() -> impl IntoView {
    let cards = fetch("wild/index.en.json".into(), read_index);
    shown(cards, |cards| {
        view! {
            <div class="learn-wide">
                <p class="crumb"><a href="#/learn">"All lessons"</a></p>
                <h1>"In the wild"</h1>
                <p class="lead">"What real systems run. Their own defaults, by their own names, and a failure each that runs here."</p>
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
            <p class="crumb"><a href="#/learn/wild">"All systems"</a></p>
            <h1>{system.title.clone()}</h1>
            <p class="kind">{system.kind.clone()}</p>
            <p>{system.elects.clone()}</p>
            <h2>"Its failure, as a run"</h2>
            <p>{system.happened.clone()}</p>
            <div class="story-pick" role="group" aria-label="Runs">{titles.into_iter().enumerate().map(story).collect_view()}</div>
            {move || problem.get().map(|problem| view! { <p role="alert">"This run cannot be played: "{problem}"."</p> })}
            <Walker guide asks=false/>
            <h2>"Its defaults"</h2>
            <div class="table-room" tabindex="0" role="group" aria-label="Defaults">
                <table class="defaults">
                    <thead><tr><th scope="col">"Setting"</th><th scope="col">"Default"</th><th scope="col">"Note"</th></tr></thead>
                    <tbody>{system.defaults.clone().into_iter().map(setting).collect_view()}</tbody>
                </table>
            </div>
            <p class="src">{system.as_read.clone()}</p>
            <h2>"What fences a stale leader"</h2><p>{system.fence.clone()}</p>
            <h2>"Where nothing does"</h2><p>{system.open.clone()}</p>
            <h2>"How long a fail-over takes"</h2><p>{system.fail_over.clone()}</p>
            <h2>"Where this simulation simplifies"</h2><ul class="bullets">{system.simplified.clone().into_iter().map(line).collect_view()}</ul>
            <h2>"Sources"</h2><ul class="bullets sources">{system.sources.clone().into_iter().map(line).collect_view()}</ul>
        </article>
        <Pager guide>""</Pager>
    }
}
