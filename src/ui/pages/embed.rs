//! Embed: the stage in somebody else's page. It never takes the focus and never scrolls.

use super::dialogs::LaterMenu;
use super::stage_mount::StageMount;
use crate::ui::address;
use crate::ui::controls::clock::Clock;
use crate::ui::controls::scrubber::Scrubber;
use crate::ui::controls::transport::PlayButton;
use crate::ui::panels::notice::Notice;
use crate::ui::session::Session;
use crate::ui::stage::StageSignals;
use crate::ui::widgets::icon::{BrandMark, Glyph, Icon};
use crate::words::headline::Gravity;
use leptos::prelude::*;

#[component]
pub fn Embed(session: Session, locked: bool) -> impl IntoView {
    let title = move || {
        let nodes = session.setup.with(|setup| setup.scenario.nodes);
        let name = session.words().family_name(session.setup.with(|setup| setup.algorithm().id()));
        format!("{name}, {nodes} nodes")
    };
    let whole = move || session.setup.with(address::fragment);
    let alarmed = move || session.headline.with(|headline| headline.gravity > Gravity::Calm);
    let signals = StageSignals::new();
    view! {
        <div class="embed">
            <header class="embed-top">
                <BrandMark/>
                <h1>{title}</h1>
                <a href=whole target="_blank" rel="noopener" aria-label="Open in Conclave">
                    <span class="embed-open">"Open in Conclave"</span>
                    <Icon glyph=Glyph::Open/>
                </a>
            </header>
            <main class="stage-area" class:alarmed=alarmed>
                <StageMount session signals locked>""</StageMount>
                <Notice session/>
            </main>
            <section class="embed-words" aria-label="What is the case"><p class="embed-line" class:alarmed=alarmed>
                <b>{move || session.headline.with(|headline| format!("{}. ", headline.title))}</b>
                {move || session.headline.with(|headline| headline.why.clone())}
            </p></section>
            <section class="embed-time" aria-label="Time">
                <button class="btn icon quiet" data-act="StepBack" aria-label="Step back one event" on:click=move |_| session.step_back()><Icon glyph=Glyph::StepBack/></button>
                <PlayButton session/>
                <button class="btn icon quiet" data-act="Step" aria-label="Step forward one event" on:click=move |_| session.step()><Icon glyph=Glyph::StepForward/></button>
                <Scrubber session/>
                <Clock session/>
            </section>
        </div>
        <LaterMenu session/>
    }
}
