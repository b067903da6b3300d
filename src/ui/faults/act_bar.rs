//! The row of buttons that act on the chosen node, else on the leader.

use super::acts::{Act, Label};
use crate::sim::place::Place;
use crate::ui::doors::Doors;
use crate::ui::selection::Selection;
use crate::ui::session::Session;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::faults as say;
use leptos::prelude::*;

/// Whom the buttons act on, as of the last pulse.
pub fn target_signal(session: Session) -> Memo<Option<Place>> {
    Memo::new(move |_| {
        session.selected.track();
        session.pulse.track();
        session.target()
    })
}

/// One act as a button. `short` leaves out whom it hits; the accessible name always says it.
#[component]
pub fn ActButton(
    session: Session,
    act: Act,
    #[prop(into)] target: Signal<Option<Place>>,
    #[prop(default = "")] key: &'static str,
    #[prop(default = false)] short: bool,
    #[prop(default = false)] icon_only: bool,
) -> impl IntoView {
    let label = Memo::new(move |_| {
        let target = target.get();
        session.look_now_and_then(|sim| act.label(sim, target))
    });
    let on_leader = move || {
        let nobody_chosen = session.selected.with(|selected| !matches!(selected, Some(Selection::Place(_))));
        nobody_chosen && !short && matches!(act, Act::CrashOrRestart | Act::PauseOrResume)
    };
    let text = move || {
        label.with(|label: &Label| match act {
            _ if on_leader() => format!("{} leader", label.verb),
            Act::Write | Act::Heal => label.verb.to_owned(),
            _ if short => label.verb.to_owned(),
            _ => label.full.clone(),
        })
    };
    // The name begins with what the button says.
    let full = move || match target.get() {
        Some(place) if on_leader() => format!("{} {place}", text()),
        _ if on_leader() => text(),
        _ => label.with(|label| label.full.clone()),
    };
    let shortcut = (!key.is_empty()).then(|| key.to_ascii_uppercase());
    let hint = (!key.is_empty() && !icon_only)
        .then(|| view! { <kbd aria-hidden="true" data-key=key.to_ascii_uppercase()></kbd> });
    view! {
        <button
            class=if icon_only { "btn icon" } else { "btn" }
            data-act=format!("{act:?}")
            aria-label=full
            title=full
            aria-keyshortcuts=shortcut
            aria-disabled=move || if label.with(|label| label.possible) { "false" } else { "true" }
            on:click=move |_| act.carry_out(session, target.get_untracked())
        >
            <Icon glyph=Signal::derive(move || label.with(|label| label.icon))/>
            {(!icon_only).then(|| view! { <span class="act-text">{text}</span> })}
            {hint}
        </button>
    }
}

#[component]
pub fn ActBar(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let target = target_signal(session);
    view! {
        <div class="act-bar" role="group" aria-label=say::FAULTS_AND_ACTS>
            <ActButton session act=Act::CrashOrRestart target key="k"/>
            <ActButton session act=Act::PauseOrResume target key="p"/>
            <ActButton session act=Act::CutOffOrRejoin target icon_only=true/>
            <ActButton session act=Act::TimeOutNow target icon_only=true/>
            <button class="btn" aria-label=say::PARTITION_THE_NETWORK title=say::PARTITION_THE_NETWORK aria-keyshortcuts="X" data-act="Partition" on:click=move |_| doors.partition.set(true)>
                <Icon glyph=Glyph::Partition/>
                <span class="act-text">{say::PARTITION}</span>
                <kbd aria-hidden="true" data-key="X"></kbd>
            </button>
            <ActButton session act=Act::Heal target key="h"/>
            <ActButton session act=Act::Write target key="w"/>
            <UndoRedo session/>
        </div>
    }
}

#[component]
pub fn UndoRedo(session: Session) -> impl IntoView {
    let undo_name = move || match session.undoable.get() {
        Some(what) => format!("Undo: {what}"),
        None => say::NOTHING_TO_UNDO.into(),
    };
    view! {
        <button
            class="btn icon quiet"
            data-act="Undo"
            aria-label=undo_name
            title=undo_name
            aria-keyshortcuts="Control+Z"
            aria-disabled=move || session.undoable.with(Option::is_none).to_string()
            on:click=move |_| session.undo()
        >
            <Icon glyph=Glyph::Undo/>
        </button>
        <button
            class="btn icon quiet"
            data-act="Redo"
            aria-label=say::REDO
            title=say::REDO
            aria-keyshortcuts="Control+Shift+Z"
            aria-disabled=move || (!session.redoable.get()).to_string()
            on:click=move |_| session.redo()
        >
            <Icon glyph=Glyph::Redo/>
        </button>
    }
}
