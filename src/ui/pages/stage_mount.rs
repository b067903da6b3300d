//! Puts the stage on a page: what it shows comes from the session, what the pointer does to it goes back.

use crate::sim::fault::Fault;
use crate::sim::place::Place;
use crate::ui::doors::Doors;
use crate::ui::faults::partition::split;
use crate::ui::preferences::Preferences;
use crate::ui::selection::Selection;
use crate::ui::session::Session;
use crate::ui::stage::geometry::Rect;
use crate::ui::stage::{Stage, StageSignals, room_style};
use crate::ui::store::ledger::LaterLedger;
use crate::ui::store::strip::LaterStrip;
use crate::ui::store::work::WorkCard;
use crate::words::en::stage as say;
use leptos::prelude::*;

#[component]
pub fn StageMount(
    session: Session,
    signals: StageSignals,
    #[prop(default = false)] locked: bool,
    /// Nodes can be moved by hand.
    #[prop(default = false)]
    movable: bool,
    #[prop(default = "stage")] id: &'static str,
    children: Children,
) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let preferences = expect_context::<Preferences>();
    session.watch(move |sim, touched| signals.draw(sim, sim.now(), touched));
    let on_select = Callback::new(move |what: Option<Selection>| {
        if matches!(what, Some(Selection::Message(_))) {
            session.pause();
        }
        session.select(what);
    });
    let on_menu = Callback::new(move |(what, x, y): (Selection, i32, i32)| {
        if !locked && !matches!(what, Selection::Message(_)) {
            doors.menu.set(Some((what, Some((x, y)))));
        }
    });
    let on_partition_drawn = Callback::new(move |groups: Vec<Vec<Place>>| {
        doors.drawing.set(false);
        if let Some(first) = groups.first() {
            split(session, first);
        }
    });
    let on_heal = Callback::new(move |()| {
        if !locked {
            session.act(Fault::Heal);
        }
    });
    let with_store = Signal::derive(move || {
        session.run.track();
        session.look(|sim| sim.kernel().work.job != crate::sim::store::Job::None)
    });
    let store_name = if id == "stage" { say::SHARED_STORE } else { say::SHARED_STORE_RIGHT_SIDE };
    let works = Memo::new(move |_| with_store.get());
    let room = Memo::new(move |_| signals.layout.with(|layout| layout.store).filter(|_| works.get()));
    let is_cramped = Memo::new(move |_| works.get() && room.get().is_none());
    let offer_room = Memo::new(move |_| {
        let key = signals.layout.with(|layout| layout.key)?;
        (!works.get() && !locked && !preferences.projector.get()).then(|| Rect::new(key.x, 22.0, key.w, 200.0))
    });
    view! {
        <div id=id class="stage-room">
            <Stage
                signals
                selected=session.selected
                drawing=doors.drawing
                projector=preferences.projector
                with_store
                movable
                on_select
                on_menu
                on_partition_drawn
                on_heal
            >
                {children()}
                <LaterLedger session room locked name=store_name/>
                {move || offer_room.get().map(|room| view! { <div style=room_style(room)><WorkCard session/></div> })}
            </Stage>
        </div>
        <LaterStrip session shown=is_cramped locked/>
    }
}
