//! The cheat sheet: one page to print. Its measured columns come from a file that a test keeps true.

use super::fetching::{fetch, shown};
use super::teach::print;
use crate::lessons::interview::{Row, read_book, read_trade_off};
use leptos::prelude::*;

#[component]
pub fn Sheet() -> impl IntoView {
    let rows = fetch("interview/trade-off.en.json".into(), read_trade_off);
    let book = fetch("interview/index.en.json".into(), read_book);
    let table = shown(rows, |rows| {
        let row = |row: Row| {
            view! {
                <tr>
                    <th scope="row">{row.name}</th>
                    <td>{row.idea}</td>
                    <td>{row.consistency}</td>
                    <td class="num">{row.fail_over}</td>
                    <td class="num">{row.messages}</td>
                    <td class="num">{row.two_leaders}</td>
                    <td class="num">{row.two_commit}</td>
                    <td>{row.fence}</td>
                    <td>{row.used_by}</td>
                </tr>
            }
        };
        view! {
            <div class="table-room" tabindex="0" role="group" aria-label="Trade-offs">
                <table class="trade">
                    <thead><tr>
                        <th scope="col">"Approach"</th><th scope="col">"Who wins"</th><th scope="col">"Consistency"</th>
                        <th scope="col">"Fail-over"</th><th scope="col">"Messages"</th><th scope="col">"Two leaders if cut"</th>
                        <th scope="col">"Both write"</th><th scope="col">"Fencing token"</th><th scope="col">"Used by"</th>
                    </tr></thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    });
    let facts = shown(book, |book| {
        let group = |(title, lines): (String, Vec<String>)| {
            view! { <section><h2>{title}</h2><ul class="bullets">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul></section> }
        };
        view! { <div class="facts">{book.facts.into_iter().map(group).collect_view()}</div> }.into_any()
    });
    view! {
        <article class="learn-paper sheet">
            <p class="crumb no-print"><a href="#/learn">"All lessons"</a>" "<button class="linkish" on:click=|_| print()>"Print"</button></p>
            <h1>"Leader election on one page"</h1>
            {table}
            <p class="src">"Measured with this engine: five nodes, 10 to 20 ms wires, each family at its quick settings, the same 100 seeds. Fail-over: median from the crash of the leader to a new one. Messages: median from the crash to the new leader, signs of life left out. Two leaders and both write: runs in which the old leader was cut off from the others but not from the store, fence off, Raft without CheckQuorum. A leader that is paused instead overlaps with queue and lease, too: their holders stop by their own clock."</p>
            {facts}
        </article>
    }
}
