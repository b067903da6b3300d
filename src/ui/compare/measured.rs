//! What was measured of both runs so far, and what to say about it.

use super::pair::Pair;
use crate::words::compare::{Measured, Side, one_minute};
use crate::words::en::comparing as say;
use crate::words::lookup::Words;
use leptos::prelude::*;

/// A side as the table and the sentences call it: the family, and what tells it from the other where that is the same.
fn name(pair: Pair, side: usize) -> String {
    pair.comparison.with(|comparison| {
        let (algorithm, fenced) = comparison.sides[side];
        let family = Words::of(algorithm.id()).family_name(algorithm.id());
        match comparison.sides[0].0 == comparison.sides[1].0 {
            true => say::fenced(&family, fenced),
            false => family,
        }
    })
}

#[component]
pub fn MeasuredTable(pair: Pair) -> impl IntoView {
    let measured = Memo::new(move |_| pair.sides.map(|session| session.look_now_and_then(Measured::of)));
    let names = Memo::new(move |_| [name(pair, 0), name(pair, 1)]);
    let rows = move || {
        let [left, right] = measured.get().map(|side| side.lines());
        let row = |((title, left, a), (_, right, b)): ((&'static str, String, u64), (_, String, u64))| {
            let most = a.max(b).max(1);
            let is_harm = title.starts_with("Conflicting");
            let cell = move |text: String, number: u64| {
                let width = format!("width:{}%", number * 100 / most);
                let bar =
                    (number > 0).then(|| view! { <span class="bar"><i class:harm=is_harm style=width></i></span> });
                view! { <td class:harm={is_harm && number > 0}>{bar}<span>{text}</span></td> }
            };
            view! { <tr><th scope="row">{title}</th>{cell(left, a)}{cell(right, b)}</tr> }
        };
        left.into_iter().zip(right).map(row).collect_view()
    };
    let said = move || {
        let [a, b] = names.get();
        let [left, right] = measured.get();
        let words = |side: usize| pair.comparison.with(|comparison| Words::of(comparison.sides[side].0.id()));
        let sides =
            [Side { name: &a, words: words(0), measured: left }, Side { name: &b, words: words(1), measured: right }];
        one_minute(&sides[0], &sides[1]).into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
    };
    let is_same = move || pair.comparison.with(|comparison| comparison.sides[0] == comparison.sides[1]);
    view! {
        <section class="measured" aria-label=say::MEASURED>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{say::MEASURED_IN_THIS_RUN_SO_FAR}</th>
                        <th scope="col">{move || names.with(|names| names[0].clone())}</th>
                        <th scope="col">{move || names.with(|names| names[1].clone())}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="one-minute">
                <h2>{say::WHAT_TO_SAY_IN_ONE_MINUTE}</h2>
                {move || is_same().then(|| view! { <p>{say::SAME_ALGORITHM_TWICE_CHANGE_A_RULE}</p> })}
                {said}
            </div>
        </section>
    }
}
