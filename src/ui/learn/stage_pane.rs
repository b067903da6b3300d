//! The stage of Learn: the run in one line, the picture, and time below it. It stands as long as the page does.

use super::guide::{Guide, Mode};
use crate::ui::controls::transport::Transport;
use crate::ui::faults::act_bar::ActBar;
use crate::ui::pages::dialogs::{Dialogs, LaterTable};
use crate::ui::pages::stage_mount::StageMount;
use crate::ui::panels::notice::Notice;
use crate::ui::session::Session;
use crate::ui::stage::StageSignals;
use crate::ui::timeline::{Scrubber, Timeline, lane_count};
use crate::words::en::learn as say;
use crate::words::headline::Gravity;
use leptos::prelude::*;

#[component]
pub fn StagePane(session: Session, guide: Guide, locked: bool) -> impl IntoView {
    let signals = StageSignals::new();
    let alarmed = move || session.headline.with(|headline| headline.gravity > Gravity::Calm);
    let led = move || guide.stops.with(|stops| !stops.is_empty());
    let free = move || guide.mode.get() == Mode::Free;
    // Parts of the page that the step points at; a place is chosen on the stage instead.
    let look = move || {
        let _ = guide.stops.with(Vec::len);
        let step = guide.written(guide.step.get()).filter(|_| !free());
        step.map(|step| step.look.join(" "))
    };
    // One line of the run until somebody asks for its lanes.
    let lanes = RwSignal::new(false);
    let take = move || if free() { say::BACK_TO_THE_LESSON } else { say::TAKE_THE_CONTROLS };
    view! {
        <section class="learn-stage stage-area" class:alarmed=alarmed data-look=look aria-label=say::THE_RUN>
            <header class="learn-line">
                <p>
                    <b>{move || session.headline.with(|headline| format!("{}. ", headline.title))}</b>
                    <span>{move || session.headline.with(|headline| headline.why.clone())}</span>
                </p>
                <button class="btn" data-act="Take" class:away=move || !led() || locked aria-keyshortcuts="Escape" on:click=move |_| guide.take_or_return()>
                    {take} <kbd aria-hidden="true" data-key="Esc"></kbd>
                </button>
            </header>
            <StageMount session signals locked>""</StageMount>
            <LaterTable session/>
            <Notice session/>
        </section>
        <section class="learn-time" aria-label=say::TIME style=move || format!("--lanes:{}", session.setup.with(lane_count))>
            <Show when=move || lanes.get() fallback=move || view! { <Scrubber session/> }><Timeline session/></Show>
            <div class="trans">
                <Transport session/>
                <button
                    class="btn quiet learn-lanes"
                    data-act="Lanes"
                    title=say::SPACE_TIME_DIAGRAM_HINT
                    aria-pressed=move || lanes.get().to_string()
                    on:click=move |_| lanes.update(|shown| *shown = !*shown)
                >
                    {say::SPACE_TIME_DIAGRAM}
                </button>
                <div class="learn-acts" class:away=move || !free()>{(!locked).then(|| view! { <ActBar session/> })}</div>
            </div>
        </section>
        <Dialogs session/>
    }
}
