//! Where there is no room for the ledger: its last verdict in one line, and the whole ledger at a touch.

use super::facts::LedgerFacts;
use super::ledger::{Ledger, Seal, ledger_facts};
use crate::ui::parts::{Made, later, part};
use crate::ui::session::Session;
use crate::words::en::store as say;
use crate::words::ledger::{self, Mark};
use leptos::prelude::*;

part! { store:
    fn below(session: Session, shown: Memo<bool>, locked: bool) -> AnyView {
        let facts = ledger_facts(session);
        (move || shown.get().then(|| view! { <StoreStrip session facts locked/> })).into_any()
    }
}

/// The strip where the stage has no room for the ledger: fetched when leaders first have work.
#[component]
pub fn LaterStrip(session: Session, shown: Memo<bool>, locked: bool) -> impl IntoView {
    let make = Box::new(move |session| -> Made { Box::pin(below(session, shown, locked)) });
    later(session, Box::new(move || shown.get()), Box::new(|| ()), make)
}

#[component]
fn StoreStrip(session: Session, facts: Memo<Option<LedgerFacts>>, locked: bool) -> impl IntoView {
    let open = RwSignal::new(false);
    let line = move || {
        facts.with(|facts| {
            let facts = facts.as_ref()?;
            let Some(row) = facts.rows.first() else {
                return Some(view! { <span>{ledger::title(facts.job)}{say::NONE_YET}</span> }.into_any());
            };
            let verdict = ledger::verdict(row);
            let verdict = if verdict.is_empty() { say::ACCEPTED.into() } else { verdict };
            let class = format!("strip-verdict {}", Mark::of(row).id());
            let wrote = format!("{} {}", row.writer, ledger::what(facts.job, row));
            Some(view! { <Seal token=row.token size=9.5/><span class="strip-what">{wrote}</span><b class=class>{verdict}</b> }.into_any())
        })
    };
    let corrupted = move || facts.with(|facts| facts.as_ref().is_some_and(|facts| facts.damage.corrupted > 0));
    view! {
        <button
            class="store-strip"
            class:corrupted=corrupted
            data-act="Store"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {line}
            <span class="grow"></span>
            <span class="strip-more">{move || if open.get() { say::CLOSE } else { say::STORE }}</span>
        </button>
        {move || open.get().then(|| view! { <div class="store-sheet"><Ledger session facts locked/></div> })}
    }
}
