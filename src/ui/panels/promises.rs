//! What the algorithm promises, and how each promise stands. What it does not promise is shown too: misbelief
//! starts there.

use super::why::WhyPromise;
use crate::sim::order::put_in_order;
use crate::sim::property::{Property, Verdict};
use crate::sim::time::Micros;
use crate::ui::session::Session;
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::panels as say;
use crate::words::headline::broken_line;
use crate::words::lookup::Words;
use crate::words::numbers::{grouped, instant};
use leptos::prelude::*;

/// A line of the panel.
#[derive(Clone, PartialEq, Eq)]
struct Row {
    class: &'static str,
    icon: Glyph,
    name: String,
    state: String,
    more: Option<String>,
    /// The event to go to.
    event: Option<(u64, Micros)>,
    order: u8,
    /// Its place among the properties.
    index: usize,
}

#[component]
pub fn Promises(session: Session) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let words = session.words();
        let mut rows: Vec<Row> = session.look_now_and_then(|sim| {
            sim.properties()
                .iter()
                .enumerate()
                .map(|(index, property)| Row { index, ..row(&words, property) })
                .collect()
        });
        put_in_order(&mut rows, |row| row.order);
        rows
    });
    let summary = move || {
        rows.with(|rows| {
            let count = |class: &str| rows.iter().filter(|row| row.class == class).count();
            match (count("broken"), count("risk"), count("kept")) {
                (0, 0, kept) => say::kept(kept),
                (0, risk, kept) => say::kept_and_at_risk(kept, risk),
                (broken, ..) => say::broken(broken),
            }
        })
    };
    let line = move |row: Row| {
        let go = row.event.map(|(event, at)| {
            view! { <button class="linkish" on:click=move |_| session.go_to_event(event)>{format!("at {} ms", instant(at))}</button> }
        });
        view! {
            <li class=row.class>
                <Icon glyph=row.icon/>
                <span class="prom-name"><WhyPromise index=row.index name=row.name/>{row.more.map(|more| view! { <span class="prom-more">{more}</span> })}</span>
                <span class="n">{row.state}{go}</span>
            </li>
        }
    };
    view! {
        <section class="panel promises" data-panel="promises" aria-labelledby="promises-title">
            <header>
                <h2 id="promises-title">{say::PROMISES}</h2>
                <span class="aside">{summary}</span>
            </header>
            <p class="assumes">{move || session.words().find("family.assumes")}</p>
            <ul class="prom" tabindex="0" aria-labelledby="promises-title">{move || rows.get().into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

fn row(words: &Words, property: &Property) -> Row {
    let name = words.name("promise", property.promise.id);
    let plain = |class, icon, state: String, order| Row {
        class,
        icon,
        name: name.clone(),
        state,
        more: None,
        event: None,
        order,
        index: 0,
    };
    match property.verdict {
        Verdict::Kept => plain("kept", Glyph::Kept, checks(property.checks), 3),
        Verdict::AtRisk(why) => {
            Row { more: Some(words.name("risk", why)), ..plain("risk", Glyph::Alarm, "at risk".into(), 1) }
        }
        Verdict::Broken(found) => Row {
            more: broken_line(words, property),
            event: Some((found.event, found.at)),
            ..plain("broken", Glyph::Alarm, "broken ".into(), 0)
        },
        Verdict::Withdrawn { place, then, .. } => Row {
            more: then.and_then(|_| broken_line(words, property)),
            event: then.map(|found| (found.event, found.at)),
            ..plain("no", Glyph::NotPromised, say::not_promised_since(place), 2)
        },
        Verdict::Suspended { why, then, .. } => Row {
            more: Some(words.name("risk", why)),
            event: then.map(|found| (found.event, found.at)),
            ..plain("no", Glyph::NotPromised, say::NOT_PROMISED_NOW.into(), 2)
        },
        Verdict::NotPromised => plain("no", Glyph::NotPromised, say::NOT_PROMISED.into(), 4),
    }
}

fn checks(count: u64) -> String {
    match count {
        0 => String::new(),
        1 => "1 check".into(),
        count if count < 100_000 => format!("{} checks", grouped(count)),
        count => format!("{} thousand checks", grouped(count / 1_000)),
    }
}
