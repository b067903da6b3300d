//! Splitting the network: by choosing a side, by a preset, or by drawing a line on the stage.

use crate::sim::fault::{Fault, Who};
use crate::sim::order::put_in_order;
use crate::sim::place::Place;
use crate::ui::doors::Doors;
use crate::ui::selection::Selection;
use crate::ui::session::Session;
use crate::ui::widgets::dialog::Dialog;
use crate::words::en::faults as say;
use crate::words::numbers::listed;
use leptos::prelude::*;

/// Cuts every link between these and the others.
pub fn split(session: Session, left: &[Place]) {
    let nodes: Vec<Place> = session.look(|sim| sim.kernel().census.nodes().collect());
    let (one, other): (Vec<Place>, Vec<Place>) = nodes.into_iter().partition(|node| left.contains(node));
    if one.is_empty() || other.is_empty() {
        session.remark(say::EVERYBODY_IS_ON_ONE_SIDE.into());
        return;
    }
    let side = |group: Vec<Place>| group.into_iter().map(Who::At).collect();
    session.act(Fault::Partition(vec![side(one), side(other)]));
}

#[component]
pub fn PartitionDialog(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    view! {
        <Dialog open=doors.partition title=say::PARTITION_THE_NETWORK class="narrow">
            <Sides session/>
        </Dialog>
    }
}

#[component]
fn Sides(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let nodes: Vec<Place> = session.look(|sim| sim.kernel().census.nodes().collect());
    let leader = session.target().or(nodes.first().copied());
    let left = RwSignal::new(leader.into_iter().collect::<Vec<Place>>());
    let all = StoredValue::new(nodes.clone());
    let preset = move |extra: usize| {
        move |_| {
            let others =
                all.with_value(|nodes| nodes.iter().copied().filter(|node| Some(*node) != leader).collect::<Vec<_>>());
            let side = leader.into_iter().chain(others.into_iter().take(extra));
            left.set(side.collect());
        }
    };
    let halves = all.with_value(Vec::len) / 2;
    let name = leader.map_or_else(String::new, |leader| leader.to_string());
    let toggle = move |node: Place, on: bool| {
        left.update(|left| {
            left.retain(|other| *other != node);
            if on {
                left.push(node);
                put_in_order(left, |&node| node);
            }
        });
    };
    let check = move |node: Place| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || left.with(|left| left.contains(&node))
                    on:change=move |event| toggle(node, event_target_checked(&event))
                />
                {node.to_string()}
            </label>
        }
    };
    let sentence = move || {
        let right = all.with_value(|nodes| {
            nodes.iter().copied().filter(|node| left.with(|left| !left.contains(node))).collect::<Vec<_>>()
        });
        say::two_sides(&left.with(|left| listed(left)), &listed(&right))
    };
    let cut = move |_| {
        doors.partition.set(false);
        split(session, &left.get_untracked());
    };
    let draw = move |_| {
        doors.partition.set(false);
        doors.drawing.set(true);
        session.remark(say::DRAG_A_LINE_ACROSS.into());
    };
    let is_a_node = matches!(session.selected.get_untracked(), Some(Selection::Place(_)));
    view! {
        <fieldset class="checks">
            <legend>{say::THIS_SIDE}</legend>
            {nodes.into_iter().map(check).collect_view()}
        </fieldset>
        <div class="acts" role="group" aria-label=say::PRESETS>
            <button class="btn" on:click=preset(0)>{if is_a_node { say::alone(&name) } else { say::LEADER_ALONE.into() }}</button>
            <button class="btn" on:click=preset(1)>{if is_a_node { format!("{name} + 1") } else { say::LEADER_AND_ONE.into() }}</button>
            <button class="btn" on:click=preset(halves.saturating_sub(1))>{say::HALVES}</button>
        </div>
        <p class="hint" aria-live="polite">{sentence}</p>
        <div class="dialog-foot">
            <button class="btn" on:click=draw>{say::DRAW_A_LINE_INSTEAD}</button>
            <button class="btn primary" data-act="Split" on:click=cut>{say::CUT_THE_LINKS_BETWEEN}</button>
        </div>
    }
}
