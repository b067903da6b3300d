//! Time: back, on, faster, slower.

use super::clock::Clock;
use super::walk_menu::WalkMenu;
use crate::ui::session::{SPEEDS, Session};
use crate::ui::widgets::icon::{Glyph, Icon};
use crate::words::en::controls as say;
use leptos::prelude::*;

#[component]
fn TimeButton(
    name: &'static str,
    icon: Glyph,
    key: &'static str,
    act: &'static str,
    press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button class="btn icon quiet" data-act=act aria-label=name title=name aria-keyshortcuts=key on:click=move |_| press()>
            <Icon glyph=icon/>
        </button>
    }
}

#[component]
pub fn PlayButton(session: Session) -> impl IntoView {
    let name = move || if session.playing.get() { say::PAUSE } else { say::PLAY };
    view! {
        <button
            class="btn primary play-button"
            data-act="Play"
            aria-label=name
            title=move || if session.playing.get() { say::HOLD_THE_SIMULATION } else { say::PLAY_THE_SIMULATION }
            aria-keyshortcuts="Space"
            on:click=move |_| session.toggle()
        >
            <Icon glyph=Signal::derive(move || if session.playing.get() { Glyph::Bars } else { Glyph::Play })/>
            <span class="play-text">{name}</span>
        </button>
    }
}

#[component]
pub fn SpeedSelect(session: Session) -> impl IntoView {
    let option = |(index, (over, under)): (usize, (u32, u32))| {
        let text = if under == 1 && over == 1 {
            "1".into()
        } else if under == 1 {
            format!("{over}\u{d7}")
        } else {
            format!("1/{under}")
        };
        view! { <option value=index.to_string()>{text}</option> }
    };
    let chosen = move |event| {
        if let Ok(index) = event_target_value(&event).parse() {
            session.set_speed(index);
        }
    };
    view! {
        <label class="field speed" title=say::SIMULATED_TIME_PER_REAL_TIME>
            <span class="field-name">{say::SPEED}</span>
            <select class="pick" data-act="Speed" prop:value=move || session.speed.get().to_string() on:change=chosen>
                {SPEEDS.into_iter().enumerate().map(option).collect_view()}
            </select>
        </label>
    }
}

#[component]
pub fn Transport(session: Session) -> impl IntoView {
    let behind = Memo::new(move |_| session.now.get() < session.newest.get());
    view! {
        <div class="transport" role="group" aria-label=say::TIME>
            <TimeButton name=say::BACK_TO_START icon=Glyph::ToStart key="Home" act="Start" press=move || session.seek(0)/>
            <TimeButton name=say::STEP_BACK_ONE_EVENT icon=Glyph::StepBack key="ArrowLeft" act="StepBack" press=move || session.step_back()/>
            <PlayButton session/>
            <TimeButton name=say::STEP_FORWARD_ONE_EVENT icon=Glyph::StepForward key="ArrowRight" act="Step" press=move || session.step()/>
            <TimeButton name=say::PREVIOUS_MILESTONE icon=Glyph::PreviousMilestone key="Shift+ArrowLeft" act="PreviousMilestone" press=move || session.previous_milestone()/>
            <WalkMenu session/>
            <TimeButton name=say::NEXT_MILESTONE icon=Glyph::NextMilestone key="Shift+ArrowRight" act="Milestone" press=move || session.next_milestone()/>
            <Clock session/>
            <button
                class="btn live"
                data-act="Live"
                title=say::JUMP_TO_THE_NEWEST_MOMENT
                aria-label=say::GO_TO_LIVE
                aria-hidden=move || (!behind.get()).to_string()
                tabindex=move || if behind.get() { "0" } else { "-1" }
                class:away=move || !behind.get()
                on:click=move |_| session.go_live()
            >
                {say::LIVE}
            </button>
            <SpeedSelect session/>
        </div>
    }
}
