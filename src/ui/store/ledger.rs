//! The ledger: who wrote what with which token, what the store made of it, and the damage.

use super::facts::LedgerFacts;
use super::verbs::{replay, replay_offer, set_grants, toggle_fencing};
use crate::picture::work::{Standing, sign, work};
use crate::sim::place::Place;
use crate::sim::reign::Token;
use crate::sim::store::{Fencing, Job, Outcome, Row};
use crate::ui::parts::{Made, later, part};
use crate::ui::session::Session;
use crate::ui::stage::geometry::{Point, Rect};
use crate::ui::stage::glyphs::seal_markup;
use crate::ui::stage::room_style;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::store as say;
use crate::words::ledger::{self, Mark};
use crate::words::numbers::grouped;
use leptos::prelude::*;

/// Facts of a session's store, told now and then; none while leaders have no work.
pub fn ledger_facts(session: Session) -> Memo<Option<LedgerFacts>> {
    Memo::new(move |_| {
        session.run.track();
        session.look_now_and_then(|sim| (sim.kernel().work.job != Job::None).then(|| LedgerFacts::of(sim)))
    })
}

part! { store:
    fn in_room(session: Session, room: Memo<Option<Rect>>, locked: bool, name: &'static str) -> AnyView {
        let facts = ledger_facts(session);
        let ledger = move |room| {
            view! { <div class="ledger-room" style=room_style(room)><Ledger session facts locked name/></div> }
        };
        (move || room.get().map(ledger)).into_any()
    }
}

/// The ledger where the stage has room for it: fetched when leaders first have work.
#[component]
pub fn LaterLedger(session: Session, room: Memo<Option<Rect>>, locked: bool, name: &'static str) -> impl IntoView {
    let wanted = Box::new(move || room.get().is_some());
    let make = Box::new(move |session| -> Made { Box::pin(in_room(session, room, locked, name)) });
    later(session, wanted, Box::new(|| ()), make)
}

#[component]
pub fn Ledger(
    session: Session,
    facts: Memo<Option<LedgerFacts>>,
    /// Nothing can be changed.
    #[prop(default = false)]
    locked: bool,
    #[prop(default = say::SHARED_STORE)] name: &'static str,
) -> impl IntoView {
    let part =
        move |of: fn(&LedgerFacts) -> String| move || facts.with(|facts| facts.as_ref().map(of).unwrap_or_default());
    let flag = move |of: fn(&LedgerFacts) -> bool| move || facts.with(|facts| facts.as_ref().is_some_and(of));
    let highest = Memo::new(move |_| facts.with(|facts| facts.as_ref().and_then(|facts| facts.highest)));
    let rows = move || {
        facts.with(|facts| {
            let facts = facts.as_ref()?;
            let job = facts.job;
            let line = |(row, &standing): (&Row, &Standing)| {
                let again = match standing {
                    Standing::Twice(by) => facts.rows.get(by).map(|by| by.writer),
                    _ => None,
                };
                view! { <Line session job row=*row standing again/> }
            };
            Some(facts.rows.iter().zip(&facts.standings).map(line).collect_view())
        })
    };
    // The switch alone says the rest.
    let is_notable = flag(|facts| !facts.has_tokens || facts.exposed || facts.guard.fencing as u8 > 1);
    let is_empty = flag(|facts| facts.rows.is_empty());
    let offer = Memo::new(move |_| {
        facts.with(|facts| {
            let facts = facts.as_ref()?;
            let refused = facts.rows.iter().find(|row| row.outcome == Outcome::Refused).map(|row| row.at);
            let about = facts.worst.map(|row| row.at).or(refused)?;
            let setup = session.setup.get();
            let (says, setup) = replay_offer(&setup, facts.worst.is_some(), refused.is_some())?;
            Some((says, setup, about))
        })
    });
    view! {
        <section
            class="ledger"
            class:exposed=flag(|facts| facts.exposed)
            class:corrupted=flag(|facts| facts.damage.corrupted > 0)
            aria-label=name
        >
            <header class="ledger-head">
                <h2>{part(|facts| ledger::title(facts.job).into())}</h2>
                <Switch session facts locked/>
            </header>
            {move || is_notable().then(|| view! { <p class="ledger-guard">{part(|facts| facts.guarded.into())}</p> })}
            <Grants session facts locked/>
            <p class="ledger-high">
                <svg class="ledger-sign" viewBox="0 0 20 20" aria-hidden="true" inner_html=part(|facts| sign(facts.job).into())></svg>
                <span>{move || highest.get().map_or_else(|| say::NO_TOKEN_SEEN.into(), ledger::highest)}</span>
                {move || highest.get().map(|token| view! { <Seal token=Some(token) size=20.0/> })}
            </p>
            {move || is_empty().then(|| view! { <p class="ledger-empty">{part(|facts| ledger::about(facts.job).into())}{say::NO_WRITES_YET}</p> })}
            <ol class="ledger-rows" tabindex="0" aria-label=say::WRITES>{rows}</ol>
            {move || facts.with(|facts| {
                let facts = facts.as_ref()?;
                let worst = ledger::damage(facts.job, facts.worst.as_ref()?)?;
                Some(view! { <p class="ledger-damage"><Icon glyph=Glyph::Alarm/><span>{worst}</span></p> })
            })}
            <footer class="ledger-foot">
                <p>{part(counts)}</p>
                {move || (!locked).then(|| offer.get()).flatten().map(|(says, setup, about)| view! {
                    <button class="btn" data-act="Replay" on:click=move |_| replay(session, setup.clone(), about)>
                        <Icon glyph=Glyph::Restart/>
                        {says}
                    </button>
                })}
            </footer>
        </section>
    }
}

