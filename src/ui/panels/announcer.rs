//! Speaks what happens: one polite sentence at most every second and a half while playing, alarms at once.

use crate::playback::milestones::{Milestone, MilestoneKind};
use crate::words::en::panels as say;
use crate::words::lookup::Words;
use crate::words::spoken::{merged, spoken};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// Between two sentences, in milliseconds.
const PAUSE: u32 = 1_500;

#[derive(Clone, Copy)]
pub struct Announcer {
    polite: RwSignal<String>,
    alarm: RwSignal<String>,
    waiting: StoredValue<Vec<String>, LocalStorage>,
    /// Runs while the last sentence is being read.
    timer: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Announcer {
    #[allow(clippy::new_without_default)]
    pub fn new() -> Announcer {
        Announcer {
            polite: RwSignal::new(String::new()),
            alarm: RwSignal::new(String::new()),
            waiting: StoredValue::new_local(Vec::new()),
            timer: StoredValue::new_local(None),
        }
    }

    /// Soon, together with what else waits.
    pub fn say(&self, sentence: &str) {
        self.waiting.update_value(|waiting| waiting.push(spoken(sentence)));
        if self.timer.with_value(Option::is_none) {
            self.speak();
        }
    }

    /// At once.
    pub fn warn(&self, sentence: &str) {
        self.alarm.set(spoken(sentence));
    }

    /// Elections and new leaders.
    pub fn tell(&self, words: &Words, news: &[Milestone]) {
        for mark in news {
            let reign = mark.reign.map_or_else(String::new, |reign| say::in_reign(&words.reign(reign)));
            match mark.kind {
                MilestoneKind::Leader => self.say(&say::is_leader(mark.place, &reign)),
                MilestoneKind::Election => self.say(&say::asks_for_votes(mark.place, &reign)),
                _ => {}
            }
        }
    }

    fn speak(self) {
        let Some(sentence) = self.waiting.with_value(|waiting| merged(waiting)) else {
            self.timer.set_value(None);
            return;
        };
        self.waiting.update_value(Vec::clear);
        self.polite.set(sentence);
        self.timer.set_value(Some(Timeout::new(PAUSE, move || self.speak())));
    }
}

/// The two live regions. They stay in the page, empty or not.
#[component]
pub fn LiveRegions(announcer: Announcer) -> impl IntoView {
    view! {
        <div class="sr" role="status" aria-live="polite" id="spoken">{announcer.polite}</div>
        <div class="sr" role="alert" aria-live="assertive" id="alarms">{announcer.alarm}</div>
    }
}
