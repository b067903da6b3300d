//! The cheat sheet: one page to print. Its measured columns are those of an experiment of the lab; a test keeps them so.

use super::fetching::{fetch, shown};
use super::teach::print;
use crate::lessons::interview::{Measured, Row, read_book, read_trade_off};
use crate::words::en::cheat_sheet as say;
use crate::words::en::learn as words;
use leptos::prelude::*;

#[component]
pub fn Sheet() -> impl IntoView {
    let rows = fetch("interview/trade-off.en.json".into(), read_trade_off);
    let book = fetch("interview/index.en.json".into(), read_book);
    let table = shown(rows, |rows| {
        // The run behind a number is one click away.
        let number = |Measured { text, run }: Measured| view! { <a href=run>{text}</a> };
        let row = move |row: Row| {
            view! {
                <tr>
                    <th scope="row">{row.name}</th>
                    <td>{row.idea}</td>
                    <td>{row.consistency}</td>
                    <td class="num">{number(row.fail_over)}</td>
                    <td class="num">{number(row.messages)}</td>
                    <td class="num">{number(row.two_leaders)}</td>
                    <td class="num">{number(row.two_commit)}</td>
                    <td>{row.fence}</td>
                    <td>{row.used_by}</td>
                </tr>
            }
        };
        view! {
            <div class="table-room" tabindex="0" role="group" aria-label=say::TABLE>
                <table class="trade">
                    <thead><tr>
                        {say::COLUMNS.map(|name| view! { <th scope="col">{name}</th> }).into_iter().collect_view()}
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
            <p class="crumb no-print"><a href="#/learn">{words::ALL_LESSONS}</a>" "<button class="linkish" on:click=|_| print()>{words::PRINT}</button></p>
            <h1>{say::TITLE}</h1>
            {table}
            <p class="src">{say::MEASURED}" "<a class="no-print" href=say::EXPERIMENT>{say::RUN_AGAIN}</a></p>
            {facts}
        </article>
    }
}
