//! The nodes as a table: the same facts as the picture, for whoever reads better than looks.

use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::simulation::Simulation;
use crate::ui::doors::Doors;
use crate::ui::selection::Selection;
use crate::ui::session::Session;
use crate::words::en::panels as say;
use crate::words::event_line::title;
use crate::words::inspect_line::shown;
use crate::words::lookup::{Words, sentence_case};
use crate::words::numbers::span;
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Row {
    place: Place,
    cells: [String; 6],
}

#[component]
pub fn TableView(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    move || doors.table.get().then(|| view! { <OpenTable session/> })
}

#[component]
fn OpenTable(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    let rows = Memo::new(move |_| session.look_now_and_then(|sim| rows(&session.words(), sim)));
    let reign = sentence_case(session.words().reign_word());
    let row = move |row: Row| {
        let place = row.place;
        view! {
            <tr>
                <th scope="row">
                    <button class="linkish" on:click=move |_| session.select(Some(Selection::Place(place)))>{place.to_string()}</button>
                </th>
                {row.cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}
            </tr>
        }
    };
    view! {
        <div class="table-view" role="region" aria-label=say::NODES_AS_A_TABLE tabindex="0">
            <button class="btn table-close" on:click=move |_| doors.table.set(false)>{say::BACK_TO_THE_PICTURE}</button>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{say::NODE}</th>
                        <th scope="col">{say::STATE}</th>
                        <th scope="col">{reign}</th>
                        <th scope="col">{say::FOLLOWS}</th>
                        <th scope="col">{say::TIMER}</th>
                        <th scope="col">{say::COUNT}</th>
                        <th scope="col">{say::ON_DISK_HEAD}</th>
                    </tr>
                </thead>
                <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn rows(words: &Words, sim: &dyn Simulation) -> Vec<Row> {
    let kernel = sim.kernel();
    let row = |slot: usize| {
        let place = kernel.census.place(slot);
        let page = sim.inspect(place);
        let standing = kernel.standings[slot];
        let state = match kernel.statuses[slot] {
            Status::Down => "crashed".into(),
            Status::Paused => format!("{}, paused", title(words, &standing)),
            Status::Up => title(words, &standing),
        };
        let timer =
            page.ring.map_or_else(String::new, |ring| format!("{} left", span(ring.due_at.saturating_sub(kernel.now))));
        let count = page.bench.map_or_else(String::new, |bench| {
            let taken = bench.seats.iter().filter(|(_, seat)| *seat == crate::sim::inspection::Seat::Taken).count();
            format!("{} of {} {}", taken, bench.needed, words.name("bench", bench.counts))
        });
        let disk = page.rows.iter().filter(|row| row.durable);
        let disk =
            disk.map(|row| format!("{} {}", words.name("row", row.id), shown(words, &row.value))).collect::<Vec<_>>();
        let reign = standing.reign.map_or_else(String::new, |reign| reign.to_string());
        let follows = standing.follows.map_or_else(String::new, |leader| leader.to_string());
        Row { place, cells: [state, reign, follows, timer, count, disk.join("; ")] }
    };
    (0..kernel.census.processes()).map(row).collect()
}
