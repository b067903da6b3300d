//! One lesson: text on the left, the run on the right.

use super::fetching::{fetch, shown};
use super::guide::{Guide, Mode};
use super::route::{self, Place, Route};
use super::walker::{Pager, Walker};
use crate::lessons::lesson::{Lesson, read_lesson};
use crate::words::en::learn as say;
use leptos::prelude::*;

#[component]
pub fn LessonPage(id: String, guide: Guide, route: RwSignal<Route>) -> impl IntoView {
    let lesson = fetch(format!("lessons/{id}.en.json"), read_lesson);
    shown(lesson, move |lesson| view! { <Opened id=id.clone() lesson guide route/> }.into_any())
}

#[component]
fn Opened(id: String, lesson: Lesson, guide: Guide, route: RwSignal<Route>) -> impl IntoView {
    let wanted = route.with_untracked(|route| route.step - 1);
    let problem = guide.begin(lesson.walk, wanted).err();
    let asks = route.with_untracked(|route| route.asks);
    // The step and the address follow each other.
    let own = Place::Lesson(id.clone());
    let of_step = id.clone();
    Effect::new(move |_| {
        let step = guide.step.get();
        if guide.mode.get() == Mode::Held && route.with_untracked(|route| route.place == own) {
            route::note_step(route, &of_step, step + 1);
        }
    });
    let asked = Memo::new(move |_| route.with(|route| route.step - 1));
    Effect::new(move |_| {
        let asked = asked.get();
        if asked != guide.step.get_untracked() && guide.mode.get_untracked() != Mode::Idle {
            guide.jump(asked);
        }
    });
    let at_end = move || guide.step.get() >= guide.last();
    view! {
        <article class="learn-column">
            <p class="crumb"><a href="#/learn">{say::ALL_LESSONS}</a></p>
            <h1>{lesson.title.clone()}</h1>
            {problem.map(|problem| view! { <p role="alert">{say::THIS_LESSON_CANNOT_BE_PLAYED}{problem}"."</p> })}
            <Walker guide asks/>
            {move || at_end().then(|| view! { <p class="lesson-end">{say::LAST_STEP}<a href="#/learn">{say::CHOOSE_ANOTHER_LESSON}</a>{say::OR}<a href="#/learn/practice">{say::PRACTICE_SMALL}</a>"."</p> })}
        </article>
        <Pager guide>
            <a class="btn quiet" href=format!("#/learn/teach/{id}")>{say::TEACHER_NOTES}</a>
        </Pager>
    }
}
