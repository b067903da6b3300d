//! The right side: what was asked, the plot or the table, what came out, and what to know before believing it.

use super::bench::{LabBench, Loaded, Phase};
use super::picture::Picture;
use super::save;
use super::table::NumbersTable;
use crate::lab::show::{Plot, ReferencePoints};
use crate::lab::statistics;
use crate::lab::summary::{Summary, sorted};
use crate::words::en::lab::{distance_sentence, invitation, summary_sentence};
use crate::words::en::lab_page as say;
use leptos::html;
use leptos::prelude::*;
use std::rc::Rc;

#[component]
pub fn Results(bench: LabBench) -> impl IntoView {
    let canvas: NodeRef<html::Canvas> = NodeRef::new();
    let title = move || bench.loaded.with(|loaded| loaded.as_ref().map(|it| it.experiment.title.clone()));
    let about = move || bench.loaded.with(|loaded| loaded.as_ref().map(|it| it.experiment.about.clone()));
    let is_table =
        move || bench.loaded.with(|loaded| loaded.as_ref().is_some_and(|it| it.experiment.show.plot == Plot::Table));
    let shows_table = Memo::new(move |_| is_table() || bench.address.with(|address| address.table));
    let sentence = Signal::derive(move || {
        bench.drawn.track();
        bench.loaded.get().map(|loaded| main_sentence(bench, &loaded)).unwrap_or_default()
    });
    let toggle = move |_| {
        bench.address.update(|address| address.table = !address.table);
        bench.address.with_untracked(super::address::LabAddress::write);
    };
    let copied = RwSignal::new(String::new());
    let copy = move |_| {
        copied.set(save::copy_link(bench));
        set_timeout(move || drop(copied.try_set(String::new())), std::time::Duration::from_secs(2));
    };
    // Where a plot is too narrow for names beside its lines.
    let names = move || {
        let loaded = bench.loaded.get()?;
        let is_curve = loaded.experiment.show.plot == Plot::Curve && !shows_table.get();
        let names = loaded.experiment.series.iter().map(|series| series.name.clone());
        is_curve.then(|| names.collect::<Vec<_>>())
    };
    let is_empty = move || {
        bench.drawn.track();
        bench.found(|found| found.iter().all(|found| found.seeds.is_empty()))
    };
    let save_picture = move |_| {
        if let Some(canvas) = canvas.get_untracked() {
            save::picture(bench, &canvas);
        }
    };
    let copy_words = move || if copied.with(String::is_empty) { say::COPY_LINK.to_owned() } else { copied.get() };
    view! {
        <main class="lab-main" id="lab-main" tabindex="-1">
            <header class="lab-head">
                <h1>{title}</h1>
                <p>{about}</p>
            </header>
            <section class="lab-plot" aria-label=say::RESULT>
                <div class="lab-view" class:hidden=shows_table>
                    <Picture bench canvas sentence/>
                </div>
                {move || names().map(|names| view! { <ol class="lab-names">{names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ol> })}
                {move || shows_table.get().then(|| view! { <NumbersTable bench/> })}
                <div class="lab-saves">
                    <button class="btn" data-act="LabTable" aria-pressed=move || shows_table.get().to_string() class:hidden=is_table on:click=toggle>
                        {move || if shows_table.get() { say::SHOW_AS_PLOT } else { say::SHOW_AS_TABLE }}
                    </button>
                    <span class="grow"></span>
                    <button class="btn" data-act="SaveRows" aria-disabled=move || is_empty().to_string() on:click=move |_| if !is_empty() { save::rows(bench) }>{say::SAVE_ROWS_CSV}</button>
                    <button class="btn" data-act="SavePicture" class:hidden=shows_table on:click=save_picture>{say::SAVE_PICTURE_PNG}</button>
                    <button class="btn" data-act="SaveDocument" title=say::SAVE_DOCUMENT_HINT on:click=move |_| save::document_file(bench)>{say::SAVE_DOCUMENT}</button>
                    <button class="btn" data-act="CopyLab" on:click=copy><span aria-live="polite">{copy_words}</span></button>
                </div>
            </section>
            <Findings bench/>
            <Notes bench/>
        </main>
    }
}

/// The first thing to say: of yours, or of the first case.
fn main_sentence(bench: LabBench, loaded: &Rc<Loaded>) -> String {
    let experiment = &loaded.experiment;
    bench.shown(|found| {
        if found.iter().all(|found| found.seeds.is_empty()) {
            return invitation(bench.trials.get_untracked(), experiment.cases.len());
        }
        let ours = (0..experiment.cases.len()).find(|&case| experiment.case_name(case) == experiment.show.ours);
        let in_series = || {
            let is_ours = |name: &String| *name == experiment.show.ours;
            let of_point = || experiment.cases.iter().position(|case| is_ours(&experiment.points[case.point].name));
            experiment.cases.iter().rposition(|case| is_ours(&experiment.series[case.series].name)).or_else(of_point)
        };
        let case = ours.or_else(in_series).unwrap_or(0);
        let metric = experiment.metrics[0];
        let summary = Summary::of(metric, found[case].readings(0));
        summary_sentence(&experiment.case_name(case), metric, &summary, experiment.cases[case].plan.limit)
    })
}

/// A sentence per case; for real clusters the distance with it.
#[component]
fn Findings(bench: LabBench) -> impl IntoView {
    let lines = move || {
        bench.drawn.track();
        let loaded = bench.loaded.get()?;
        let is_over = matches!(bench.progress.get().phase, Phase::Done | Phase::Stopped);
        let experiment = &loaded.experiment;
        if !is_over || experiment.show.plot != Plot::Share {
            return None;
        }
        let metric = experiment.metrics[0];
        let line = |case: usize| {
            bench.found(|found| {
                let name = experiment.case_name(case);
                let readings = found.get(case)?.readings(0);
                let summary = Summary::of(metric, readings);
                let place = experiment.show.references.iter().position(|reference| reference.beside == name);
                let distance = place.and_then(|place| statistics::distance(&sorted(readings), &loaded.measured[place]));
                let mut line = summary_sentence(&name, metric, &summary, experiment.cases[case].plan.limit);
                if let Some(distance) = distance {
                    line = format!("{line} {}", distance_sentence(&distance));
                }
                Some(line)
            })
        };
        Some((0..experiment.cases.len()).filter_map(line).collect::<Vec<_>>())
    };
    view! {
        <section class="lab-findings" aria-label=say::IN_WORDS>
            {move || lines().map(|lines| view! {
                <h2>{say::IN_WORDS}</h2>
                <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            })}
        </section>
    }
}

/// Simplifications, and where published and measured numbers come from.
#[component]
fn Notes(bench: LabBench) -> impl IntoView {
    let notes = move || {
        bench.loaded.with(|loaded| {
            let show = &loaded.as_ref()?.experiment.show;
            let mut sources: Vec<String> = Vec::new();
            for reference in &show.references {
                let line = match &reference.points {
                    ReferencePoints::Formula(_) => format!("{} ({})", reference.name, reference.source),
                    _ => reference.source.clone(),
                };
                if !sources.contains(&line) {
                    sources.push(line);
                }
            }
            Some((show.notes.clone(), sources))
        })
    };
    view! {
        <section class="lab-notes" aria-label=say::WHAT_TO_KNOW>
            {move || notes().map(|(notes, sources)| view! {
                <Show when={let none = notes.is_empty(); move || !none}><h2>{say::WHAT_TO_KNOW}</h2></Show>
                {notes.into_iter().map(|note| view! { <p>{note}</p> }).collect_view()}
                {(!sources.is_empty()).then(|| view! { <p class="lab-source">{say::PUBLISHED_AND_MEASURED} {sources.join("; ")} "."</p> })}
            })}
            <p class="lab-source">
                {say::HOW_IT_IS_COUNTED}
            </p>
        </section>
    }
}
