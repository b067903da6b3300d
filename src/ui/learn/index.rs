//! All lessons, and the ways into the other parts of Learn.

use super::fetching::{fetch, shown};
use super::still::StillPicture;
use crate::lessons::lesson::{Card, read_index};
use crate::words::en::learn as say;
use crate::words::lookup::Words;
use leptos::prelude::*;

const COLUMNS: &[(&str, &str)] =
    &[("start", say::START_HERE), ("five", say::HOW_THEY_ELECT), ("breaking", say::BREAKING_THINGS)];

const DOORS: &[(&str, &str, &str)] = &[
    ("#/learn/practice", say::PRACTICE, say::PRACTICE_ABOUT),
    ("#/learn/interview", say::INTERVIEW_MODE, say::INTERVIEW_ABOUT),
    ("#/learn/wild", say::IN_THE_WILD, say::IN_THE_WILD_ABOUT),
    ("#/learn/sheet", say::CHEAT_SHEET, say::CHEAT_SHEET_ABOUT),
];

#[component]
pub fn Index() -> impl IntoView {
    let cards = fetch("lessons/index.en.json".into(), read_index);
    shown(cards, |cards| {
        let column = |&(id, name): &(&'static str, &'static str)| {
            let own: Vec<Card> = cards.iter().filter(|card| card.column == id).cloned().collect();
            let all = cards.clone();
            view! {
                <section class="lesson-column">
                    <h2>{name}</h2>
                    <ul>{own.into_iter().map(move |card| view! { <li><LessonCard card all=all.clone()/></li> }).collect_view()}</ul>
                </section>
            }
        };
        view! {
            <div class="learn-wide">
                <h1>{say::LEARN}</h1>
                <p class="lead">{say::LEARN_ABOUT}</p>
                <ul class="doors">
                    {DOORS.iter().map(|&(href, name, about)| view! {
                        <li><a href=href class="door"><b>{name}</b><span>{about}</span></a></li>
                    }).collect_view()}
                </ul>
                <div class="lesson-columns">{COLUMNS.iter().map(column).collect_view()}</div>
            </div>
        }
        .into_any()
    })
}

#[component]
fn LessonCard(card: Card, all: Vec<Card>) -> impl IntoView {
    let needs: Vec<String> = card
        .needs
        .iter()
        .filter_map(|id| all.iter().find(|card| card.id == *id))
        .map(|card| card.title.clone())
        .collect();
    let needs = (!needs.is_empty()).then(|| say::after(&needs));
    let family = Words::of(&card.family).family_name(&card.family);
    view! {
        <a class="lesson-card" href=format!("#/learn/{}/1", card.id)>
            <b>{card.title.clone()}</b>
            <StillPicture still=card.still/>
            <span>{card.about.clone()}</span>
            <small>{say::family_and_minutes(&family, card.minutes)}{needs.map(|needs| view! { <br/>{needs} })}</small>
        </a>
    }
}