/// `accepted 12, refused 1; 3 seats sold twice`.
fn counts(facts: &LedgerFacts) -> String {
    let damage = &facts.damage;
    let tally = ledger::tally(facts.job, damage);
    let harm = if tally.is_empty() { say::NO_DAMAGE.into() } else { tally };
    let zombie = facts.zombie.map_or_else(String::new, |(place, by)| format!(" {}", ledger::zombie(place, by)));
    say::counts(&grouped(damage.accepted), &grouped(damage.refused), &harm, &zombie)
}

#[component]
fn Switch(session: Session, facts: Memo<Option<LedgerFacts>>, locked: bool) -> impl IntoView {
    let of = move |of: fn(&LedgerFacts) -> bool| move || facts.with(|facts| facts.as_ref().is_some_and(of));
    let is_on = of(|facts| facts.compares() && facts.guard.fencing != Fencing::Off);
    let is_idle = of(|facts| !facts.compares());
    view! {
        <label class="ledger-switch">
            <span>{say::FENCING_SWITCH}</span>
            <input
                type="checkbox"
                role="switch"
                data-act="Fencing"
                aria-label=say::FENCING
                aria-keyshortcuts="F"
                prop:checked=is_on
                disabled=move || locked || is_idle()
                on:change=move |_| toggle_fencing(session)
            />
        </label>
    }
}

/// Where the algorithm has no token, the store can hand one out.
#[component]
fn Grants(session: Session, facts: Memo<Option<LedgerFacts>>, locked: bool) -> impl IntoView {
    let shown = Memo::new(move |_| facts.with(|facts| facts.as_ref().is_some_and(|facts| !facts.has_tokens)));
    let is_on = move || facts.with(|facts| facts.as_ref().is_some_and(|facts| facts.guard.grants_tokens));
    move || {
        shown.get().then(|| {
            view! {
                <label class="ledger-grants">
                    <input
                        type="checkbox"
                        role="switch"
                        data-act="Grants"
                        prop:checked=is_on
                        disabled=locked
                        on:change=move |event| set_grants(session, event_target_checked(&event))
                    />
                    <span>{say::GRANTS}</span>
                </label>
            }
        })
    }
}

#[component]
fn Line(
    session: Session,
    job: Job,
    row: Row,
    standing: Standing,
    /// Who did the same work later.
    again: Option<Place>,
) -> impl IntoView {
    let mark = Mark::of(&row);
    let verdict = match (ledger::verdict(&row), again) {
        (verdict, None) if standing == Standing::Half && verdict.is_empty() => ledger::HALF_DONE.into(),
        (verdict, None) => verdict,
        (verdict, Some(by)) if verdict.is_empty() => ledger::done_again(job, by),
        (verdict, Some(by)) => format!("{verdict}; {}", ledger::done_again(job, by)),
    };
    let known_as = (standing != Standing::Nothing).then(|| format!("{} ", grouped(ledger::number(job, row.number))));
    let icon = match mark {
        Mark::Refused => Glyph::Close,
        Mark::Stale | Mark::Conflict => Glyph::Alarm,
        _ => Glyph::Kept,
    };
    let token = row.token.map_or_else(|| say::WITHOUT_TOKEN.into(), |token| format!(", token {token}"));
    let undone = if job == Job::Database && again.is_some() { " undone" } else { "" };
    view! {
        <li class=format!("ledger-row {}{undone}", mark.id())>
            <button title=say::GO_THERE on:click=move |_| session.go_to_event(row.event)>
                <svg class="ledger-work" viewBox="-16 -11 32 22" aria-hidden="true" inner_html=work(job, &row, standing)></svg>
                <Seal token=row.token size=9.5/>
                <span class="ledger-what"><span class="sr">{known_as}</span><b>{row.writer.to_string()}</b>" "{ledger::what(job, &row)}</span>
                <Icon glyph=icon/>
                <span class="sr">{token}{verdict.is_empty().then_some(say::AND_ACCEPTED)}</span>
                {(!verdict.is_empty()).then(|| view! { <span class="ledger-verdict">{verdict}</span> })}
            </button>
        </li>
    }
}

/// A seal of wax with the token's number; grey and empty where there is none.
#[component]
pub fn Seal(token: Option<Token>, size: f64) -> impl IntoView {
    let half = size + 2.0;
    let room = format!("{} {} {} {}", -half, -half, 2.0 * half, 2.0 * half);
    let style = format!("width:{0}rem;height:{0}rem", half / 8.0);
    view! { <svg class="ledger-seal" viewBox=room style=style aria-hidden="true" inner_html=seal_markup(Point::default(), size, token)></svg> }
}
