//! Compare: two stages under one clock and one set of faults, and what was measured of each.

use super::dialogs::LaterKeys;
use crate::scenarios::pair::{ORDEALS, Ordeal};
use crate::ui::compare::acts::PairActs;
use crate::ui::compare::address::Comparison;
use crate::ui::compare::bookmark;
use crate::ui::compare::lane::Lane;
use crate::ui::compare::measured::MeasuredTable;
use crate::ui::compare::pair::Pair;
use crate::ui::controls::clock::Clock;
use crate::ui::controls::header::Header;
use crate::ui::controls::transport::{PlayButton, SpeedSelect};
use crate::ui::doors::Doors;
use crate::ui::files::ComplaintsBar;
use crate::ui::opening::Complaints;
use crate::ui::panels::notice::Notice;
use crate::ui::parts::{later, part, styled};
use crate::ui::session::Session;
use crate::ui::timeline::Scrubber;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::comparing as say;
use leptos::prelude::*;

part! { compare: fn whole(session: Session) -> AnyView { view! { <Compare session/> }.into_any() } }

/// The one entry to the page: it is fetched when it is first wanted.
#[component]
pub fn LaterCompare(session: Session) -> impl IntoView {
    later(session, Box::new(|| true), Box::new(|| ()), Box::new(|session| styled("compare", Box::pin(whole(session)))))
}

#[component]
fn Compare(session: Session) -> impl IntoView {
    let Some(asked) = Comparison::read() else { return ().into_any() };
    let (pair, remarks) = Pair::of(session, asked);
    expect_context::<Complaints>().page.update(|lines| lines.extend(remarks));
    bookmark::keep(pair);
    bookmark::copy_at(expect_context::<Doors>().share, pair);
    let chosen = move |event| {
        if let Some(ordeal) = Ordeal::by_id(&event_target_value(&event)) {
            pair.begin(Comparison { ordeal: Some(ordeal), ..pair.comparison.get_untracked() });
        }
    };
    // Two runs that were sent with faults of their own.
    let own = move || {
        let is_own = pair.comparison.with(|comparison| comparison.ordeal.is_none());
        is_own.then(|| view! { <option value="">{say::AS_IN_THE_LINK}</option> })
    };
    let option = |ordeal: &Ordeal| view! { <option value=ordeal.id>{ordeal.title}</option> };
    view! {
        <ComplaintsBar/>
        <div class="compare">
            <Header/>
            <section class="compare-bar" aria-label=say::FAULTS_AND_TIME_OF_BOTH_SIDES>
                <label class="field">
                    <span class="field-name">{say::SAME_FAULTS_FOR_BOTH}</span>
                    <select
                        class="pick"
                        data-act="Ordeal"
                        prop:value=move || pair.comparison.with(|comparison| comparison.ordeal.map_or("", |ordeal| ordeal.id))
                        on:change=chosen
                    >
                        {own}
                        {ORDEALS.iter().map(option).collect_view()}
                    </select>
                </label>
                <span class="grow"></span>
                <button class="btn icon quiet" data-act="Start" aria-label=say::BACK_TO_START on:click=move |_| session.seek(0)><Icon glyph=Glyph::ToStart/></button>
                <button class="btn icon quiet" data-act="StepBack" aria-label=say::STEP_BACK_ONE_EVENT on:click=move |_| session.step_back()><Icon glyph=Glyph::StepBack/></button>
                <PlayButton session/>
                <button class="btn icon quiet" data-act="Step" aria-label=say::STEP_FORWARD_ONE_EVENT on:click=move |_| session.step()><Icon glyph=Glyph::StepForward/></button>
                <Clock session/>
                <SpeedSelect session/>
            </section>
            <main class="lanes-room">
                <h1 class="sr">{say::COMPARE}</h1>
                <Lane pair side=0/>
                <Lane pair side=1/>
                <Notice session/>
            </main>
            <section class="compare-acts" aria-label=say::FAULTS_ON_BOTH_SIDES><PairActs pair/></section>
            <Scrubber session/>
            <MeasuredTable pair/>
        </div>
        <LaterKeys session/>
    }
    .into_any()
}
