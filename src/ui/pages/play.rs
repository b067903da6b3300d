//! Play: one cluster, any fault, any moment.

use super::dialogs::{Dialogs, LaterSubtitle, LaterTable, LaterWhy};
use super::stage_mount::StageMount;
use crate::ui::controls::header::Header;
use crate::ui::controls::setup_bar::SetupBar;
use crate::ui::controls::transport::Transport;
use crate::ui::doors::Doors;
use crate::ui::faults::act_bar::ActBar;
use crate::ui::files::{ComplaintsBar, DropVeil};
use crate::ui::panels::headline::HeadlineView;
use crate::ui::panels::notice::Notice;
use crate::ui::panels::rail::Rail;
use crate::ui::preferences::Preferences;
use crate::ui::session::Session;
use crate::ui::stage::StageSignals;
use crate::ui::timeline::{Scrubber, Timeline, lane_count};
use crate::words::en::stage as say;
use crate::words::headline::Gravity;
use leptos::prelude::*;

#[component]
pub fn Play(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let preferences = expect_context::<Preferences>();
    let signals = StageSignals::new();
    let alarmed = move || session.headline.with(|headline| headline.gravity > Gravity::Calm);
    let lanes = move || format!("--lanes:{}", session.setup.with(lane_count));
    view! {
        <ComplaintsBar/>
        <div class="play" style=lanes class:projecting=preferences.projector data-tab=move || doors.tab.get().id()>
            <Header/>
            <SetupBar session/>
            <main class="stage-area" class:alarmed=alarmed>
                <HeadlineView session signals hint=true/>
                <StageMount session signals movable=true>""</StageMount>
                <LaterSubtitle session/>
                <LaterTable session/>
                <Notice session/>
            </main>
            <Rail session/>
            <LaterWhy session/>
            <section class="trans" aria-label=say::TIME_AND_FAULTS>
                <Transport session/>
                <ActBar session/>
            </section>
            <Scrubber session/>
            <Timeline session/>
        </div>
        <Dialogs session/>
        <DropVeil session/>
    }
}
