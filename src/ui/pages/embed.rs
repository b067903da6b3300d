//! Embed: the stage in somebody else's page. It never takes the focus and never scrolls.

use super::dialogs::LaterMenu;
use super::stage_mount::StageMount;
use crate::ui::address;
use crate::ui::controls::clock::Clock;
use crate::ui::controls::transport::PlayButton;
use crate::ui::embed::pieces::{self, FullScreen, LastEvents};
use crate::ui::embed::post;
use crate::ui::embed::wishes::Controls;
use crate::ui::opening::Complaints;
use crate::ui::panels::notice::Notice;
use crate::ui::parts::{later, part, styled};
use crate::ui::preferences::Preferences;
use crate::ui::session::Session;
use crate::ui::stage::StageSignals;
use crate::ui::timeline::{Scrubber, Timeline, lane_count};
use crate::ui::widgets::icon::{BrandMark, Glyph, Icon};
use crate::words::en::framed as say;
use crate::words::headline::Gravity;
use leptos::prelude::*;

/// From this size on there is room for the run as a diagram.
const LARGE: (f64, f64) = (900.0, 640.0);

part! { embed: fn whole(session: Session, locked: bool) -> AnyView { view! { <Embed session locked/> }.into_any() } }

/// The one entry to the page: it is fetched when it is first wanted.
#[component]
pub fn LaterEmbed(session: Session, locked: bool) -> impl IntoView {
    later(
        session,
        Box::new(|| true),
        Box::new(|| ()),
        Box::new(move |session| styled("embed", Box::pin(whole(session, locked)))),
    )
}

#[component]
fn Embed(session: Session, locked: bool) -> impl IntoView {
    let wishes = pieces::wishes();
    let preferences = expect_context::<Preferences>();
    let complaints = expect_context::<Complaints>().page;
    Effect::new({
        let own = wishes.complaints.clone();
        move |_| {
            // There is little room, and a reader can mend nothing: the first is enough.
            let first = complaints.with(|others| others.first().or(own.first()).cloned());
            if let Some(complaint) = first {
                session.remark(complaint);
            }
        }
    });
    let caption = wishes.caption.clone();
    let title = Memo::new(move |_| {
        let of_setup = session.setup.with(|setup| {
            let scenario = &setup.scenario;
            match scenario.title.is_empty() {
                true => say::title(&session.words().family_name(setup.algorithm().id()), scenario.nodes),
                false => scenario.title.clone(),
            }
        });
        caption.clone().unwrap_or(of_setup)
    });
    Effect::new(move |_| document().set_title(&title.get()));
    pieces::keep_to_stop(session, &wishes);
    pieces::leave_the_wheel();
    post::connect(session, preferences, wishes.controls, title);

    let whole = move || session.setup.with(address::fragment);
    let alarmed = move || session.headline.with(|headline| headline.gravity > Gravity::Calm);
    let signals = StageSignals::new();
    let size = pieces::frame_size();
    let (controls, shows) = (wishes.controls, move |part: &str, by_size: bool| wishes.shows(part, by_size));
    let (store, log, say, key) = (shows("store", true), shows("log", false), shows("say", true), shows("key", true));
    let with_diagram = Memo::new(move |_| {
        let (width, height) = size.get();
        shows("timeline", width > LARGE.0 && height > LARGE.1)
    });
    let is_asked = |part: bool, word: &'static str| if part { word } else { "" };
    let class = format!(
        "embed controls-{} {} {} {}",
        match controls {
            Controls::Full => "full",
            Controls::Minimal => "minimal",
            Controls::None => "none",
        },
        is_asked(!store, "no-store"),
        is_asked(!key, "no-key"),
        is_asked(!say, "no-say"),
    );
    let lanes = move || format!("--lanes:{}", session.setup.with(lane_count));
    view! {
        <div class=class style=lanes>
            <header class="embed-top">
                <BrandMark/>
                <h1 title=title>{title}</h1>
                <a href=whole target="_blank" rel="noopener" aria-label=say::OPEN_IN_CONCLAVE>
                    <span class="embed-open">{say::OPEN_IN_CONCLAVE}</span>
                    <Icon glyph=Glyph::Open/>
                </a>
            </header>
            <main class="stage-area" class:alarmed=alarmed>
                <StageMount session signals locked>""</StageMount>
                <Notice session/>
            </main>
            {log.then(|| view! { <LastEvents session/> })}
            {say.then(|| view! {
                <section class="embed-words" aria-label=say::WHAT_IS_THE_CASE><p class="embed-line" class:alarmed=alarmed>
                    <b>{move || session.headline.with(|headline| format!("{}. ", headline.title))}</b>
                    {move || session.headline.with(|headline| headline.why.clone())}
                </p></section>
            })}
            {(controls != Controls::None).then(|| view! {
                <section class="embed-time" aria-label=say::TIME>
                    <button class="btn icon quiet embed-step" data-act="StepBack" aria-label=say::STEP_BACK_ONE_EVENT on:click=move |_| session.step_back()><Icon glyph=Glyph::StepBack/></button>
                    <PlayButton session/>
                    <button class="btn icon quiet embed-step" data-act="Step" aria-label=say::STEP_FORWARD_ONE_EVENT on:click=move |_| session.step()><Icon glyph=Glyph::StepForward/></button>
                    <Scrubber session/>
                    <Clock session/>
                    <FullScreen session/>
                </section>
            })}
            <Show when=move || with_diagram.get()><div class="embed-lanes"><Timeline session/></div></Show>
        </div>
        <LaterMenu session/>
    }
}
