//! Faults that befall both sides at once, aimed at a role or at the chosen node.

use super::pair::Pair;
use crate::sim::fault::{Fault, MessageName, Waking, Which, Who};
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::simulation::Simulation;
use crate::ui::selection::Selection;
use crate::ui::session::Session;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::comparing as say;
use leptos::prelude::*;

/// The node chosen on either side: acts are aimed at it on both.
fn chosen(pair: Pair) -> Option<Place> {
    pair.sides.iter().find_map(|session| match session.selected.get() {
        Some(Selection::Place(place)) if place != Place::Store => Some(place),
        _ => None,
    })
}

/// The first node in this state.
fn with_status(sim: &dyn Simulation, status: Status) -> Option<Who> {
    let kernel = sim.kernel();
    kernel.census.nodes().find(|&place| kernel.statuses[kernel.census.slot(place)] == status).map(Who::At)
}

#[component]
pub fn PairActs(pair: Pair) -> impl IntoView {
    let aim = Memo::new(move |_| chosen(pair));
    let name = move || aim.get().map_or_else(|| say::LEADER.to_owned(), |place| place.to_string());
    let missing = move || if aim.get_untracked().is_some() { say::NO_SUCH_NODE } else { say::NO_LEADER };
    let whom = move || aim.get_untracked().map_or(Who::Leader, Who::At);
    let alone = |who: Who| Fault::Partition(vec![Vec::new(), vec![who]]);
    view! {
        <div class="act-bar" role="group" aria-label=say::FAULTS_ON_BOTH_SIDES>
            <button class="btn" data-act="CrashBoth" on:click=move |_| pair.act(missing(), |_| Some(Fault::Crash(whom())))>
                <Icon glyph=Glyph::Crash/>{say::CRASH_WHOM}{name}
            </button>
            <button class="btn" data-act="PauseBoth" on:click=move |_| pair.act(missing(), |_| Some(Fault::Pause(whom())))>
                <Icon glyph=Glyph::Pause/>{say::PAUSE_WHOM}{name}
            </button>
            <button class="btn" data-act="CutBoth" on:click=move |_| pair.act(missing(), |_| Some(alone(whom())))>
                <Icon glyph=Glyph::CutOff/>{say::CUT_OFF_WHOM}{name}
            </button>
            <button class="btn" data-act="TimeOutBoth" on:click=move |_| pair.act(say::NO_CANDIDATE, |_| Some(Fault::Crash(Who::Candidate)))>
                <Icon glyph=Glyph::Crash/>{say::CRASH_CANDIDATE}
            </button>
            <button class="btn" data-act="WakeBoth" on:click=move |_| pair.act(say::NOBODY_IS_PAUSED, |sim| {
                with_status(sim, Status::Paused).map(|who| Fault::Resume(who, Waking::TimersFirst))
            })>
                <Icon glyph=Glyph::Play/>{say::RESUME}
            </button>
            <button class="btn" data-act="RestartBoth" on:click=move |_| pair.act(say::NOBODY_IS_DOWN, |sim| with_status(sim, Status::Down).map(Fault::Restart))>
                <Icon glyph=Glyph::Restart/>{say::RESTART}
            </button>
            <button class="btn" data-act="HealBoth" on:click=move |_| pair.act(say::NO_LINK, |_| Some(Fault::Heal))>
                <Icon glyph=Glyph::Heal/>{say::HEAL}
            </button>
            <button class="btn" data-act="UndoBoth" on:click=move |_| pair.undo()>
                <Icon glyph=Glyph::Undo/>{say::UNDO}
            </button>
        </div>
    }
}

/// What can be done to the chosen message: on its own side only.
#[component]
pub fn OneSided(session: Session) -> impl IntoView {
    let message = Memo::new(move |_| match session.selected.get() {
        Some(Selection::Message(name)) => Some(name),
        _ => None,
    });
    let drop_it = move |name: MessageName| {
        session.act(Fault::Drop(Which::One(name)));
        session.select(None);
    };
    move || {
        message.get().map(|name| {
            view! {
                <p class="one-sided">
                    {say::is_on_this_side_only(name.from, name.to)}
                    <button class="linkish" data-act="DropHere" on:click=move |_| drop_it(name)>{say::DROP_IT_HERE}</button>
                </p>
            }
        })
    }
}
