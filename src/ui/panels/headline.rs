//! The state of the run in one sentence, and one line why.

use super::hint::FirstHint;
use super::why::WhyRun;
use crate::ui::session::Session;
use crate::ui::stage::{StageSignals, room_style};
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::panels as say;
use crate::words::headline::Gravity;
use leptos::prelude::*;

/// The title, two lines of why and the hint, in units of the stage.
const HINT_NEEDS: f64 = 104.0;

/// On the stage where there is room, else above it.
#[component]
pub fn HeadlineView(session: Session, signals: StageSignals, #[prop(default = false)] hint: bool) -> impl IntoView {
    let headline = session.headline;
    let gravity = Memo::new(move |_| headline.with(|headline| headline.gravity));
    let tag = move || {
        let text = match gravity.get() {
            Gravity::Calm => return None,
            Gravity::TwoLeaders => say::TWO_LEADERS,
            Gravity::Corrupted => say::DAMAGE,
            Gravity::Broken => say::PROMISE_BROKEN,
        };
        let text = if gravity.get() == Gravity::TwoLeaders { say::SPLIT_BRAIN } else { text };
        Some(view! { <p class="bang"><Icon glyph=Glyph::Alarm/>{text}</p> })
    };
    let room = Memo::new(move |_| signals.layout.with(|layout| layout.headline));
    let has_room_for_hint = Memo::new(move |_| room.get().is_none_or(|room| room.h >= HINT_NEEDS));
    let style = move || room.get().map_or_else(String::new, room_style);
    view! {
        <div class="headline" class:above=move || room.get().is_none() style=style data-gravity=move || format!("{:?}", gravity.get())>
            {tag}
            <h1>{move || headline.with(|headline| headline.title.clone())}</h1>
            <p class="headline-why">
                {move || headline.with(|headline| headline.why.clone())}" "
                {hint.then(|| view! { <WhyRun session/> })}
            </p>
            {move || (hint && has_room_for_hint.get()).then(|| view! { <FirstHint session/> })}
        </div>
    }
}
