//! The form of one's own experiment: two approaches, a fault, what varies, what is measured.

use super::bench::LabBench;
use super::own::{Approach, Own, approach_name};
use crate::lab::metric::Metric;
use crate::scenarios::algorithm::Algorithm;
use crate::sim::settings::FieldKind;
use crate::words::en::lab::metric_name;
use crate::words::en::lab_page as say;
use crate::words::lookup::Words;
use leptos::prelude::*;

#[component]
pub fn OwnForm(bench: LabBench) -> impl IntoView {
    let own = Memo::new(move |_| bench.address.with(|address| address.own.clone()));
    let change = move |edit: &dyn Fn(&mut Own)| bench.go(|address| edit(&mut address.own));
    let pick_a = move |event| {
        let chosen = event_target_value(&event);
        change(&|own| own.take("a", &chosen));
    };
    let pick_b = move |event| {
        let chosen = event_target_value(&event);
        change(&|own| own.take("b", &chosen));
    };
    let nodes = move |event| {
        let typed = event_target_value(&event);
        change(&|own| own.take("n", &typed));
    };
    let fault = move |event| {
        let chosen = event_target_value(&event);
        change(&|own| own.take("fault", &chosen));
    };
    let metric = move |event| {
        let chosen = event_target_value(&event);
        change(&|own| own.take("metric", &chosen));
    };
    let vary = move |event| {
        let chosen = event_target_value(&event);
        change(&|own| {
            own.vary.clone_from(&chosen);
            own.suggest();
        });
    };
    let ways = move || {
        let mut all = vec![("nothing".to_owned(), say::NOTHING.to_owned())];
        all.extend(own.get().ways().into_iter().map(|(way, name, _)| (way, name)));
        let present = own.get().vary;
        all.into_iter()
            .map(move |(way, name)| {
                let selected = way == present;
                view! { <option value=way selected=selected>{name}</option> }
            })
            .collect_view()
    };
    let fault_options = move || {
        let present = own.get().fault;
        say::FAULTS
            .iter()
            .map(move |&(id, name)| view! { <option value=id selected=id == present>{name}</option> })
            .collect_view()
    };
    let metric_options = move || {
        let present = own.get().metric;
        let option = move |metric: Metric| {
            view! { <option value=metric.id() selected=metric == present>{metric_name(metric)}</option> }
        };
        Metric::ALL.into_iter().map(option).collect_view()
    };
    view! {
        <label class="lab-field"><span>{say::APPROACH}</span>
            <select class="pick" data-act="OwnA" on:change=pick_a>{move || approaches(Some(&own.get().a))}</select>
        </label>
        <label class="lab-field"><span>{say::COMPARED_WITH}</span>
            <select class="pick" data-act="OwnB" on:change=pick_b>
                <option value="" selected=move || own.get().b.is_none()>{say::NOTHING}</option>
                {move || approaches(own.get().b.as_ref())}
            </select>
        </label>
        <div class="lab-amount lab-nodes">
            <label class="lab-field"><span>{say::NODES}</span>
                <input type="number" class="pick" min="1" max="25" prop:value=move || own.get().nodes.to_string() on:change=nodes/>
            </label>
            <label class="lab-field"><span>{say::FAULT}</span><select class="pick" data-act="OwnFault" on:change=fault>{fault_options}</select></label>
        </div>
        <label class="lab-field"><span>{say::WHAT_VARIES}</span><select class="pick" data-act="OwnVary" on:change=vary>{ways}</select></label>
        {move || own.get().kind().filter(|kind| has_ends(*kind)).map(|_| view! { <Ends bench own/> })}
        <label class="lab-field"><span>{say::WHAT_IS_MEASURED}</span><select class="pick" data-act="OwnMetric" on:change=metric>{metric_options}</select></label>
    }
}

fn has_ends(kind: FieldKind) -> bool {
    !matches!(kind, FieldKind::Switch | FieldKind::Choice(_))
}

/// From, to, in how many steps.
#[component]
fn Ends(bench: LabBench, own: Memo<Own>) -> impl IntoView {
    let field = move |key: &'static str, name: &'static str, value: fn(&Own) -> String| {
        let typed = move |event| {
            let text = event_target_value(&event);
            bench.go(|address| address.own.take(key, text.trim()));
        };
        view! {
            <label class="lab-field"><span>{name}</span>
                <input type="text" class="pick" prop:value=move || own.with(value) on:change=typed spellcheck="false" autocomplete="off"/>
            </label>
        }
    };
    let grows = move || matches!(own.get().kind(), Some(FieldKind::Range { .. }));
    view! {
        <div class="lab-ends">
            {field("from", say::FROM, |own| own.from.clone())}
            {field("to", say::TO, |own| own.to.clone())}
            {field("steps", say::STEPS, |own| own.steps.to_string())}
        </div>
        {move || grows().then(|| view! { <p class="lab-hint">{say::LOWER_END}</p> })}
    }
}

/// Every family with each of its presets.
fn approaches(present: Option<&Approach>) -> impl IntoView + use<> {
    let present = present.cloned();
    let group = move |family: Algorithm| {
        let present = present.clone();
        let id = family.id();
        let option = move |preset: &'static str| {
            let selected = present.as_ref().is_some_and(|(a, b)| a == id && b == preset);
            view! { <option value=format!("{id}.{preset}") selected=selected>{approach_name(id, preset)}</option> }
        };
        let name = Words::of(id).family_name(id);
        view! { <optgroup label=name>{family.presets().into_iter().map(option).collect_view()}</optgroup> }
    };
    Algorithm::all().map(group).collect_view()
}
