//! Keeps the address of a comparison true, so that it can be copied and loaded again: at a pause and after each act, at
//! most once a second.

use super::pair::Pair;
use crate::sim::time::Micros;
use crate::ui::address;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// Between two changes of the address, in milliseconds.
const PAUSE: u32 = 1_000;

pub fn keep(pair: Pair) {
    let written = StoredValue::new(None::<([usize; 2], Option<Micros>)>);
    let timer = StoredValue::new_local(None::<Timeout>);
    let [left, right] = pair.sides;
    Effect::new(move |_| {
        left.pulse.track();
        right.pulse.track();
        pair.comparison.track();
        let still = (!left.playing.get()).then(|| left.now.get_untracked());
        let state = ([left.acts(), right.acts()], still);
        let before = written.get_value();
        if before == Some(state) {
            return;
        }
        written.set_value(Some(state));
        // The first state is what the address says already.
        if before.is_some() && timer.with_value(Option::is_none) {
            let write = move || {
                timer.set_value(None);
                address::put(&pair.fragment());
            };
            timer.set_value(Some(Timeout::new(PAUSE, write)));
        }
    });
}
