//! One side of a comparison: its algorithm, its state in a sentence, its stage with the ledger, its lanes.

use super::acts::OneSided;
use super::pair::Pair;
use crate::scenarios::algorithm::Algorithm;
use crate::ui::pages::stage_mount::StageMount;
use crate::ui::stage::StageSignals;
use crate::ui::timeline::Timeline;
use crate::words::en::comparing as say;
use crate::words::headline::Gravity;
use crate::words::lookup::Words;
use leptos::prelude::*;

#[component]
pub fn Lane(pair: Pair, side: usize) -> impl IntoView {
    let session = pair.sides[side];
    let signals = StageSignals::new();
    let headline = session.headline;
    let alarmed = move || headline.with(|headline| headline.gravity > Gravity::Calm);
    let change = move |of: &dyn Fn(&mut (Algorithm, bool))| {
        let mut comparison = pair.comparison.get_untracked();
        of(&mut comparison.sides[side]);
        pair.begin(comparison);
    };
    let family = move |event| {
        if let Some(algorithm) = Algorithm::by_id(&event_target_value(&event)) {
            change(&|side| side.0 = algorithm);
        }
    };
    let fenced = move |event| {
        let fenced = event_target_value(&event) == "on";
        change(&|side| side.1 = fenced);
    };
    let option = |algorithm: Algorithm| {
        let name = Words::of(algorithm.id()).family_name(algorithm.id());
        view! { <option value=algorithm.id()>{name}</option> }
    };
    let which = if side == 0 { "left" } else { "right" };
    let at = if side == 0 { say::LEFT } else { say::RIGHT };
    let note = pair.notes[side];
    view! {
        <section class="lane" class:alarmed=alarmed aria-label=say::side(at) data-side=which>
            <header class="lane-head">
                <div class="lane-picks">
                    <select
                        class="pick"
                        data-act="Family"
                        aria-label=say::algorithm_on(at)
                        prop:value=move || pair.comparison.with(|comparison| comparison.sides[side].0.id())
                        on:change=family
                    >
                        {Algorithm::all().map(option).collect_view()}
                    </select>
                    <select
                        class="pick"
                        data-act="Fenced"
                        aria-label=say::fencing_on(at)
                        prop:value=move || pair.comparison.with(|comparison| if comparison.sides[side].1 { "on" } else { "off" })
                        on:change=fenced
                    >
                        <option value="on">{say::FENCING_ON}</option>
                        <option value="off">{say::FENCING_OFF}</option>
                    </select>
                </div>
                <div class="lane-words">
                    <h2>{move || headline.with(|headline| headline.title.clone())}</h2>
                    <p>{move || headline.with(|headline| headline.why.clone())}</p>
                </div>
            </header>
            <div class="lane-stage"><StageMount session signals locked=true id=if side == 0 { "stage" } else { "stage-right" }>""</StageMount></div>
            <p class="lane-note" role="status">{move || note.get()}</p>
            <OneSided session/>
            <Timeline session name=if side == 0 { say::TIMELINE_LEFT_SIDE } else { say::TIMELINE_RIGHT_SIDE } beside=true/>
        </section>
    }
}
