//! Learn: lessons that ask, interview cards, systems in the wild. One stage serves them all.

use crate::scenarios::algorithm::Algorithm;
use crate::ui::doors::Doors;
use crate::ui::frame;
use crate::ui::keyboard;
use crate::ui::learn::guide::Guide;
use crate::ui::learn::index::Index;
use crate::ui::learn::interview::{CardPage, Questions};
use crate::ui::learn::keys;
use crate::ui::learn::lesson::LessonPage;
use crate::ui::learn::mock::MockPage;
use crate::ui::learn::practice::PracticePage;
use crate::ui::learn::route::{self, Place, Route};
use crate::ui::learn::sheet::Sheet;
use crate::ui::learn::stage_pane::StagePane;
use crate::ui::learn::teach::Notes;
use crate::ui::learn::top::{self, Top};
use crate::ui::learn::wild::{SystemPage, Systems};
use crate::ui::opening::Complaints;
use crate::ui::panels::announcer::LiveRegions;
use crate::ui::parts::part;
use crate::ui::preferences::Preferences;
use crate::ui::rescue;
use crate::ui::session::Session;
use crate::ui::setup::Setup;
use leptos::prelude::*;

part! { learn: pub fn whole() -> AnyView { view! { <Whole/> }.into_any() } }

#[component]
fn Whole() -> impl IntoView {
    let Some(first) = Algorithm::all().next() else {
        return view! { <p class="empty">{crate::words::en::learn::NO_ALGORITHM}</p> }.into_any();
    };
    let route = route::follow();
    let looks = route.with_untracked(|route: &Route| (route.theme, route.present, route.locked));
    let setup = Setup { scenario: crate::scenarios::scenario::Scenario::new(first), story: None };
    let session = Session::open(setup, false);
    let preferences = Preferences::open(looks.0, looks.1, true);
    let doors = Doors::new();
    let guide = Guide::new(session);
    provide_context(doors);
    provide_context(Complaints::new());
    provide_context(preferences);
    keys::listen(guide, route);
    keyboard::listen(session, doors, preferences, looks.2);
    rescue::note(session);
    top::project(session, preferences);
    Effect::new(move |_| frame::drive(session));
    let place = Memo::new(move |_| route.with(|route| route.place.clone()));
    // A page that has left the stage leaves nothing running behind it.
    Effect::new(move |_| {
        if !place.with(Place::has_stage) {
            session.pause();
        }
        guide.forget();
    });
    let page = move || match place.get() {
        Place::Index => view! { <Index/> }.into_any(),
        Place::Lesson(id) => view! { <LessonPage id guide route/> }.into_any(),
        Place::Notes(id) => view! { <Notes id/> }.into_any(),
        Place::Practice => view! { <PracticePage guide/> }.into_any(),
        Place::Questions => view! { <Questions/> }.into_any(),
        Place::Question(id) => view! { <CardPage id guide/> }.into_any(),
        Place::Mock(id) => view! { <MockPage id/> }.into_any(),
        Place::Sheet => view! { <Sheet/> }.into_any(),
        Place::Systems => view! { <Systems/> }.into_any(),
        Place::System(id) => view! { <SystemPage id guide/> }.into_any(),
    };
    let shape = move || if place.with(Place::has_stage) { "walk" } else { "paper" };
    view! {
        <div class="learn" data-shape=shape data-controls=move || route.with(|route| route.controls.clone()) class:projecting=preferences.projector>
            <Top/>
            <main class="learn-text" id="learn-text" tabindex="-1">{page}</main>
            <StagePane session guide locked=looks.2/>
        </div>
        <LiveRegions announcer=session.announcer/>
    }
    .into_any()
}
